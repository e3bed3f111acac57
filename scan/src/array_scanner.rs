//! Splits a JSON array into its records while its bytes are still arriving.

use std::ops::Range;

/// An incremental scanner for an array of objects. It finds where each record `{…}` starts and ends; validating records
/// is left to their decoder. Anything else in or around the array makes the scan fail, see [`Self::is_invalid`].
#[derive(Clone, Debug, Default)]
pub struct ArrayScanner {
    at: usize,
    record_start: usize,
    depth: usize,
    in_text: bool,
    escaped: bool,
    state: ScanState,
    /// Bytes may follow the array, which is a member of an object.
    is_member: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ScanState {
    #[default]
    Before,
    First,
    Next,
    Inside,
    Behind,
    After,
    Broken,
}

impl ArrayScanner {
    /// A scanner of an array that is a member of an object. It stops behind the array.
    #[must_use]
    pub fn of_member() -> Self {
        Self { is_member: true, ..Self::default() }
    }

    /// The range of the next complete record. `None` if there is none yet. `bytes` is everything received so far.
    #[inline(never)]
    pub fn next_record(&mut self, bytes: &[u8]) -> Option<Range<usize>> {
        let begun = self.next_start(bytes)?;
        self.scan_record(bytes).then(|| {
            self.state = ScanState::Behind;
            begun..self.at
        })
    }

    /// The offset of the next record's start, even if the record is incomplete.
    #[inline(never)]
    pub fn next_start(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.state != ScanState::Inside {
            if self.is_member && self.state == ScanState::After {
                return None;
            }
            let byte = bytes.get(self.at)?;
            self.state = match (self.state, byte) {
                (place, b' ' | b'\n' | b'\r' | b'\t') => place,
                (ScanState::Before, b'[') => ScanState::First,
                (ScanState::First | ScanState::Next, b'{') => {
                    (self.record_start, self.depth) = (self.at, 1);
                    ScanState::Inside
                }
                (ScanState::Behind, b',') => ScanState::Next,
                (ScanState::First | ScanState::Behind, b']') => ScanState::After,
                _ => ScanState::Broken,
            };
            if self.state == ScanState::Broken {
                return None;
            }
            self.at += 1;
        }
        Some(self.record_start)
    }

    /// True if only the opening bracket of the current record has been scanned.
    #[must_use]
    pub fn is_unscanned(&self) -> bool {
        self.at == self.record_start + 1
    }

    /// Sets the length of the current record, which must be [unscanned](Self::is_unscanned), if its decoder has determined it.
    pub fn set_length(&mut self, length: usize) {
        self.at = self.record_start + length;
        self.state = ScanState::Behind;
    }

    /// Returns the number of leading bytes that are no longer needed. The caller must remove them before continuing.
    pub fn discardable(&mut self) -> usize {
        let passed = if self.state == ScanState::Inside { self.record_start } else { self.at };
        self.at -= passed;
        self.record_start = 0;
        passed
    }

    /// True if the bytes cannot become an array of records.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.state == ScanState::Broken
    }

    /// True if the bytes were a complete array of records and nothing else; of a member, whatever follows it.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.state == ScanState::After
    }

    /// Scans on within a record. Returns whether it ended.
    fn scan_record(&mut self, bytes: &[u8]) -> bool {
        // Local copies, because updating `self` per byte would access memory each time.
        let (mut depth, mut in_text, mut escaped) = (self.depth, self.in_text, self.escaped);
        let rest = bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = in_text,
                b'"' => in_text = !in_text,
                _ if in_text => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        self.at += end.map_or(rest.len(), |end| end + 1);
        (self.depth, self.in_text, self.escaped) = (depth, in_text, escaped);
        end.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a text that arrives in chunks of `size` bytes, discarding bytes as early as possible. `None` if
    /// the text is not a list.
    fn records(text: &str, size: usize) -> Option<Vec<String>> {
        let (mut elements, mut found, mut kept) = (ArrayScanner::default(), Vec::new(), Vec::new());
        for piece in text.as_bytes().chunks(size) {
            kept.extend_from_slice(piece);
            while let Some(range) = elements.next_record(&kept) {
                found.push(String::from_utf8(kept[range].to_vec()).unwrap());
            }
            kept.drain(..elements.discardable());
        }
        assert!(!elements.is_complete() || kept.is_empty(), "nothing of a list is kept");
        elements.is_complete().then_some(found)
    }

    #[test]
    fn decoder_may_set_the_end_of_a_record() {
        let text = b"[{\"a\": 1}, {}]";
        let mut elements = ArrayScanner::default();
        assert_eq!(elements.next_start(text), Some(1));
        assert!(elements.is_unscanned());
        elements.set_length(8);
        assert_eq!(elements.next_record(&text[..11]), None);
        assert_eq!(elements.next_start(text), Some(11));
        assert!(elements.is_unscanned());
        assert_eq!(elements.next_record(&text[..12]), None);
        assert_eq!(elements.next_record(text), Some(11..13));
        assert!(elements.next_record(text).is_none() && elements.is_complete());
        let mut cut = ArrayScanner::default();
        assert_eq!(cut.next_record(b"[{\"a"), None);
        assert!(cut.next_start(b"[{\"a").is_some() && !cut.is_unscanned());
    }

    #[test]
    fn records_are_found_for_any_chunk_size() {
        let text = " [ {\"a\": \"]},{\\\"\\\\\"} ,\n{\"b\": [{}, [{}]], \"c\": {\"d\": \"ü\"}},{}] \n";
        for size in 1..=text.len() {
            let wanted = ["{\"a\": \"]},{\\\"\\\\\"}", "{\"b\": [{}, [{}]], \"c\": {\"d\": \"ü\"}}", "{}"];
            assert_eq!(records(text, size).unwrap(), wanted, "in pieces of {size}");
        }
        assert_eq!(records("[]", 1).unwrap(), [""; 0]);
        let mut elements = ArrayScanner::default();
        assert!(
            elements.next_record(b"[{}, 1").is_some()
                && elements.next_record(b"[{}, 1").is_none()
                && elements.is_invalid()
        );
    }

    #[test]
    fn an_array_within_an_object_ends_before_what_follows() {
        let text = "[{\"a\": 1}, {\"b\": []}] , \"count\": 2}";
        for size in 1..=text.len() {
            let (mut elements, mut found, mut kept) = (ArrayScanner::of_member(), 0, Vec::new());
            for piece in text.as_bytes().chunks(size) {
                kept.extend_from_slice(piece);
                while elements.next_record(&kept).is_some() {
                    found += 1;
                }
                kept.drain(..elements.discardable());
            }
            assert!(elements.is_complete() && !elements.is_invalid());
            assert_eq!(
                (found, String::from_utf8(kept).unwrap().as_str()),
                (2, " , \"count\": 2}"),
                "in pieces of {size}"
            );
        }
    }

    #[test]
    fn anything_but_an_array_of_objects_is_no_list() {
        for text in [
            "",
            "[",
            "[{}",
            "[{}] x",
            "[{},]",
            "[,{}]",
            "[{} {}]",
            "[1]",
            "[null]",
            "{}",
            "null",
            "[{}]]",
            "\u{FEFF}[]",
        ] {
            for size in [1, 100] {
                assert_eq!(records(text, size), None, "{text}");
            }
        }
    }
}
