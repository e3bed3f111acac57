//! Streaming parser of long lists: records are parsed while the response arrives, so that parsing adds no time to the
//! transfer. A record whose bytes were in the last response is not parsed again, and parsing never delays a key press
//! or a frame.
//!
//! Only endpoints with [`Endpoint::RECORD_READER`] use it, and its code is in the chunks of their pages. A response that is
//! no list of records, plain or within an object, is decoded whole like any other, which reports its error. A record that
//! can't be parsed is reported without hiding the others.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Reflect, Uint8Array};
use trunkline_api::endpoint::{Endpoint, ErasedRecord};
use trunkline_api::lenient::{UnreadableRecords, describe_unreadable, list_start};
use trunkline_api::repair_json;
use trunkline_scan::{ArrayScanner, fingerprint};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

use super::response::{Body, Data, Fingerprinted, MAX_SHARED_BYTES};
use super::scheduler::{SLICE_MS, yield_to_main};
use crate::browser::clock::monotonic_ms;

/// Bytes that are copied into WebAssembly memory at a time.
const COPY_BYTES: u32 = 128 * 1024;
/// Number of records between two checks of the clock.
const STRIDE: usize = 32;
/// Bytes within which the list must begin, if it is a member of an object.
const MAX_HEAD_BYTES: usize = 64 * 1024;
/// Number of previous records that are searched for an unchanged one: as many as may be removed between two responses.
const LOOKAHEAD: usize = 64;

/// The future of a body that is being received.
pub type Receiving = Pin<Box<dyn Future<Output = Result<Body, JsValue>>>>;

/// The type-erased parser of an endpoint's long list.
pub struct ListReader {
    /// Receives the list from its stream, given the records of the previous response.
    pub receive: fn(ReadableStream, Rc<Fingerprinted>) -> Receiving,
    /// Collects the records into the endpoint's response; the bytes are those of the object around them, if any.
    pub collect: Collect,
}

/// [`RecordReader::collect`](trunkline_api::endpoint::RecordReader) with a type-erased response.
type Collect = fn(Vec<ErasedRecord>, &[u8]) -> Option<Data>;

impl ListReader {
    /// The parser of an endpoint; `None` if it has no [`Endpoint::RECORD_READER`].
    pub fn of<E>() -> Option<Self>
    where
        E: Endpoint,
        E::Response: Send + Sync + 'static,
    {
        E::RECORD_READER.map(|_| Self {
            receive: |stream, previous| {
                let parse_record = |bytes: &[u8]| E::RECORD_READER.and_then(|reader| (reader.parse_one)(bytes));
                let members = E::LIST_MEMBERS.unwrap_or_default();
                let parser = ArrayParser::new(members, parse_record, describe_unreadable::<E>, previous);
                Box::pin(receive(stream, parser, collect::<E>))
            },
            collect: collect::<E>,
        })
    }
}

fn collect<E>(records: Vec<ErasedRecord>, envelope: &[u8]) -> Option<Data>
where
    E: Endpoint,
    E::Response: Send + Sync + 'static,
{
    Some(Arc::new((E::RECORD_READER?.collect)(records, envelope)?))
}

async fn receive(stream: ReadableStream, mut parser: ArrayParser, collect: Collect) -> Result<Body, JsValue> {
    let reader = ReadableStreamDefaultReader::new(&stream)?;
    // The pieces stay in the browser's memory: WebAssembly memory never shrinks.
    let mut pieces = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        let Ok(piece) = Reflect::get(&piece, &"value".into())?.dyn_into::<Uint8Array>() else { break };
        for begin in (0..piece.length()).step_by(COPY_BYTES as usize) {
            parser.push(&piece.subarray(begin, (begin + COPY_BYTES).min(piece.length())));
            while parser.parse_slice() {
                yield_to_main().await;
            }
            parser.discard_parsed();
        }
        pieces.push(piece);
    }
    // An update of a list that is already shown is applied in a task of its own; the first response is not delayed.
    if !parser.previous.is_empty() {
        yield_to_main().await;
    }
    // Without any valid record it is no list of records: decoding it whole reports the error.
    let has_valid = !parser.records.is_empty() || parser.unreadable.count == 0;
    let envelope = parser.envelope();
    let is_list = parser.is_valid && parser.elements.is_complete() && has_valid;
    let records = (is_list && collect(Vec::new(), &envelope).is_some()).then_some(parser.records);
    let length = pieces.iter().map(|piece| piece.length() as usize).sum();
    let bytes = if records.is_some() && length > MAX_SHARED_BYTES { Vec::new() } else { joined(&pieces, length) };
    Ok(Body { bytes, records, envelope, unreadable: parser.unreadable })
}

/// Joins the pieces of a body of `length` bytes.
fn joined(pieces: &[Uint8Array], length: usize) -> Vec<u8> {
    let mut body = Vec::with_capacity(length);
    pieces.iter().for_each(|piece| append(&mut body, piece));
    body
}

