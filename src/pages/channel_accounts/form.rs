//! Form to create or edit an account. An update sends every readable field, changed or not.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::comm100::{
    ChannelAccount, ChannelAccountBody, CreateChannelAccount, GetChannelAccount, KNOWN_CHANNELS, ListChannelAccounts,
    UpdateChannelAccount,
};
use trunkline_model::account_bulk::bot_issue;
use trunkline_model::channel_accounts::duplicates;
use trunkline_model::merge::Members;
use trunkline_model::write_only::AccountKind;

use super::chatbot_field::ChatbotField;
use super::form_state::FormState;
use super::share_field::ShareField;
use super::write_only_form::CredentialFields;
use super::{columns, edit_conflict, filters, mutations};
use crate::components::FieldErrors;
use crate::components::draft::DraftOptions;
use crate::components::edit_conflict::FieldTexts;
use crate::components::record_form::{RecordForm, RecordFormView, ReplaceRecord, Submit, edit_page, use_record_form};
use crate::fetch::mutation::ReadBack;
use crate::fetch::{WriteOutcome, use_query};
use crate::i18n::t;
use crate::reactive::{after_paint, catalogue, dyn_view, effect, fixed, memo};
use crate::routes::Route;
use crate::ui::{Badge, CheckField, ComboField, FieldSet, SelectOption, TextField, Tone};

/// Renders the sub-forms of the write-only fields, once their chunk is loaded. Tracked.
type Credentials = fn(CredentialFields) -> AnyView;

/// `/channel-accounts/new`
#[component]
pub fn NewChannelAccountPage(
    /// The lazy sub-forms.
    credentials: Credentials,
) -> impl IntoView {
    view! { <AccountForm stored=None credentials /> }
}

/// `/channel-accounts/{id}/edit`
#[component]
pub fn EditChannelAccountPage(
    /// The account's id.
    id: String,
    /// The lazy sub-forms.
    credentials: Credentials,
) -> impl IntoView {
    let request = mutations::account_request(&id);
    let query = use_query(move || Some(request.clone()));
    edit_page(query, t::routes::edit_channel_account, "page account-form", move |account| {
        view! { <AccountForm stored=Some(account) credentials /> }.into_any()
    })
}

/// Form for a new account (`stored` is `None`) or an existing one.
#[component]
fn AccountForm(stored: Option<Arc<ChannelAccount>>, credentials: Credentials) -> impl IntoView {
    let is_new = stored.is_none();
    let fields = FormState::new(stored.as_deref());
    let (route, cancel, title): (_, _, fn() -> String) = match stored.as_deref().map(filters::id_of) {
        None => (Route::NewChannelAccount, Route::ChannelAccounts, t::routes::new_channel_account),
        Some(id) => (Route::EditChannelAccount(id.clone()), Route::ChannelAccount(id), t::routes::edit_channel_account),
    };
    let form = use_record_form(route.path(), fields.draft_fields(), DraftOptions::default());
    let errors = form.errors;
    let base = stored.map(|stored| {
        form.base(stored, |stored| {
            let members = edit_conflict::input_members(&fields.input_body(Some(stored)));
            edit_conflict::from_members(&members, stored.id.clone())
        })
    });
    let stored_id = base.as_ref().map(|base| filters::id_of(base));
    let was_default = base.as_ref().is_some_and(|base| base.is_default == Some(true));
    let opened_as = (fields.channel.get_untracked(), fields.original_id.get_untracked());
    let save = Save { fields, base: StoredValue::new(base), form: form.clone() };
    let kind = memo(move || fields.channel.with(|channel| AccountKind::of(channel)));
    if is_new {
        effect(move || fields.write_only.preset(kind.get()));
    }
    let later = CredentialFields { write_only: fields.write_only, errors, is_new, kind, created: fields.created };
    let is_painted = RwSignal::new(false);
    after_paint(move || _ = is_painted.try_set(true));
    view! {
        <div class="page account-form">
            <RecordFormView form submit=Submit::replace(save) title cancel>
                <IdentityFields fields errors kind is_new was_default>
                    <DuplicateNote fields stored_id opened_as />
                </IdentityFields>
                <RoutingFields fields errors />
                {dyn_view(move || is_painted.get().then(|| credentials(later)))}
                {(!is_new).then(|| omitted_note(fields))}
            </RecordFormView>
        </div>
    }
}

/// Warns that an update without the write-only fields may clear them: no document says that the vendor keeps them.
fn omitted_note(fields: FormState) -> AnyView {
    let any_omitted = memo(move || fields.write_only.any_omitted());
    dyn_view(move || {
        any_omitted.get().then(|| {
            view! { <p class="hint" prop:textContent=catalogue(t::channel_accounts::hidden_kept) /> }.into_any()
        })
    })
}

