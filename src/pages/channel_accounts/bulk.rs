//! The bot of many accounts at once: one call after the other, an outcome per account, and a stop. Each row shows its
//! new state while its call is under way, and the old one again if the call fails.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Error;
use trunkline_api::comm100::{ChannelAccount, DisableBot, EnableBot, Include, ListChannelAccounts};

use super::model::Accounts;
use super::{actions, model};
use crate::fetch::Overlay;
use crate::fetch::bulk::{Bulk, Outcome, use_bulk};
use crate::fetch::mutation::write;
use crate::i18n::t;
use crate::parts::words;
use crate::reactive::{effect_from, memo};
use crate::ui::{Button, IconName, Kind, use_toasts};

/// Shown while accounts are ticked, or while a run has something to say.
#[component]
pub fn BulkBar(
    /// The ids of the ticked accounts.
    selection: RwSignal<Vec<String>>,
    /// All accounts.
    accounts: Accounts,
) -> impl IntoView {
    let bulk = use_bulk(actions::stale);
    let running = bulk.running;
    let toasts = use_toasts();
    let start = move |on: bool| {
        let ticked = selection.get_untracked();
        let records = accounts.with_untracked(|accounts| {
            let ticked = accounts.iter().filter(|account| ticked.contains(&model::id(account)));
            ticked.map(|account| (model::id(account), model::name(account))).collect()
        });
        bulk.start(records, Rc::new(move |id| Box::pin(set_bot(id, on))));
    };
    // At the end of a run that neither failed nor was stopped.
    effect_from(move |was: Option<bool>| {
        let now = running.get();
        let done = bulk.count(is_done);
        if was == Some(true) && !now && done == bulk.count(|_| true) {
            toasts.push(Kind::Success, t::channel_accounts::bulk_done(count(done)));
            selection.set(Vec::new());
        }
        now
    });
    let shown = memo(move || !selection.with(Vec::is_empty) || running.get() || bulk.count(is_failed) > 0);
    view! {
        <Show when=move || shown.get()>
            <section class="bulk stack-s" aria-label=t::channel_accounts::bulk>
                <div class="row">
                    <strong role="status">{move || t::channel_accounts::selected(count(selection.with(Vec::len)))}</strong>
                    <Button label=t::channel_accounts::bulk_on icon=IconName::Bot busy=running on_click=move |()| start(true) />
                    <Button label=t::channel_accounts::bulk_off busy=running on_click=move |()| start(false) />
                    {move || running.get().then(|| view! {
                        <Button label=t::channel_accounts::bulk_stop on_click=move |()| bulk.stop() />
                    })}
                    <span class="muted" role="status">{move || progress(bulk)}</span>
                </div>
                {move || failures(bulk)}
            </section>
        </Show>
    }
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

/// What failed and why, with another try.
fn failures(bulk: Bulk) -> Option<AnyView> {
    let failed = bulk.count(is_failed);
    let items = bulk.items.with(|items| {
        let line = |item: &crate::fetch::bulk::Item| match &item.outcome {
            Outcome::Failed(error) => Some(view! { <li><bdi>{item.name.clone()}</bdi>": "{words(error).title}</li> }),
            _ => None,
        };
        items.iter().filter_map(line).collect_view()
    });
    (failed > 0).then(|| {
        view! {
            <div role="alert" class="stack-s">
                <p>{t::channel_accounts::bulk_failed(count(failed))}</p>
                <ul>{items}</ul>
                <div class="row">
                    <Button label=t::channel_accounts::bulk_again busy=bulk.running on_click=move |()| bulk.again() />
                </div>
            </div>
        }
        .into_any()
    })
}

/// Switches one bot; its row shows it already.
async fn set_bot(id: String, on: bool) -> Result<(), Error> {
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
        write(EnableBot { id }, Some(shown), look).await
    } else {
        write(DisableBot { id }, Some(shown), look).await
    }
}

fn is_done(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Done)
}

fn is_failed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Failed(_))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
