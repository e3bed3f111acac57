//! The sub-forms of the four fields that the vendor takes and never returns.

use leptos::prelude::*;
use trunkline_api::text::TextKind;

use super::hidden::{FilterRow, Hidden, HiddenFields, Typed};
use crate::i18n::t;
use crate::parts::FieldErrors;
use crate::reactive::{catalogue, memo};
use crate::ui::{CheckField, Choice, FieldSet, ListEditor, SecretField, SelectField, TextField};

/// All four, folded until somebody needs them.
#[component]
pub fn HiddenForm(
    /// Choices and values.
    hidden: HiddenFields,
    /// The form's problems.
    errors: FieldErrors,
    /// Whether the account is new: then there is nothing to keep or clear.
    is_new: bool,
) -> impl IntoView {
    view! {
        <details class="more-fields">
            <summary prop:textContent=catalogue(t::channel_accounts::hidden) />
            <p class="hint" prop:textContent=catalogue(if is_new { t::channel_accounts::hidden_new } else { t::channel_accounts::hidden_hint }) />
            <FieldSet legend=t::channel_accounts::identity>
                <ChoiceField label=t::channel_accounts::identity_choice value=hidden.identity_choice is_new />
                <Replacing choice=hidden.identity_choice children=move || typed_fields(hidden.identity_values, errors, "channelIdentity") />
            </FieldSet>
            <FieldSet legend=t::channel_accounts::filter>
                <ChoiceField label=t::channel_accounts::filter_choice value=hidden.filter_choice is_new />
                <Replacing choice=hidden.filter_choice children=move || view! { <FilterRows rows=hidden.filter_rows errors /> }.into_any() />
            </FieldSet>
            <FieldSet legend=t::channel_accounts::email>
                <ChoiceField label=t::channel_accounts::email_choice value=hidden.email_choice is_new />
                <Replacing choice=hidden.email_choice children=move || view! { <EmailFields hidden errors /> }.into_any() />
            </FieldSet>
            <FieldSet legend=t::channel_accounts::ext_info>
                <ChoiceField label=t::channel_accounts::ext_choice value=hidden.ext_choice is_new />
                <Replacing choice=hidden.ext_choice children=move || view! {
                    <TextField label=t::channel_accounts::ext_value value=hidden.ext_value error=errors.of("accountExtInfo") />
                }.into_any() />
            </FieldSet>
        </details>
    }
}

/// Keep as is, replace, or clear.
#[component]
fn ChoiceField(label: fn() -> String, value: RwSignal<String>, is_new: bool) -> impl IntoView {
    let choices = Signal::derive(move || {
        let keep = if is_new { t::channel_accounts::leave_out() } else { t::channel_accounts::keep() };
        let replace = if is_new { t::channel_accounts::set() } else { t::channel_accounts::replace() };
        vec![
            Choice::new(Hidden::Keep.as_str(), keep),
            Choice::new(Hidden::Replace.as_str(), replace),
            Choice::new(Hidden::Clear.as_str(), t::channel_accounts::clear()),
        ]
    });
    view! { <SelectField label value choices /> }
}

/// Shows the replacement's fields while that is the choice. What was typed stays when it is not.
#[component]
fn Replacing(choice: RwSignal<String>, #[prop(into)] children: ViewFn) -> impl IntoView {
    let replacing = memo(move || choice.with(|choice| choice == Hidden::Replace.as_str()));
    move || replacing.get().then(|| children.run())
}

/// One field per key, named as the vendor names it.
fn typed_fields(values: StoredValue<Vec<Typed>>, errors: FieldErrors, of: &'static str) -> AnyView {
    let field = move |typed: &Typed| {
        let Typed { key, secret, value } = *typed;
        let error = errors.of_any(format!("{of}.{key}"));
        if secret {
            view! { <SecretField label=key value error holds=TextKind::Code /> }.into_any()
        } else {
            view! { <TextField label=key value error mono=true /> }.into_any()
        }
    };
    values.with_value(|values| values.iter().map(field).collect_view()).into_any()
}

/// The filter's entries.
#[component]
fn FilterRows(rows: RwSignal<Vec<FilterRow>>, errors: FieldErrors) -> impl IntoView {
    let row_view = move |row: FilterRow| {
        view! {
            <TextField label="ChannelId" value=row.channel error=errors.of_any(format!("filter.{}.channel", row.id)) />
            <TextField label="FilterName" value=row.name error=errors.of_any(format!("filter.{}.name", row.id)) />
            <CheckField label="Enable" value=row.enable />
        }
        .into_any()
    };
    view! {
        <ListEditor
            rows
            key=|row: &FilterRow| row.id
            new_row=move |()| FilterRow {
                id: rows.with_untracked(|rows| rows.iter().map(|row| row.id + 1).max().unwrap_or_default()),
                channel: RwSignal::new(String::new()),
                name: RwSignal::new(String::new()),
                enable: RwSignal::new(true),
            }
            row_view
        />
    }
}

/// The e-mail server's values.
#[component]
fn EmailFields(hidden: HiddenFields, errors: FieldErrors) -> impl IntoView {
    view! {
        {typed_fields(hidden.email_values, errors, "emailAccountInfo")}
        <CheckField label="IfSSL" value=hidden.email_ssl />
        <CheckField label="IfSmtpRequiredAuthentication" value=hidden.email_smtp_auth />
    }
}
