//! A share of conversations that goes to the bot: a number with its sentence, and a slider for the mouse and the thumb.

use leptos::prelude::*;

use crate::ui::NumberField;

/// The field and its slider.
#[component]
pub fn ShareField(
    /// The number's label.
    label: fn() -> String,
    /// The slider's name.
    slider: fn() -> String,
    /// The sentence for a number.
    words: fn(&str) -> String,
    /// The number as text.
    value: RwSignal<String>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    // What isn't a share has an error, not a sentence.
    let is_share = |value: &&str| value.parse::<i64>().is_ok_and(|share| (0..=100).contains(&share));
    let hint =
        Signal::derive(move || value.with(|value| Some(value.trim()).filter(is_share).map(words).unwrap_or_default()));
    let position =
        move || value.with(|value| value.trim().parse::<f64>().unwrap_or_default().clamp(0.0, 100.0).to_string());
    view! {
        <div class="share">
            <NumberField label value error hint required=true />
            <input
                type="range"
                min="0"
                max="100"
                step="5"
                aria-label=slider
                prop:value=position
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}
