//! A button of the top bar that opens a popover. The popover's content is lazy-loaded.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, FocusEvent, KeyboardEvent, Node};

use crate::browser::keys::{Key, pressed};
use crate::components::global_ui::{GlobalUi, Popover, open_global, pending_global, popovers};
use crate::reactive::{effect, live_text};
use crate::ui::aria_bool;

/// The button and its popover. Esc closes it and returns the focus; a click elsewhere and leaving it by Tab close it.
#[component]
pub fn PopoverButton(
    /// The popover.
    popover: Popover,
    /// The button's accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The button's further class.
    class: &'static str,
    /// An action of the popover is in progress.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What the button shows, hidden from screen readers.
    children: Children,
) -> impl IntoView {
    let (anchor, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let open = RwSignal::new(false);
    let close = Callback::new(move |restore_focus: bool| {
        open.set(false);
        if restore_focus && let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    });
    let is_inside = move |target: Option<EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<Node>().ok());
        anchor.get_untracked().is_some_and(|anchor| anchor.contains(target.as_ref()))
    };
    let outside = window_event_listener(ev::pointerdown, move |event| {
        if open.get_untracked() && !is_inside(event.target()) {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    // Without a target the window has lost the focus, or the click was on nothing: the listener above tells where.
    let leave = move |event: FocusEvent| {
        let to = event.related_target();
        if to.is_some() && !is_inside(to) {
            open.set(false);
        }
    };
    let press = move |event: KeyboardEvent| {
        if pressed(&event) == Some(Key::Escape) && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            close.run(true);
        }
    };
    let click = move |_| {
        if untrack(popovers).is_none() {
            open_global(GlobalUi::Popovers);
        }
        open.update(|open| *open = !*open);
    };
    // If the content can't be loaded, a toast says so, and the next click tries again.
    effect(move || {
        if pending_global().is_none() && popovers().is_none() {
            open.set(false);
        }
    });
    let shown = move || if open.get() { popovers() } else { None };
    let content = move || shown().map(|render| render(popover, close));
    view! {
        <div class="menu" node_ref=anchor on:focusout=leave on:keydown=press>
            <button
                type="button"
                class=format!("button {class}")
                data-variant="ghost"
                node_ref=button
                aria-haspopup=(popover == Popover::Presence).then_some("menu")
                aria-expanded=move || aria_bool(shown().is_some())
                aria-controls=popover.id()
                aria-busy=move || (busy.get() || (open.get() && popovers().is_none())).then_some("true")
                title=move || label.get()
                on:click=click
            >
                <span class="visually-hidden" prop:textContent=live_text(move || label.get()) />
                {children()}
            </button>
            {move || content()}
        </div>
    }
}
