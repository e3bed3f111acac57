//! The bot of many accounts at once: one call after the other, an outcome per account, and a stop.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::Error;
use trunkline_api::comm100::{ChannelAccount, DisableBot, EnableBot};

use super::{actions, model};
use crate::fetch::send;
use crate::i18n::t;
use crate::parts::words;
use crate::reactive::memo;
use crate::ui::{Button, IconName, Kind, use_toasts};

/// How a run stands.
#[derive(Clone, Default)]
struct Run {
    /// Whether the bot is to be on.
    on: bool,
    /// How many accounts it is about.
    total: usize,
    /// How many are done, well or not.
    done: usize,
    /// The failures: id, name and why.
    failed: Vec<(String, String, String)>,
}

/// Shown while accounts are ticked, or while a run has something to say.
#[component]
pub fn BulkBar(
    /// The ids of the ticked accounts.
    selection: RwSignal<BTreeSet<String>>,
    /// All accounts.
    accounts: Memo<Arc<Vec<Arc<ChannelAccount>>>>,
) -> impl IntoView {
    let run = RwSignal::new(None::<Run>);
    let running = RwSignal::new(false);
    let stop = RwSignal::new(false);
    let toasts = use_toasts();
    let start = move |on: bool, ids: Vec<String>| {
        if running.get_untracked() || ids.is_empty() {
            return;
        }
        running.set(true);
        stop.set(false);
        run.set(Some(Run { on, total: ids.len(), ..Run::default() }));
        let names = accounts.get_untracked();
        spawn_local(async move {
            for id in ids {
                // Left or stopped: what was not sent yet is not sent.
                if stop.try_get_untracked().unwrap_or(true) {
                    break;
                }
                let outcome = set_bot(&id, on).await;
                let name = names
                    .iter()
                    .find(|account| model::id(account) == id)
                    .map_or_else(|| id.clone(), |account| model::name(account));
                run.try_update(|run| {
                    if let Some(run) = run {
                        run.done += 1;
                        run.failed.extend(outcome.err().map(|error| (id, name, words(&error).title)));
                    }
                });
            }
            actions::stale();
            running.try_set(false);
            if let Some(run) = run.try_get_untracked().flatten()
                && run.failed.is_empty()
            {
                toasts.push(Kind::Success, t::channel_accounts::bulk_done(count(run.done)));
                selection.try_set(BTreeSet::new());
            }
        });
    };
    let ticked = move || selection.get_untracked().into_iter().collect::<Vec<_>>();
    let again = move |()| {
        if let Some(run) = run.get_untracked() {
            start(run.on, run.failed.into_iter().map(|(id, _, _)| id).collect());
        }
    };
    let shown = memo(move || {
        !selection.with(BTreeSet::is_empty)
            || running.get()
            || run.with(|run| run.as_ref().is_some_and(|run| !run.failed.is_empty()))
    });
    view! {
        <Show when=move || shown.get()>
            <section class="bulk card stack-s" aria-label=t::channel_accounts::bulk>
                <div class="row">
                    <strong role="status">{move || t::channel_accounts::selected(count(selection.with(BTreeSet::len)))}</strong>
                    <Button label=t::channel_accounts::bulk_on icon=IconName::Bot busy=running on_click=move |()| start(true, ticked()) />
                    <Button label=t::channel_accounts::bulk_off busy=running on_click=move |()| start(false, ticked()) />
                    {move || running.get().then(|| view! {
                        <Button label=t::channel_accounts::bulk_stop on_click=move |()| stop.set(true) />
                    })}
                    {move || run.get().map(|run| view! {
                        <span class="muted" role="status">
                            {move || t::channel_accounts::bulk_progress(&run.done.to_string(), &run.total.to_string())}
                        </span>
                    })}
                </div>
                {move || run.get().filter(|run| !run.failed.is_empty()).map(|run| view! {
                    <div role="alert" class="stack-s">
                        <p>{t::channel_accounts::bulk_failed(count(run.failed.len()))}</p>
                        <ul>
                            {run.failed.into_iter().map(|(_, name, why)| view! { <li><bdi>{name}</bdi>": "{why}</li> }).collect_view()}
                        </ul>
                        <div class="row"><Button label=t::channel_accounts::bulk_again busy=running on_click=again /></div>
                    </div>
                })}
            </section>
        </Show>
    }
}

async fn set_bot(id: &str, on: bool) -> Result<ChannelAccount, Error> {
    let id = id.to_owned();
    if on { send(&EnableBot { id }, None).await } else { send(&DisableBot { id }, None).await }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
