//! The form of a new account and of a change. A change echoes every readable field.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trunkline_api::ErrorKind;
use trunkline_api::comm100::{
    ChannelAccount, ChannelAccountBody, CreateChannelAccount, Include, KNOWN_CHANNELS, ListChannelAccounts,
    ListChatbots, UpdateChannelAccount,
};

use super::fields::Fields;
use super::hidden_form::HiddenForm;
use super::{actions, model};
use crate::fetch::mutation::Look;
use crate::fetch::{Truth, use_mutation, use_query};
use crate::i18n::t;
use crate::parts::{DraftNotice, FieldErrors, Loaded, StandInHeader, use_draft, words};
use crate::reactive::{dynamic, effect, memo};
use crate::routes::Route;
use crate::ui::{
    CheckField, Choice, ComboField, FieldSet, FormShell, Kind, NumberField, SelectField, TextField, use_toasts,
};

/// `/channel-accounts/new`
#[component]
pub fn NewChannelAccountPage() -> impl IntoView {
    view! { <AccountForm was=None /> }
}

/// `/channel-accounts/{id}/edit`
#[component]
pub fn EditChannelAccountPage(
    /// The account's id.
    id: String,
) -> impl IntoView {
    let request = actions::one(&id);
    let query = use_query(move || Some(request.clone()));
    // The form is made once, of the first answer: a later one must not overwrite what is typed.
    let first = RwSignal::new(None::<Arc<ChannelAccount>>);
    effect(move || {
        if let Some(account) = query.data.get()
            && first.with_untracked(Option::is_none)
        {
            first.set(Some(account));
        }
    });
    dynamic(move || match first.get() {
        Some(account) => view! { <AccountForm was=Some(account) /> }.into_any(),
        None => view! {
            <div class="page page-narrow">
                <StandInHeader query missing=true title=t::routes::edit_channel_account />
                <Loaded query children=Callback::new(|_| ().into_any()) />
            </div>
        }
        .into_any(),
    })
}

/// The form itself.
#[component]
fn AccountForm(was: Option<Arc<ChannelAccount>>) -> impl IntoView {
    let fields = Fields::of(was.as_deref());
    let errors = FieldErrors::new();
    let saving = use_mutation();
    let form = was.as_ref().map_or(Route::NewChannelAccount, |was| Route::EditChannelAccount(model::id(was))).path();
    let draft = use_draft(form, fields.slots());
    let notice = draft.clone();
    let toasts = use_toasts();
    let navigate = StoredValue::new_local(use_navigate());
    let done = move |account: ChannelAccount| {
        draft.saved();
        toasts.push(Kind::Success, t::common::saved());
        let target = Route::ChannelAccount(model::id(&account)).path();
        actions::changed(account);
        navigate.try_with_value(|navigate| navigate(&target, NavigateOptions::default()));
    };
    let failed = move |error: &trunkline_api::Error| errors.take(error);
    let before = was.clone();
    let submit = move |()| {
        saving.error.set(None);
        let Some(account) = fields.body(before.as_deref(), errors) else { return };
        let look = look(before.as_ref(), &account, done.clone());
        match &before {
            Some(before) => {
                saving.run_sure(UpdateChannelAccount { id: model::id(before), account }, done.clone(), failed, look);
            }
            None => saving.run_sure(CreateChannelAccount { account }, done.clone(), failed, look),
        }
    };
    // A vendor's words about one field stand at the field alone.
    let problem = Signal::derive(move || {
        let error = saving.error.get()?;
        let at_field = matches!(&error.kind, ErrorKind::Invalid(fields) if !fields.is_empty());
        (!at_field).then(|| words(&error))
    });
    let cancel = was.as_ref().map_or(Route::ChannelAccounts, |was| Route::ChannelAccount(model::id(was))).path();
    let title = if was.is_some() { t::routes::edit_channel_account } else { t::routes::new_channel_account };
    let is_new = was.is_none();
    view! {
        <div class="page page-narrow">
            <FormShell title error=problem saving=saving.busy on_submit=submit cancel_href=cancel>
                <DraftNotice draft=notice />
                <Identity fields errors />
                <Routing fields errors />
                <HiddenForm hidden=fields.hidden errors is_new />
            </FormShell>
        </div>
    }
}

