//! Which keys trigger which actions: the defaults, the user's changes, conflicts between them, and sequences such as
//! "g i".
//!
//! Keys are written as a person reads them: `j`, `/`, `Enter`, `Esc`, and a sequence with a space between (`g i`). The
//! user's changes are stored as one line per changed action, `next j` or `pin` (switched off).

use std::fmt;

use crate::keyboard::Key;

/// Milliseconds within which the second key of a sequence has to follow.
pub const SEQUENCE_MS: f64 = 1_500.0;

/// What a key can trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Moves to the next ticket.
    NextTicket,
    /// Moves to the previous ticket.
    PreviousTicket,
    /// Opens the current ticket.
    OpenTicket,
    /// Closes the open ticket.
    Close,
    /// Focuses the list's search field.
    Search,
    /// Lists the shortcuts.
    Help,
    /// Goes to the inbox.
    GoInbox,
    /// Goes to the ACD events.
    GoEvents,
    /// Opens the control for going online and offline.
    Presence,
    /// Snoozes the open ticket.
    Snooze,
    /// Pins the open ticket, or unpins it.
    Pin,
    /// Writes a note on the open ticket.
    Note,
    /// Marks the open ticket as done.
    Done,
    /// Starts a callback for the open ticket.
    Callback,
}

impl Action {
    /// All actions, in the order in which they are listed. Of two actions with the same keys the first one wins.
    pub const ALL: [Self; 14] = [
        Self::NextTicket,
        Self::PreviousTicket,
        Self::OpenTicket,
        Self::Close,
        Self::Snooze,
        Self::Pin,
        Self::Note,
        Self::Done,
        Self::Callback,
        Self::GoInbox,
        Self::GoEvents,
        Self::Presence,
        Self::Search,
        Self::Help,
    ];

    /// The name in storage.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NextTicket => "next",
            Self::PreviousTicket => "previous",
            Self::OpenTicket => "open",
            Self::Close => "close",
            Self::Search => "search",
            Self::Help => "help",
            Self::GoInbox => "inbox",
            Self::GoEvents => "events",
            Self::Presence => "presence",
            Self::Snooze => "snooze",
            Self::Pin => "pin",
            Self::Note => "note",
            Self::Done => "done",
            Self::Callback => "callback",
        }
    }

    /// The keys unless the user changes them.
    pub const fn default_keys(self) -> &'static str {
        match self {
            Self::NextTicket => "j",
            Self::PreviousTicket => "k",
            Self::OpenTicket => "Enter",
            Self::Close => "Esc",
            Self::Search => "/",
            Self::Help => "?",
            Self::GoInbox => "g i",
            Self::GoEvents => "g e",
            Self::Presence => "o",
            Self::Snooze => "s",
            Self::Pin => "p",
            Self::Note => "n",
            Self::Done => "d",
            Self::Callback => "c",
        }
    }

    /// True if it works on every page, not only in the inbox.
    pub const fn is_global(self) -> bool {
        matches!(self, Self::Search | Self::Help | Self::GoInbox | Self::GoEvents | Self::Presence)
    }

    /// True if it repeats while its key is held down.
    pub const fn repeats(self) -> bool {
        matches!(self, Self::NextTicket | Self::PreviousTicket)
    }
}

/// One key, or two in sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    first: Key,
    second: Option<Key>,
}

impl Keys {
    /// Parses `j`, `Enter` or `g i`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut names = text.split(' ');
        let first = key_of(names.next()?)?;
        let second = match names.next() {
            Some(name) => Some(key_of(name)?),
            None => None,
        };
        names.next().is_none().then_some(Self { first, second })
    }

    /// A single key.
    pub const fn single(key: Key) -> Self {
        Self { first: key, second: None }
    }

    /// This single key followed by another; `None` if it is a sequence already.
    pub const fn then(self, key: Key) -> Option<Self> {
        match self.second {
            None => Some(Self { first: self.first, second: Some(key) }),
            Some(_) => None,
        }
    }

    /// True if no character is part of it: such keys work even with single-key shortcuts switched off (WCAG 2.1.4).
    pub const fn is_named(self) -> bool {
        !matches!(self.first, Key::Char(_))
    }

    /// The keys' names in order.
    pub fn names(self) -> impl Iterator<Item = String> {
        [Some(self.first), self.second].into_iter().flatten().map(name_of)
    }

    /// True if a press of one set of keys always triggers the other too: equal, or one is the beginning of the other.
    fn collides(self, other: Self) -> bool {
        self.first == other.first && (self.second.is_none() || other.second.is_none() || self.second == other.second)
    }
}

/// As it is read and stored: `g i`.
impl fmt::Display for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.names().collect::<Vec<_>>().join(" "))
    }
}

/// True if a key can be part of a shortcut: a letter, digit or sign. Arrow keys, Tab and others keep their meaning.
pub const fn is_bindable(key: Key) -> bool {
    matches!(key, Key::Char(character) if character.is_ascii_graphic())
}

