//! A few members of a JSON object, found without reading the others into anything.

use crate::json::{DEEPEST, Scanner};
pub use crate::json::{Kind, Unpicked};

/// Where a member's value stands, from the object's first byte on; a string without its quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub from: u32,
    /// The first byte after it.
    pub to: u32,
}

/// The members to look for. Their places come in the order of their names here: first the object's own.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Those of the object itself.
    pub own: &'a [&'a str],
    /// Members that are objects or `null`, and whose members are looked for: each with their names.
    pub within: &'a [(&'a str, &'a [&'a str])],
}

/// Looks for members of the object that `bytes` begin with, and tells how many of the bytes it has.
///
/// What is picked from is sound JSON, so that whoever reads it later with `serde_json` cannot fail; but that it is UTF-8
/// is for the caller to see. Odd are also: a wanted member that comes twice, a name with escapes beside it, a number
/// with an exponent, and what is deeper or longer than any record has a use for.
#[inline(never)]
pub fn pick(bytes: &[u8], wanted: Wanted<'_>, found: &mut [Place]) -> Result<usize, Unpicked> {
    found.fill(Place::default());
    let mut scanner = Scanner { bytes, at: 0 };
    match scanner.peek()? {
        b'{' => object(&mut scanner, DEEPEST, wanted, found)?,
        _ => return Err(Unpicked::Odd),
    }
    Ok(scanner.at)
}

/// Passes an object with wanted members, which may go so deep.
fn object(scanner: &mut Scanner<'_>, depth: usize, wanted: Wanted<'_>, found: &mut [Place]) -> Result<(), Unpicked> {
    let depth = depth.checked_sub(1).ok_or(Unpicked::Odd)?;
    let mut met = 0_u32;
    let mut more = scanner.begin(b'}')?;
    while more {
        let (kind, name) = scanner.name()?;
        // It might be a wanted one in disguise.
        if kind == Kind::Escaped {
            return Err(Unpicked::Odd);
        }
        if let Some(index) = wanted.own.iter().position(|own| own.as_bytes() == name) {
            let place = found.get_mut(index).filter(|place| place.kind == Kind::Absent).ok_or(Unpicked::Odd)?;
            *place = value(scanner, depth)?;
        } else if let Some(index) = wanted.within.iter().position(|(parent, _)| parent.as_bytes() == name) {
            let bit = u32::try_from(index).ok().and_then(|index| 1_u32.checked_shl(index)).unwrap_or_default();
            if met & bit != 0 || bit == 0 {
                return Err(Unpicked::Odd);
            }
            met |= bit;
            within(scanner, depth, wanted, index, found)?;
        } else {
            scanner.value(depth)?;
        }
        more = scanner.more(b'}')?;
    }
    Ok(())
}

/// Passes the member whose own members are wanted.
fn within(
    scanner: &mut Scanner<'_>,
    depth: usize,
    wanted: Wanted<'_>,
    index: usize,
    found: &mut [Place],
) -> Result<(), Unpicked> {
    let before = wanted.within.iter().take(index).map(|(_, names)| names.len()).sum::<usize>();
    let own = wanted.within.get(index).map(|(_, names)| *names).unwrap_or_default();
    let places = found.get_mut(wanted.own.len() + before..).ok_or(Unpicked::Odd)?;
    match scanner.peek()? {
        b'{' => object(scanner, depth, Wanted { own, within: &[] }, places),
        b'n' => scanner.word(b"null"),
        _ => Err(Unpicked::Odd),
    }
}

/// Passes a value that is wanted.
fn value(scanner: &mut Scanner<'_>, depth: usize) -> Result<Place, Unpicked> {
    let from = scanner.at;
    let kind = scanner.value(depth)?;
    let quote = usize::from(matches!(kind, Kind::Text | Kind::Escaped));
    let offset = |at: usize| u32::try_from(at).map_err(|_| Unpicked::Odd);
    Ok(Place { kind, from: offset(from + quote)?, to: offset(scanner.at - quote)? })
}