/// Saves an account.
#[derive(Clone)]
struct Save {
    fields: FormState,
    /// Stored account that the input is based on; `None` for a new one.
    base: StoredValue<Option<Arc<ChannelAccount>>>,
    form: RecordForm,
}

impl ReplaceRecord for Save {
    type Body = ChannelAccountBody;
    type Read = GetChannelAccount;
    type Write = UpdateChannelAccount;
    const FIELD_TEXTS: FieldTexts = edit_conflict::FIELD_TEXTS;

    fn form(&self) -> &RecordForm {
        &self.form
    }

    fn note(&self) -> Option<ViewFn> {
        let fields = self.fields;
        Some((move || omitted_note(fields)).into())
    }

    fn validate(&self) -> Option<ChannelAccountBody> {
        self.fields.validated_body(self.base.get_value().as_deref(), self.form.errors)
    }

    fn refetch(&self) -> Option<GetChannelAccount> {
        self.base.get_value().map(|base| mutations::account_request(&filters::id_of(&base)))
    }

    fn compare(&self, account: &ChannelAccountBody, now: &ChannelAccount) -> Option<[Members; 3]> {
        let base = self.base.get_value()?;
        Some([edit_conflict::members_of(&base), edit_conflict::members_of(now), edit_conflict::input_members(account)])
    }

    fn merge(&self, now: &ChannelAccount, merged: &Members) -> bool {
        let Some(account) = edit_conflict::from_members(merged, now.id.clone()) else { return false };
        self.base.set_value(Some(Arc::new(now.clone())));
        self.fields.set_values(&account);
        true
    }

    fn send(&self, account: ChannelAccountBody, now: Option<&ChannelAccount>) {
        let form = self.form.clone();
        let on_saved = move |account: ChannelAccount| {
            let target = Route::ChannelAccount(filters::id_of(&account));
            mutations::on_saved(account);
            form.leave_to(&target);
        };
        let base = self.base.get_value();
        let Some((base, now)) = base.as_ref().zip(now) else {
            let read_back = save_read_back(None, &account, on_saved.clone());
            return self.form.send(CreateChannelAccount { account }, on_saved, read_back);
        };
        // Send what the form does not show, and what was not edited, with its current server value.
        let now = ChannelAccountBody::echo(now);
        let is_created_edited = account.created_time != base.created_time;
        let created_time = if is_created_edited { account.created_time } else { now.created_time };
        let account = ChannelAccountBody { extra: now.extra, created_time, ..account };
        let read_back = save_read_back(Some(base), &account, on_saved.clone());
        self.form.send(UpdateChannelAccount { id: filters::id_of(base), account }, on_saved, read_back);
    }
}

/// Read-back of a save: succeeded if the list has an account with the sent values. A change of write-only fields alone
/// can't be verified.
fn save_read_back(
    before: Option<&Arc<ChannelAccount>>,
    sent: &ChannelAccountBody,
    done: impl Fn(ChannelAccount) + 'static,
) -> ReadBack {
    let (id, sent) = (before.map(|before| filters::id_of(before)), sent.clone());
    let is_unverifiable = before.is_some_and(|before| sent.matches_record(before));
    ReadBack::new(&ListChannelAccounts::WITH_CHATBOTS, move |accounts| {
        let mine = |account: &&Arc<ChannelAccount>| id.as_ref().is_none_or(|id| *id == filters::id_of(account));
        match accounts.iter().filter(mine).find(|account| sent.matches_record(account)) {
            Some(_) if is_unverifiable => WriteOutcome::Unknown,
            Some(account) => {
                done(ChannelAccount::clone(account));
                WriteOutcome::Done
            }
            None => WriteOutcome::NotDone,
        }
    })
}

