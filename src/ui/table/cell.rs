//! What a cell shows, as a value: so that a row can be filled anew, and only what is another be written.

use crate::ui::Tone;

/// A word in a pill, a text, or both. The text's title is the whole of it, unless told otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub(super) tag: Option<(Tone, String)>,
    pub(super) text: String,
    pub(super) title: String,
    pub(super) left_to_right: bool,
}

impl Cell {
    /// A text; the whole of it on hover.
    #[must_use]
    pub fn text(text: String) -> Self {
        Self { title: text.clone(), text, ..Self::default() }
    }

    /// A word in a tinted pill; nothing for an empty one.
    #[must_use]
    pub fn tag(tag: (Tone, String)) -> Self {
        Self { tag: Some(tag).filter(|(_, word)| !word.is_empty()), ..Self::default() }
    }

    /// With this text, behind the pill if there is one.
    #[must_use]
    pub fn and(mut self, text: String) -> Self {
        self.text = text;
        self
    }

    /// With more on hover than it shows.
    #[must_use]
    pub fn titled(mut self, title: String) -> Self {
        self.title = title;
        self
    }

    /// A number, a code, an address: read from left to right in any language.
    #[must_use]
    pub fn left_to_right(mut self) -> Self {
        self.left_to_right = true;
        self
    }
}
