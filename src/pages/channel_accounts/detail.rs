//! Detail page of one account: its fields, the bot switch, Edit and Remove.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::comm100::{ChannelAccount, ListChannelAccounts, RemoveChannelAccount};

use super::{columns, filters, mutations};
use crate::browser::clock::parse_iso;
use crate::components::record_activity::RecordActivity;
use crate::components::remove::{EditAndRemove, Removal, RemoveDialog};
use crate::components::{RecordPage, SandboxBadge, describe};
use crate::fetch::{Mutation, config, use_mutation, use_query};
use crate::i18n::{format, t};
use crate::reactive::dyn_view;
use crate::routes::Route;
use crate::ui::{Badge, Definition, DefinitionList, ErrorPanel, PageHeader, Severity, Switch, Tone, use_toasts};

/// `/channel-accounts/{id}`
#[component]
pub fn ChannelAccountPage(
    /// The account's id.
    id: String,
    /// The record's history, lazy.
    history: fn(RecordActivity) -> AnyView,
) -> impl IntoView {
    let request = mutations::account_request(&id);
    // Set from the click on: the gateway broadcasts a removal, and a refetch after it would end in "not found".
    let removed = RwSignal::new(false);
    let query = use_query(move || (!removed.get()).then(|| request.clone()));
    let switching = use_mutation();
    let show = Callback::new(move |account| view! { <AccountRecord account switching removed history /> }.into_any());
    view! {
        <RecordPage
            query
            list=Route::ChannelAccounts
            title=t::routes::channel_accounts
            select=Some
            children=show
        />
    }
}

/// The account's fields and actions.
#[component]
fn AccountRecord(
    account: Arc<ChannelAccount>,
    switching: Mutation,
    removed: RwSignal<bool>,
    history: fn(RecordActivity) -> AnyView,
) -> impl IntoView {
    let id = filters::id_of(&account);
    let name = filters::label_of(&account);
    let removing = RwSignal::new(false);
    let edit = Route::EditChannelAccount(id.clone()).path();
    let is_on = account.is_bot_enabled == Some(true);
    let (removed_id, changed_id) = (id.clone(), id.clone());
    let changes = move || {
        let record = RecordActivity { service: Service::Comm100, record: changed_id.clone() };
        (config::has_gateway() && !removed.get()).then(|| history(record))
    };
    let removal =
        Removal::new(RemoveChannelAccount { id: id.clone() }, ListChannelAccounts::WITH_CHATBOTS, move |accounts| {
            accounts.iter().any(|account| filters::id_of(account) == removed_id)
        });
    view! {
        <PageHeader title=name.clone()>
            <SandboxBadge vendor=Service::Comm100 />
            <BotSwitch id on=is_on switching />
            <EditAndRemove edit removing />
        </PageHeader>
        {move || switching.error.get().map(|error| view! { <ErrorPanel problem=describe(&error) /> })}
        <AccountDetails account />
        {dyn_view(changes)}
        <RemoveDialog
            open=removing
            removed
            removal
            title=move || t::channel_accounts::remove_title(&name)
            message=t::channel_accounts::remove_message
            done_text=t::channel_accounts::removed
            back=Route::ChannelAccounts
        />
    }
}

/// Every field that the vendor returns.
#[component]
fn AccountDetails(account: Arc<ChannelAccount>) -> impl IntoView {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let percent_text = |value: Option<i64>, text_for: fn(&str) -> String| {
        move || value.map(|value| text_for(&value.to_string())).unwrap_or_default()
    };
    let created = text(&account.created_time);
    let created = move || parse_iso(&created).map_or_else(|| created.clone(), format::date_time_exact);
    let bot_name = account.chatbot.as_ref().and_then(|bot| bot.name.clone()).unwrap_or_default();
    let bot_language = account.chatbot.as_ref().and_then(|bot| bot.language_id.as_ref()).map(ToString::to_string);
    let training = account.chatbot.as_ref().and_then(|bot| bot.training_status.clone());
    let bot_id = account.chatbot_id.as_ref().map(ToString::to_string).unwrap_or_default();
    let is_default = account.is_default == Some(true);
    let (for_state, for_bot) = (Arc::clone(&account), Arc::clone(&account));
    let badge = |(tone, text): (Tone, String)| view! { <Badge tone text /> }.into_any();
    view! {
        <DefinitionList>
            <Definition term=t::channel_accounts::channel value=text(&account.app_id) />
            <Definition term=t::channel_accounts::original_id value=text(&account.original_account_id) mono=true copy=true />
            <Definition term=t::channel_accounts::display_name value=text(&account.screen_name) />
            <Definition term=t::channel_accounts::state>{move || badge(columns::state_badge(&for_state))}</Definition>
            <Definition term=t::channel_accounts::bot>{move || badge(columns::bot_badge(&for_bot))}</Definition>
            <Definition term=t::channel_accounts::chatbot value=bot_name />
            {training.map(|status| view! {
                <Definition term=t::channel_accounts::training>{move || badge(training_badge(&status))}</Definition>
            })}
            {bot_language.map(|language| view! { <Definition term=t::channel_accounts::bot_language value=language /> })}
            <Definition term=t::channel_accounts::chatbot_id value=bot_id mono=true />
            <Definition
                term=t::channel_accounts::online
                value=Signal::derive(percent_text(account.percentage_to_bot_when_online, t::channel_accounts::online_words))
            />
            <Definition
                term=t::channel_accounts::offline
                value=Signal::derive(percent_text(account.percentage_to_bot_when_offline, t::channel_accounts::offline_words))
            />
            <Definition
                term=t::channel_accounts::is_default
                value=Signal::derive(move || if is_default { t::common::yes() } else { t::common::no() })
            />
            <Definition term=t::channel_accounts::avatar_url value=text(&account.avatar_url) mono=true />
            <Definition term=t::channel_accounts::created value=Signal::derive(created) />
            <Definition term=t::channel_accounts::id value=filters::id_of(&account) mono=true copy=true />
        </DefinitionList>
    }
}

/// The training of a chatbot in words; a status that Comm100 does not document as it is.
fn training_badge(status: &str) -> (Tone, String) {
    match status {
        "succeeded" => (Tone::Good, t::channel_accounts::training_succeeded()),
        "processing" => (Tone::Accent, t::channel_accounts::training_processing()),
        "failed" => (Tone::Bad, t::channel_accounts::training_failed()),
        other => (Tone::Neutral, other.to_owned()),
    }
}

/// Switches the bot on and off. Shows the state that the vendor last confirmed.
#[component]
fn BotSwitch(id: String, on: bool, switching: Mutation) -> impl IntoView {
    let toasts = use_toasts();
    let done = move |account: ChannelAccount| {
        let text = if account.is_bot_enabled == Some(true) {
            t::channel_accounts::bot_now_on()
        } else {
            t::channel_accounts::bot_now_off()
        };
        toasts.push(Severity::Success, text);
        mutations::on_saved(account);
    };
    let change = move |on: bool| {
        switching.send(mutations::switch_bot(id.clone(), on, Rc::new(done), mutations::invalidate_all));
    };
    view! { <Switch label=t::channel_accounts::bot_enabled checked=on on_change=change busy=switching.busy /> }
}
