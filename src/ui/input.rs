//! Fields one types into. What is typed is cleaned on its way to the value, by the one rule of `trunkline_fast::text`.

use leptos::prelude::*;
use trunkline_fast::text::TextKind;

use super::field::Wiring;
use super::typed::TypedText;
use super::{Button, Field, IconName, Variant, word};
use crate::i18n::t;

/// One line of text.
#[component]
pub fn TextField(
    /// The name alone.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A line of help.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the name and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// `type` of the input: `text`, `email`, `tel`, `url`, `date`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    /// What the browser may fill in; `off` by default: records are not the person's own data.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// An example.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Can be read, not changed.
    #[prop(optional, into)]
    readonly: Signal<bool>,
    /// In fixed-width type.
    #[prop(optional)]
    mono: bool,
    /// A short field for a number.
    #[prop(optional)]
    number: bool,
    /// What it holds, where the other properties don't tell.
    #[prop(optional)]
    holds: Option<TextKind>,
) -> impl IntoView {
    let wiring = Wiring::new(hint, error);
    let is_number = number || kind == "tel" || inputmode == Some("numeric");
    let is_code = mono || matches!(kind, "url" | "email") || matches!(inputmode, Some("url" | "email"));
    let holds = holds.unwrap_or(match (is_number, is_code) {
        (true, _) => TextKind::Number,
        (_, true) => TextKind::Code,
        _ => TextKind::Words,
    });
    let typed = TypedText::new(value, holds);
    view! {
        <Field label wiring required>
            <input
                class="input"
                dir="auto"
                id=wiring.id()
                type=kind
                inputmode=inputmode
                autocomplete=autocomplete
                spellcheck="false"
                data-mono=mono.then_some("")
                data-number=number.then_some("")
                placeholder=move || Some(placeholder.get()).filter(|text| !text.is_empty())
                readonly=move || readonly.get()
                aria-required=move || required.get().then_some(word(true))
                aria-invalid=move || wiring.invalid()
                aria-describedby=move || wiring.described_by()
                prop:value=move || typed.shown()
                on:input=move |event| typed.input(&event)
                on:change=move |_| typed.change()
            />
        </Field>
    }
}

/// A number, kept as typed: only validation says what is wrong with it. (`type=number` would empty a bad value, and
/// the wheel would change a good one.)
#[component]
pub fn NumberField(
    /// The name alone.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A line of help.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the name and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
) -> impl IntoView {
    view! { <TextField label value error hint required inputmode="numeric" number=true /> }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The name alone.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A line of help.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the name and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Height before it grows, in lines.
    #[prop(default = 4)]
    rows: u32,
    /// In fixed-width type.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    let wiring = Wiring::new(hint, error);
    let typed = TypedText::new(value, TextKind::Words);
    view! {
        <Field label wiring required>
            <textarea
                class="input"
                dir="auto"
                id=wiring.id()
                rows=rows
                spellcheck=word(!mono)
                data-mono=mono.then_some("")
                aria-required=move || required.get().then_some(word(true))
                aria-invalid=move || wiring.invalid()
                aria-describedby=move || wiring.described_by()
                prop:value=move || typed.shown()
                on:input=move |event| typed.input(&event)
                on:change=move |_| typed.change()
            ></textarea>
        </Field>
    }
}

/// A value that others in the room should not read; a button shows it.
#[component]
pub fn SecretField(
    /// The name alone.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A line of help.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the name and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// What the browser may fill in.
    #[prop(default = "new-password")]
    autocomplete: &'static str,
    /// What it holds; none for a password, which is taken as it is typed.
    #[prop(optional)]
    holds: Option<TextKind>,
) -> impl IntoView {
    let wiring = Wiring::new(hint, error);
    let typed = TypedText::new(value, holds.unwrap_or(TextKind::Password));
    let shown = RwSignal::new(false);
    let name = move || if shown.get() { t::ui::hide_value() } else { t::ui::show_value() };
    let toggle = move |()| shown.update(|shown| *shown = !*shown);
    view! {
        <Field label wiring required>
            <div class="secret">
                <input
                    class="input"
                    dir="auto"
                    id=wiring.id()
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    spellcheck="false"
                    aria-required=move || required.get().then_some(word(true))
                    aria-invalid=move || wiring.invalid()
                    aria-describedby=move || wiring.described_by()
                    prop:value=move || typed.shown()
                    on:input=move |event| typed.input(&event)
                    on:change=move |_| typed.change()
                />
                <Button label=name icon=IconName::Eye icon_only=true variant=Variant::Ghost on_click=toggle />
            </div>
        </Field>
    }
}
