//! What a key press means to the console, whatever the keyboard's layout.
//!
//! A shortcut is named by its key on a Latin keyboard. On a Hebrew, Cyrillic, Greek or Arabic one no key types a Latin
//! letter: there the key's place counts, which the browser calls `code`. On any Latin one (Dvorak, AZERTY) what the key
//! types counts.

/// A key that means something to the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Enter, also the one of the number block.
    Enter,
    /// Esc.
    Escape,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// A letter without Shift, in lower case also with Caps Lock; or a sign.
    Char(char),
}

/// What a press means, by the browser's names of it: `key` is what is typed, `code` the place, `shift` whether Shift is
/// held. Nothing for keys that no shortcut uses.
pub fn meaning(key: &str, code: &str, shift: bool) -> Option<Key> {
    let named = match key {
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Backspace" => Key::Backspace,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        _ => return character(key, code, shift).map(Key::Char),
    };
    Some(named)
}

/// The letter or sign that a press stands for.
fn character(key: &str, code: &str, shift: bool) -> Option<char> {
    let first = key.chars().next()?;
    match first {
        // The name of a key: `F1`, `Dead`, `Process`.
        _ if first.is_ascii() && key.len() > 1 => None,
        // Without Shift a capital is Caps Lock's.
        _ if first.is_ascii_alphabetic() => (!shift).then(|| first.to_ascii_lowercase()),
        _ if is_beyond_latin(first) => by_place(code, shift),
        // Where these two are typed beside the right Shift the layout is Hebrew or Cyrillic; of the Latin ones Turkish alone
        // has a full stop there.
        '.' | ',' if code == "Slash" => by_place(code, shift),
        _ if first.is_ascii() => Some(first),
        // Latin letters with marks, and signs such as `§`.
        _ => None,
    }
}

/// Whether a character belongs to a script other than Latin.
fn is_beyond_latin(character: char) -> bool {
    // Greek is the first block behind Latin; Latin's further letters and the signs of all scripts lie between the others.
    character >= '\u{370}' && !matches!(character, '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{2bff}')
}

/// What a Latin keyboard types at a place.
fn by_place(code: &str, shift: bool) -> Option<char> {
    if code == "Slash" {
        return Some(if shift { '?' } else { '/' });
    }
    let letter = code.strip_prefix("Key")?.chars().next()?;
    (!shift).then(|| letter.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::Key::Char;
    use super::*;

    #[test]
    fn a_latin_layout_goes_by_what_is_typed() {
        for (key, code) in [("j", "KeyJ"), ("j", "KeyC"), ("j", "")] {
            assert_eq!(meaning(key, code, false), Some(Char('j')), "{key} {code}");
        }
        // Dvorak's k, AZERTY's a; Dvorak types t where others have k.
        assert_eq!(meaning("k", "KeyV", false), Some(Char('k')));
        assert_eq!(meaning("a", "KeyQ", false), Some(Char('a')));
        assert_eq!(meaning("t", "KeyK", false), Some(Char('t')));
        // German: / is Shift 7, ? beside 0, and another sign stands where others have /.
        assert_eq!(meaning("/", "Digit7", true), Some(Char('/')));
        assert_eq!(meaning("?", "Minus", true), Some(Char('?')));
        assert_eq!(meaning("-", "Slash", false), Some(Char('-')));
        // AZERTY and Canadian French at the same place.
        assert_eq!(meaning("!", "Slash", false), Some(Char('!')));
        assert_eq!(meaning("§", "Slash", true), None);
        assert_eq!(meaning("é", "Slash", false), None);
        assert_eq!(meaning("ł", "KeyL", false), None);
        assert_eq!(meaning("ạ", "KeyJ", false), None);
        assert_eq!(meaning("€", "KeyE", false), None);
    }

    #[test]
    fn other_scripts_go_by_the_place() {
        let layouts = [
            ("Hebrew", "ח", "ל"),
            ("Russian", "о", "л"),
            ("Serbian", "ј", "к"),
            ("Greek", "ξ", "κ"),
            ("Arabic", "ت", "ن"),
            ("Persian", "ت", "ن"),
            ("Thai", "่", "า"),
            ("Hindi", "र", "क"),
            ("Korean", "ㅓ", "ㅏ"),
            ("Japanese", "マ", "ノ"),
            ("Georgian", "ჯ", "კ"),
            ("Armenian", "յ", "կ"),
        ];
        for (layout, j, k) in layouts {
            assert_eq!(meaning(j, "KeyJ", false), Some(Char('j')), "{layout}");
            assert_eq!(meaning(k, "KeyK", false), Some(Char('k')), "{layout}");
        }
        // One key of the Arabic layout types two letters.
        assert_eq!(meaning("لا", "KeyB", false), Some(Char('b')));
    }

    #[test]
    fn search_and_help_are_found_in_other_scripts() {
        for (layout, search, help) in [
            ("Hebrew", ".", "?"),
            ("Russian", ".", ","),
            ("Greek", "/", "?"),
            ("Arabic", "ظ", "؟"),
            ("Persian", "/", "؟"),
        ] {
            assert_eq!(meaning(search, "Slash", false), Some(Char('/')), "{layout}");
            assert_eq!(meaning(help, "Slash", true), Some(Char('?')), "{layout}");
        }
        // The Hebrew layout also has a key that says /.
        assert_eq!(meaning("/", "KeyQ", false), Some(Char('/')));
        assert_eq!(meaning(".", "Period", false), Some(Char('.')));
    }

    #[test]
    fn caps_lock_changes_nothing_and_shift_makes_another_key() {
        assert_eq!(meaning("J", "KeyJ", false), Some(Char('j')));
        assert_eq!(meaning("Ξ", "KeyJ", false), Some(Char('j')));
        assert_eq!(meaning("J", "KeyJ", true), None);
        assert_eq!(meaning("О", "KeyJ", true), None);
    }

    #[test]
    fn keys_have_names() {
        assert_eq!(meaning("Enter", "NumpadEnter", false), Some(Key::Enter));
        assert_eq!(meaning("ArrowDown", "Numpad2", false), Some(Key::Down));
        for key in ["F1", "Dead", "Process", "Unidentified", "Shift", ""] {
            assert_eq!(meaning(key, "KeyJ", false), None, "{key}");
        }
    }
}
