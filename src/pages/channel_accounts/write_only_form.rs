//! Lazy-loaded sub-forms of the four write-only fields. The form shows the one for the account's channel; the others are
//! collapsed.

use leptos::prelude::*;
use trunkline_api::text::TextKind;
use trunkline_model::write_only::{AccountKind, EMAIL, IDENTITY};

use super::credential_labels::label_of;
use super::write_only::{FilterRow, MemberInput, WriteOnlyEdit, WriteOnlyFields};
use crate::components::FieldErrors;
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, memo};
use crate::ui::{CheckField, FieldSet, ListEditor, NumberField, SecretField, SelectField, SelectOption, TextField};

/// Keys of `emailAccountInfo` that the form has first; the others are what few accounts need.
const SERVER: [&str; 9] = [
    "ServerAddress",
    "Port",
    "UserName",
    "Password",
    "SenderName",
    "SmtpServerAddress",
    "SmtpPort",
    "SmtpUserName",
    "SmtpPassword",
];
/// Keys of `emailAccountInfo` with numbers whose meaning the vendor doesn't document.
const ENUMERATIONS: [&str; 3] = ["Type", "SmtpEncrytedConnectionType", "FirstPollStatus"];

/// The state that the sub-forms edit.
#[derive(Clone, Copy)]
pub struct CredentialFields {
    /// Form state.
    pub write_only: WriteOnlyFields,
    /// Field errors of the form.
    pub errors: FieldErrors,
    /// True for a new account, which has no stored values to keep.
    pub is_new: bool,
    /// What the account connects to.
    pub kind: Memo<AccountKind>,
    /// `createdTime`, which few accounts need.
    pub created: RwSignal<String>,
}

impl CredentialFields {
    /// The sub-forms.
    pub fn view(self) -> AnyView {
        view! {
            {channel_section(self)}
            <FoldedSections fields=self />
        }
        .into_any()
    }
}

/// The e-mail server or the credentials, whichever an account of this channel has.
fn channel_section(fields: CredentialFields) -> AnyView {
    let CredentialFields { write_only, errors, is_new, kind, .. } = fields;
    dyn_view(move || match kind.get() {
        AccountKind::Email => email_section(write_only, errors, is_new),
        AccountKind::Other => ().into_any(),
        kind => identity_section(write_only, errors, is_new, kind),
    })
    .into_any()
}

/// The other sub-forms, in a section that starts collapsed.
#[component]
fn FoldedSections(fields: CredentialFields) -> impl IntoView {
    let CredentialFields { write_only, errors, is_new, kind, created } = fields;
    let identity = move || {
        let is_folded = kind.get().identity_keys().is_empty();
        is_folded.then(|| identity_section(write_only, errors, is_new, kind.get()))
    };
    let email = move || (kind.get() != AccountKind::Email).then(|| email_section(write_only, errors, is_new));
    view! {
        <details class="more-fields">
            <summary prop:textContent=catalogue(t::channel_accounts::hidden) />
            <p class="hint" prop:textContent=catalogue(if is_new { t::channel_accounts::hidden_new } else { t::channel_accounts::hidden_hint }) />
            {dyn_view(identity)}
            <FieldSet legend=t::channel_accounts::filter>
                <EditSelect label=t::channel_accounts::filter_choice value=write_only.filter_choice is_new />
                <WhenReplacing choice=write_only.filter_choice children=move || view! { <FilterRows rows=write_only.filter_rows errors /> }.into_any() />
            </FieldSet>
            {dyn_view(email)}
            <FieldSet legend=t::channel_accounts::ext_info>
                <EditSelect label=t::channel_accounts::ext_choice value=write_only.ext_choice is_new />
                <WhenReplacing choice=write_only.ext_choice children=move || view! {
                    <TextField label=t::channel_accounts::ext_value value=write_only.ext_value error=errors.signal("accountExtInfo") />
                }.into_any() />
                <TextField label=t::channel_accounts::created value=created error=errors.signal("createdTime") hint=t::account_form::created_hint mono=true />
            </FieldSet>
        </details>
    }
}

/// `channelIdentity`: first what the channel has, then the rest.
fn identity_section(write_only: WriteOnlyFields, errors: FieldErrors, is_new: bool, kind: AccountKind) -> AnyView {
    let first = kind.identity_keys();
    let replacement = move || {
        let members =
            |keys: Vec<&'static str>| member_fields(write_only.identity_values, errors, "channelIdentity", &keys);
        let (own, others): (Vec<_>, Vec<_>) = IDENTITY.iter().map(|(key, _)| *key).partition(|key| first.contains(key));
        if own.is_empty() {
            return members(others);
        }
        view! {
            {members(own)}
            <details class="more-fields">
                <summary prop:textContent=catalogue(t::account_form::other_credentials) />
                <div class="group-fields">{members(others)}</div>
            </details>
        }
        .into_any()
    };
    view! {
        <FieldSet legend=t::channel_accounts::identity>
            <EditSelect label=t::channel_accounts::identity_choice value=write_only.identity_choice is_new />
            <WhenReplacing choice=write_only.identity_choice children=replacement />
        </FieldSet>
    }
    .into_any()
}

