//! Text inputs. Input is cleaned by `trunkline_text` before it reaches the value.

use leptos::prelude::*;
use trunkline_text::TextKind;

use super::field::FieldAria;
use super::input_text::InputText;
use super::{Button, Field, IconName, Variant, aria_bool};
use crate::i18n::t;

/// A single-line text field.
#[component]
pub fn TextField(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    value: RwSignal<String>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the label and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// `type` of the input: `text`, `email`, `tel`, `url`, `date`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The on-screen keyboard.
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    /// The autofill hint; `off` by default, since records are not the user's own data.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// An example value.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Read-only.
    #[prop(optional, into)]
    readonly: Signal<bool>,
    /// Monospaced.
    #[prop(optional)]
    mono: bool,
    /// A short, numeric field.
    #[prop(optional)]
    number: bool,
    /// The kind of text, if the other properties don't imply it.
    #[prop(optional)]
    text_kind: Option<TextKind>,
) -> impl IntoView {
    let aria = FieldAria::new(hint, error);
    let is_number = number || kind == "tel" || inputmode == Some("numeric");
    let is_code = mono || matches!(kind, "url" | "email") || matches!(inputmode, Some("url" | "email"));
    let text_kind = text_kind.unwrap_or(match (is_number, is_code) {
        (true, _) => TextKind::Number,
        (_, true) => TextKind::Code,
        _ => TextKind::Words,
    });
    let typed = InputText::new(value, text_kind);
    view! {
        <Field label aria required>
            <input
                class="input"
                dir="auto"
                id=aria.id()
                type=kind
                inputmode=inputmode
                autocomplete=autocomplete
                spellcheck="false"
                data-mono=mono.then_some("")
                data-number=number.then_some("")
                placeholder=move || Some(placeholder.get()).filter(|text| !text.is_empty())
                readonly=move || readonly.get()
                aria-required=move || required.get().then_some(aria_bool(true))
                aria-invalid=move || aria.invalid()
                aria-describedby=move || aria.described_by()
                prop:value=move || typed.displayed()
                on:input=move |event| typed.on_input(&event)
                on:change=move |_| typed.on_change()
            />
        </Field>
    }
}

/// A number, kept as typed until validation. (`type=number` would empty an invalid value, and the mouse wheel would
/// change a valid one.)
#[component]
pub fn NumberField(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    value: RwSignal<String>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the label and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
) -> impl IntoView {
    view! { <TextField label value error hint required inputmode="numeric" number=true /> }
}

/// A multi-line text field.
#[component]
pub fn TextArea(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    value: RwSignal<String>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the label and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Initial height in lines.
    #[prop(default = 4)]
    rows: u32,
    /// Monospaced.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    let aria = FieldAria::new(hint, error);
    let typed = InputText::new(value, TextKind::Words);
    view! {
        <Field label aria required>
            <textarea
                class="input"
                dir="auto"
                id=aria.id()
                rows=rows
                spellcheck=aria_bool(!mono)
                data-mono=mono.then_some("")
                aria-required=move || required.get().then_some(aria_bool(true))
                aria-invalid=move || aria.invalid()
                aria-describedby=move || aria.described_by()
                prop:value=move || typed.displayed()
                on:input=move |event| typed.on_input(&event)
                on:change=move |_| typed.on_change()
            ></textarea>
        </Field>
    }
}

/// A masked value with a button to reveal it.
#[component]
pub fn SecretField(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    value: RwSignal<String>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the label and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// The autofill hint.
    #[prop(default = "new-password")]
    autocomplete: &'static str,
    /// The kind of text; a password by default, which is not cleaned.
    #[prop(optional)]
    text_kind: Option<TextKind>,
) -> impl IntoView {
    let aria = FieldAria::new(hint, error);
    let typed = InputText::new(value, text_kind.unwrap_or(TextKind::Password));
    let shown = RwSignal::new(false);
    let name = move || if shown.get() { t::ui::hide_value() } else { t::ui::show_value() };
    let toggle = move |()| shown.update(|shown| *shown = !*shown);
    view! {
        <Field label aria required>
            <div class="secret">
                <input
                    class="input"
                    dir="auto"
                    id=aria.id()
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    spellcheck="false"
                    aria-required=move || required.get().then_some(aria_bool(true))
                    aria-invalid=move || aria.invalid()
                    aria-describedby=move || aria.described_by()
                    prop:value=move || typed.displayed()
                    on:input=move |event| typed.on_input(&event)
                    on:change=move |_| typed.on_change()
                />
                <Button label=name icon=IconName::Eye icon_only=true variant=Variant::Ghost on_click=toggle />
            </div>
        </Field>
    }
}
