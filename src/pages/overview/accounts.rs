//! Channel accounts by channel: how many have the bot on, and how many have not.

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::comm100::ListChannelAccounts;
use trunkline_model::multi_value::format_values;
use trunkline_model::overview::{ChannelShare, channel_shares};

use super::section::Section;
use crate::fetch::use_query;
use crate::i18n::{count_of, number, t};
use crate::reactive::{catalogue, fixed, live_text, memo};
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::{Icon, IconName, Meter};

/// The section.
#[component]
pub fn Accounts() -> impl IntoView {
    let query = use_query(|| Some(ListChannelAccounts::WITH_CHATBOTS));
    let shares = memo(move || query.data.get().map(|accounts| channel_shares(&accounts)).unwrap_or_default());
    view! {
        <Section
            title=t::routes::channel_accounts
            vendor=Service::Comm100
            query
            is_empty=|accounts| accounts.is_empty()
            empty=t::overview::no_accounts
        >
            <div class="stack-s">
                <h3 prop:textContent=catalogue(t::overview::by_channel) />
                <ByChannel shares />
            </div>
        </Section>
    }
}

/// A table of the channels: accounts, the share with the bot on, and links to those with and without.
#[component]
fn ByChannel(shares: Memo<Vec<ChannelShare>>) -> impl IntoView {
    let row = |share: ChannelShare| {
        let name = channel_name(&share);
        let icon = IconName::of_channel(&share.channel);
        let without = share.accounts.saturating_sub(share.with_bot);
        let count = |count: usize, text: fn(i64) -> String, bot: &str| {
            let text = move || text(count_of(count));
            match list_url(&share, bot) {
                link if !link.is_empty() && count > 0 => {
                    view! { <a href=link prop:textContent=live_text(text) /> }.into_any()
                }
                _ => view! { <span class="muted" prop:textContent=live_text(text) /> }.into_any(),
            }
        };
        let (on, off) =
            (count(share.with_bot, t::overview::bot_on_count, "yes"), count(without, t::overview::bot_off_count, "no"));
        let link = list_url(&share, "");
        let title = if link.is_empty() {
            view! { <span prop:textContent=fixed(name) /> }.into_any()
        } else {
            view! { <a href=link prop:textContent=fixed(name) /> }.into_any()
        };
        view! {
            <tr>
                <th scope="row"><Icon name=icon />{title}</th>
                <td class="number" prop:textContent=fixed(number(count_of(share.accounts))) />
                <td><Meter label=t::overview::bot_share value=count_of(share.percent()) /></td>
                <td>{on}</td>
                <td>{off}</td>
            </tr>
        }
    };
    view! {
        <table class="bars overview-shares" aria-label=t::overview::by_channel>
            <thead>
                <tr>
                    <th scope="col" prop:textContent=catalogue(t::overview::channel) />
                    <th scope="col" class="number" prop:textContent=catalogue(t::overview::accounts_with_bot) />
                    <th scope="col" prop:textContent=catalogue(t::overview::bot_share) />
                    <td></td>
                    <td></td>
                </tr>
            </thead>
            <tbody>{move || shares.get().into_iter().map(row).collect_view().into_any()}</tbody>
        </table>
    }
}

fn channel_name(share: &ChannelShare) -> String {
    if share.channel.is_empty() { t::overview::none_given() } else { share.channel.clone() }
}

/// The URL of a channel's accounts, filtered by `bot` (`yes`, or empty for all). Empty for accounts without a channel.
fn list_url(share: &ChannelShare, bot: &str) -> String {
    match share.channel.as_str() {
        "" => String::new(),
        channel => {
            let channel = format_values(&[channel.to_owned()]);
            href(&Route::ChannelAccounts, &[("channel", &channel), ("bot", bot)])
        }
    }
}
