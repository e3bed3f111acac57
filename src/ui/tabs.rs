//! Tabs: several views, one visible at a time.

use crate::browser::keys::{Key, pressed};
use crate::reactive::{live_text, memo};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{aria_bool, unique_id};

/// A tab: its key, label and content.
#[derive(Clone)]
pub struct Tab {
    /// The value of `selected` while it is shown.
    pub key: &'static str,
    /// The label.
    pub label: Signal<String>,
    /// The content.
    pub view: ViewFn,
}

/// Tabs. Arrows, Home and End select, Tab moves on into the panel.
#[component]
pub fn Tabs(
    /// The accessible name of the tab list.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The key of the selected tab; an unknown key selects the first.
    #[prop(into)]
    selected: Signal<String>,
    /// Called with the key of the tab that the user selects.
    #[prop(into)]
    on_select: Callback<String>,
) -> impl IntoView {
    let id = unique_id("tabs");
    let count = tabs.len();
    let keys: Vec<&'static str> = tabs.iter().map(|tab| tab.key).collect();
    let shown = {
        let keys = keys.clone();
        memo(move || keys.iter().position(|key| *key == *selected.read()).unwrap_or_default())
    };
    let choose = {
        let id = id.clone();
        move |at: usize| {
            if let Some(key) = keys.get(at) {
                on_select.run((*key).to_owned());
            }
            let tab = document().get_element_by_id(&format!("{id}-{at}"));
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = tab.focus();
            }
        }
    };
    let press = {
        let choose = choose.clone();
        move |event: web_sys::KeyboardEvent| {
            let at = shown.get_untracked();
            let to = match pressed(&event) {
                Some(key @ (Key::Right | Key::Left)) => {
                    let rtl = document().dir() == "rtl";
                    let forward = (key == Key::Right) != rtl;
                    if forward { (at + 1) % count } else { (at + count - 1) % count }
                }
                Some(Key::Home) => 0,
                Some(Key::End) => count - 1,
                _ => return,
            };
            event.prevent_default();
            choose(to);
        }
    };
    let panel = format!("{id}-panel");
    let buttons = tabs.iter().enumerate().map(|(at, tab)| {
        let (name, choose) = (tab.label, choose.clone());
        view! {
            <button
                type="button"
                role="tab"
                id=format!("{id}-{at}")
                aria-selected=move || aria_bool(shown.get() == at)
                aria-controls=panel.clone()
                tabindex=move || if shown.get() == at { "0" } else { "-1" }
                on:click=move |_| choose(at)
                prop:textContent=live_text(move || name.get())
            />
        }
    });
    let buttons = buttons.collect_view();
    let labelled_by = move || format!("{id}-{}", shown.get());
    view! {
        <div class="tabs">
            <div role="tablist" aria-label=move || label.get() on:keydown=press>{buttons}</div>
            <div role="tabpanel" id=panel aria-labelledby=move || labelled_by() tabindex="0">
                {move || tabs.get(shown.get()).map(|tab| tab.view.run())}
            </div>
        </div>
    }
}