fn append(bytes: &mut Vec<u8>, piece: &Uint8Array) {
    let begin = bytes.len();
    bytes.resize(begin + piece.length() as usize, 0);
    if let Some(room) = bytes.get_mut(begin..) {
        piece.copy_to(room);
    }
}

/// Parses the record at the start of these bytes; returns it with its length in bytes.
type ParseRecord = fn(&[u8]) -> Option<(ErasedRecord, usize)>;
/// Describes why the record at this index can't be parsed: JSON path, and what was found there.
type DescribeDefect = fn(usize, &[u8]) -> Option<(String, String)>;

/// The parser of a JSON array that is being received, or of an object with one.
struct ArrayParser {
    /// The names that the object's list may have.
    members: &'static [&'static str],
    /// The object up to the list, bracket included; empty before that, and for a plain array.
    head: Vec<u8>,
    parse_record: ParseRecord,
    describe_defect: DescribeDefect,
    /// The records of the previous response, and how many of them have been matched or skipped.
    previous: Rc<Fingerprinted>,
    matched: usize,
    /// Bytes received but not yet parsed.
    bytes: Vec<u8>,
    elements: ArrayScanner,
    records: Fingerprinted,
    unreadable: UnreadableRecords,
    is_valid: bool,
}

impl ArrayParser {
    fn new(
        members: &'static [&'static str],
        parse_record: ParseRecord,
        describe_defect: DescribeDefect,
        previous: Rc<Fingerprinted>,
    ) -> Self {
        let (records, elements) = (Vec::with_capacity(previous.len()), ArrayScanner::default());
        let unreadable = UnreadableRecords::default();
        Self {
            members,
            head: Vec::new(),
            parse_record,
            describe_defect,
            previous,
            matched: 0,
            bytes: Vec::new(),
            elements,
            records,
            unreadable,
            is_valid: true,
        }
    }

    fn push(&mut self, piece: &Uint8Array) {
        self.is_valid &= !self.elements.is_invalid();
        if self.is_valid {
            append(&mut self.bytes, piece);
            if !self.has_begun() {
                self.find_list();
            }
        }
    }

    /// True once the list's opening bracket is found.
    fn has_begun(&self) -> bool {
        self.members.is_empty() || !self.head.is_empty()
    }

    /// Takes the object's bytes up to its list, if they have all come.
    fn find_list(&mut self) {
        match list_start(&self.bytes, self.members).filter(|begin| *begin > 0) {
            Some(begin) => {
                self.head = self.bytes.drain(..begin).collect();
                self.head.push(b'[');
                self.elements = ArrayScanner::of_member();
            }
            None => self.is_valid = self.bytes.len() <= MAX_HEAD_BYTES,
        }
    }

    /// The object around the list, without its records; empty for a plain array. All bytes must have come.
    fn envelope(&self) -> Vec<u8> {
        if self.head.is_empty() { Vec::new() } else { [self.head.as_slice(), b"]", self.bytes.as_slice()].concat() }
    }

    /// Discards the bytes that have been parsed.
    fn discard_parsed(&mut self) {
        self.bytes.drain(..self.elements.discardable().min(self.bytes.len()));
    }

    /// Parses for at most one slice; `true` if there is more to parse.
    fn parse_slice(&mut self) -> bool {
        let end = monotonic_ms() + SLICE_MS;
        loop {
            for _ in 0..STRIDE {
                if !self.parse_next() {
                    return false;
                }
            }
            if monotonic_ms() >= end {
                return true;
            }
        }
    }

    /// Parses the next record; `false` if there is no complete one.
    fn parse_next(&mut self) -> bool {
        if !self.is_valid || !self.has_begun() {
            return false;
        }
        let Some(begin) = self.elements.next_start(&self.bytes) else { return false };
        // Without previous records the parser itself finds a record's end: no scan for it is needed first.
        if self.previous.is_empty() && self.elements.is_unscanned() {
            let rest = self.bytes.get(begin..).unwrap_or_default();
            if let Some((record, length)) = (self.parse_record)(rest) {
                self.records.push((fingerprint(rest.get(..length).unwrap_or_default()), record));
                self.elements.set_length(length);
                return true;
            }
        }
        let Some(bytes) = self.elements.next_record(&self.bytes).and_then(|place| self.bytes.get(place)) else {
            return false;
        };
        let mark = fingerprint(bytes);
        let offset =
            self.previous.iter().skip(self.matched).take(LOOKAHEAD).position(|(previous, _)| *previous == mark);
        let record = match offset.and_then(|ahead| self.previous.get(self.matched + ahead)) {
            Some((_, record)) => {
                self.matched += offset.unwrap_or_default() + 1;
                Some(Arc::clone(record))
            }
            None => (self.parse_record)(bytes).map(|(record, _)| record).or_else(|| {
                let (record, _) = (self.parse_record)(&repair_json(bytes)?)?;
                Some(record)
            }),
        };
        match record {
            Some(record) => self.records.push((mark, record)),
            None => {
                let index = self.records.len() + self.unreadable.count;
                let (path, found) = (self.describe_defect)(index, bytes).unwrap_or_default();
                self.unreadable.push(bytes, path, found);
            }
        }
        true
    }
}
