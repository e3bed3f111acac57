//! The form of a new account and of a change. A change echoes every readable field.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use trunkline_api::comm100::{
    ChannelAccount, ChannelAccountBody, CreateChannelAccount, Include, KNOWN_CHANNELS, ListChannelAccounts,
    ListChatbots, UpdateChannelAccount,
};
use trunkline_api::merge::Members;
use trunkline_api::text::visible_or;
use trunkline_api::{Error, ErrorKind, answer};

use super::fields::Fields;
use super::hidden_form::HiddenForm;
use super::{actions, meanwhile, model};
use crate::fetch::mutation::Look;
use crate::fetch::{Mutation, Truth, use_mutation, use_query};
use crate::i18n::t;
use crate::parts::meanwhile::{Compared, Meanwhile, MeanwhileDialog, use_meanwhile};
use crate::parts::unreadable::unreadable_note;
use crate::parts::{Draft, DraftNotice, FieldErrors, Loaded, StandInHeader, use_draft, words};
use crate::reactive::{catalogue, dynamic, effect, memo};
use crate::routes::{Navigate, Route, use_stored_navigate};
use crate::ui::{
    CheckField, Choice, ComboField, FieldSet, FormShell, Kind, NumberField, SelectField, TextField, Toasts, use_toasts,
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
    let form = was.as_ref().map_or(Route::NewChannelAccount, |was| Route::EditChannelAccount(model::id(was))).path();
    let cancel = was.as_ref().map_or(Route::ChannelAccounts, |was| Route::ChannelAccount(model::id(was))).path();
    let title = if was.is_some() { t::routes::edit_channel_account } else { t::routes::new_channel_account };
    let is_new = was.is_none();
    let draft = use_draft(form, fields.slots());
    // What came back may have been typed over an older account.
    let opened = was.clone().map(|was| {
        let older = draft.opened_with(|| meanwhile::members_typed(&fields.typed(Some(&was))));
        older.and_then(|older| meanwhile::account_of(&older, was.id.clone())).unwrap_or(was)
    });
    let saver = Saver {
        fields,
        errors: FieldErrors::new(),
        saving: use_mutation(),
        meanwhile: use_meanwhile(),
        base: StoredValue::new(opened),
        draft,
        toasts: use_toasts(),
        navigate: use_stored_navigate(),
    };
    let (errors, saving, meanwhile) = (saver.errors, saver.saving, saver.meanwhile);
    let notice = saver.draft.clone();
    // A vendor's words about one field stand at the field alone.
    let problem = Signal::derive(move || {
        let error = saving.error.get()?;
        let at_field = matches!(&error.kind, ErrorKind::Invalid(fields) if !fields.is_empty());
        (!at_field).then(|| words(&error))
    });
    // An update that leaves write-only fields out may clear them: nobody documents that it keeps them.
    let left_out = memo(move || !is_new && fields.hidden.any_kept());
    let note = move || {
        left_out
            .get()
            .then(|| {
                view! { <p class="hint" prop:textContent=catalogue(t::channel_accounts::hidden_kept) /> }.into_any()
            })
            .into_any()
    };
    view! {
        <div class="page page-narrow">
            <FormShell title error=problem saving=saving.busy on_submit=move |()| saver.submit() cancel_href=cancel>
                <DraftNotice draft=notice />
                <Identity fields errors />
                <Routing fields errors />
                <HiddenForm hidden=fields.hidden errors is_new />
                {move || note()}
            </FormShell>
            {(!is_new).then(|| view! { <MeanwhileDialog meanwhile note /> })}
        </div>
    }
}

/// Checks and sends. An account that is edited is read again first, so that nobody's change is undone unseen.
#[derive(Clone)]
struct Saver {
    fields: Fields,
    errors: FieldErrors,
    saving: Mutation,
    meanwhile: Meanwhile,
    /// The account as the form knows it to be stored; none for a new one.
    base: StoredValue<Option<Arc<ChannelAccount>>>,
    draft: Draft,
    toasts: Toasts,
    navigate: Navigate,
}

impl Saver {
    fn submit(&self) {
        self.saving.error.set(None);
        let before = self.base.get_value();
        let Some(account) = self.fields.body(before.as_deref(), self.errors) else { return };
        let Some(before) = before else {
            let (saver, look) = (self.clone(), look(None, &account, self.done()));
            let failed = move |error: &Error| saver.errors.take(error);
            self.saving.run_sure(CreateChannelAccount { account }, self.done(), failed, look);
            return;
        };
        let saver = self.clone();
        let write = answer::endpoint_name::<UpdateChannelAccount>();
        self.saving.check(&actions::one(&model::id(&before)), write, move |now| {
            saver.compare(&before, &Arc::new(now), account);
        });
    }

    /// Sends it, if nobody changed what the form shows; else a person is asked, and it begins again with the answer.
    fn compare(&self, before: &Arc<ChannelAccount>, now: &Arc<ChannelAccount>, account: ChannelAccountBody) {
        let (base, theirs) = (meanwhile::members_of(before), meanwhile::members_of(now));
        let (saver, stored) = (self.clone(), Arc::clone(now));
        let go_on = move |merged: Members| {
            saver.base.set_value(Some(Arc::clone(&stored)));
            if let Some(account) = meanwhile::account_of(&merged, stored.id.clone()) {
                saver.fields.show(&account);
                saver.submit();
            }
        };
        let mine = meanwhile::members_typed(&account);
        match self.meanwhile.compare(&base, &theirs, mine, meanwhile::WORDS, go_on) {
            Compared::Clear(_) => {
                // What the form does not show is sent as it is now.
                let now = ChannelAccountBody::echo(now);
                let account = ChannelAccountBody { extra: now.extra, created_time: now.created_time, ..account };
                let (saver, look) = (self.clone(), look(Some(before), &account, self.done()));
                let failed = move |error: &Error| saver.errors.take(error);
                let update = UpdateChannelAccount { id: model::id(before), account };
                self.saving.run_sure(update, self.done(), failed, look);
            }
            Compared::Asked => {}
        }
    }

    fn done(&self) -> impl Fn(ChannelAccount) + 'static {
        let Self { draft, toasts, navigate, .. } = self.clone();
        move |account| {
            draft.saved();
            toasts.push(Kind::Success, t::common::saved());
            let target = Route::ChannelAccount(model::id(&account)).path();
            actions::changed(account);
            navigate.try_with_value(|navigate| navigate(&target, NavigateOptions::default()));
        }
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
        let one = |bot| Choice::new(id(bot), visible_or(bot.name.as_deref().unwrap_or_default(), || id(bot)));
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
            {unreadable_note(bots.unreadable)}
            <NumberField label=t::channel_accounts::online value=fields.online error=errors.of("percentageToBotWhenOnline") hint=Signal::derive(online_hint) required=true />
            <NumberField label=t::channel_accounts::offline value=fields.offline error=errors.of("percentageToBotWhenOffline") hint=Signal::derive(offline_hint) required=true />
        </FieldSet>
    }
}
