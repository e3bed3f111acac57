//! Maps key presses to shortcut keys, independent of the keyboard layout.
//!
//! A shortcut is named by its key on a Latin keyboard. Hebrew, Cyrillic, Greek and Arabic layouts have no Latin
//! letters, so there the key's physical position decides (the browser's `code`). On Latin layouts (Dvorak, AZERTY) the
//! typed character decides.

/// A key that a shortcut can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Enter, also on the numeric keypad.
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
    /// A letter typed without Shift, in lower case even with Caps Lock on; or a punctuation character.
    Char(char),
}

/// The shortcut key of a `keydown` event. `key` (typed text) and `code` (physical position) are the event's values,
/// `shift` is whether Shift is held. `None` for keys that no shortcut uses.
pub fn shortcut_key(key: &str, code: &str, shift: bool) -> Option<Key> {
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

/// The letter or punctuation character of a key press.
fn character(key: &str, code: &str, shift: bool) -> Option<char> {
    let first = key.chars().next()?;
    match first {
        // A named key: `F1`, `Dead`, `Process`.
        _ if first.is_ascii() && key.len() > 1 => None,
        // A capital without Shift comes from Caps Lock.
        _ if first.is_ascii_alphabetic() => (!shift).then(|| first.to_ascii_lowercase()),
        _ if is_non_latin(first) => us_key_at(code, shift),
        // A layout that types these beside the right Shift is Hebrew or Cyrillic. Of the Latin layouts only Turkish has
        // a full stop there.
        '.' | ',' if code == "Slash" => us_key_at(code, shift),
        _ if first.is_ascii() => Some(first),
        // Latin letters with diacritics, and signs such as `§`.
        _ => None,
    }
}

/// True if a character belongs to a script other than Latin.
fn is_non_latin(character: char) -> bool {
    // Greek is the first block after Latin. Two later ranges hold more Latin letters and the signs of all scripts.
    character >= '\u{370}' && !matches!(character, '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{2bff}')
}

/// The character that a US keyboard types at a physical position.
fn us_key_at(code: &str, shift: bool) -> Option<char> {
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
    fn latin_layouts_use_the_typed_character() {
        for (key, code) in [("j", "KeyJ"), ("j", "KeyC"), ("j", "")] {
            assert_eq!(shortcut_key(key, code, false), Some(Char('j')), "{key} {code}");
        }
        // Dvorak's k, AZERTY's a; Dvorak types t where others have k.
        assert_eq!(shortcut_key("k", "KeyV", false), Some(Char('k')));
        assert_eq!(shortcut_key("a", "KeyQ", false), Some(Char('a')));
        assert_eq!(shortcut_key("t", "KeyK", false), Some(Char('t')));
        // German: / is Shift+7, ? is beside 0, and the US / key types -.
        assert_eq!(shortcut_key("/", "Digit7", true), Some(Char('/')));
        assert_eq!(shortcut_key("?", "Minus", true), Some(Char('?')));
        assert_eq!(shortcut_key("-", "Slash", false), Some(Char('-')));
        // AZERTY and Canadian French at the same position.
        assert_eq!(shortcut_key("!", "Slash", false), Some(Char('!')));
        assert_eq!(shortcut_key("§", "Slash", true), None);
        assert_eq!(shortcut_key("é", "Slash", false), None);
        assert_eq!(shortcut_key("ł", "KeyL", false), None);
        assert_eq!(shortcut_key("ạ", "KeyJ", false), None);
        assert_eq!(shortcut_key("€", "KeyE", false), None);
    }

    #[test]
    fn other_scripts_use_the_physical_position() {
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
            assert_eq!(shortcut_key(j, "KeyJ", false), Some(Char('j')), "{layout}");
            assert_eq!(shortcut_key(k, "KeyK", false), Some(Char('k')), "{layout}");
        }
        // This key of the Arabic layout types two letters.
        assert_eq!(shortcut_key("لا", "KeyB", false), Some(Char('b')));
    }

    #[test]
    fn search_and_help_work_in_other_scripts() {
        for (layout, search, help) in [
            ("Hebrew", ".", "?"),
            ("Russian", ".", ","),
            ("Greek", "/", "?"),
            ("Arabic", "ظ", "؟"),
            ("Persian", "/", "؟"),
        ] {
            assert_eq!(shortcut_key(search, "Slash", false), Some(Char('/')), "{layout}");
            assert_eq!(shortcut_key(help, "Slash", true), Some(Char('?')), "{layout}");
        }
        // The Hebrew layout also has a key that types /.
        assert_eq!(shortcut_key("/", "KeyQ", false), Some(Char('/')));
        assert_eq!(shortcut_key(".", "Period", false), Some(Char('.')));
    }

    #[test]
    fn caps_lock_is_ignored_and_shifted_letters_are_no_shortcut() {
        assert_eq!(shortcut_key("J", "KeyJ", false), Some(Char('j')));
        assert_eq!(shortcut_key("Ξ", "KeyJ", false), Some(Char('j')));
        assert_eq!(shortcut_key("J", "KeyJ", true), None);
        assert_eq!(shortcut_key("О", "KeyJ", true), None);
    }

    #[test]
    fn named_keys_are_recognised() {
        assert_eq!(shortcut_key("Enter", "NumpadEnter", false), Some(Key::Enter));
        assert_eq!(shortcut_key("ArrowDown", "Numpad2", false), Some(Key::Down));
        for key in ["F1", "Dead", "Process", "Unidentified", "Shift", ""] {
            assert_eq!(shortcut_key(key, "KeyJ", false), None, "{key}");
        }
    }
}
