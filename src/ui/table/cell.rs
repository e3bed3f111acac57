//! The content of a cell as a value, so that a reused row only writes what changed.

use leptos::prelude::document;
use trunkline_model::avatar::{hue, initials};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom::{append, set_attr};
use crate::ui::{IconName, Tone};

const SVG: Option<&str> = Some("http://www.w3.org/2000/svg");

/// What is before a cell's text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Lead {
    Badge(Tone, String),
    Glyph(IconName),
    /// A person's name.
    Avatar(String),
}

/// A badge, a text, or both; or a text with a glyph or initials before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    lead: Option<Lead>,
    pub(super) text: String,
    left_to_right: bool,
    tone: Option<Tone>,
}

impl Cell {
    /// A text.
    #[must_use]
    pub fn text(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// A badge; nothing if its text is empty.
    #[must_use]
    pub fn badge((tone, word): (Tone, String)) -> Self {
        let lead = (!word.is_empty()).then_some(Lead::Badge(tone, word));
        Self { lead, ..Self::default() }
    }

    /// Adds a text, behind the badge if there is one.
    #[must_use]
    pub fn with_text(mut self, text: String) -> Self {
        self.text = text;
        self
    }

    /// Puts a glyph before the text; decorative, so the text says what it means.
    #[must_use]
    pub fn with_glyph(mut self, name: IconName) -> Self {
        self.lead = Some(Lead::Glyph(name));
        self
    }

    /// Puts a person's initials before the text, which is usually the name.
    #[must_use]
    pub fn with_avatar(mut self, name: &str) -> Self {
        self.lead = Some(Lead::Avatar(name.to_owned()));
        self
    }

    /// Gives the text the colour of a meaning, which the text has to have too.
    #[must_use]
    pub fn with_tone(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }

    /// Marks a number, code or address that is read from left to right in every language.
    #[must_use]
    pub fn left_to_right(mut self) -> Self {
        self.left_to_right = true;
        self
    }

    /// The whole content as text, for the tooltip of a cell that is cut.
    pub(super) fn full_text(&self) -> String {
        match &self.lead {
            Some(Lead::Badge(_, word)) if self.text.is_empty() => word.clone(),
            Some(Lead::Badge(_, word)) => format!("{word} {}", self.text),
            _ => self.text.clone(),
        }
    }

    /// Updates an element from `before` to this content. A new element starts with the default content and
    /// `dir="auto"`. A text is written into the element itself, which carries its direction: one element less per cell
    /// to lay out.
    pub(super) fn write(&self, element: &Element, before: &Self) {
        match self.tone {
            _ if self.tone == before.tone => {}
            Some(tone) => set_attr(element, "data-tone", tone.id()),
            None => drop(element.remove_attribute("data-tone")),
        }
        match (&self.lead, &before.lead) {
            (None, None) => {
                if self.left_to_right != before.left_to_right {
                    set_attr(element, "dir", self.direction());
                }
                if self.text != before.text {
                    element.set_text_content(Some(&self.text));
                }
            }
            (None, Some(_)) => {
                element.set_text_content(Some(&self.text));
                set_attr(element, "dir", self.direction());
            }
            (Some(lead), old) => {
                let is_new = old.as_ref().is_none_or(|old| !lead.fits(old));
                if is_new {
                    // The lead and the text have directions of their own, and follow the language's order.
                    element.set_text_content(None);
                    let _ = element.remove_attribute("dir");
                    lead.append_to(element);
                }
                let Some(place) = element.first_element_child() else { return };
                if is_new || old.as_ref() != Some(lead) {
                    lead.write(&place, old.as_ref().filter(|_| !is_new));
                }
                if is_new || self.text != before.text || self.left_to_right != before.left_to_right {
                    self.write_behind(element, &place);
                }
            }
        }
    }

    /// Writes the text behind the lead. Without one there is no element for it.
    fn write_behind(&self, element: &Element, lead: &Element) {
        let text = lead.next_element_sibling();
        if self.text.is_empty() {
            if let Some(text) = text {
                text.remove();
            }
        } else if let Some(text) = text.or_else(|| append(element, "bdi")) {
            text.set_text_content(Some(&self.text));
            set_attr(&text, "dir", self.direction());
        }
    }

    fn direction(&self) -> &'static str {
        if self.left_to_right { "ltr" } else { "auto" }
    }
}

impl Lead {
    /// Returns true if an element of `old` can be written anew.
    fn fits(&self, old: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(old)
    }

    fn append_to(&self, element: &Element) {
        if !matches!(self, Self::Glyph(_)) {
            append(element, "span");
            return;
        }
        // These elements and names are valid.
        let Ok(svg) = document().create_element_ns(SVG, "svg") else { return };
        set_attr(&svg, "class", "icon");
        set_attr(&svg, "aria-hidden", "true");
        set_attr(&svg, "viewBox", "0 0 16 16");
        let _ = element.append_child(&svg);
    }

    /// Writes what differs from `before`, which the element shows; `None` for a new element.
    fn write(&self, element: &Element, before: Option<&Self>) {
        match self {
            Self::Badge(tone, word) => {
                let (old_tone, old_word) = match before {
                    Some(Self::Badge(tone, word)) => (Some(tone), Some(word)),
                    _ => (None, None),
                };
                if before.is_none() {
                    element.set_class_name("badge");
                }
                if old_tone != Some(tone) {
                    set_attr(element, "data-tone", tone.id());
                }
                if old_word != Some(word) {
                    element.set_text_content(Some(word));
                }
            }
            Self::Glyph(name) => {
                // The symbol's shapes themselves: a `use` makes a tree of its own of them, which takes longer to style
                // than all else of a row.
                element.set_text_content(None);
                let symbol = document().get_element_by_id(&format!("icon-{}", name.id()));
                let mut next = symbol.and_then(|symbol| symbol.first_element_child());
                while let Some(shape) = next {
                    if let Ok(copy) = shape.clone_node_with_deep(true) {
                        let _ = element.append_child(&copy);
                    }
                    next = shape.next_element_sibling();
                }
            }
            Self::Avatar(name) => {
                if before.is_none() {
                    element.set_class_name("avatar");
                    set_attr(element, "aria-hidden", "true");
                }
                let _ = element.unchecked_ref::<HtmlElement>().style().set_property("--hue", &hue(name).to_string());
                element.set_text_content(Some(&initials(name)));
            }
        }
    }
}
