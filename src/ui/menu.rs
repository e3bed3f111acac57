//! A menu of actions, in the browser's top layer.

use crate::browser::keys::{Key, pressed};
use crate::reactive::{effect, live_text};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Icon, IconName, unique_id, word};

/// One action of a menu.
#[derive(Clone)]
pub struct MenuItem {
    /// Its name.
    pub label: Signal<String>,
    /// Drawn before it.
    pub icon: Option<IconName>,
    /// Leads to a loss.
    pub danger: bool,
    /// What it does.
    pub action: Callback<()>,
}

/// A button that opens a menu: arrows, Home and End move, Esc and Tab close, the focus comes back to the button.
#[component]
pub fn Menu(
    /// The button's name.
    #[prop(into)]
    label: Signal<String>,
    /// Drawn in the button.
    #[prop(default = IconName::More)]
    icon: IconName,
    /// Shows the name beside the icon.
    #[prop(optional)]
    label_shown: bool,
    /// The actions.
    items: Vec<MenuItem>,
) -> impl IntoView {
    let (button, list) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    let open = RwSignal::new(false);
    let id = unique_id("menu");
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    effect(move || {
        if open.get() && list.get().is_some() {
            focus_item(list, |_, _| 0);
        }
    });
    let press = move |event: web_sys::KeyboardEvent| {
        match pressed(&event) {
            Some(Key::Down) => focus_item(list, |at, count| (at + 1) % count),
            Some(Key::Up) => focus_item(list, |at, count| (at + count - 1) % count),
            Some(Key::Home) => focus_item(list, |_, _| 0),
            Some(Key::End) => focus_item(list, |_, count| count - 1),
            Some(Key::Escape) => close(),
            Some(Key::Tab) => return open.set(false),
            _ => return,
        }
        event.stop_propagation();
        event.prevent_default();
    };
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = |part: Option<web_sys::Node>| part.is_some_and(|part| part.contains(to.as_ref()));
        if !inside(list.get_untracked().map(Into::into)) && !inside(button.get_untracked().map(Into::into)) {
            open.set(false);
        }
    };
    let entries = StoredValue::new(items);
    let entry = move |MenuItem { label, icon, danger, action }: MenuItem| {
        let click = move |_| {
            close();
            action.run(());
        };
        view! {
            <button type="button" role="menuitem" tabindex="-1" data-danger=danger.then_some("") on:click=click>
                {icon.map(|name| view! { <Icon name /> })}
                <span prop:textContent=live_text(move || label.get()) />
            </button>
        }
    };
    let list_id = id.clone();
    let entries = move || {
        open.get().then(|| {
            view! {
                <div class="menu-list" id=list_id.clone() role="menu" aria-label=move || label.get() node_ref=list on:keydown=press>
                    {entries.get_value().into_iter().map(entry).collect_view()}
                </div>
            }
        })
    };
    view! {
        <div class="menu" on:focusout=leave>
            <button
                type="button"
                class="button"
                data-variant="ghost"
                data-icon-only=(!label_shown).then_some("")
                node_ref=button
                aria-haspopup="menu"
                aria-expanded=move || word(open.get())
                aria-controls=id
                aria-label=move || (!label_shown).then(|| label.get())
                title=move || (!label_shown).then(|| label.get())
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=icon />
                {label_shown.then(|| view! { <span prop:textContent=live_text(move || label.get()) /> })}
            </button>
            {move || entries()}
        </div>
    }
}

/// Focuses the entry at a place reckoned from the present one and the count.
fn focus_item(list: NodeRef<html::Div>, place: impl Fn(u32, u32) -> u32) {
    let Some(list) = list.get_untracked() else { return };
    let Ok(entries) = list.query_selector_all("[role=menuitem]") else { return };
    let count = entries.length();
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let at = (0..count).find(|at| entries.get(*at).is_some_and(|entry| entry.is_same_node(active.as_deref())));
    let target = entries.get(place(at.unwrap_or_default(), count));
    if let Some(target) = target.and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = target.focus();
    }
}
