//! Long lists, read while they arrive: what the wire takes hides what the reading takes. A record whose bytes were in the
//! last answer is not read again, and never does the reading keep a key press or a frame waiting.
//!
//! It is a way of its own, for endpoints with [`Endpoint::RECORDS`]; its code comes with the pages that send them. An
//! answer that is anything but a plain array of records is read whole, like any other, and its error is told there. A record
//! that can't be read is noted, and hides no other.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Reflect, Uint8Array};
use trunkline_api::endpoint::{Endpoint, Record};
use trunkline_api::lenient::{Unreadable, odd_record};
use trunkline_fast::{Elements, mark, mend};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

use super::cache::Data;
use super::pause::{SLICE_MS, pause};
use super::tabs::SHARED;
use crate::browser::clock::monotonic_ms;

/// Bytes that are copied into the module at a time.
const COPIED: u32 = 128 * 1024;
/// Records between two looks at the clock.
const STRIDE: usize = 32;
/// How far ahead an unchanged record is looked for: as many as may have gone between two answers.
const AHEAD: usize = 64;

/// The records of an answer, each with the mark of its bytes.
pub type Marked = Vec<(u64, Record)>;

/// An answer's body as it was received.
#[derive(Default)]
pub struct Body {
    /// All of it; nothing of a long list that was read on its way.
    pub bytes: Vec<u8>,
    /// Its records, if it was read on its way.
    pub list: Option<Marked>,
    /// The records that could not be read on the way.
    pub unreadable: Unreadable,
}

/// A body on its way.
pub type Receiving = Pin<Box<dyn Future<Output = Result<Body, JsValue>>>>;

/// How a long list is read.
pub struct List {
    /// Receives it from its stream; the records of the answer before are known.
    pub receive: fn(ReadableStream, Rc<Marked>) -> Receiving,
    /// Its records as the endpoint's answer.
    pub all: fn(Vec<Record>) -> Data,
}

impl List {
    /// That of an endpoint which has one.
    pub fn of<E>() -> Option<Self>
    where
        E: Endpoint,
        E::Response: Send + Sync + 'static,
    {
        E::RECORDS.map(|_| Self {
            receive: |stream, known| {
                let one = |bytes: &[u8]| E::RECORDS.and_then(|records| (records.one)(bytes));
                Box::pin(receive(stream, Reading::new(one, odd_record::<E>, known)))
            },
            all: |records| match E::RECORDS {
                Some(all) => Arc::new((all.all)(records)) as Data,
                None => Arc::new(()),
            },
        })
    }
}

/// A number for all of a list, whichever way it came.
pub fn mark_of(list: &Marked, unreadable: &Unreadable) -> u64 {
    let mut bytes: Vec<u8> = list.iter().flat_map(|(mark, _)| mark.to_le_bytes()).collect();
    unreadable.records.iter().for_each(|odd| bytes.extend_from_slice(odd.raw.as_bytes()));
    mark(&bytes)
}

async fn receive(stream: ReadableStream, mut reading: Reading) -> Result<Body, JsValue> {
    let reader = ReadableStreamDefaultReader::new(&stream)?;
    // They stay the browser's: the module's own memory grows, and never shrinks.
    let mut pieces = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        let Ok(piece) = Reflect::get(&piece, &"value".into())?.dyn_into::<Uint8Array>() else { break };
        for begin in (0..piece.length()).step_by(COPIED as usize) {
            reading.take(&piece.subarray(begin, (begin + COPIED).min(piece.length())));
            while reading.work() {
                pause().await;
            }
            reading.let_go();
        }
        pieces.push(piece);
    }
    // What is made of a list that is already shown comes in a task of its own; who waits for the first waits no longer.
    if !reading.known.is_empty() {
        pause().await;
    }
    // Without any sound record it is no list of records at all: its error is told.
    let some = !reading.found.is_empty() || reading.unreadable.count == 0;
    let list = (reading.sound && reading.elements.is_list() && some).then_some(reading.found);
    let length = pieces.iter().map(|piece| piece.length() as usize).sum();
    let bytes = if list.is_some() && length > SHARED { Vec::new() } else { joined(&pieces, length) };
    Ok(Body { bytes, list, unreadable: reading.unreadable })
}

/// The whole of what came.
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

/// Reads the record that these bytes begin with.
type One = fn(&[u8]) -> Option<(Record, usize)>;
/// Says where a record can't be read, and why.
type Odd = fn(usize, &[u8]) -> Option<(String, String)>;

/// A list on its way.
struct Reading {
    one: One,
    odd: Odd,
    /// The records of the answer before, and how far they have been met again.
    known: Rc<Marked>,
    met: usize,
    /// What has come and is not read yet.
    bytes: Vec<u8>,
    elements: Elements,
    found: Marked,
    unreadable: Unreadable,
    sound: bool,
}

impl Reading {
    fn new(one: One, odd: Odd, known: Rc<Marked>) -> Self {
        let (found, elements) = (Vec::with_capacity(known.len()), Elements::default());
        let unreadable = Unreadable::default();
        Self { one, odd, known, met: 0, bytes: Vec::new(), elements, found, unreadable, sound: true }
    }

    fn take(&mut self, piece: &Uint8Array) {
        self.sound &= !self.elements.is_broken();
        if self.sound {
            append(&mut self.bytes, piece);
        }
    }

    /// What has been read is kept no longer.
    fn let_go(&mut self) {
        self.bytes.drain(..self.elements.pass().min(self.bytes.len()));
    }

    /// Reads what has come, for as long as one may; whether there is more to read.
    fn work(&mut self) -> bool {
        let end = monotonic_ms() + SLICE_MS;
        loop {
            for _ in 0..STRIDE {
                if !self.step() {
                    return false;
                }
            }
            if monotonic_ms() >= end {
                return true;
            }
        }
    }

    /// Reads a record; false without one.
    fn step(&mut self) -> bool {
        if !self.sound {
            return false;
        }
        let Some(begin) = self.elements.begin(&self.bytes) else { return false };
        // Where nothing can be known, who reads a record finds its end: it need not be looked for before.
        if self.known.is_empty() && self.elements.is_new() {
            let rest = self.bytes.get(begin..).unwrap_or_default();
            if let Some((record, length)) = (self.one)(rest) {
                self.found.push((mark(rest.get(..length).unwrap_or_default()), record));
                self.elements.end(length);
                return true;
            }
        }
        let Some(bytes) = self.elements.next(&self.bytes).and_then(|place| self.bytes.get(place)) else { return false };
        let mark = mark(bytes);
        let ahead = self.known.iter().skip(self.met).take(AHEAD).position(|(known, _)| *known == mark);
        let record = match ahead.and_then(|ahead| self.known.get(self.met + ahead)) {
            Some((_, record)) => {
                self.met += ahead.unwrap_or_default() + 1;
                Some(Arc::clone(record))
            }
            None => (self.one)(bytes).map(|(record, _)| record).or_else(|| {
                let (record, _) = (self.one)(&mend(bytes)?)?;
                Some(record)
            }),
        };
        match record {
            Some(record) => self.found.push((mark, record)),
            None => {
                let place = self.found.len() + self.unreadable.count;
                let (path, found) = (self.odd)(place, bytes).unwrap_or_default();
                self.unreadable.push(bytes, path, found);
            }
        }
        true
    }
}
