//! Passing JSON, byte by byte, and keeping nothing of it: a strict subset of what `serde_json` accepts.

/// What a value is, as far as a reader must know before it reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// There is none.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A string that stands there as it reads.
    Text,
    /// A string with escapes.
    Escaped,
    /// A whole number of at most 15 digits.
    Integer,
    /// Any other number.
    Number,
    /// An array of strings, or an empty one.
    Texts,
    /// Any other array.
    Array,
    /// An object.
    Object,
}

/// Why an object is not passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpicked {
    /// The bytes end before the object does; what there is of it is sound so far, but for UTF-8.
    Cut,
    /// The object is not sound, or has something that is left to a slower reader.
    Odd,
}

/// Deeper objects and arrays are odd: `serde_json` refuses them from 128 on.
pub const DEEPEST: usize = 100;
/// Longer numbers are odd: one with so many digits and without an exponent is still finite.
const LONGEST_NUMBER: usize = 300;
/// Any number of so many digits is an integer to every reader, in 64 bits and in a float.
const MOST_DIGITS: usize = 15;

/// How far an object has been passed.
pub struct Scanner<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Scanner<'a> {
    pub fn peek(&self) -> Result<u8, Unpicked> {
        self.bytes.get(self.at).copied().ok_or(Unpicked::Cut)
    }

    fn next(&mut self) -> Result<u8, Unpicked> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }

    /// The next byte that is no white space, not yet passed.
    #[inline(never)]
    fn token(&mut self) -> Result<u8, Unpicked> {
        loop {
            match self.peek()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Ok(byte),
            }
        }
    }

    /// Passes this byte, and white space around it.
    fn pass(&mut self, byte: u8) -> Result<(), Unpicked> {
        if self.token()? != byte {
            return Err(Unpicked::Odd);
        }
        self.at += 1;
        self.token().map(|_| ())
    }

    /// Passes the bracket that stands here; whether anything comes before its `end`, else that is passed too.
    pub fn begin(&mut self, end: u8) -> Result<bool, Unpicked> {
        self.at += 1;
        let empty = self.token()? == end;
        self.at += usize::from(empty);
        Ok(!empty)
    }

    /// Passes what stands behind an element; whether a further one must follow.
    pub fn more(&mut self, end: u8) -> Result<bool, Unpicked> {
        match self.token()? {
            b',' => {
                self.at += 1;
                self.token().map(|_| true)
            }
            byte if byte == end => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(Unpicked::Odd),
        }
    }

    /// Passes a member's name, up to its value. It is given as it stands there, with whether there are escapes in it.
    #[inline(never)]
    pub fn name(&mut self) -> Result<(Kind, &'a [u8]), Unpicked> {
        if self.next()? != b'"' {
            return Err(Unpicked::Odd);
        }
        let from = self.at;
        let kind = self.text()?;
        let name = self.bytes.get(from..self.at - 1).unwrap_or_default();
        self.pass(b':')?;
        Ok((kind, name))
    }

    /// Passes a value, which may go so deep.
    pub fn value(&mut self, depth: usize) -> Result<Kind, Unpicked> {
        match self.peek()? {
            b'"' => {
                self.at += 1;
                self.text()
            }
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'n' => self.word(b"null").map(|()| Kind::Null),
            b't' => self.word(b"true").map(|()| Kind::Bool),
            b'f' => self.word(b"false").map(|()| Kind::Bool),
            _ => self.number(),
        }
    }

    #[inline(never)]
    fn object(&mut self, depth: usize) -> Result<Kind, Unpicked> {
        let depth = depth.checked_sub(1).ok_or(Unpicked::Odd)?;
        let mut more = self.begin(b'}')?;
        while more {
            self.name()?;
            self.value(depth)?;
            more = self.more(b'}')?;
        }
        Ok(Kind::Object)
    }

    #[inline(never)]
    fn array(&mut self, depth: usize) -> Result<Kind, Unpicked> {
        let depth = depth.checked_sub(1).ok_or(Unpicked::Odd)?;
        let mut kind = Kind::Texts;
        let mut more = self.begin(b']')?;
        while more {
            if !matches!(self.value(depth)?, Kind::Text | Kind::Escaped) {
                kind = Kind::Array;
            }
            more = self.more(b']')?;
        }
        Ok(kind)
    }

    /// Passes these bytes.
    #[inline(never)]
    pub fn word(&mut self, word: &[u8]) -> Result<(), Unpicked> {
        for byte in word {
            if self.next()? != *byte {
                return Err(Unpicked::Odd);
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn number(&mut self) -> Result<Kind, Unpicked> {
        let from = self.at;
        let negative = self.peek()? == b'-';
        self.at += usize::from(negative);
        let zero = self.peek()? == b'0';
        let digits = self.digits()?;
        if zero && digits > 1 {
            return Err(Unpicked::Odd);
        }
        let whole = self.peek()? != b'.';
        if !whole {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek()?, b'e' | b'E') || self.at - from > LONGEST_NUMBER {
            return Err(Unpicked::Odd);
        }
        // -0 is a float to whoever reads it.
        let integer = whole && digits <= MOST_DIGITS && !(negative && zero);
        Ok(if integer { Kind::Integer } else { Kind::Number })
    }

    /// Passes digits, of which there must be one, and counts them.
    fn digits(&mut self) -> Result<usize, Unpicked> {
        let from = self.at;
        while self.peek()?.is_ascii_digit() {
            self.at += 1;
        }
        if self.at == from { Err(Unpicked::Odd) } else { Ok(self.at - from) }
    }

    /// Passes the rest of a string, the first quote of which is passed.
    #[inline(never)]
    fn text(&mut self) -> Result<Kind, Unpicked> {
        let mut kind = Kind::Text;
        loop {
            self.at += plain(self.bytes.get(self.at..).unwrap_or_default());
            match self.next()? {
                b'"' => return Ok(kind),
                b'\\' => {
                    self.escape()?;
                    kind = Kind::Escaped;
                }
                _ => return Err(Unpicked::Odd),
            }
        }
    }

    /// Passes the rest of an escape. Half of a surrogate pair is no character.
    #[inline(never)]
    fn escape(&mut self) -> Result<(), Unpicked> {
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(()),
            b'u' => match self.unit()? {
                0xD800..=0xDBFF => {
                    self.word(b"\\u")?;
                    if matches!(self.unit()?, 0xDC00..=0xDFFF) { Ok(()) } else { Err(Unpicked::Odd) }
                }
                0xDC00..=0xDFFF => Err(Unpicked::Odd),
                _ => Ok(()),
            },
            _ => Err(Unpicked::Odd),
        }
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Unpicked> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.next()?).to_digit(16).ok_or(Unpicked::Odd)?;
        }
        Ok(unit)
    }
}

/// How many bytes there are before the next that is not a string's plain content: a quote, a backslash, or a control
/// character.
fn plain(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let stops = stops(u64::from_le_bytes(*word));
        if stops != 0 {
            return index * 8 + stops.trailing_zeros() as usize / 8;
        }
    }
    let stop = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F));
    words.len() * 8 + stop.unwrap_or(rest.len())
}

/// Eight bytes at once: the lowest bit that is set is the highest of the first byte that ends plain content. Bits further
/// up may be wrong, where a difference borrowed.
fn stops(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & (ONES << 7);
    below(word, 0x20) | below(word ^ (ONES * b'"' as u64), 1) | below(word ^ (ONES * b'\\' as u64), 1)
}
