//! Spacing density.

use crate::reactive::effect;
use leptos::prelude::*;

/// Spacing density.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Dense rows.
    #[default]
    Compact,
    /// More spacing and larger targets.
    Comfortable,
}

impl Density {
    /// The value of `data-density` on the root element, and in the settings.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Comfortable => "comfortable",
        }
    }
}

/// Provides the density as context to the whole app, and sets it on the root element for the style sheet.
pub fn provide_density(density: Density) -> RwSignal<Density> {
    let density = RwSignal::new(density);
    provide_context(density);
    effect(move || {
        if let Some(root) = document().document_element() {
            // A data attribute of the root can always be set.
            let _ = root.set_attribute("data-density", density.get().id());
        }
    });
    density
}

/// The density from context; outside the app, a constant default.
pub fn use_density() -> RwSignal<Density> {
    use_context().unwrap_or_else(|| RwSignal::new(Density::default()))
}

/// Height of a table row of one or two lines in px; `has_two_lines` is tracked. Fixed here, not in `style/tokens.css`,
/// because the virtualised table computes with it.
pub(super) fn row_height(has_two_lines: Signal<bool>) -> Signal<f64> {
    let density = use_density();
    Signal::derive(move || match (density.get(), has_two_lines.get()) {
        (Density::Compact, false) => 36.0,
        (Density::Comfortable, false) => 44.0,
        (Density::Compact, true) => 56.0,
        (Density::Comfortable, true) => 64.0,
    })
}