/// `emailAccountInfo`.
fn email_section(write_only: WriteOnlyFields, errors: FieldErrors, is_new: bool) -> AnyView {
    view! {
        <FieldSet legend=t::channel_accounts::email>
            <EditSelect label=t::channel_accounts::email_choice value=write_only.email_choice is_new />
            <WhenReplacing choice=write_only.email_choice children=move || view! { <EmailFields write_only errors /> }.into_any() />
        </FieldSet>
    }
    .into_any()
}

/// Select of what to do with the field: keep, replace or clear.
#[component]
fn EditSelect(label: fn() -> String, value: RwSignal<String>, is_new: bool) -> impl IntoView {
    let choices = Signal::derive(move || {
        let keep = if is_new { t::channel_accounts::leave_out() } else { t::channel_accounts::keep() };
        let replace = if is_new { t::channel_accounts::set() } else { t::channel_accounts::replace() };
        vec![
            SelectOption::new(WriteOnlyEdit::Keep.as_str(), keep),
            SelectOption::new(WriteOnlyEdit::Replace.as_str(), replace),
            SelectOption::new(WriteOnlyEdit::Clear.as_str(), t::channel_accounts::clear()),
        ]
    });
    view! { <SelectField label value choices /> }
}

/// Shows the sub-form while "replace" is selected. Input survives a change of the selection.
#[component]
fn WhenReplacing(choice: RwSignal<String>, #[prop(into)] children: ViewFn) -> impl IntoView {
    let replacing = memo(move || choice.with(|choice| choice == WriteOnlyEdit::Replace.as_str()));
    move || replacing.get().then(|| children.run())
}

/// One field per key, in the order of `keys`, labelled in the person's language, with the vendor's key as its tooltip.
fn member_fields(
    values: StoredValue<Vec<MemberInput>>,
    errors: FieldErrors,
    parent: &'static str,
    keys: &[&'static str],
) -> AnyView {
    let field = move |typed: &MemberInput| {
        let MemberInput { key, secret, value } = *typed;
        let label = label_of(parent, key);
        let error = errors.signal_for(format!("{parent}.{key}"));
        let field = if secret {
            view! { <SecretField label value error text_kind=TextKind::Code /> }.into_any()
        } else if ENUMERATIONS.contains(&key) {
            view! { <NumberSelect label value error /> }.into_any()
        } else if matches!(key, "Port" | "SmtpPort") {
            view! { <NumberField label value error /> }.into_any()
        } else {
            view! { <TextField label value error mono=true /> }.into_any()
        };
        view! { <div title=key>{field}</div> }.into_any()
    };
    values.with_value(|values| {
        let typed = keys.iter().filter_map(|key| values.iter().find(|typed| typed.key == *key));
        typed.map(field).collect_view().into_any()
    })
}

/// A number whose meaning the vendor doesn't document: 0 is that of its sample.
#[component]
fn NumberSelect(label: fn() -> String, value: RwSignal<String>, error: Signal<Option<String>>) -> impl IntoView {
    let choices = Signal::derive(|| {
        let sample = SelectOption::new("0", t::account_form::as_in_sample("0"));
        std::iter::once(sample).chain(["1", "2", "3"].map(SelectOption::from)).collect::<Vec<_>>()
    });
    view! { <SelectField label value choices error hint=t::account_form::undocumented /> }
}

/// List editor for `filter`.
#[component]
fn FilterRows(rows: RwSignal<Vec<FilterRow>>, errors: FieldErrors) -> impl IntoView {
    let row_view = move |row: FilterRow| {
        view! {
            <div title="ChannelId">
                <TextField label=t::account_form::filter_channel value=row.channel error=errors.signal_for(format!("filter.{}.channel", row.id)) />
            </div>
            <div title="FilterName">
                <TextField label=t::account_form::filter_name value=row.name error=errors.signal_for(format!("filter.{}.name", row.id)) />
            </div>
            <div title="Enable"><CheckField label=t::account_form::filter_on value=row.enable /></div>
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

/// Fields of `emailAccountInfo`: the incoming and the outgoing server first.
#[component]
fn EmailFields(write_only: WriteOnlyFields, errors: FieldErrors) -> impl IntoView {
    let members = move |keys: &[&'static str]| member_fields(write_only.email_values, errors, "emailAccountInfo", keys);
    let others: Vec<&'static str> = EMAIL.iter().map(|(key, _)| *key).filter(|key| !SERVER.contains(key)).collect();
    view! {
        <p class="hint" prop:textContent=catalogue(t::account_form::server_hint) />
        {members(&SERVER)}
        <div title="IfSSL"><CheckField label=t::account_form::use_tls value=write_only.email_ssl /></div>
        <div title="IfSmtpRequiredAuthentication">
            <CheckField label=t::account_form::smtp_auth value=write_only.email_smtp_auth />
        </div>
        <details class="more-fields">
            <summary prop:textContent=catalogue(t::account_form::more_server) />
            <div class="group-fields">{members(&others)}</div>
        </details>
    }
}
