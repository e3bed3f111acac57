//! Removal of a record: the confirmation, the request, and the navigation back to the list.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use trunkline_api::endpoint::Endpoint;

use super::describe;
use crate::fetch::mutation::ReadBack;
use crate::fetch::{Mutation, WriteOutcome, cache, invalidate, use_mutation};
use crate::i18n::t;
use crate::routes::{Route, use_stored_navigate};
use crate::ui::{Button, ConfirmDialog, IconName, LinkButton, Severity, Variant, use_toasts};

type Done = Rc<dyn Fn()>;

/// A record to remove, and the list it is in. Types are erased, so that the dialog is compiled once.
pub struct Removal {
    send: Box<dyn Fn(Mutation, Done) + Send + Sync>,
    invalidate: fn(),
}

impl Removal {
    /// Removes a record by `request`, and invalidates what that makes stale. `list` reads the list that it was in: if the
    /// response is lost, the removal counts as done if `is_listed` is false for the list as it is then.
    pub fn new<E, L>(
        request: E,
        list: L,
        is_listed: impl Fn(&L::Response) -> bool + Clone + Send + Sync + 'static,
    ) -> Self
    where
        E: Endpoint<Response = ()> + Clone + Send + Sync + 'static,
        L: Endpoint + Send + Sync + 'static,
        L::Response: Send + Sync,
    {
        let send = move |mutation: Mutation, done: Done| {
            let (is_listed, on_removed) = (is_listed.clone(), Rc::clone(&done));
            let read_back = ReadBack::new(&list, move |list: Arc<L::Response>| {
                if is_listed(&list) {
                    return WriteOutcome::NotDone;
                }
                on_removed();
                WriteOutcome::Done
            });
            mutation.run_verified(request.clone(), move |()| done(), |_| {}, read_back);
        };
        Self { send: Box::new(send), invalidate: || invalidate(&cache::stale_prefix::<E>()) }
    }
}

/// The buttons of a record that can be edited and removed.
#[component]
pub fn EditAndRemove(
    /// Address of the form.
    edit: String,
    /// Opens the [`RemoveDialog`].
    removing: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <LinkButton label=t::common::edit href=edit icon=IconName::Edit />
        <Button
            label=t::common::remove
            icon=IconName::Trash
            variant=Variant::Danger
            on_click=move |()| removing.set(true)
        />
    }
}

/// Asks for confirmation, removes the record and navigates to its list.
#[component]
pub fn RemoveDialog(
    /// True while it is open.
    open: RwSignal<bool>,
    /// True from the confirmation on, unless the removal fails: the record must not be refetched then.
    removed: RwSignal<bool>,
    /// The record to remove.
    removal: Removal,
    /// The question: "Remove Acme Support?"
    #[prop(into)]
    title: Signal<String>,
    /// The consequence.
    message: fn() -> String,
    /// Text of the toast after the removal.
    done_text: fn() -> String,
    /// The list.
    back: Route,
) -> impl IntoView {
    let removing = use_mutation();
    let toasts = use_toasts();
    let navigate = use_stored_navigate();
    let Removal { send, invalidate } = removal;
    let done: Done = Rc::new(move || {
        open.try_set(false);
        toasts.push(Severity::Success, done_text());
        navigate.try_with_value(|navigate| navigate(&back.path(), NavigateOptions::default()));
        invalidate();
    });
    let done = StoredValue::new_local(done);
    let confirm = move |()| {
        removed.set(true);
        send(removing, done.get_value());
    };
    removing.on_failure(move || removed.set(false));
    view! {
        <ConfirmDialog
            open
            title
            message
            confirm_label=t::common::remove
            busy=removing.busy
            problem=Signal::derive(move || removing.error.get().map(|error| describe(&error)))
            on_confirm=confirm
        />
    }
}
