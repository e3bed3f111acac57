//! The keys of the shortcuts, each of which can be changed or switched off.

use leptos::prelude::*;
use trunkline_model::keymap::{Keys, SEQUENCE_MS, is_bindable};
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::card::Card;
use crate::browser::clock::monotonic_ms;
use crate::browser::keys::{Key, pressed};
use crate::components::keymap::{self, Action};
use crate::components::use_preferences;
use crate::i18n::t;
use crate::reactive::{catalogue, effect, fixed, memo};
use crate::ui::{Button, CheckField, unique_id};

/// The switch for shortcuts of a single key (WCAG 2.1.4), and the keys of each action.
#[component]
pub fn Keyboard() -> impl IntoView {
    let preferences = use_preferences();
    let single_keys = RwSignal::new(untrack(|| preferences.single_keys()));
    effect(move || single_keys.set(preferences.single_keys()));
    effect(move || {
        let on = single_keys.get();
        if untrack(|| preferences.single_keys()) != on {
            preferences.set_single_keys(on);
        }
    });
    let hint = unique_id("keys");
    let row = {
        let hint = hint.clone();
        move |action| view! { <KeyRow action hint=hint.clone() /> }
    };
    view! {
        <Card title=t::settings::keyboard>
            <CheckField label=t::settings::single_keys value=single_keys hint=t::settings::single_keys_hint />
            <p class="muted small" id=hint prop:textContent=catalogue(t::settings::keys_hint) />
            <table class="keys-table">
                <caption class="visually-hidden" prop:textContent=catalogue(t::shortcuts::title) />
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col" prop:textContent=catalogue(t::shortcuts::action) />
                        <th scope="col" prop:textContent=catalogue(t::shortcuts::key) />
                    </tr>
                </thead>
                <tbody>{Action::ALL.map(row).collect_view()}</tbody>
            </table>
            <div class="row"><Button label=t::settings::reset_keys on_click=|()| keymap::reset_keys() /></div>
        </Card>
    }
}

/// An action with the field that records its keys.
#[component]
fn KeyRow(
    /// The action.
    action: Action,
    /// The id of the help text.
    hint: String,
) -> impl IntoView {
    let label = keymap::label(action);
    let keys = memo(move || keymap::keymap().keys(action));
    let last_press = StoredValue::new(f64::NEG_INFINITY);
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let is_second = monotonic_ms() - last_press.get_value() <= SEQUENCE_MS;
        last_press.set_value(f64::NEG_INFINITY);
        let changed = match pressed(&event) {
            Some(Key::Backspace) => None,
            Some(key @ Key::Enter) if action == Action::OpenTicket => Some(Keys::single(key)),
            Some(key @ Key::Escape) if action == Action::Close => Some(Keys::single(key)),
            Some(key) if is_bindable(key) => {
                let sequence = keys.get_untracked().filter(|_| is_second).and_then(|first| first.then(key));
                if sequence.is_none() {
                    last_press.set_value(monotonic_ms());
                }
                sequence.or(Some(Keys::single(key)))
            }
            _ => return,
        };
        event.prevent_default();
        keymap::set_keys(action, changed);
    };
    let shown = move || keys.get().map_or_else(t::settings::key_off, |keys| keys.to_string());
    // What is typed otherwise, as on a phone, changes nothing.
    let restore = move |event| event_target::<HtmlInputElement>(&event).set_value(&untrack(shown));
    let conflicts = memo(move || {
        let names: Vec<String> =
            keymap::keymap().conflicts(action).into_iter().map(|other| keymap::label(other)()).collect();
        (!names.is_empty()).then(|| t::settings::key_conflict(&names.join(&t::news::separator())))
    });
    let id = unique_id("key");
    let conflict = format!("{id}-conflict");
    let described = {
        let conflict = conflict.clone();
        move || format!("{hint} {conflict}")
    };
    view! {
        <tr>
            <th scope="row"><label for=id.clone() prop:textContent=catalogue(label) /></th>
            <td>
                <input
                    class="input key-field"
                    id=id
                    dir="ltr"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-invalid=move || conflicts.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    prop:value=shown
                    on:keydown=press
                    on:input=restore
                />
                <span class="field-error" id=conflict role="status">
                    {move || conflicts.get().map(|text| view! { <span prop:textContent=fixed(text) /> })}
                </span>
            </td>
        </tr>
    }
}
