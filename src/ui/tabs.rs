//! Views of one thing, one at a time.

use crate::browser::keys::{Key, pressed};
use crate::reactive::{live_text, memo};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{unique_id, word};

/// One view: its key, its name and what it shows.
#[derive(Clone)]
pub struct Tab {
    /// What `selected` holds while it is shown.
    pub key: &'static str,
    /// Its name.
    pub label: Signal<String>,
    /// What it shows.
    pub view: ViewFn,
}

/// Tabs; arrows, Home and End choose, Tab goes on into the panel.
#[component]
pub fn Tabs(
    /// The accessible name of the row of tabs.
    #[prop(into)]
    label: Signal<String>,
    /// The views.
    tabs: Vec<Tab>,
    /// The key of the shown one; an unknown key shows the first.
    #[prop(into)]
    selected: Signal<String>,
    /// A tab was chosen.
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
                aria-selected=move || word(shown.get() == at)
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
