//! Native modal dialogs: the browser keeps the focus inside, closes on Esc and gives the focus back.

use leptos::html;
use leptos::prelude::*;
use trunkline_fast::text::reads_like;
use wasm_bindgen::JsCast;

use super::{Button, ErrorPanel, IconName, Problem, TextField, Variant, unique_id};
use crate::i18n::t;
use crate::reactive::{effect, live_text};

/// A modal dialog, open while `open` is true; Esc, the cross and leaving all set it to false. Its children exist only
/// while it is open. Put its buttons into a `<div class="dialog-actions">` by `actions`.
#[component]
pub fn Dialog(
    /// Open or not.
    open: RwSignal<bool>,
    /// Its name.
    #[prop(into)]
    title: Signal<String>,
    /// At the side, over the whole height.
    #[prop(optional)]
    side: bool,
    /// For tables and long forms.
    #[prop(optional)]
    wide: bool,
    /// Nobody can close it: it has no cross, and Esc does nothing.
    #[prop(optional, into)]
    held: Signal<bool>,
    /// The buttons below.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// What it shows.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = unique_id("dialog");
    effect(move || {
        let open = open.get();
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            // It fails only if the dialog is not in the document: then nothing is lost by staying closed.
            let _ = dialog.show_modal();
            focus_first(&dialog);
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    // The browser tells of it later: it may have been opened again since.
    let closed = move |event: web_sys::Event| {
        let dialog = event_target::<web_sys::HtmlDialogElement>(&event);
        if dialog.open() {
            return;
        }
        if held.get_untracked() && open.get_untracked() {
            // Browsers close a dialog at the second Esc, whatever was said to the first.
            let _ = dialog.show_modal();
        } else {
            open.set(false);
        }
    };
    let cancelled = move |event: web_sys::Event| {
        if held.get_untracked() {
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
                        {move || (!held.get()).then(|| view! {
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

/// What one came for has the focus: the first field, else the first button (Cancel, where something may be lost). The
/// browser's own choice would be the cross.
fn focus_first(dialog: &web_sys::HtmlDialogElement) {
    let fields = ".dialog-body :is(input, select, textarea)";
    let find = |selector| dialog.query_selector(selector).ok().flatten();
    let target = find(fields).or_else(|| find(".dialog-actions button"));
    if let Some(element) = target.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Asks before a loss. It stays open while `busy` and shows `problem`; whoever opened it closes it when all went well.
#[component]
pub fn ConfirmDialog(
    /// Open or not.
    open: RwSignal<bool>,
    /// The question: "Remove Acme Support?"
    #[prop(into)]
    title: Signal<String>,
    /// What will be lost.
    #[prop(into)]
    message: Signal<String>,
    /// The name of the button that does it.
    #[prop(into)]
    confirm_label: Signal<String>,
    /// A name that must be typed first; empty: none.
    #[prop(optional, into)]
    type_to_confirm: Signal<String>,
    /// It is being done.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it could not be done.
    #[prop(optional, into)]
    problem: Signal<Option<Problem>>,
    /// Does it.
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
        // As it reads: a page shows several spaces as one, and marks not at all.
        if reads_like(&typed.read_untracked(), &type_to_confirm.read_untracked()) {
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
