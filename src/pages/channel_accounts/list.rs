//! The list: search, filters, and the bot of many accounts at once.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Vendor;
use trunkline_api::comm100::{ChannelAccount, Include, ListChannelAccounts};
use trunkline_api::text::is_blank;

use super::model::{self, Accounts, Filters, Rows};
use crate::fetch::{Query, use_query};
use crate::i18n::t;
use crate::parts::{Freshness, QueryError, SandboxBadge};
use crate::reactive::{dynamic, memo};
use crate::routes::Route;
use crate::ui::{
    Button, Cell, Choice, Column, DataTable, EmptyState, FilterSelect, IconName, LinkButton, PageHeader, SearchField,
    Sort, SortKey, Tone, Toolbar, Variant,
};

/// The list page.
#[component]
pub fn ChannelAccountsPage(
    /// Draws [`BulkBar`](super::BulkBar), which is there once something was ticked; tracked.
    bulk: fn(RwSignal<Vec<String>>, Accounts, Rows) -> AnyView,
) -> impl IntoView {
    let query = use_query(|| Some(ListChannelAccounts { include: Some(Include::Chatbot) }));
    let filters = Filters::from_url();
    let selection = RwSignal::new(Vec::new());
    let ever_ticked =
        Memo::new(move |before: Option<&bool>| before.is_some_and(|was| *was) || selection.with(|ids| !ids.is_empty()));
    let accounts = memo(move || query.data.get().unwrap_or_default());
    let index =
        Memo::new_with_compare(move |_| accounts.with(|accounts| Arc::new(model::index(accounts))), |_, _| true);
    let rows = Memo::new_with_compare(
        move |_| index.with(|index| accounts.with(|accounts| model::select(accounts, index, filters))),
        |_, _| true,
    );
    let sort = Signal::derive(move || Sort::parse(&filters.sort.get()));
    let set_sort = move |sort: Option<Sort>| filters.sort.show(&sort.map(|sort| sort.to_string()).unwrap_or_default());
    view! {
        <div class="page channel-accounts-page">
            <PageHeader title=t::routes::channel_accounts>
                <SandboxBadge vendor=Vendor::Comm100 />
                <LinkButton
                    label=t::routes::new_channel_account
                    href=Route::NewChannelAccount.path()
                    icon=IconName::Plus
                    variant=Variant::Primary
                />
            </PageHeader>
            <FilterBar filters accounts query />
            <QueryError query />
            <Show when=move || query.error.with(Option::is_none) || query.data.with(Option::is_some)>
                <DataTable
                    name=t::routes::channel_accounts
                    rows
                    id=|account: &ChannelAccount| model::id(account)
                    columns=columns()
                    sort
                    on_sort=set_sort
                    loading=Signal::derive(move || query.is_first_load())
                    empty=move || view! { <Nothing filters /> }
                    selection
                />
            </Show>
            {move || ever_ticked.get().then(|| bulk(selection, accounts, rows))}
        </div>
    }
}

/// Search and filters above the table.
#[component]
fn FilterBar(filters: Filters, accounts: Accounts, query: Query<Vec<Arc<ChannelAccount>>>) -> impl IntoView {
    let channels = Signal::derive(move || {
        all(accounts.with(|accounts| model::channels(accounts)).iter().map(|name| Choice::from(name.as_str())))
    });
    let yes_no = |yes: fn() -> String, no: fn() -> String| {
        Signal::derive(move || all([Choice::new("yes", yes()), Choice::new("no", no())]))
    };
    view! {
        <Toolbar>
            <SearchField
                label=t::channel_accounts::search
                value=filters.q.value
                on_input=move |text: String| filters.q.type_in(&text)
            />
            <FilterSelect
                label=t::channel_accounts::channel
                value=filters.channel.value
                choices=channels
                on_change=move |value: String| filters.channel.set(&value)
            />
            <FilterSelect
                label=t::channel_accounts::state
                value=filters.enabled.value
                choices=yes_no(t::channel_accounts::enabled, t::channel_accounts::disabled)
                on_change=move |value: String| filters.enabled.set(&value)
            />
            <FilterSelect
                label=t::channel_accounts::bot
                value=filters.bot.value
                choices=yes_no(t::channel_accounts::bot_on, t::channel_accounts::bot_off)
                on_change=move |value: String| filters.bot.set(&value)
            />
            <Freshness query />
        </Toolbar>
    }
}

