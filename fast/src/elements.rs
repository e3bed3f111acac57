//! The records of a JSON array, found while its bytes are still arriving.

use std::ops::Range;

/// How far an array has been looked at. It tells where records, `{…}`, begin and end; whether they are sound is for
/// their reader to say. Anything else in the array, or around it, is not for this way of reading: see [`Self::is_list`].
#[derive(Clone, Debug, Default)]
pub struct Elements {
    at: usize,
    begun: usize,
    depth: usize,
    in_text: bool,
    escaped: bool,
    place: Place,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Before,
    First,
    Next,
    Inside,
    Behind,
    After,
    Broken,
}

impl Elements {
    /// Where the next record stands that is whole; none if no further one is yet. `bytes` is all that has come so far.
    #[inline(never)]
    pub fn next(&mut self, bytes: &[u8]) -> Option<Range<usize>> {
        let begun = self.begin(bytes)?;
        self.inside(bytes).then(|| {
            self.place = Place::Behind;
            begun..self.at
        })
    }

    /// Where the next record begins, of which there may be no more yet than that.
    #[inline(never)]
    pub fn begin(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.place != Place::Inside {
            let byte = bytes.get(self.at)?;
            self.place = match (self.place, byte) {
                (place, b' ' | b'\n' | b'\r' | b'\t') => place,
                (Place::Before, b'[') => Place::First,
                (Place::First | Place::Next, b'{') => {
                    (self.begun, self.depth) = (self.at, 1);
                    Place::Inside
                }
                (Place::Behind, b',') => Place::Next,
                (Place::First | Place::Behind, b']') => Place::After,
                _ => Place::Broken,
            };
            if self.place == Place::Broken {
                return None;
            }
            self.at += 1;
        }
        Some(self.begun)
    }

    /// Whether the record that has begun has not been looked at any further.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.at == self.begun + 1
    }

    /// The record that has begun, and [is new](Self::is_new), has so many bytes: who read it knows.
    pub fn end(&mut self, length: usize) {
        self.at = self.begun + length;
        self.place = Place::Behind;
    }

    /// How many bytes at the front nobody needs any more; whoever asks takes them away, and goes on with the rest.
    pub fn pass(&mut self) -> usize {
        let passed = if self.place == Place::Inside { self.begun } else { self.at };
        self.at -= passed;
        self.begun = 0;
        passed
    }

    /// Whether this can be no array of records, whatever is still to come.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.place == Place::Broken
    }

    /// Whether the bytes looked at were a whole array of records, and nothing else.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.place == Place::After
    }

    /// Goes on within a record; whether it has ended.
    fn inside(&mut self, bytes: &[u8]) -> bool {
        // Not in `self` for each byte: that would be a way through the memory.
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

    /// The records of a text that comes in pieces of `size` bytes, each let go as soon as it may; none if it is no list.
    fn records(text: &str, size: usize) -> Option<Vec<String>> {
        let (mut elements, mut found, mut kept) = (Elements::default(), Vec::new(), Vec::new());
        for piece in text.as_bytes().chunks(size) {
            kept.extend_from_slice(piece);
            while let Some(range) = elements.next(&kept) {
                found.push(String::from_utf8(kept[range].to_vec()).unwrap());
            }
            kept.drain(..elements.pass());
        }
        assert!(!elements.is_list() || kept.is_empty(), "nothing of a list is kept");
        elements.is_list().then_some(found)
    }

    #[test]
    fn who_reads_a_record_finds_its_end() {
        let text = b"[{\"a\": 1}, {}]";
        let mut elements = Elements::default();
        assert_eq!(elements.begin(text), Some(1));
        assert!(elements.is_new());
        elements.end(8);
        assert_eq!(elements.next(&text[..11]), None);
        assert_eq!(elements.begin(text), Some(11));
        assert!(elements.is_new());
        assert_eq!(elements.next(&text[..12]), None);
        assert_eq!(elements.next(text), Some(11..13));
        assert!(elements.next(text).is_none() && elements.is_list());
        let mut cut = Elements::default();
        assert_eq!(cut.next(b"[{\"a"), None);
        assert!(cut.begin(b"[{\"a").is_some() && !cut.is_new());
    }

    #[test]
    fn records_are_found_whatever_the_pieces() {
        let text = " [ {\"a\": \"]},{\\\"\\\\\"} ,\n{\"b\": [{}, [{}]], \"c\": {\"d\": \"ü\"}},{}] \n";
        for size in 1..=text.len() {
            let wanted = ["{\"a\": \"]},{\\\"\\\\\"}", "{\"b\": [{}, [{}]], \"c\": {\"d\": \"ü\"}}", "{}"];
            assert_eq!(records(text, size).unwrap(), wanted, "in pieces of {size}");
        }
        assert_eq!(records("[]", 1).unwrap(), [""; 0]);
        let mut elements = Elements::default();
        assert!(elements.next(b"[{}, 1").is_some() && elements.next(b"[{}, 1").is_none() && elements.is_broken());
    }

    #[test]
    fn anything_else_is_no_list() {
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
