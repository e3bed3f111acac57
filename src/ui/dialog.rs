//! Native modal dialogs: the browser traps the focus, closes on Esc and restores the focus.

use leptos::html;
use leptos::prelude::*;
use trunkline_text::looks_equal;
use wasm_bindgen::JsCast;

use super::{Button, ErrorMessage, ErrorPanel, IconName, TextField, Variant, unique_id};
use crate::i18n::t;
use crate::reactive::{effect, live_text};

/// A modal dialog, open while `open` is true; Esc and the Close button set it to false. Its children exist only while
/// it is open. Pass its buttons as `actions`.
#[component]
pub fn Dialog(
    /// True while it is open.
    open: RwSignal<bool>,
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// Shows it as a drawer at the side, over the whole height.
    #[prop(optional)]
    side: bool,
    /// A larger width, for tables and long forms.
    #[prop(optional)]
    wide: bool,
    /// Prevents closing: no Close button, and Esc does nothing.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// The buttons at the bottom.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = unique_id("dialog");
    effect(move || {
        let open = open.get();
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            // Fails only if the dialog is not in the document, where it can't be shown anyway.
            let _ = dialog.show_modal();
            focus_first(&dialog);
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    // The browser reports closing asynchronously: the dialog may have been reopened since.
    let closed = move |event: web_sys::Event| {
        let dialog = event_target::<web_sys::HtmlDialogElement>(&event);
        if dialog.open() {
            return;
        }
        if locked.get_untracked() && open.get_untracked() {
            // Browsers close a dialog on the second Esc even if the first was prevented.
            let _ = dialog.show_modal();
        } else {
            open.set(false);
        }
    };
    let cancelled = move |event: web_sys::Event| {
        if locked.get_untracked() {
            event.prevent_default();
        }
    };
    let content = {
        let heading = heading.clone();
        move || {
            let (children, actions, heading) = (children.clone(), actions.clone(), heading.clone());
            open.get().then(move || {
                view! {
                    <div class="dialog-head">
                        <h2 id=heading prop:textContent=live_text(move || title.get()) />
                        {move || (!locked.get()).then(|| view! {
                            <Button
                                label=t::common::close
                                icon=IconName::Close
                                icon_only=true
                                variant=Variant::Ghost
                                on_click=move |()| open.set(false)
                            />
                        }.into_any())}
                    </div>
                    <div class="dialog-body">{children()}</div>
                    {actions.map(|actions| view! { <div class="dialog-actions">{actions.run()}</div> }.into_any())}
                }
                .into_any()
            })
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            class:drawer=side
            data-wide=wide.then_some("")
            aria-labelledby=heading
            on:close=closed
            on:cancel=cancelled
        >
            {content}
        </dialog>
    }
}

/// Focuses the first field, else the first button (Cancel, where something may be lost). The browser would focus the
/// Close button.
fn focus_first(dialog: &web_sys::HtmlDialogElement) {
    let fields = ".dialog-body :is(input, select, textarea)";
    let find = |selector| dialog.query_selector(selector).ok().flatten();
    let target = find(fields).or_else(|| find(".dialog-actions button"));
    if let Some(element) = target.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Confirms a destructive action. It stays open while `busy` and shows `problem`; the caller closes it on success.
#[component]
pub fn ConfirmDialog(
    /// True while it is open.
    open: RwSignal<bool>,
    /// The question: "Remove Acme Support?"
    #[prop(into)]
    title: Signal<String>,
    /// The consequence.
    #[prop(into)]
    message: Signal<String>,
    /// The label of the confirming button.
    #[prop(into)]
    confirm_label: Signal<String>,
    /// A name that must be typed first; empty for none.
    #[prop(optional, into)]
    type_to_confirm: Signal<String>,
    /// The action is in progress.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the action failed.
    #[prop(optional, into)]
    problem: Signal<Option<ErrorMessage>>,
    /// Runs the action.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    effect(move || {
        if open.get() {
            typed.set(String::new());
            error.set(None);
        }
    });
    let confirm = move |()| {
        // Compare as displayed: HTML collapses spaces and shows no control characters.
        if looks_equal(&typed.read_untracked(), &type_to_confirm.read_untracked()) {
            error.set(None);
            on_confirm.run(());
        } else {
            error.set(Some(t::ui::type_exactly()));
        }
    };
    let actions = move || {
        view! {
            <Button label=t::common::cancel on_click=move |()| open.set(false) />
            <Button label=confirm_label variant=Variant::DangerSolid busy on_click=confirm />
        }
    };
    view! {
        <Dialog open title actions>
            <p prop:textContent=live_text(move || message.get()) />
            {move || (!type_to_confirm.read().is_empty()).then(|| view! {
                <TextField label=move || t::ui::type_to_confirm(&type_to_confirm.get()) value=typed error />
            }.into_any())}
            {move || problem.get().map(|problem| view! { <ErrorPanel problem /> }.into_any())}
        </Dialog>
    }
}
