//! Folds texts for search: as [`fold`], without accents, and with the spellings that people type instead of letters
//! their keyboard lacks.

use crate::fold;
use crate::is_invisible_mark;

/// Base letters of U+00E0 to U+00FF. `?` has none, or more than one letter.
const LATIN_1: &[u8; 32] = b"aaaaaa?ceeeeiiiidnooooo?ouuuuy?y";
/// Base letters of U+0100 to U+017F.
const EXTENDED_A: &[u8; 128] = b"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkklllllllllln\
nnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
/// Base letters of U+1EA0 to U+1EF9, one for each pair of a capital and a small letter: those of Vietnamese.
const VIETNAMESE: &[u8; 45] = b"aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy";

/// Folds a text for search: lower case, without accents, points and invisible marks. `Zöllner` becomes `zollner`, `ß`
/// becomes `ss`.
#[inline(never)]
#[must_use]
pub fn fold_search(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() { folded } else { rewrite(&folded, false) }
}

/// The folded text of a record: with `fold_search`, and for each line that can be written with `ae`, `oe`, `ue` or `aa`,
/// that spelling too, on a line of its own.
#[inline(never)]
#[must_use]
pub fn fold_record(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    let mut found = rewrite(&folded, false);
    for line in folded.lines().filter(|line| has_spelling(line)) {
        if !found.ends_with('\n') {
            found.push('\n');
        }
        found.push_str(&rewrite(line, true));
        found.push('\n');
    }
    found
}

/// The other spelling of a typed word, folded: `zoellner` for `Zöllner`. `None` if it has none.
#[must_use]
pub fn spelled_out(word: &str) -> Option<String> {
    let folded = fold(word);
    has_spelling(&folded).then(|| rewrite(&folded, true))
}

fn has_spelling(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|letter| spelling(letter).is_some())
}

/// How a letter is written on a keyboard without it.
fn spelling(letter: char) -> Option<&'static str> {
    match letter {
        'ä' => Some("ae"),
        'ö' | 'ø' => Some("oe"),
        'ü' => Some("ue"),
        'å' => Some("aa"),
        _ => None,
    }
}

/// Rewrites a folded text letter by letter.
fn rewrite(folded: &str, spell_out: bool) -> String {
    let mut text = String::with_capacity(folded.len());
    for letter in folded.chars() {
        match letter {
            _ if letter.is_ascii() => text.push(letter),
            'ß' | 'ẞ' => text.push_str("ss"),
            'æ' => text.push_str("ae"),
            'œ' => text.push_str("oe"),
            'ĳ' => text.push_str("ij"),
            'þ' => text.push_str("th"),
            _ if is_accent(letter) => {}
            _ => match spelling(letter).filter(|_| spell_out) {
                Some(letters) => text.push_str(letters),
                None => text.push(base_letter(letter)),
            },
        }
    }
    text
}

/// True if a character only adds to the letter before it: accents, Hebrew points, Arabic vowel signs.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
        | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}')
        || is_invisible_mark(letter)
}

/// A letter without its accent. Letters of their own, such as `й` or `が`, stay.
fn base_letter(letter: char) -> char {
    let of = |table: &[u8], first: u32, each: u32| {
        let at = (letter as u32).checked_sub(first)? / each;
        table.get(usize::try_from(at).ok()?).map(|byte| char::from(*byte)).filter(|base| *base != '?')
    };
    let base = match letter {
        'à'..='ÿ' => of(LATIN_1, 0xE0, 1),
        'Ā'..='ſ' => of(EXTENDED_A, 0x100, 1),
        'Ạ'..='ỹ' => of(VIETNAMESE, 0x1EA0, 2),
        'ơ' => Some('o'),
        'ư' => Some('u'),
        'ș' => Some('s'),
        'ț' => Some('t'),
        'ά' => Some('α'),
        'έ' => Some('ε'),
        'ή' => Some('η'),
        'ί' | 'ϊ' | 'ΐ' => Some('ι'),
        'ό' => Some('ο'),
        'ύ' | 'ϋ' | 'ΰ' => Some('υ'),
        'ώ' => Some('ω'),
        'ς' => Some('σ'),
        'ё' => Some('е'),
        'أ' | 'إ' | 'آ' => Some('ا'),
        _ => None,
    };
    base.unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lowercase;
    use unicode_normalization::UnicodeNormalization;

    fn is_found(typed: &str, record: &str) -> bool {
        let record = fold_record(record);
        record.contains(&fold_search(typed)) || spelled_out(typed).is_some_and(|word| record.contains(&word))
    }

    #[test]
    fn names_are_found_without_their_accents() {
        for (typed, record) in [
            ("zollner", "Jan Zöllner"),
            ("zoellner", "Jan Zöllner"),
            ("Zöllner", "Jan Zöllner"),
            ("Zöllner", "Jan Zoellner"),
            ("Zöllner", "Jan Zollner"),
            ("strasse", "Große Straße"),
            ("groß", "GROSSE"),
            ("lodz", "Łódź"),
            ("theo", "Théo d'Aubigny"),
            ("smorgas", "Smörgås"),
            ("soren", "Søren"),
            ("soeren", "Søren"),
            ("aarhus", "Århus"),
            ("nguyen", "Nguyễn Thị"),
            ("istanbul", "İstanbul"),
            ("aesir", "Æsir"),
            ("αθηνα", "Αθήνα"),
            ("елка", "Ёлка"),
            ("שלום", "שָׁלוֹם"),
            ("محمد", "مُحَمَّد"),
        ] {
            assert!(is_found(typed, record), "{typed} finds {record}");
        }
    }

    #[test]
    fn letters_of_their_own_stay_apart() {
        for (typed, record) in [("моика", "мойка"), ("かき", "がき"), ("zoellner", "Zollner"), ("öl", "ul")]
        {
            assert!(!is_found(typed, record), "{typed} does not find {record}");
        }
    }

    #[test]
    fn spelled_out_lines_do_not_join_their_neighbours() {
        assert_eq!(fold_record("Jörg\nMünch\nBern\n"), "jorg\nmunch\nbern\njoerg\nmuench\n");
        assert_eq!(fold_record("Jörg"), "jorg\njoerg\n");
        assert_eq!(fold_record("Ada\n"), "ada\n");
    }

    /// Checked against the Unicode data: a letter of these ranges that decomposes becomes its ASCII base letter.
    #[test]
    fn tables_agree_with_the_decompositions() {
        for letter in ('à'..='ſ').chain('Ạ'..='ỹ') {
            let lower = lowercase(&letter.to_string()).nfc().collect::<String>();
            let base = lower.nfd().next().unwrap();
            if base.is_ascii() && lower.chars().count() == 1 {
                assert_eq!(rewrite(&lower, false), base.to_string(), "{letter}");
            }
        }
        assert_eq!(rewrite("øłđħıŧſ", false), "oldhits");
    }
}
