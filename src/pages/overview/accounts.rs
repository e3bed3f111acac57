//! Channel accounts by channel, and for how many of each the bot answers.

use leptos::prelude::*;
use trunkline_api::Vendor;
use trunkline_api::comm100::{Include, ListChannelAccounts};
use trunkline_api::overview::{ChannelShare, channels};

use super::count_of;
use super::section::{Chart, Section};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::{catalogue, fixed, live_text, memo};
use crate::routes::Route;
use crate::routes::search::href;
use crate::ui::{Datum, Meter};

/// The section.
#[component]
pub fn Accounts() -> impl IntoView {
    let query = use_query(|| Some(ListChannelAccounts { include: Some(Include::Chatbot) }));
    let shares = memo(move || query.data.get().map(|accounts| channels(&accounts)).unwrap_or_default());
    let by_channel = Signal::derive(move || {
        let bar = |share: ChannelShare| Datum {
            label: name(&share),
            value: count_of(share.accounts),
            href: list(&share, ""),
        };
        shares.get().into_iter().map(bar).collect::<Vec<_>>()
    });
    view! {
        <Section
            title=t::routes::channel_accounts
            vendor=Vendor::Comm100
            query
            is_empty=|accounts| accounts.is_empty()
            empty=t::overview::no_accounts
        >
            <Chart title=t::overview::by_channel data=by_channel />
            <div class="stack-s">
                <h3 prop:textContent=catalogue(t::overview::bot_share) />
                <BotShare shares />
            </div>
        </Section>
    }
}

/// Each channel's part with a bot.
#[component]
fn BotShare(shares: Memo<Vec<ChannelShare>>) -> impl IntoView {
    let row = |share: ChannelShare| {
        let (name, link) = (name(&share), list(&share, "yes"));
        let title = if link.is_empty() {
            view! { <span prop:textContent=fixed(name) /> }.into_any()
        } else {
            view! { <a href=link prop:textContent=fixed(name) /> }.into_any()
        };
        let (with_bot, accounts) = (share.with_bot.to_string(), share.accounts.to_string());
        view! {
            <tr>
                <th scope="row">{title}</th>
                <td><Meter label=t::overview::bot_share value=count_of(share.percent()) /></td>
                <td class="number" prop:textContent=live_text(move || t::overview::of(&with_bot, &accounts)) />
            </tr>
        }
    };
    view! {
        <table class="bars overview-shares" aria-label=t::overview::bot_share>
            <thead class="visually-hidden">
                <tr>
                    <th scope="col" prop:textContent=catalogue(t::overview::channel) />
                    <th scope="col" prop:textContent=catalogue(t::overview::bot_share) />
                    <th scope="col" prop:textContent=catalogue(t::overview::accounts_with_bot) />
                </tr>
            </thead>
            <tbody>{move || shares.get().into_iter().map(row).collect_view().into_any()}</tbody>
        </table>
    }
}

fn name(share: &ChannelShare) -> String {
    if share.channel.is_empty() { t::overview::none_given() } else { share.channel.clone() }
}

/// The list of a channel's accounts, by `bot` those with one (`yes`); none for accounts without a channel.
fn list(share: &ChannelShare, bot: &str) -> String {
    match share.channel.as_str() {
        "" => String::new(),
        channel => href(&Route::ChannelAccounts, &[("channel", channel), ("bot", bot)]),
    }
}
