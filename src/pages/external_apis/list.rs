//! List page of definitions, with the outcomes of their last tests.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{ExternalApi, ListExternalApis};
use trunkline_model::search_index::SearchText;

use super::columns::columns;
use super::tools::ExternalTools;
use crate::components::{EmptyStates, ListPage, ListSpec, use_list};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::{dyn_view, memo};
use crate::routes::Route;
use crate::ui::{Button, EmptyState, IconName, LinkButton, Variant};

/// The list page.
#[component]
pub fn ExternalApisPage(
    /// The lazy tools.
    tools: fn(ExternalTools) -> AnyView,
) -> impl IntoView {
    let query = use_query(|| Some(ListExternalApis));
    let list = use_list(query, ListSpec::new(records, index_texts));
    let exporting = RwSignal::new(false);
    let has_any = memo(move || query.data.with(|apis| apis.as_ref().is_some_and(|apis| !apis.is_empty())));
    let actions = move || {
        view! {
            {move || has_any.get().then(|| view! {
                <Button label=t::external_apis::export on_click=move |()| exporting.update(|on| *on = !*on) />
            })}
            <LinkButton
                label=t::routes::new_external_api
                href=Route::NewExternalApi.path()
                icon=IconName::Plus
                variant=Variant::Primary
            />
        }
    };
    let none = || {
        view! {
            <EmptyState title=t::external_apis::none message=t::external_apis::none_hint icon=IconName::Api>
                <LinkButton
                    label=t::external_apis::define
                    href=Route::NewExternalApi.path()
                    icon=IconName::Plus
                    variant=Variant::Primary
                />
            </EmptyState>
        }
    };
    let export = move || {
        let apis = query.data.get().filter(|_| exporting.get())?;
        Some(tools(ExternalTools::Export(apis.iter().map(|api| Arc::new(api.body.clone())).collect())))
    };
    view! {
        <ListPage
            list
            title=t::routes::external_apis
            hint=t::external_apis::page_hint
            actions
            search_label=t::external_apis::search
            notes=move || dyn_view(export)
            id=|api: &ExternalApi| api.id.clone()
            columns=columns()
            empty=EmptyStates::new(t::external_apis::no_match, none)
        />
    }
}

fn records(apis: Arc<Vec<ExternalApi>>) -> Arc<Vec<Arc<ExternalApi>>> {
    Arc::new(apis.iter().cloned().map(Arc::new).collect())
}

/// Adds name, URL, method and description.
fn index_texts(api: &ExternalApi, text: &mut SearchText) {
    text.add(&api.body.name).add(&api.body.url).add(api.body.method.as_str()).add(&api.body.description);
}
