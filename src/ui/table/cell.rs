//! What a cell shows, as a value: so that a row can be filled anew, and only what is another be written.

use web_sys::Element;

use super::row::{append, set};
use crate::ui::Tone;

/// A word in a pill, a text, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    tag: Option<(Tone, String)>,
    pub(super) text: String,
    left_to_right: bool,
}

impl Cell {
    /// A text.
    #[must_use]
    pub fn text(text: String) -> Self {
        Self { text, ..Self::default() }
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

    /// A number, a code, an address: read from left to right in any language.
    #[must_use]
    pub fn left_to_right(mut self) -> Self {
        self.left_to_right = true;
        self
    }

    /// Brings what stands in an element up to date, of which `before` is known; that of a new element is the default, and
    /// its `dir` is `auto`. A text stands in the element itself, which has the text's direction: an element less to lay
    /// out for each cell.
    pub(super) fn write(&self, element: &Element, before: &Self) {
        match (&self.tag, &before.tag) {
            (None, None) => {
                if self.left_to_right != before.left_to_right {
                    set(element, "dir", self.direction());
                }
                element.set_text_content(Some(&self.text));
            }
            (None, Some(_)) => {
                element.set_text_content(Some(&self.text));
                set(element, "dir", self.direction());
            }
            (Some(tag), old) => {
                if old.is_none() {
                    // The pill and the text have directions of their own, and stand in the language's order.
                    element.set_text_content(None);
                    let _ = element.remove_attribute("dir");
                    append(element, "span");
                    append(element, "bdi");
                }
                if let Some(pill) = element.first_element_child().filter(|_| old.as_ref() != Some(tag)) {
                    pill.set_class_name("badge");
                    set(&pill, "data-tone", tag.0.id());
                    pill.set_text_content(Some(&tag.1));
                }
                if let Some(text) = element.last_element_child().filter(|_| old.is_none() || self.text != before.text) {
                    text.set_text_content(Some(&self.text));
                    set(&text, "dir", self.direction());
                }
            }
        }
    }

    fn direction(&self) -> &'static str {
        if self.left_to_right { "ltr" } else { "auto" }
    }
}
