//! List page: search, filters, and the selection for the bulk bot switch.

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::comm100::ListChannelAccounts;
use trunkline_model::saved_views::count_accounts;

use super::columns::columns;
use super::filters::{self, Accounts, FilteredAccounts, Filters};
use crate::components::view_counts::{count_in, count_views_of};
use crate::components::{EmptyStates, ListPage, ListSpec, MultiFilter, ParamFilter, SandboxBadge, use_list};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::memo;
use crate::routes::Route;
use crate::ui::{EmptyState, IconName, LinkButton, SelectOption, Variant};

/// The list page.
#[component]
pub fn ChannelAccountsPage(
    /// Renders [`BulkBar`](super::BulkBar), which is lazy-loaded once an account was selected or a filter
    /// chosen. Tracked.
    bulk: fn(RwSignal<Vec<String>>, Accounts, FilteredAccounts, Signal<bool>) -> AnyView,
) -> impl IntoView {
    let query = use_query(|| Some(ListChannelAccounts::WITH_CHATBOTS));
    let filters = Filters::from_url();
    count_views_of(&Route::ChannelAccounts, |params| {
        count_in(&ListChannelAccounts::WITH_CHATBOTS, |accounts| Some(count_accounts(params, accounts)))
    });
    let spec = ListSpec::new(|accounts| accounts, filters::index_texts);
    let list = use_list(query, spec.filtered(filters.params(), move || filters.predicate()));
    let selection = RwSignal::new(Vec::new());
    let filtered = list.is_filtered();
    // A list that is opened with a filter has its rows first.
    let has_rows = memo(move || query.data.with(Option::is_some));
    let bulk_wanted = Memo::new(move |before: Option<&bool>| {
        before.is_some_and(|was| *was) || selection.with(|ids| !ids.is_empty()) || (filtered.get() && has_rows.get())
    });
    let accounts = memo(move || query.data.get().unwrap_or_default());
    let actions = || {
        view! {
            <SandboxBadge vendor=Service::Comm100 />
            <LinkButton
                label=t::routes::new_channel_account
                href=Route::NewChannelAccount.path()
                icon=IconName::Plus
                variant=Variant::Primary
            />
        }
    };
    view! {
        <ListPage
            list
            title=t::routes::channel_accounts
            class="channel-accounts-page"
            actions
            search_label=t::channel_accounts::search
            filters=move || filter_selects(filters, accounts)
            id=filters::id_of
            columns=columns()
            empty=EmptyStates::new(t::channel_accounts::no_match, no_accounts)
            selection
        >
            {move || bulk_wanted.get().then(|| bulk(selection, accounts, list.matching(), filtered))}
        </ListPage>
    }
}

/// The filters above the table.
fn filter_selects(filters: Filters, accounts: Accounts) -> impl IntoView {
    let channels = Signal::derive(move || {
        let channels = accounts.with(|accounts| filters::channels(accounts));
        channels.iter().map(|name| SelectOption::from(name.as_str())).collect()
    });
    let yes_no = |yes: fn() -> String, no: fn() -> String| {
        Signal::derive(move || with_all([SelectOption::new("yes", yes()), SelectOption::new("no", no())]))
    };
    let states = yes_no(t::channel_accounts::enabled, t::channel_accounts::disabled);
    let bots = Signal::derive(move || {
        with_all([
            SelectOption::new("yes", t::channel_accounts::bot_on()),
            SelectOption::new("no", t::channel_accounts::bot_off()),
            SelectOption::new("idle", t::channel_accounts::bot_idle()),
        ])
    });
    view! {
        <MultiFilter label=t::channel_accounts::channel param=filters.channel options=channels shows_value=true />
        <ParamFilter label=t::channel_accounts::state param=filters.enabled options=states />
        <ParamFilter label=t::channel_accounts::bot param=filters.bot options=bots />
    }
}

/// Options of a filter, with "All" first.
fn with_all(options: impl IntoIterator<Item = SelectOption>) -> Vec<SelectOption> {
    std::iter::once(SelectOption::new("", t::common::all())).chain(options).collect()
}

/// Empty state without any account.
fn no_accounts() -> impl IntoView {
    view! {
        <EmptyState title=t::channel_accounts::none message=t::channel_accounts::none_hint icon=IconName::Channel>
            <LinkButton label=t::routes::new_channel_account href=Route::NewChannelAccount.path() />
        </EmptyState>
    }
}