/// Fields that identify the account. The default e-mail account is a matter of e-mail accounts, and of channels that
/// the form doesn't know.
#[component]
fn IdentityFields(
    fields: FormState,
    errors: FieldErrors,
    kind: Memo<AccountKind>,
    is_new: bool,
    was_default: bool,
    children: Children,
) -> impl IntoView {
    let mut channels: Vec<SelectOption> = KNOWN_CHANNELS.into_iter().map(SelectOption::from).collect();
    channels.push(SelectOption::from("SMS"));
    let channels = Signal::stored(channels);
    let original_hint = Signal::derive(move || match kind.get() {
        AccountKind::Email => t::account_form::address_hint(),
        _ => t::channel_accounts::original_id_hint(),
    });
    let display_hint = if is_new { t::account_form::display_name_hint } else { t::channel_accounts::display_name_hint };
    let may_be_default = memo(move || was_default || matches!(kind.get(), AccountKind::Email | AccountKind::Other));
    let default_field = move || {
        may_be_default.get().then(|| {
            view! { <CheckField label=t::channel_accounts::is_default value=fields.is_default error=errors.signal("isDefault") hint=t::channel_accounts::is_default_hint /> }.into_any()
        })
    };
    view! {
        <FieldSet legend=t::channel_accounts::group_account>
            <ComboField label=t::channel_accounts::channel value=fields.channel choices=channels error=errors.signal("appId") hint=t::channel_accounts::channel_hint required=true />
            <TextField label=t::channel_accounts::original_id value=fields.original_id error=errors.signal("originalAccountId") hint=original_hint required=true mono=true />
            {children()}
            <TextField label=t::channel_accounts::name value=fields.name error=errors.signal("name") required=true />
            <TextField label=t::channel_accounts::display_name value=fields.display_name error=errors.signal("screenName") hint=display_hint required=!is_new />
            <TextField label=t::channel_accounts::avatar_url value=fields.avatar_url error=errors.signal("avatarUrl") kind="url" />
            <CheckField label=t::channel_accounts::enabled value=fields.enabled error=errors.signal("isEnabled") />
            {dyn_view(default_field)}
        </FieldSet>
    }
}

/// Names the accounts that have the same channel and id in it. The vendor doesn't say that it refuses a second one.
#[component]
fn DuplicateNote(fields: FormState, stored_id: Option<String>, opened_as: (String, String)) -> impl IntoView {
    let key = memo(move || (fields.channel.get(), fields.original_id.get()));
    let is_typed = {
        let opened_as = opened_as.clone();
        move |(channel, original): &(String, String)| {
            !channel.trim().is_empty()
                && !original.trim().is_empty()
                && (channel, original) != (&opened_as.0, &opened_as.1)
        }
    };
    let needs_list = {
        let is_typed = is_typed.clone();
        memo(move || key.with(&is_typed))
    };
    let list = use_query(move || needs_list.get().then_some(ListChannelAccounts::WITH_CHATBOTS));
    let found = memo(move || {
        let accounts = list.data.get().unwrap_or_default();
        key.with(|(channel, original)| duplicates(&accounts, channel, original, stored_id.as_deref()))
    });
    dyn_view(move || {
        let found = found.get();
        (needs_list.get() && !found.is_empty()).then(|| {
            let links = found.into_iter().map(|(id, name)| {
                view! { <li><a href=Route::ChannelAccount(id).path() target="_blank" prop:textContent=fixed(name) /></li> }
            });
            view! {
                <div class="hint" role="status">
                    <p prop:textContent=catalogue(t::account_form::duplicate) />
                    <ul>{links.collect_view()}</ul>
                </div>
            }
            .into_any()
        })
    })
}

/// Fields that decide how many conversations the bot receives.
#[component]
fn RoutingFields(fields: FormState, errors: FieldErrors) -> impl IntoView {
    view! {
        <FieldSet legend=t::channel_accounts::group_bot>
            {bot_issue_note(fields)}
            <CheckField label=t::channel_accounts::bot_enabled value=fields.bot_enabled error=errors.signal("isBotEnabled") />
            <ChatbotField value=fields.chatbot error=errors.signal("chatbotId") />
            <ShareField
                label=t::channel_accounts::online
                slider=t::channel_accounts::online_short
                words=t::channel_accounts::online_words
                value=fields.online
                error=errors.signal("percentageToBotWhenOnline")
            />
            <ShareField
                label=t::channel_accounts::offline
                slider=t::channel_accounts::offline_short
                words=t::channel_accounts::offline_words
                value=fields.offline
                error=errors.signal("percentageToBotWhenOffline")
            />
        </FieldSet>
    }
}

/// Says what keeps conversations from the bot although it is on.
fn bot_issue_note(fields: FormState) -> AnyView {
    let issue = memo(move || {
        let share = |text: RwSignal<String>| text.with(|text| text.trim().parse::<i64>().ok());
        bot_issue(&ChannelAccount {
            is_bot_enabled: Some(fields.bot_enabled.get()),
            chatbot_id: Some(fields.chatbot.get().as_str().into()),
            percentage_to_bot_when_online: share(fields.online),
            percentage_to_bot_when_offline: share(fields.offline),
            ..ChannelAccount::default()
        })
    });
    let note = move || {
        issue.get().map(|issue| {
            let text = Signal::derive(move || columns::issue_text(issue));
            view! { <p role="status"><Badge tone=Tone::Warn text /></p> }.into_any()
        })
    };
    dyn_view(note).into_any()
}
