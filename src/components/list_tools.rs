//! The tools of a list: clear filters, save a view, columns, export. The inbox has views and a button that clears the
//! filters of its own.

use leptos::prelude::*;

use super::form_templates::{FormTemplates, TemplateBar};
use super::list_columns::{ColumnsDialog, use_column_layout};
use super::list_export::ExportButton;
use super::list_params::{ListParams, ListToolsPart};
use super::list_views::SaveViewButton;
use crate::i18n::t;
use crate::reactive::{dyn_view, memo};
use crate::ui::{Button, Variant, use_announcer};

/// What the chunk renders.
pub enum ListTool {
    /// Tools of a list with rows.
    List(ListParams, ListToolsPart),
    /// Templates of a form, which are saved views of it.
    Templates(FormTemplates),
}

impl ListTool {
    /// Its view.
    pub fn view(self) -> AnyView {
        match self {
            Self::List(params, part) => view! { <ListTools params part /> }.into_any(),
            Self::Templates(templates) => view! { <TemplateBar templates /> }.into_any(),
        }
    }
}

/// Tools of a list with rows.
#[component]
fn ListTools(
    /// The list's parameters and its table.
    params: ListParams,
    /// Which of them.
    part: ListToolsPart,
) -> impl IntoView {
    match part {
        ListToolsPart::Toolbar if params.has_clear_button() => ().into_any(),
        ListToolsPart::Toolbar => view! { <ClearFilters params /> }.into_any(),
        ListToolsPart::Table => view! { <TableButtons params /> }.into_any(),
    }
}

/// Clears the search and the filters. A list without matches has the button in its place.
#[component]
fn ClearFilters(params: ListParams) -> impl IntoView {
    let announcer = use_announcer();
    let may_clear = memo(move || params.is_filtered() && params.tools.row_count() > 0);
    let clear = move |()| {
        params.clear();
        announcer.request_count();
    };
    dyn_view(move || {
        may_clear.get().then(|| {
            view! { <Button label=t::common::clear_filters small=true variant=Variant::Ghost on_click=clear /> }
                .into_any()
        })
    })
}

/// Columns, export, and the button that saves a view.
#[component]
fn TableButtons(params: ListParams) -> impl IntoView {
    let tools = params.tools;
    let layout = use_column_layout(tools);
    let choosing = RwSignal::new(false);
    view! {
        <div class="list-tools">
            <Button label=t::list_tools::columns small=true variant=Variant::Ghost on_click=move |()| choosing.set(true) />
            <ExportButton tools layout />
            {(!params.has_clear_button()).then(|| view! { <SaveViewButton /> })}
            <ColumnsDialog open=choosing tools layout />
        </div>
    }
}