fn key_of(name: &str) -> Option<Key> {
    match name {
        "Enter" => return Some(Key::Enter),
        "Esc" => return Some(Key::Escape),
        _ => {}
    }
    let mut characters = name.chars();
    let key = Key::Char(characters.next()?.to_ascii_lowercase());
    (characters.next().is_none() && is_bindable(key)).then_some(key)
}

fn name_of(key: Key) -> String {
    match key {
        Key::Char(character) => character.into(),
        Key::Enter => "Enter".to_owned(),
        // No other named key can be part of a shortcut.
        _ => "Esc".to_owned(),
    }
}

/// The keys of each action; `None` for one that is switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// In the order of [`Action::ALL`].
    keys: [Option<Keys>; Action::ALL.len()],
}

impl Default for Keymap {
    fn default() -> Self {
        Self { keys: Action::ALL.map(|action| Keys::parse(action.default_keys())) }
    }
}

impl Keymap {
    /// The defaults with the stored changes. Lines that mean nothing are ignored: an older or a newer version may have
    /// written them.
    pub fn load(stored: &str) -> Self {
        let mut keymap = Self::default();
        for line in stored.lines() {
            let (id, keys) = line.split_once(' ').unwrap_or((line, ""));
            let Some(action) = Action::ALL.into_iter().find(|action| action.id() == id) else { continue };
            match Keys::parse(keys) {
                None if !keys.is_empty() => {}
                keys => keymap.set(action, keys),
            }
        }
        keymap
    }

    /// What differs from the defaults, as [`Keymap::load`] reads it; empty if nothing does.
    pub fn store(&self) -> String {
        let default = Self::default();
        let changed = Action::ALL.into_iter().filter(|action| self.keys(*action) != default.keys(*action));
        let line = |action: Action| match self.keys(action) {
            Some(keys) => format!("{} {keys}", action.id()),
            None => action.id().to_owned(),
        };
        changed.map(line).collect::<Vec<_>>().join("\n")
    }

    /// The keys of an action; `None` if it is switched off.
    pub fn keys(&self, action: Action) -> Option<Keys> {
        self.pairs().find(|(listed, _)| *listed == action).and_then(|(_, keys)| keys)
    }

    /// Gives an action other keys, or switches it off.
    pub fn set(&mut self, action: Action, keys: Option<Keys>) {
        for (listed, slot) in Action::ALL.into_iter().zip(&mut self.keys) {
            if listed == action {
                *slot = keys;
            }
        }
    }

    /// The other actions that an action's keys trigger too, or keep from being triggered.
    pub fn conflicts(&self, action: Action) -> Vec<Action> {
        let Some(keys) = self.keys(action) else { return Vec::new() };
        let collides = |other: Option<Keys>| other.is_some_and(|other| other.collides(keys));
        self.pairs()
            .filter(|(other, other_keys)| *other != action && collides(*other_keys))
            .map(|(other, _)| other)
            .collect()
    }

    fn pairs(&self) -> impl Iterator<Item = (Action, Option<Keys>)> + '_ {
        Action::ALL.into_iter().zip(self.keys)
    }

    fn action_of(&self, keys: Keys) -> Option<Action> {
        self.pairs().find(|(_, own)| *own == Some(keys)).map(|(action, _)| action)
    }

    /// True if some action's sequence begins with this key.
    fn begins_sequence(&self, key: Key) -> bool {
        self.pairs().any(|(_, keys)| keys.is_some_and(|keys| keys.first == key && keys.second.is_some()))
    }
}

/// The keys pressed so far, of a sequence that is not complete.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sequence {
    /// The first key, and when it was pressed, in milliseconds of a clock that only goes forward.
    pending: Option<(Key, f64)>,
}

