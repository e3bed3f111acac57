//! One account to read, with its bot's switch, a way to edit it and a way to remove it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trunkline_api::Vendor;
use trunkline_api::comm100::{ChannelAccount, DisableBot, EnableBot, RemoveChannelAccount};

use super::list;
use super::{actions, model};
use crate::fetch::{Mutation, use_mutation, use_query};
use crate::i18n::{format, t};
use crate::parts::{Freshness, QueryError, SandboxBadge, StandInHeader, words};
use crate::reactive::catalogue;
use crate::routes::Route;
use crate::ui::{
    Badge, Button, ConfirmDialog, Definition, DefinitionList, ErrorPanel, IconName, Kind, LinkButton, PageHeader,
    SkeletonBlock, Switch, Tone, Variant, use_toasts,
};

/// The record's page.
#[component]
pub fn ChannelAccountPage(
    /// The account's id.
    id: String,
) -> impl IntoView {
    let request = actions::one(&id);
    // From the click on: the gateway tells everybody of a removal, and nobody must ask for what is then gone.
    let removed = RwSignal::new(false);
    let query = use_query(move || (!removed.get()).then(|| request.clone()));
    let switching = use_mutation();
    // The record is drawn anew only when it is another: a refresh that brings the same must not close a dialog.
    let account =
        Memo::new(move |old: Option<&Option<Arc<ChannelAccount>>>| query.data.get().or_else(|| old.cloned().flatten()));
    view! {
        <div class="page">
            <nav class="crumbs" aria-label=t::parts::crumbs>
                <a href=Route::ChannelAccounts.path() prop:textContent=catalogue(t::routes::channel_accounts) />
                <Freshness query />
            </nav>
            <StandInHeader
                query
                missing=Signal::derive(move || account.with(Option::is_none))
                title=t::routes::channel_accounts
            />
            <QueryError query />
            {move || (account.with(Option::is_none) && query.is_first_load()).then(|| view! { <SkeletonBlock /> })}
            {move || account.get().map(|account| view! { <Record account switching removed /> })}
        </div>
    }
}

/// The account's fields and actions.
#[component]
fn Record(account: Arc<ChannelAccount>, switching: Mutation, removed: RwSignal<bool>) -> impl IntoView {
    let id = model::id(&account);
    let name = model::name(&account);
    let removing = RwSignal::new(false);
    let edit = Route::EditChannelAccount(id.clone()).path();
    let (bot_id, is_on) = (id.clone(), account.is_bot_enabled == Some(true));
    view! {
        <PageHeader title=name.clone()>
            <SandboxBadge vendor=Vendor::Comm100 />
            <BotSwitch id=bot_id on=is_on switching />
            <LinkButton label=t::common::edit href=edit icon=IconName::Edit />
            <Button
                label=t::common::remove
                icon=IconName::Trash
                variant=Variant::Danger
                on_click=move |()| removing.set(true)
            />
        </PageHeader>
        {move || switching.error.get().map(|error| view! { <ErrorPanel problem=words(&error) /> })}
        <Fields account />
        <RemoveDialog id name open=removing removed />
    }
}

/// Every field that the vendor returns.
#[component]
fn Fields(account: Arc<ChannelAccount>) -> impl IntoView {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let words = |value: Option<i64>, of: fn(&str) -> String| {
        move || value.map(|value| of(&value.to_string())).unwrap_or_default()
    };
    let created = text(&account.created_time);
    let created = move || format::parse_iso(&created).map_or_else(|| created.clone(), format::date_time_exact);
    let bot_name = account.chatbot.as_ref().and_then(|bot| bot.name.clone()).unwrap_or_default();
    let bot_id = account.chatbot_id.as_ref().map(ToString::to_string).unwrap_or_default();
    let is_default = account.is_default == Some(true);
    let (state_of, bot_of) = (Arc::clone(&account), Arc::clone(&account));
    let badge = |(tone, text): (Tone, String)| view! { <Badge tone text /> }.into_any();
    view! {
        <DefinitionList>
            <Definition term=t::channel_accounts::channel value=text(&account.app_id) />
            <Definition term=t::channel_accounts::original_id value=text(&account.original_account_id) mono=true copy=true />
            <Definition term=t::channel_accounts::display_name value=text(&account.screen_name) />
            <Definition term=t::channel_accounts::state>{move || badge(list::state(&state_of))}</Definition>
            <Definition term=t::channel_accounts::bot>{move || badge(list::bot(&bot_of))}</Definition>
            <Definition term=t::channel_accounts::chatbot value=bot_name />
            <Definition term=t::channel_accounts::chatbot_id value=bot_id mono=true />
            <Definition
                term=t::channel_accounts::online
                value=Signal::derive(words(account.percentage_to_bot_when_online, t::channel_accounts::online_words))
            />
            <Definition
                term=t::channel_accounts::offline
                value=Signal::derive(words(account.percentage_to_bot_when_offline, t::channel_accounts::offline_words))
            />
            <Definition
                term=t::channel_accounts::is_default
                value=Signal::derive(move || if is_default { t::common::yes() } else { t::common::no() })
            />
            <Definition term=t::channel_accounts::avatar_url value=text(&account.avatar_url) mono=true />
            <Definition term=t::channel_accounts::created value=Signal::derive(created) />
            <Definition term=t::channel_accounts::id value=model::id(&account) mono=true copy=true />
        </DefinitionList>
    }
}

/// Lets the bot answer, or stops it. It shows what the vendor last confirmed.
#[component]
fn BotSwitch(id: String, on: bool, switching: Mutation) -> impl IntoView {
    let toasts = use_toasts();
    let done = move |account: ChannelAccount| {
        let text = if account.is_bot_enabled == Some(true) {
            t::channel_accounts::bot_now_on()
        } else {
            t::channel_accounts::bot_now_off()
        };
        toasts.push(Kind::Success, text);
        actions::changed(account);
    };
    let change = move |on: bool| {
        let id = id.clone();
        let look = actions::look_for_bot(&id, on, move |account| done(account.clone()));
        if on {
            switching.run_sure(EnableBot { id }, done, |_| actions::stale(), look);
        } else {
            switching.run_sure(DisableBot { id }, done, |_| actions::stale(), look);
        }
    };
    view! { <Switch label=t::channel_accounts::bot_enabled checked=on on_change=change busy=switching.busy /> }
}

/// Asks, removes, and goes back to the list.
#[component]
fn RemoveDialog(id: String, name: String, open: RwSignal<bool>, removed: RwSignal<bool>) -> impl IntoView {
    let removing = use_mutation();
    let toasts = use_toasts();
    let navigate = StoredValue::new_local(use_navigate());
    let done = move || {
        open.try_set(false);
        toasts.push(Kind::Success, t::channel_accounts::removed());
        navigate.try_with_value(|navigate| navigate(&Route::ChannelAccounts.path(), NavigateOptions::default()));
        actions::stale();
    };
    let confirm = move |()| {
        removed.set(true);
        let look = actions::look_for_removal(&id, done);
        removing.run_sure(RemoveChannelAccount { id: id.clone() }, move |()| done(), |_| {}, look);
    };
    removing.on_failure(move || removed.set(false));
    view! {
        <ConfirmDialog
            open
            title=move || t::channel_accounts::remove_title(&name)
            message=t::channel_accounts::remove_message
            confirm_label=t::common::remove
            busy=removing.busy
            problem=Signal::derive(move || removing.error.get().map(|error| words(&error)))
            on_confirm=confirm
        />
    }
}
