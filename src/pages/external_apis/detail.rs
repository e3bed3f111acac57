//! Detail page of one definition: its fields, its tests, Edit and Remove.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::gateway::{
    AuthKind, ExternalApi, ExternalApiBody, GetExternalApi, ListExternalApis, RemoveExternalApi,
};
use trunkline_api::text::visible_or;

use super::labels;
use super::param_tables::ParamTables;
use super::tests_section::TestsSection;
use super::tools::ExternalTools;
use crate::components::RecordPage;
use crate::components::record_activity::RecordActivity;
use crate::components::remove::{EditAndRemove, Removal, RemoveDialog};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::{dyn_view, fixed};
use crate::routes::Route;
use crate::ui::{Button, Definition, DefinitionList, PageHeader};

/// `/external-apis/{id}`
#[component]
pub fn ExternalApiPage(
    /// The gateway's id.
    id: String,
    /// The lazy tools.
    tools: fn(ExternalTools) -> AnyView,
    /// The record's history, lazy.
    history: fn(RecordActivity) -> AnyView,
) -> impl IntoView {
    let request = GetExternalApi { id: id.clone() };
    // Set from the click on: the gateway broadcasts a removal, and a refetch after it would end in "not found".
    let removed = RwSignal::new(false);
    let query = use_query(move || (!removed.get()).then(|| request.clone()));
    // A test changes only the record's `last_test`. Select the body, so that input for the next test is not lost.
    let select = |api: Arc<ExternalApi>| Some(Arc::new(api.body.clone()));
    let show =
        Callback::new(move |body| view! { <DefinitionRecord id=id.clone() body removed tools history /> }.into_any());
    view! {
        <RecordPage query list=Route::ExternalApis title=t::routes::external_apis select children=show />
    }
}

/// The definition, its actions and its tests.
#[component]
fn DefinitionRecord(
    id: String,
    body: Arc<ExternalApiBody>,
    removed: RwSignal<bool>,
    tools: fn(ExternalTools) -> AnyView,
    history: fn(RecordActivity) -> AnyView,
) -> impl IntoView {
    let exporting = RwSignal::new(false);
    let exported = body.clone();
    let removing = RwSignal::new(false);
    let name = visible_or(&body.name, || id.clone());
    let edit = Route::EditExternalApi(id.clone()).path();
    let removed_id = id.clone();
    let removal = Removal::new(RemoveExternalApi { id: id.clone() }, ListExternalApis, move |apis| {
        apis.iter().any(|api| api.id == removed_id)
    });
    view! {
        <PageHeader title=name.clone() hint=body.description.clone()>
            <Button label=t::external_apis::export  on_click=move |()| exporting.update(|on| *on = !*on) />
            <EditAndRemove edit removing />
        </PageHeader>
        {dyn_view(move || exporting.get().then(|| tools(ExternalTools::Export(vec![exported.clone()]))))}
        <EndpointDetails body=body.clone() />
        <ParamTables body=body.clone() />
        <TestsSection id=id.clone() body=body.clone() removed tools />
        {dyn_view(move || (!removed.get()).then(|| history(RecordActivity { service: Service::Sobot, record: id.clone() })))}
        <RemoveDialog
            open=removing
            removed
            removal
            title=move || t::external_apis::remove_title(&name)
            message=t::external_apis::remove_message
            done_text=t::external_apis::removed
            back=Route::ExternalApis
        />
    }
}

/// Method, URL and body format.
#[component]
fn EndpointDetails(body: Arc<ExternalApiBody>) -> impl IntoView {
    let format = body.method.has_body().then(|| body.format.clone());
    let (auth, has_auth) = (body.auth.clone(), body.auth.kind != AuthKind::None);
    let auth = move || match auth.name.as_str() {
        "" => labels::auth_name(&auth.kind),
        name => format!("{}: {name}", labels::auth_name(&auth.kind)),
    };
    let seconds = i64::from(body.timeout_seconds());
    view! {
        <DefinitionList>
            <Definition term=t::external_apis::method value=body.method.to_string() />
            <Definition term=t::external_apis::url>
                <span class="mono break" dir="ltr" prop:textContent=fixed(body.url.clone()) />
            </Definition>
            {format.map(|format| view! {
                <Definition term=t::external_apis::format value=Signal::derive(move || labels::format_name(&format)) />
            })}
            {has_auth.then(|| view! { <Definition term=t::external_apis::auth value=Signal::derive(auth) /> })}
            <Definition
                term=t::external_apis::timeout
                value=Signal::derive(move || t::external_apis::seconds(seconds))
            />
        </DefinitionList>
    }
}
