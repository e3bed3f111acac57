//! The form's three lists. A problem stands at its row's field, wherever the row is now.

use leptos::prelude::*;
use trunkline_api::gateway::{HeaderParam, OutputParam, RequestParam};
use trunkline_api::text::TextKind;

use super::rows::{HeaderRow, OutputRow, RequestRow};
use crate::i18n::t;
use crate::parts::FieldErrors;
use crate::reactive::{dynamic, effect_from};
use crate::ui::{Button, CheckField, FieldSet, ListEditor, SecretField, TextField};

/// The problem of a row's field: `headers.0.name`, by the place that the row has.
fn problem<R: Send + Sync + 'static>(
    errors: FieldErrors,
    rows: RwSignal<Vec<R>>,
    is: impl Fn(&R) -> bool + Copy + Send + Sync + 'static,
    list: &'static str,
    part: &'static str,
) -> Signal<Option<String>> {
    Signal::derive(move || {
        let at = rows.read().iter().position(is)?;
        errors.text(&format!("{list}.{at}.{part}"))
    })
}

/// Problems name rows by their places: when rows come or go, the list's are over until the next check.
fn forget_when_rows_move<R: Send + Sync + 'static>(errors: FieldErrors, rows: RwSignal<Vec<R>>, list: &'static str) {
    effect_from(move |before: Option<usize>| {
        let count = rows.read().len();
        if before.is_some_and(|before| before > count) {
            errors.forget(list);
        }
        count
    });
}

/// New rows belong to the form, not to the click that made them.
fn new_row<R: 'static>(make: fn() -> R) -> Callback<(), R> {
    let owner = Owner::current();
    Callback::new(move |()| match &owner {
        Some(owner) => owner.with(make),
        None => make(),
    })
}

/// Headers.
#[component]
pub fn Headers(rows: RwSignal<Vec<HeaderRow>>, errors: FieldErrors) -> impl IntoView {
    forget_when_rows_move(errors, rows, "headers.");
    let row_view = move |row: HeaderRow| {
        let error = move |part| problem(errors, rows, move |other: &HeaderRow| other.id == row.id, "headers", part);
        view! {
            <TextField label=t::external_apis::header_name value=row.name error=error("name") required=true mono=true />
            <HeaderValue row error=error("value") />
            <CheckField label=t::external_apis::secret value=row.secret />
        }
        .into_any()
    };
    view! {
        <FieldSet legend=t::external_apis::headers hint=t::external_apis::headers_hint>
            <ListEditor
                rows
                key=|row: &HeaderRow| row.id
                new_row=new_row(|| HeaderRow::of(&HeaderParam::default()))
                add_label=t::external_apis::add_header
                row_view=Callback::new(row_view)
            />
        </FieldSet>
    }
}

/// A header's value: plain, secret, or a stored secret that is kept until somebody replaces it.
#[component]
fn HeaderValue(row: HeaderRow, error: Signal<Option<String>>) -> impl IntoView {
    let mask = RwSignal::new(trunkline_api::gateway::MASK.to_owned());
    dynamic(move || match (row.secret.get(), row.kept.get()) {
        (true, true) => view! {
            <div class="stack-s">
                <TextField
                    label=t::external_apis::header_value
                    value=mask
                    error
                    hint=t::external_apis::kept
                    readonly=true
                />
                <div class="row">
                    <Button label=t::external_apis::replace small=true on_click=move |()| row.kept.set(false) />
                </div>
            </div>
        }
        .into_any(),
        (true, false) => {
            view! { <SecretField label=t::external_apis::header_value value=row.value error holds=TextKind::Code /> }
                .into_any()
        }
        (false, _) => {
            view! { <TextField label=t::external_apis::header_value value=row.value error mono=true /> }.into_any()
        }
    })
}

/// Request parameters.
#[component]
pub fn Requests(rows: RwSignal<Vec<RequestRow>>, errors: FieldErrors) -> impl IntoView {
    forget_when_rows_move(errors, rows, "request.");
    let row_view = move |row: RequestRow| {
        let error = move |part| problem(errors, rows, move |other: &RequestRow| other.id == row.id, "request", part);
        view! {
            <TextField label=t::external_apis::param_name value=row.name error=error("name") required=true mono=true />
            <TextField label=t::external_apis::default value=row.default error=error("default") />
            <div>
                <CheckField label=t::external_apis::integer value=row.integer />
                <CheckField label=t::external_apis::required value=row.required />
            </div>
        }
        .into_any()
    };
    view! {
        <FieldSet legend=t::external_apis::request hint=t::external_apis::request_hint>
            <ListEditor
                rows
                key=|row: &RequestRow| row.id
                new_row=new_row(|| RequestRow::of(&RequestParam::default()))
                add_label=t::external_apis::add_request
                row_view=Callback::new(row_view)
            />
        </FieldSet>
    }
}

/// Output parameters.
#[component]
pub fn Outputs(rows: RwSignal<Vec<OutputRow>>, errors: FieldErrors) -> impl IntoView {
    forget_when_rows_move(errors, rows, "output.");
    let row_view = move |row: OutputRow| {
        let error = move |part| problem(errors, rows, move |other: &OutputRow| other.id == row.id, "output", part);
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
        }
        .into_any()
    };
    view! {
        <FieldSet legend=t::external_apis::output hint=t::external_apis::output_hint>
            <ListEditor
                rows
                key=|row: &OutputRow| row.id
                new_row=new_row(|| OutputRow::of(&OutputParam::default()))
                add_label=t::external_apis::add_output
                row_view=Callback::new(row_view)
            />
        </FieldSet>
    }
}