/// The choices of a filter, with "All" before them.
fn all(choices: impl IntoIterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", t::common::all())).chain(choices).collect()
}

/// No account at all, or none that fits.
#[component]
fn Nothing(filters: Filters) -> impl IntoView {
    dynamic(move || {
        if filters.any() {
            view! {
                <EmptyState title=t::channel_accounts::no_match icon=IconName::Search>
                    <Button label=t::common::clear_filters on_click=move |()| filters.clear() />
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <EmptyState title=t::channel_accounts::none message=t::channel_accounts::none_hint icon=IconName::Channel>
                    <LinkButton label=t::routes::new_channel_account href=Route::NewChannelAccount.path() />
                </EmptyState>
            }
            .into_any()
        }
    })
}

fn columns() -> Vec<Column<ChannelAccount>> {
    let percent =
        |value: Option<i64>| value.map(|value| t::channel_accounts::percent(&value.to_string())).unwrap_or_default();
    vec![
        Column::link("name", t::channel_accounts::name, model::name, |account: &ChannelAccount| {
            Route::ChannelAccount(model::id(account)).path()
        }),
        Column::text("channel", t::channel_accounts::channel, |account: &ChannelAccount| {
            account.app_id.clone().unwrap_or_default()
        })
        .class("w-s"),
        Column::text("original", t::channel_accounts::original_id, |account: &ChannelAccount| {
            account.original_account_id.clone().unwrap_or_default()
        })
        .class("w-l mono")
        .wide_only(),
        Column::new("enabled", t::channel_accounts::state, |account: &ChannelAccount| Cell::tag(state(account)))
            .sort(|account| SortKey::number(Some(i64::from(account.is_enabled != Some(true)))))
            .class("w-m"),
        Column::new("bot", t::channel_accounts::bot, |account: &ChannelAccount| Cell::tag(bot(account)))
            .sort(|account| SortKey::number(Some(i64::from(account.is_bot_enabled != Some(true)))))
            .class("account-bot"),
        Column::text("online", t::channel_accounts::online_short, move |account: &ChannelAccount| {
            percent(account.percentage_to_bot_when_online)
        })
        .sort(|account| SortKey::number(account.percentage_to_bot_when_online))
        .class("w-s end")
        .wide_only(),
        Column::text("offline", t::channel_accounts::offline_short, move |account: &ChannelAccount| {
            percent(account.percentage_to_bot_when_offline)
        })
        .sort(|account| SortKey::number(account.percentage_to_bot_when_offline))
        .class("w-s end")
        .wide_only(),
    ]
}

/// "Enabled" or "Disabled".
pub fn state(account: &ChannelAccount) -> (Tone, String) {
    match account.is_enabled {
        Some(true) => (Tone::Good, t::channel_accounts::enabled()),
        _ => (Tone::Neutral, t::channel_accounts::disabled()),
    }
}

/// The bot's name while it answers; "Off" while it doesn't, whichever bot is chosen.
pub fn bot(account: &ChannelAccount) -> (Tone, String) {
    let name = || account.chatbot.as_ref().and_then(|bot| bot.name.clone()).filter(|name| !is_blank(name));
    match account.is_bot_enabled {
        Some(true) => (Tone::Accent, name().unwrap_or_else(t::channel_accounts::bot_on)),
        _ => (Tone::Neutral, t::channel_accounts::bot_off()),
    }
}
