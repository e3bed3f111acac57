//! Editors of the form's three parameter lists. Field errors name a row by its index.

use leptos::prelude::*;
use trunkline_api::gateway::{HeaderParam, OutputParam, RequestParam};

use super::labels;
use super::param_rows::{HeaderRow, OutputRow, RequestRow};
use super::secret_value::SecretValueField;
use crate::components::FieldErrors;
use crate::i18n::t;
use crate::reactive::effect_with_previous;
use crate::ui::{CheckField, FieldSet, ListEditor, SelectField, TextField};

/// Problem of a row's field, looked up by the row's current index, such as `headers.0.name`.
fn row_problem<R: Send + Sync + 'static>(
    errors: FieldErrors,
    rows: RwSignal<Vec<R>>,
    is_row: impl Fn(&R) -> bool + Copy + Send + Sync + 'static,
    list: &'static str,
    field: &'static str,
) -> Signal<Option<String>> {
    Signal::derive(move || {
        let at = rows.read().iter().position(is_row)?;
        errors.message(&format!("{list}.{at}.{field}"))
    })
}

/// Clears a list's field errors when a row is removed: they name rows by index, and the indexes have shifted.
fn clear_errors_on_removal<R: Send + Sync + 'static>(errors: FieldErrors, rows: RwSignal<Vec<R>>, list: &'static str) {
    effect_with_previous(move |before: Option<usize>| {
        let count = rows.read().len();
        if before.is_some_and(|before| before > count) {
            errors.clear_prefix(list);
        }
        count
    });
}

/// Creates rows with the form as their owner, not the click handler.
fn row_factory<R: 'static>(make: fn() -> R) -> Callback<(), R> {
    let owner = Owner::current();
    Callback::new(move |()| match &owner {
        Some(owner) => owner.with(make),
        None => make(),
    })
}

/// Headers.
#[component]
pub fn HeadersEditor(rows: RwSignal<Vec<HeaderRow>>, errors: FieldErrors) -> impl IntoView {
    clear_errors_on_removal(errors, rows, "headers.");
    let row_view = move |row: HeaderRow| {
        let error = move |part| row_problem(errors, rows, move |other: &HeaderRow| other.id == row.id, "headers", part);
        view! {
            <TextField label=t::external_apis::header_name value=row.name error=error("name") required=true mono=true />
            <SecretValueField label=t::external_apis::header_value value=row.value error=error("value") mono=true />
            <CheckField label=t::external_apis::secret value=row.value.secret />
        }
        .into_any()
    };
    view! {
        <FieldSet legend=t::external_apis::headers hint=t::external_apis::headers_hint>
            <ListEditor
                rows
                key=|row: &HeaderRow| row.id
                new_row=row_factory(|| HeaderRow::new(&HeaderParam::default()))
                add_label=t::external_apis::add_header
                row_view=Callback::new(row_view)
            />
        </FieldSet>
    }
}

/// Request parameters.
#[component]
pub fn RequestParamsEditor(rows: RwSignal<Vec<RequestRow>>, errors: FieldErrors) -> impl IntoView {
    clear_errors_on_removal(errors, rows, "request.");
    let (places, kinds) = (Signal::derive(labels::place_options), Signal::derive(labels::kind_options));
    let row_view = move |row: RequestRow| {
        let error =
            move |part| row_problem(errors, rows, move |other: &RequestRow| other.id == row.id, "request", part);
        view! {
            <TextField label=t::external_apis::param_name value=row.name error=error("name") required=true mono=true />
            <SecretValueField label=t::external_apis::default value=row.default error=error("default") />
            <SelectField label=t::external_apis::place value=row.place choices=places error=error("place") />
            <SelectField label=t::external_apis::kind value=row.kind choices=kinds error=error("type") />
            <div>
                <CheckField label=t::external_apis::required value=row.required />
                <CheckField label=t::external_apis::secret value=row.default.secret />
            </div>
        }
        .into_any()
    };
    view! {
        <FieldSet legend=t::external_apis::request hint=Signal::derive(|| t::external_apis::request_hint("{{tel}}", "{id}"))>
            <ListEditor
                rows
                key=|row: &RequestRow| row.id
                new_row=row_factory(|| RequestRow::new(&RequestParam::default()))
                add_label=t::external_apis::add_request
                row_view=Callback::new(row_view)
            />
        </FieldSet>
    }
}

/// Output parameters.
#[component]
pub fn OutputParamsEditor(rows: RwSignal<Vec<OutputRow>>, errors: FieldErrors) -> impl IntoView {
    clear_errors_on_removal(errors, rows, "output.");
    let kinds = Signal::derive(labels::kind_options);
    let row_view = move |row: OutputRow| {
        let error = move |part| row_problem(errors, rows, move |other: &OutputRow| other.id == row.id, "output", part);
        view! {
            <TextField label=t::external_apis::output_name value=row.name error=error("name") required=true mono=true />
            <TextField
                label=t::external_apis::path
                value=row.path
                error=error("path")
                placeholder=t::external_apis::path_sample
                required=true
                mono=true
            />
            <SelectField label=t::external_apis::kind value=row.kind choices=kinds error=error("type") />
            <CheckField label=t::external_apis::required value=row.required />
        }
        .into_any()
    };
    view! {
        <FieldSet legend=t::external_apis::output hint=t::external_apis::output_hint>
            <ListEditor
                rows
                key=|row: &OutputRow| row.id
                new_row=row_factory(|| OutputRow::new(&OutputParam::default()))
                add_label=t::external_apis::add_output
                row_view=Callback::new(row_view)
            />
        </FieldSet>
    }
}
