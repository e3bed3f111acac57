//! A menu of actions.

use crate::browser::keys::{Key, pressed};
use crate::reactive::{effect, live_text};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Icon, IconName, aria_bool, unique_id};

/// An action of a menu.
#[derive(Clone)]
pub struct MenuItem {
    /// The label.
    pub label: Signal<String>,
    /// Icon before the label.
    pub icon: Option<IconName>,
    /// Marks it as destructive.
    pub danger: bool,
    /// The action.
    pub action: Callback<()>,
}

/// A button that opens a menu. Arrows, Home and End move the focus, Esc and Tab close the menu, and the focus returns
/// to the button.
#[component]
pub fn Menu(
    /// The button's label.
    #[prop(into)]
    label: Signal<String>,
    /// The button's icon.
    #[prop(default = IconName::More)]
    icon: IconName,
    /// Shows the label beside the icon.
    #[prop(optional)]
    label_shown: bool,
    /// The actions.
    items: Vec<MenuItem>,
) -> impl IntoView {
    let (menu, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let open = RwSignal::new(false);
    let id = unique_id("menu");
    let close = Callback::new(move |restore_focus: bool| {
        open.set(false);
        if restore_focus && let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    });
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        // An action may remove the menu, whose focus is then lost too.
        let menu = menu.try_get_untracked().flatten();
        if !menu.is_some_and(|menu| menu.contains(to.as_ref())) {
            open.try_set(false);
        }
    };
    let items = StoredValue::new(items);
    let list_id = id.clone();
    let list = move || {
        let id = list_id.clone();
        open.get().then(|| view! { <MenuList id label items=items.get_value() on_close=close /> }.into_any())
    };
    view! {
        <div class="menu" node_ref=menu on:focusout=leave>
            <button
                type="button"
                class="button"
                data-variant="ghost"
                data-icon-only=(!label_shown).then_some("")
                node_ref=button
                aria-haspopup="menu"
                aria-expanded=move || aria_bool(open.get())
                aria-controls=id
                aria-label=move || (!label_shown).then(|| label.get())
                title=move || (!label_shown).then(|| label.get())
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=icon />
                {label_shown.then(|| view! { <span prop:textContent=live_text(move || label.get()) /> })}
            </button>
            {move || list()}
        </div>
    }
}

/// The open list of a menu, for a button of the caller's own in an element of the class `menu`. Its first item gets the
/// focus.
#[component]
pub fn MenuList(
    /// Its id, for the button's `aria-controls`.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// The actions.
    items: Vec<MenuItem>,
    /// Closes the menu; `true` if the focus returns to the button.
    #[prop(into)]
    on_close: Callback<bool>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    effect(move || {
        if list.get().is_some() {
            focus_item(list, |_, _| 0);
        }
    });
    let press = move |event: web_sys::KeyboardEvent| {
        match pressed(&event) {
            Some(Key::Down) => focus_item(list, |at, count| (at + 1) % count),
            Some(Key::Up) => focus_item(list, |at, count| (at + count - 1) % count),
            Some(Key::Home) => focus_item(list, |_, _| 0),
            Some(Key::End) => focus_item(list, |_, count| count - 1),
            Some(Key::Escape) => on_close.run(true),
            Some(Key::Tab) => return on_close.run(false),
            _ => return,
        }
        event.stop_propagation();
        event.prevent_default();
    };
    let entry = move |MenuItem { label, icon, danger, action }: MenuItem| {
        let click = move |_| {
            on_close.run(true);
            action.run(());
        };
        view! {
            <button type="button" role="menuitem" tabindex="-1" data-danger=danger.then_some("") on:click=click>
                {icon.map(|name| view! { <Icon name /> })}
                <span prop:textContent=live_text(move || label.get()) />
            </button>
        }
    };
    view! {
        <div class="menu-list" id=id role="menu" aria-label=move || label.get() node_ref=list on:keydown=press>
            {items.into_iter().map(entry).collect_view()}
        </div>
    }
}

/// Focuses the item whose index `place` computes from the current index and the count.
fn focus_item(list: NodeRef<html::Div>, next_index: impl Fn(u32, u32) -> u32) {
    let Some(list) = list.get_untracked() else { return };
    let Ok(entries) = list.query_selector_all("[role=menuitem]") else { return };
    let count = entries.length();
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let at = (0..count).find(|at| entries.get(*at).is_some_and(|entry| entry.is_same_node(active.as_deref())));
    let target = entries.get(next_index(at.unwrap_or_default(), count));
    if let Some(target) = target.and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = target.focus();
    }
}
