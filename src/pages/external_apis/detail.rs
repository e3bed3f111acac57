//! One definition to read, to test, to edit and to remove.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trunkline_api::gateway::{ExternalApiBody, ExternalMethod, GetExternalApi, RemoveExternalApi};
use trunkline_api::text::visible_or;

use super::definition::ParamTables;
use super::testing::Tests;
use super::{actions, words as own};
use crate::fetch::{use_mutation, use_query};
use crate::i18n::t;
use crate::parts::{Freshness, QueryError, StandInHeader, words};
use crate::reactive::{catalogue, fixed};
use crate::routes::Route;
use crate::ui::{
    Button, ConfirmDialog, Definition, DefinitionList, IconName, Kind, LinkButton, PageHeader, SkeletonBlock, Variant,
    use_toasts,
};

/// The record's page.
#[component]
pub fn ExternalApiPage(
    /// The gateway's id.
    id: String,
) -> impl IntoView {
    let request = GetExternalApi { id: id.clone() };
    // From the click on: the gateway tells everybody of a removal, and nobody must ask for what is then gone.
    let removed = RwSignal::new(false);
    let query = use_query(move || (!removed.get()).then(|| request.clone()));
    // A test changes the record's last test alone: what is typed for the next one must outlive that.
    let body = Memo::new(move |old: Option<&Option<Arc<ExternalApiBody>>>| {
        query.data.get().map(|api| Arc::new(api.body.clone())).or_else(|| old.cloned().flatten())
    });
    view! {
        <div class="page">
            <nav class="crumbs" aria-label=t::parts::crumbs>
                <a href=Route::ExternalApis.path() prop:textContent=catalogue(t::routes::external_apis) />
                <Freshness query />
            </nav>
            <StandInHeader
                query
                missing=Signal::derive(move || body.with(Option::is_none))
                title=t::routes::external_apis
            />
            <QueryError query />
            {move || (body.with(Option::is_none) && query.is_first_load()).then(|| view! { <SkeletonBlock /> })}
            {move || body.get().map(|body| view! { <Record id=id.clone() body removed /> })}
        </div>
    }
}

/// The definition, its actions and its tests.
#[component]
fn Record(id: String, body: Arc<ExternalApiBody>, removed: RwSignal<bool>) -> impl IntoView {
    let removing = RwSignal::new(false);
    let name = visible_or(&body.name, || id.clone());
    let edit = Route::EditExternalApi(id.clone()).path();
    view! {
        <PageHeader title=name.clone() hint=body.description.clone()>
            <LinkButton label=t::common::edit href=edit icon=IconName::Edit />
            <Button
                label=t::common::remove
                icon=IconName::Trash
                variant=Variant::Danger
                on_click=move |()| removing.set(true)
            />
        </PageHeader>
        <Address body=body.clone() />
        <ParamTables body=body.clone() />
        <Tests id=id.clone() params=body.request.clone() removed />
        <RemoveDialog id name open=removing removed />
    }
}

/// Where the call goes.
#[component]
fn Address(body: Arc<ExternalApiBody>) -> impl IntoView {
    let format = (body.method == ExternalMethod::Post).then(|| body.format.clone());
    view! {
        <DefinitionList>
            <Definition term=t::external_apis::method value=body.method.to_string() />
            <Definition term=t::external_apis::url>
                <span class="mono break" dir="ltr" prop:textContent=fixed(body.url.clone()) />
            </Definition>
            {format.map(|format| view! {
                <Definition term=t::external_apis::format value=Signal::derive(move || own::format_name(&format)) />
            })}
        </DefinitionList>
    }
}

/// Asks, removes, and goes back to the list.
#[component]
fn RemoveDialog(id: String, name: String, open: RwSignal<bool>, removed: RwSignal<bool>) -> impl IntoView {
    let removing = use_mutation();
    let toasts = use_toasts();
    let navigate = StoredValue::new_local(use_navigate());
    let done = move || {
        open.try_set(false);
        toasts.push(Kind::Success, t::external_apis::removed());
        navigate.try_with_value(|navigate| navigate(&Route::ExternalApis.path(), NavigateOptions::default()));
        actions::stale();
    };
    let confirm = move |()| {
        removed.set(true);
        let look = actions::look_for_removal(&id, done);
        removing.run_sure(RemoveExternalApi { id: id.clone() }, move |()| done(), |_| {}, look);
    };
    removing.on_failure(move || removed.set(false));
    view! {
        <ConfirmDialog
            open
            title=move || t::external_apis::remove_title(&name)
            message=t::external_apis::remove_message
            confirm_label=t::common::remove
            busy=removing.busy
            problem=Signal::derive(move || removing.error.get().map(|error| words(&error)))
            on_confirm=confirm
        />
    }
}
