//! The bot of many accounts at once: one call after the other, an outcome per account, and a stop. Each row shows its
//! new state while its call is under way, and the old one again if the call fails.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Error;
use trunkline_api::comm100::{ChannelAccount, DisableBot, EnableBot, Include, ListChannelAccounts};

use super::model::{Accounts, Rows};
use super::{actions, model};
use crate::fetch::bulk::{Bulk, Limit, Outcome, Sent, use_bulk};
use crate::fetch::mutation::write;
use crate::fetch::{Overlay, cache};
use crate::i18n::{format, t};
use crate::parts::words;
use crate::reactive::{effect_from, fixed, live_text, memo};
use crate::ui::{Button, IconName, Kind, use_toasts};

/// Shown while accounts are ticked, or while a run has something to say.
#[component]
pub fn BulkBar(
    /// The ids of the ticked accounts.
    selection: RwSignal<Vec<String>>,
    /// All accounts.
    accounts: Accounts,
    /// Those that fit search and filters. A run reaches the ticked ones among these: nobody can check the others.
    rows: Rows,
) -> impl IntoView {
    let bulk = use_bulk(cache::prefix::<ListChannelAccounts>);
    let running = bulk.running;
    let toasts = use_toasts();
    let start = move |on: bool| {
        let ticked = selection.with_untracked(|ids| rows.with_untracked(|rows| model::with_ids(rows, ids)));
        let records = ticked.iter().map(|account| (model::id(account), model::name(account))).collect();
        bulk.start(records, Rc::new(move |id| Box::pin(set_bot(accounts, id, on))));
    };
    // At the end of a run that neither failed nor was stopped.
    effect_from(move |was: Option<bool>| {
        let now = running.get();
        let (done, already) = (bulk.count(is_done), bulk.count(is_already));
        if was == Some(true) && !now && done + already == bulk.count(|_| true) {
            let said = t::channel_accounts::bulk_done(count(done));
            let skipped = (already > 0).then(|| t::channel_accounts::bulk_already(count(already)));
            toasts.push(Kind::Success, [Some(said), skipped].into_iter().flatten().collect::<Vec<_>>().join(" · "));
        }
        if was == Some(true) && !now {
            untick_done(selection, bulk);
        }
        now
    });
    let chosen = memo(move || selection.with(|ids| rows.with(|rows| model::with_ids(rows, ids).len())));
    let hidden = memo(move || {
        let known = selection.with(|ids| accounts.with(|accounts| model::with_ids(accounts, ids).len()));
        known.saturating_sub(chosen.get())
    });
    // Rows leave a filtered list while their bots are switched: that hides nothing that is still to be done.
    let hidden = move || Some(hidden.get()).filter(|hidden| *hidden > 0 && !running.get());
    let none = Signal::derive(move || chosen.get() == 0);
    let shown = memo(move || !selection.with(Vec::is_empty) || running.get() || bulk.count(is_failed) > 0);
    view! {
        <Show when=move || shown.get()>
            <section class="bulk stack-s" aria-label=t::channel_accounts::bulk>
                <div class="row">
                    <strong role="status" prop:textContent=live_text(move || t::channel_accounts::selected(count(chosen.get()))) />
                    <Button label=t::channel_accounts::bulk_on icon=IconName::Bot busy=running disabled=none on_click=move |()| start(true) />
                    <Button label=t::channel_accounts::bulk_off busy=running disabled=none on_click=move |()| start(false) />
                    {move || running.get().then(|| view! {
                        <Button label=t::channel_accounts::bulk_stop on_click=move |()| bulk.stop() />
                    })}
                    <span class="muted" role="status" prop:textContent=live_text(move || progress(bulk)) />
                    <span role="status" prop:textContent=live_text(move || waiting(bulk)) />
                </div>
                {move || hidden().map(|hidden| view! {
                    <p class="muted" role="status" prop:textContent=fixed(t::channel_accounts::bulk_hidden(count(hidden))) />
                }.into_any())}
                {move || failures(bulk)}
            </section>
        </Show>
    }
}

/// What is done is no longer ticked; what failed, was not sent or was hidden still is.
fn untick_done(selection: RwSignal<Vec<String>>, bulk: Bulk) {
    let mut done = bulk.items.with_untracked(|items| {
        let done = items.iter().filter(|item| is_done(&item.outcome) || is_already(&item.outcome));
        done.map(|item| item.id.clone()).collect::<Vec<_>>()
    });
    done.sort_unstable();
    selection.update(|ids| ids.retain(|id| done.binary_search(id).is_err()));
}

/// "3 of 7 done", and how many a stop has left out.
fn progress(bulk: Bulk) -> String {
    let total = bulk.count(|_| true);
    let waiting = bulk.count(|outcome| matches!(outcome, Outcome::Waiting));
    if total == 0 {
        return String::new();
    }
    let done = t::channel_accounts::bulk_progress(&(total - waiting).to_string(), &total.to_string());
    if waiting == 0 || bulk.running.get() {
        return done;
    }
    format!("{done} · {}", t::channel_accounts::bulk_left(count(waiting)))
}

/// "Waiting for Comm100's limit until 14:05", while that is so.
fn waiting(bulk: Bulk) -> String {
    let words = |Limit { vendor, until, seconds }| {
        t::channel_accounts::bulk_waiting(&format::time_of_day(until, seconds), vendor.name())
    };
    bulk.limit.get().map(words).unwrap_or_default()
}

/// What failed and why, with another try.
fn failures(bulk: Bulk) -> Option<AnyView> {
    let failed = bulk.count(is_failed);
    let items = bulk.items.with(|items| {
        let line = |item: &crate::fetch::bulk::Item| match &item.outcome {
            Outcome::Failed(error) => Some(view! { <li><bdi prop:textContent=fixed(item.name.clone()) />": "<span prop:textContent=fixed(words(error).title) /></li> }),
            _ => None,
        };
        items.iter().filter_map(line).collect_view()
    });
    (failed > 0).then(|| {
        view! {
            <div role="alert" class="stack-s">
                <p prop:textContent=fixed(t::channel_accounts::bulk_failed(count(failed))) />
                <ul>{items}</ul>
                <div class="row">
                    <Button label=t::channel_accounts::bulk_again busy=bulk.running on_click=move |()| bulk.again() />
                </div>
            </div>
        }
        .into_any()
    })
}

/// Switches one bot, unless it is so already; its row shows it already.
async fn set_bot(accounts: Accounts, id: String, on: bool) -> Result<Sent, Error> {
    let is_so = |account: &Arc<ChannelAccount>| model::id(account) == id && account.is_bot_enabled == Some(on);
    if accounts.try_with_untracked(|accounts| accounts.iter().any(is_so)).unwrap_or_default() {
        return Ok(Sent::Already);
    }
    let list = ListChannelAccounts { include: Some(Include::Chatbot) };
    let of = id.clone();
    let shown = Overlay::new(&list, move |accounts| {
        let switched = |account: &Arc<ChannelAccount>| {
            if model::id(account) == of {
                Arc::new(ChannelAccount { is_bot_enabled: Some(on), ..ChannelAccount::clone(account) })
            } else {
                Arc::clone(account)
            }
        };
        accounts.iter().map(switched).collect()
    });
    let look = actions::look_for_bot(&id, on, |_| {});
    if on {
        write(EnableBot { id }, Some(shown), look).await?;
    } else {
        write(DisableBot { id }, Some(shown), look).await?;
    }
    Ok(Sent::Done)
}

fn is_done(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Done)
}

fn is_already(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Already)
}

fn is_failed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Failed(_))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
