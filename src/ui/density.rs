//! How close together things stand.

use crate::reactive::effect;
use leptos::prelude::*;

/// How close together things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// As much as fits.
    #[default]
    Compact,
    /// With more air, and larger targets.
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

/// Puts the density into the context of the whole app, and on the root element, where the style sheet reads it.
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

/// The app's density; outside the app a signal that nobody changes.
pub fn use_density() -> RwSignal<Density> {
    use_context().unwrap_or_else(|| RwSignal::new(Density::default()))
}

/// Height of a table row, px: fixed, because the table reckons with it. `style/tokens.css` has no say in it.
pub(super) fn row_height() -> Signal<f64> {
    let density = use_density();
    Signal::derive(move || match density.get() {
        Density::Compact => 36.0,
        Density::Comfortable => 44.0,
    })
}