/// Whether the account is as it was to be. A change of nothing but hidden fields leaves no trace to look for.
fn look(
    before: Option<&Arc<ChannelAccount>>,
    sent: &ChannelAccountBody,
    done: impl Fn(ChannelAccount) + 'static,
) -> Look {
    let (id, sent) = (before.map(|before| model::id(before)), sent.clone());
    let traceless = before.is_some_and(|before| sent.is_in(before));
    Look::new(&ListChannelAccounts { include: Some(Include::Chatbot) }, move |accounts| {
        let mine = |account: &&Arc<ChannelAccount>| id.as_ref().is_none_or(|id| *id == model::id(account));
        match accounts.iter().filter(mine).find(|account| sent.is_in(account)) {
            Some(_) if traceless => Truth::Unknown,
            Some(account) => {
                done(ChannelAccount::clone(account));
                Truth::Done
            }
            None => Truth::NotDone,
        }
    })
}

/// Which account it is.
#[component]
fn Identity(fields: Fields, errors: FieldErrors) -> impl IntoView {
    let channels: Vec<Choice> = KNOWN_CHANNELS.into_iter().map(Choice::from).collect();
    let channels = Signal::stored(channels);
    view! {
        <FieldSet legend=t::channel_accounts::group_account>
            <ComboField label=t::channel_accounts::channel value=fields.channel choices=channels error=errors.of("appId") hint=t::channel_accounts::channel_hint required=true />
            <TextField label=t::channel_accounts::original_id value=fields.original_id error=errors.of("originalAccountId") hint=t::channel_accounts::original_id_hint required=true mono=true />
            <TextField label=t::channel_accounts::name value=fields.name error=errors.of("name") required=true />
            <TextField label=t::channel_accounts::display_name value=fields.display_name error=errors.of("screenName") hint=t::channel_accounts::display_name_hint required=true />
            <TextField label=t::channel_accounts::avatar_url value=fields.avatar_url error=errors.of("avatarUrl") kind="url" />
            <CheckField label=t::channel_accounts::enabled value=fields.enabled error=errors.of("isEnabled") />
            <CheckField label=t::channel_accounts::is_default value=fields.is_default error=errors.of("isDefault") hint=t::channel_accounts::is_default_hint />
        </FieldSet>
    }
}

/// How much goes to the bot.
#[component]
fn Routing(fields: Fields, errors: FieldErrors) -> impl IntoView {
    let bots = use_query(|| Some(ListChatbots));
    let choices = Signal::derive(move || {
        let bots = bots.data.get().unwrap_or_default();
        let id = |bot: &trunkline_api::comm100::Chatbot| bot.id.as_ref().map(ToString::to_string).unwrap_or_default();
        let one = |bot| Choice::new(id(bot), bot.name.clone().unwrap_or_else(|| id(bot)));
        std::iter::once(Choice::new("", t::channel_accounts::no_chatbot()))
            .chain(bots.iter().map(one))
            .collect::<Vec<_>>()
    });
    let bots_failed = memo(move || bots.error.with(Option::is_some) && bots.data.with(Option::is_none));
    let chatbot = move || {
        let error = errors.of("chatbotId");
        if bots_failed.get() {
            view! { <TextField label=t::channel_accounts::chatbot value=fields.chatbot error hint=t::channel_accounts::chatbot_typed mono=true /> }.into_any()
        } else {
            view! { <SelectField label=t::channel_accounts::chatbot value=fields.chatbot choices error /> }.into_any()
        }
    };
    let online_hint = move || fields.online.with(|value| t::channel_accounts::online_words(value.trim()));
    let offline_hint = move || fields.offline.with(|value| t::channel_accounts::offline_words(value.trim()));
    view! {
        <FieldSet legend=t::channel_accounts::group_bot>
            <CheckField label=t::channel_accounts::bot_enabled value=fields.bot_enabled error=errors.of("isBotEnabled") />
            {move || chatbot()}
            <NumberField label=t::channel_accounts::online value=fields.online error=errors.of("percentageToBotWhenOnline") hint=Signal::derive(online_hint) required=true />
            <NumberField label=t::channel_accounts::offline value=fields.offline error=errors.of("percentageToBotWhenOffline") hint=Signal::derive(offline_hint) required=true />
        </FieldSet>
    }
}
