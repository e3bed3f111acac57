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
        while let Some(byte) = bytes.get(self.at) {
            if self.place == Place::Inside {
                if self.inside(bytes) {
                    self.place = Place::Behind;
                    return Some(self.begun..self.at);
                }
                continue;
            }
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
        None
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
        for byte in bytes.get(self.at..).unwrap_or_default() {
            self.at += 1;
            if self.in_text {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_text = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_text = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
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
