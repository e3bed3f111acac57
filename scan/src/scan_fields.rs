//! Locates some members of a JSON object without decoding the others.

pub use crate::json::{JsonKind, ScanError};
use crate::json::{MAX_DEPTH, Scanner};

/// The byte range of a member's value, relative to the object's first byte; for a string, without its quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldSpan {
    /// The value's type.
    pub kind: JsonKind,
    /// Its first byte.
    pub from: u32,
    /// The byte after its last.
    pub to: u32,
}

/// The members to locate. Their spans are returned in this order, the object's own members first.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec<'a> {
    /// Members of the object itself.
    pub fields: &'a [&'a str],
    /// Members that are objects or `null`, each with the names of its members to locate.
    pub nested: &'a [(&'a str, &'a [&'a str])],
}

/// Locates members of the object at the start of `bytes`. Returns the object's length in bytes. An accepted object is
/// valid JSON, so decoding it later with `serde_json` cannot fail; only UTF-8 is for the caller to check.
///
/// # Errors
/// If the object is incomplete or invalid, or has something that is left to a full decoder: a duplicate of a requested
/// member, a name with escapes, a number with an exponent, or unusual depth or length.
#[inline(never)]
pub fn scan_fields(bytes: &[u8], spec: FieldSpec<'_>, found: &mut [FieldSpan]) -> Result<usize, ScanError> {
    found.fill(FieldSpan::default());
    let mut scanner = Scanner { bytes, at: 0 };
    match scanner.peek()? {
        b'{' => scan_object(&mut scanner, MAX_DEPTH, spec, found)?,
        _ => return Err(ScanError::Unsupported),
    }
    Ok(scanner.at)
}

/// Scans an object with requested members, at most `depth` levels deep.
fn scan_object(
    scanner: &mut Scanner<'_>,
    depth: usize,
    wanted: FieldSpec<'_>,
    found: &mut [FieldSpan],
) -> Result<(), ScanError> {
    let depth = depth.checked_sub(1).ok_or(ScanError::Unsupported)?;
    let mut met = 0_u32;
    let mut more = scanner.enter(b'}')?;
    while more {
        let (kind, name) = scanner.member_name()?;
        // Decoded, it may be the name of a requested member.
        if kind == JsonKind::Escaped {
            return Err(ScanError::Unsupported);
        }
        if let Some(index) = wanted.fields.iter().position(|own| own.as_bytes() == name) {
            let span =
                found.get_mut(index).filter(|span| span.kind == JsonKind::Absent).ok_or(ScanError::Unsupported)?;
            *span = scan_value(scanner, depth)?;
        } else if let Some(index) = wanted.nested.iter().position(|(parent, _)| parent.as_bytes() == name) {
            let bit = u32::try_from(index).ok().and_then(|index| 1_u32.checked_shl(index)).unwrap_or_default();
            if met & bit != 0 || bit == 0 {
                return Err(ScanError::Unsupported);
            }
            met |= bit;
            scan_nested(scanner, depth, wanted, index, found)?;
        } else {
            scanner.value(depth)?;
        }
        more = scanner.has_more(b'}')?;
    }
    Ok(())
}

/// Scans a member whose own members are requested.
fn scan_nested(
    scanner: &mut Scanner<'_>,
    depth: usize,
    wanted: FieldSpec<'_>,
    index: usize,
    found: &mut [FieldSpan],
) -> Result<(), ScanError> {
    let before = wanted.nested.iter().take(index).map(|(_, names)| names.len()).sum::<usize>();
    let own = wanted.nested.get(index).map(|(_, names)| *names).unwrap_or_default();
    let places = found.get_mut(wanted.fields.len() + before..).ok_or(ScanError::Unsupported)?;
    match scanner.peek()? {
        b'{' => scan_object(scanner, depth, FieldSpec { fields: own, nested: &[] }, places),
        b'n' => scanner.literal(b"null"),
        _ => Err(ScanError::Unsupported),
    }
}

/// Scans a requested value.
fn scan_value(scanner: &mut Scanner<'_>, depth: usize) -> Result<FieldSpan, ScanError> {
    let from = scanner.at;
    let kind = scanner.value(depth)?;
    let quote = usize::from(matches!(kind, JsonKind::Text | JsonKind::Escaped));
    let offset = |at: usize| u32::try_from(at).map_err(|_| ScanError::Unsupported);
    Ok(FieldSpan { kind, from: offset(from + quote)?, to: offset(scanner.at - quote)? })
}