impl Sequence {
    /// Handles a key press at `now` (milliseconds of a clock that only goes forward); the action that it triggers.
    pub fn press(&mut self, keymap: &Keymap, key: Key, now: f64) -> Option<Action> {
        let pending = self.pending.take();
        let first =
            pending.filter(|(_, at)| now - at <= SEQUENCE_MS).and_then(|(first, _)| Keys::single(first).then(key));
        if let Some(action) = first.and_then(|sequence| keymap.action_of(sequence)) {
            return Some(action);
        }
        // The second key completed nothing, so it may be a shortcut, or begin a sequence, of its own.
        let action = keymap.action_of(Keys::single(key));
        if action.is_none() && keymap.begins_sequence(key) {
            self.pending = Some((key, now));
        }
        action
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(stored: &str) -> Keymap {
        Keymap::load(stored)
    }

    /// What a run of presses triggers, one key each half second.
    fn triggered(keymap: &Keymap, keys: &str) -> Vec<Action> {
        let mut sequence = Sequence::default();
        let presses = keys.split(' ').map(|name| key_of(name).unwrap());
        presses.zip(0..).filter_map(|(key, at)| sequence.press(keymap, key, f64::from(at) * 500.0)).collect()
    }

    #[test]
    fn default_keys_are_those_of_the_documentation() {
        let keymap = Keymap::default();
        for (keys, action) in [
            ("j", Action::NextTicket),
            ("k", Action::PreviousTicket),
            ("Enter", Action::OpenTicket),
            ("Esc", Action::Close),
            ("/", Action::Search),
            ("?", Action::Help),
            ("g i", Action::GoInbox),
            ("g e", Action::GoEvents),
            ("o", Action::Presence),
            ("s", Action::Snooze),
            ("p", Action::Pin),
            ("n", Action::Note),
            ("d", Action::Done),
            ("c", Action::Callback),
        ] {
            assert_eq!(triggered(&keymap, keys), [action], "{keys}");
        }
        for action in Action::ALL {
            assert_eq!(keymap.conflicts(action), [], "{action:?}");
            assert!(Keys::parse(action.default_keys()).is_some(), "{action:?}");
        }
    }

    #[test]
    fn ids_are_unique() {
        for (at, action) in Action::ALL.iter().enumerate() {
            assert_eq!(Action::ALL.iter().position(|other| other.id() == action.id()), Some(at));
        }
    }

    #[test]
    fn sequence_needs_both_keys_in_time() {
        let keymap = Keymap::default();
        let mut sequence = Sequence::default();
        assert_eq!(sequence.press(&keymap, Key::Char('g'), 1_000.0), None);
        assert_eq!(sequence.press(&keymap, Key::Char('i'), 1_000.0 + SEQUENCE_MS), Some(Action::GoInbox));
        assert_eq!(sequence.press(&keymap, Key::Char('i'), 3_000.0), None);
        assert_eq!(sequence.press(&keymap, Key::Char('g'), 4_000.0), None);
        assert_eq!(sequence.press(&keymap, Key::Char('i'), 4_001.0 + SEQUENCE_MS), None);
    }

    #[test]
    fn key_that_completes_no_sequence_keeps_its_own_meaning() {
        let keymap = Keymap::default();
        assert_eq!(triggered(&keymap, "g j"), [Action::NextTicket]);
        assert_eq!(triggered(&keymap, "g g i"), [Action::GoInbox]);
        assert_eq!(triggered(&keymap, "g x i"), []);
        assert_eq!(triggered(&keymap, "g Esc i"), [Action::Close]);
    }

    #[test]
    fn changed_keys_replace_the_defaults() {
        let keymap = changed("next m\ninbox x y\npin\nopen o");
        assert_eq!(triggered(&keymap, "m"), [Action::NextTicket]);
        assert_eq!(triggered(&keymap, "j"), []);
        assert_eq!(triggered(&keymap, "x y"), [Action::GoInbox]);
        assert_eq!(triggered(&keymap, "g i"), []);
        assert_eq!(triggered(&keymap, "p"), []);
        assert_eq!(keymap.keys(Action::Pin), None);
        // Of two actions with one key the first in the list wins, and both report it.
        assert_eq!(triggered(&keymap, "o"), [Action::OpenTicket]);
        assert_eq!(keymap.conflicts(Action::OpenTicket), [Action::Presence]);
        assert_eq!(keymap.conflicts(Action::Presence), [Action::OpenTicket]);
    }

    #[test]
    fn key_that_begins_a_sequence_conflicts_with_it() {
        let keymap = changed("pin g");
        assert_eq!(keymap.conflicts(Action::Pin), [Action::GoInbox, Action::GoEvents]);
        assert_eq!(keymap.conflicts(Action::GoInbox), [Action::Pin]);
        assert_eq!(changed("pin i g").conflicts(Action::Pin), []);
    }

    #[test]
    fn only_changes_are_stored_and_read_back() {
        assert_eq!(Keymap::default().store(), "");
        let mut keymap = Keymap::default();
        keymap.set(Action::Snooze, Keys::parse("z"));
        keymap.set(Action::Pin, None);
        keymap.set(Action::GoInbox, Keys::parse("1 2"));
        assert_eq!(keymap.store(), "snooze z\npin\ninbox 1 2");
        assert_eq!(changed(&keymap.store()), keymap);
    }

    #[test]
    fn damaged_storage_leaves_the_defaults() {
        for stored in
            ["", "\n\n", "nothing j", "next jj", "next j k l", "next \u{5d7}", "next F1", "\u{0}next j", "next  j"]
        {
            assert_eq!(changed(stored), Keymap::default(), "{stored:?}");
        }
    }

    #[test]
    fn keys_are_parsed_and_shown_alike() {
        for text in ["j", "/", "Enter", "Esc", "g i", "1", "g Enter"] {
            assert_eq!(Keys::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Keys::parse("J").unwrap().to_string(), "j");
        for text in ["", " ", "ab", "g  i", "a b c", "Tab", "é", "ח"] {
            assert_eq!(Keys::parse(text), None, "{text:?}");
        }
    }
}
