//! Saved views of a list: its search, filters and order under a name. The gateway keeps them per person; an admin may
//! share one with everybody. Their links are in the navigation (`src/shell/deferred/saved_views.rs`).

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use trunkline_api::gateway::{ListViews, RemoveView, SaveView, SavedView, SavedViewBody};

use super::{FieldErrors, describe};
use crate::fetch::mutation::ReadBack;
use crate::fetch::{Query, WriteOutcome, cache, config, invalidate, session, use_mutation};
use crate::i18n::t;
use crate::reactive::{fixed, memo};
use crate::ui::{Button, CheckField, Dialog, ErrorPanel, IconName, Severity, TextField, Variant, use_toasts};

/// The button that saves what is shown as a view. Nothing without a gateway.
#[component]
pub fn SaveViewButton() -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let saving = RwSignal::new(false);
    let query = memo(move || query_of(&search.get()));
    config::has_gateway().then(|| {
        view! {
            <Button label=t::list_tools::save_view small=true variant=Variant::Ghost on_click=move |()| saving.set(true) />
            <SaveViewDialog open=saving title=t::list_tools::save_view page=path query />
        }
    })
}

/// The query of a location's search, without `?`.
pub fn query_of(search: &str) -> String {
    search.trim_start_matches('?').to_owned()
}

/// The views of a page, of all that the gateway keeps.
pub(super) fn views_of(page: Signal<String>, query: Query<Vec<SavedView>>) -> Memo<Vec<SavedView>> {
    memo(move || {
        let (all, page) = (query.data.get().unwrap_or_default(), page.get());
        all.iter().filter(|view| view.page == page).cloned().collect()
    })
}

/// True if the signed-in person may remove a view: an own one, or as an admin a shared one.
pub fn may_remove(view: &SavedView) -> bool {
    view.own || (view.shared && session::is_admin())
}

/// Asks for the name and saves the view.
#[component]
pub(super) fn SaveViewDialog(
    /// True if it is open.
    open: RwSignal<bool>,
    /// Its title.
    title: fn() -> String,
    /// The page of the view.
    #[prop(into)]
    page: Signal<String>,
    /// What is saved.
    query: Memo<String>,
) -> impl IntoView {
    let (name, shared) = (RwSignal::new(String::new()), RwSignal::new(false));
    let saving = use_mutation();
    let errors = FieldErrors::new();
    let toasts = use_toasts();
    let save = move |()| {
        let view = SavedViewBody {
            name: name.get_untracked().trim().to_owned(),
            page: page.get_untracked(),
            query: query.get_untracked(),
            shared: shared.get_untracked(),
        };
        errors.check(view.validate());
        if errors.any() {
            return;
        }
        let sent = view.clone();
        let done = move || {
            open.try_set(false);
            name.try_set(String::new());
            toasts.push(Severity::Success, t::common::saved());
            invalidate(&cache::stale_prefix::<SaveView>());
        };
        let read_back = ReadBack::new(&ListViews, move |views| {
            let is_saved = |view: &SavedView| view.own && view.name == sent.name && view.query == sent.query;
            if !views.iter().any(is_saved) {
                return WriteOutcome::NotDone;
            }
            done();
            WriteOutcome::Done
        });
        saving.run_verified(SaveView { view }, move |_| done(), move |error| errors.set_from(error), read_back);
    };
    let actions = move || {
        view! {
            <Button label=t::common::cancel on_click=move |()| open.set(false) />
            <Button label=t::common::save variant=Variant::Primary busy=saving.busy on_click=save />
        }
    };
    view! {
        <Dialog open title actions>
            <form
                class="stack-s"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    save(());
                }
            >
                <TextField label=t::list_tools::view_name value=name error=errors.signal("name") required=true />
                {move || errors.message("query").map(|problem| view! { <p class="field-error" role="alert" prop:textContent=fixed(problem) /> }.into_any())}
                {session::is_admin().then(|| view! { <CheckField label=t::list_tools::share_view value=shared error=errors.signal("shared") /> })}
            </form>
            {move || saving.error.get().map(|error| view! { <ErrorPanel problem=describe(&error) /> }.into_any())}
        </Dialog>
    }
}

/// Removes a view at once: it is saved again as quickly.
#[component]
pub fn RemoveViewButton(
    /// The view's id.
    id: String,
    /// Its name.
    name: String,
) -> impl IntoView {
    let removing = use_mutation();
    let toasts = use_toasts();
    let remove = move |()| {
        let removed = id.clone();
        let read_back = ReadBack::new(&ListViews, move |views| {
            let is_listed = views.iter().any(|view| view.id == removed);
            if is_listed { WriteOutcome::NotDone } else { WriteOutcome::Done }
        });
        let done = |()| invalidate(&cache::stale_prefix::<RemoveView>());
        let failed = move |error: &trunkline_api::Error| toasts.push(Severity::Error, describe(error).title);
        removing.run_verified(RemoveView { id: id.clone() }, done, failed, read_back);
    };
    let label = Signal::derive(move || t::list_tools::remove_view(&name));
    view! {
        <Button label icon=IconName::Close icon_only=true small=true variant=Variant::Ghost busy=removing.busy on_click=remove />
    }
}
