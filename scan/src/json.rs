//! A JSON scanner that validates without decoding. Accepts a strict subset of `serde_json`'s input.

/// The type of a JSON value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JsonKind {
    /// No value.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A string without escapes.
    Text,
    /// A string with escapes.
    Escaped,
    /// An integer of at most 15 digits.
    Integer,
    /// Any other number.
    Number,
    /// An array of strings, or an empty array.
    TextArray,
    /// Any other array.
    Array,
    /// An object.
    Object,
}

/// The reason why an object is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanError {
    /// The bytes end before the object does. They are valid so far, except that UTF-8 is not checked.
    Truncated,
    /// The object is invalid, or has something that is left to a full decoder.
    Unsupported,
}

/// The maximum depth. `serde_json` refuses depths from 128.
pub const MAX_DEPTH: usize = 100;
/// The maximum length of a number. Up to this length, a number without exponent is finite.
const MAX_NUMBER_LENGTH: usize = 300;
/// The maximum number of digits of an integer. Up to this number, both i64 and f64 represent it exactly.
const MAX_INTEGER_DIGITS: usize = 15;

/// A scanner's position in the bytes.
pub struct Scanner<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Scanner<'a> {
    pub fn peek(&self) -> Result<u8, ScanError> {
        self.bytes.get(self.at).copied().ok_or(ScanError::Truncated)
    }

    fn next(&mut self) -> Result<u8, ScanError> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }

    /// Skips white space and returns the next byte without consuming it.
    #[inline(never)]
    fn skip_whitespace(&mut self) -> Result<u8, ScanError> {
        loop {
            match self.peek()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Ok(byte),
            }
        }
    }

    /// Consumes this byte and the white space around it.
    fn expect_byte(&mut self, byte: u8) -> Result<(), ScanError> {
        if self.skip_whitespace()? != byte {
            return Err(ScanError::Unsupported);
        }
        self.at += 1;
        self.skip_whitespace().map(|_| ())
    }

    /// Consumes an opening bracket. Returns whether an element follows; if not, the closing bracket `end` is consumed
    /// too.
    pub fn enter(&mut self, end: u8) -> Result<bool, ScanError> {
        self.at += 1;
        let empty = self.skip_whitespace()? == end;
        self.at += usize::from(empty);
        Ok(!empty)
    }

    /// Consumes the comma or closing bracket after an element. Returns whether another element must follow.
    pub fn has_more(&mut self, end: u8) -> Result<bool, ScanError> {
        match self.skip_whitespace()? {
            b',' => {
                self.at += 1;
                self.skip_whitespace().map(|_| true)
            }
            byte if byte == end => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(ScanError::Unsupported),
        }
    }

    /// Consumes a member's name and colon. Returns the raw name and whether it has escapes.
    #[inline(never)]
    pub fn member_name(&mut self) -> Result<(JsonKind, &'a [u8]), ScanError> {
        if self.next()? != b'"' {
            return Err(ScanError::Unsupported);
        }
        let from = self.at;
        let kind = self.text()?;
        let name = self.bytes.get(from..self.at - 1).unwrap_or_default();
        self.expect_byte(b':')?;
        Ok((kind, name))
    }

    /// Consumes a value, at most `depth` levels deep.
    pub fn value(&mut self, depth: usize) -> Result<JsonKind, ScanError> {
        match self.peek()? {
            b'"' => {
                self.at += 1;
                self.text()
            }
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'n' => self.literal(b"null").map(|()| JsonKind::Null),
            b't' => self.literal(b"true").map(|()| JsonKind::Bool),
            b'f' => self.literal(b"false").map(|()| JsonKind::Bool),
            _ => self.number(),
        }
    }

    #[inline(never)]
    fn object(&mut self, depth: usize) -> Result<JsonKind, ScanError> {
        let depth = depth.checked_sub(1).ok_or(ScanError::Unsupported)?;
        let mut more = self.enter(b'}')?;
        while more {
            self.member_name()?;
            self.value(depth)?;
            more = self.has_more(b'}')?;
        }
        Ok(JsonKind::Object)
    }

    #[inline(never)]
    fn array(&mut self, depth: usize) -> Result<JsonKind, ScanError> {
        let depth = depth.checked_sub(1).ok_or(ScanError::Unsupported)?;
        let mut kind = JsonKind::TextArray;
        let mut more = self.enter(b']')?;
        while more {
            if !matches!(self.value(depth)?, JsonKind::Text | JsonKind::Escaped) {
                kind = JsonKind::Array;
            }
            more = self.has_more(b']')?;
        }
        Ok(kind)
    }

    /// Consumes these bytes.
    #[inline(never)]
    pub fn literal(&mut self, word: &[u8]) -> Result<(), ScanError> {
        for byte in word {
            if self.next()? != *byte {
                return Err(ScanError::Unsupported);
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn number(&mut self) -> Result<JsonKind, ScanError> {
        let from = self.at;
        let negative = self.peek()? == b'-';
        self.at += usize::from(negative);
        let zero = self.peek()? == b'0';
        let digits = self.digits()?;
        if zero && digits > 1 {
            return Err(ScanError::Unsupported);
        }
        let whole = self.peek()? != b'.';
        if !whole {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek()?, b'e' | b'E') || self.at - from > MAX_NUMBER_LENGTH {
            return Err(ScanError::Unsupported);
        }
        // Decoders read -0 as a float.
        let integer = whole && digits <= MAX_INTEGER_DIGITS && !(negative && zero);
        Ok(if integer { JsonKind::Integer } else { JsonKind::Number })
    }

    /// Consumes one or more digits. Returns their number.
    fn digits(&mut self) -> Result<usize, ScanError> {
        let from = self.at;
        while self.peek()?.is_ascii_digit() {
            self.at += 1;
        }
        if self.at == from { Err(ScanError::Unsupported) } else { Ok(self.at - from) }
    }

    /// Consumes the rest of a string after its opening quote.
    #[inline(never)]
    fn text(&mut self) -> Result<JsonKind, ScanError> {
        let mut kind = JsonKind::Text;
        loop {
            self.at += plain_length(self.bytes.get(self.at..).unwrap_or_default());
            match self.next()? {
                b'"' => return Ok(kind),
                b'\\' => {
                    self.escape()?;
                    kind = JsonKind::Escaped;
                }
                _ => return Err(ScanError::Unsupported),
            }
        }
    }

    /// Consumes the rest of an escape after its backslash. Lone surrogates are invalid.
    #[inline(never)]
    fn escape(&mut self) -> Result<(), ScanError> {
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(()),
            b'u' => match self.code_unit()? {
                0xD800..=0xDBFF => {
                    self.literal(b"\\u")?;
                    if matches!(self.code_unit()?, 0xDC00..=0xDFFF) { Ok(()) } else { Err(ScanError::Unsupported) }
                }
                0xDC00..=0xDFFF => Err(ScanError::Unsupported),
                _ => Ok(()),
            },
            _ => Err(ScanError::Unsupported),
        }
    }

    /// Consumes the four hexadecimal digits of a UTF-16 code unit.
    fn code_unit(&mut self) -> Result<u32, ScanError> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.next()?).to_digit(16).ok_or(ScanError::Unsupported)?;
        }
        Ok(unit)
    }
}

/// The number of bytes before the next quote, backslash or control character.
fn plain_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let stops = stop_bits(u64::from_le_bytes(*word));
        if stops != 0 {
            return index * 8 + stops.trailing_zeros() as usize / 8;
        }
    }
    let stop = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F));
    words.len() * 8 + stop.unwrap_or(rest.len())
}

/// Tests eight bytes at once: the lowest set bit is the high bit of the first byte that ends a run of plain content.
/// Higher bits may be wrong, because a subtraction may borrow.
fn stop_bits(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & (ONES << 7);
    below(word, 0x20) | below(word ^ (ONES * b'"' as u64), 1) | below(word ^ (ONES * b'\\' as u64), 1)
}
