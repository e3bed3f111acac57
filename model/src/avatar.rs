//! What stands for a person's picture: initials, and a hue.

/// Number of hues: neighbours are 30 degrees apart, so that two are told apart.
const HUES: u32 = 12;

/// The first letters of the first and the last word, in upper case; one letter if there is one word. Works in any script:
/// a letter keeps its accents and vowel signs. Empty without letters, such as for a phone number.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(initial);
    let first = words.next().unwrap_or_default();
    let Some(last) = words.next_back() else { return first };
    // Arabic letters would join to a word.
    let between = if is_joining(&first) { "\u{200c}" } else { "" };
    format!("{first}{between}{last}")
}

/// The first letter of a word with the marks on it.
fn initial(word: &str) -> Option<String> {
    let mut letters = word.chars().skip_while(|letter| !letter.is_alphabetic());
    let mut initial: String = letters.next()?.to_uppercase().collect();
    initial.extend(letters.take_while(|mark| is_mark(*mark)));
    Some(initial)
}

/// Accents, Hebrew points, Arabic vowel signs, and the vowel signs and viramas of India and South-East Asia.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{93a}'..='\u{94f}' | '\u{9be}'..='\u{9cd}' | '\u{bbe}'..='\u{bcd}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_joining(text: &str) -> bool {
    text.chars().next().is_some_and(|letter| matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}'))
}

/// A hue in degrees (0 to 330) that a name always has, however it is capitalised.
#[must_use]
pub fn hue(name: &str) -> u32 {
    // FNV-1a: short, and spreads names that differ in one letter.
    let letters = name.trim().chars().flat_map(char::to_lowercase);
    let hash = letters.fold(2_166_136_261_u32, |hash, letter| (hash ^ u32::from(letter)).wrapping_mul(16_777_619));
    (hash >> 8) % HUES * (360 / HUES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_first_and_last_word_in_any_script() {
        for (name, expected) in [
            ("ada king lovelace", "AL"),
            ("Théo d'Aubigny", "TD"),
            ("Zöllner, Änne", "ZÄ"),
            ("E\u{301}mile Zola", "E\u{301}Z"),
            ("Cher", "C"),
            ("陈伟", "陈"),
            ("דוד בן גוריון", "דג"),
            ("محمد علي", "م\u{200c}ع"),
            ("किरण बेदी", "किबे"),
            ("(Ms) \"Grace\" Hopper 😀", "MH"),
            ("+49 30 1234567", ""),
            ("😀", ""),
            (" ", ""),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_keeps_its_hue() {
        assert_eq!(hue("Ada Lovelace"), hue(" ada lovelace"));
        let names = ["Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gil", "Hana", "Ivo", "Jana", "Kim", "Leo"];
        let mut hues: Vec<_> = names.iter().map(|name| hue(name)).collect();
        assert!(hues.iter().all(|hue| *hue < 360 && hue % 30 == 0));
        hues.sort_unstable();
        hues.dedup();
        assert!(hues.len() >= 6, "{hues:?}");
    }
}
