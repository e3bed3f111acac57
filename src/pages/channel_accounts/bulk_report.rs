//! What a bulk run does and did: progress, limits that it waits for, the outcome of each account, and the way back.

use leptos::prelude::*;

use super::bulk_action::BulkTask;
use super::bulk_run::{BulkRun, is_already, is_changed_meanwhile, is_done, is_failed, is_waiting};
use crate::components::describe;
use crate::fetch::bulk::{Bulk, BulkItem, ItemOutcome, RateLimit};
use crate::i18n::{count_of, format, t};
use crate::reactive::{catalogue, dyn_view, fixed, live_text, memo};
use crate::ui::{Button, IconName, Meter, Variant};

/// The most outcomes that are listed.
const MAX_OUTCOMES: usize = 1000;

/// `true` while a run is active or its report is shown. Tracked.
pub fn has_report(run: BulkRun) -> bool {
    run.bulk.running.get() || !run.bulk.items.with(Vec::is_empty)
}

/// Progress while a run is active, and its report afterwards.
#[component]
pub fn BulkReport(
    /// The run.
    run: BulkRun,
) -> impl IntoView {
    let bulk = run.bulk;
    let ended = memo(move || !bulk.running.get() && !bulk.items.with(Vec::is_empty));
    let percent = Signal::derive(move || {
        let total = bulk.count(|_| true).max(1);
        count_of((total - bulk.count(is_waiting)) * 100 / total)
    });
    let can_undo = memo(move || ended.get() && run.made.with(|made| !made.is_empty()));
    view! {
        <div class="row">
            {move || bulk.running.get().then(|| view! {
                <Meter label=t::bulk::progress value=percent />
                <Button label=t::channel_accounts::bulk_stop on_click=move |()| bulk.stop() />
            }.into_any())}
            <span class="muted" role="status" prop:textContent=live_text(move || progress_text(bulk)) />
            <span role="status" prop:textContent=live_text(move || rate_limit_text(bulk)) />
        </div>
        <div class="row" role="status">
            <strong prop:textContent=live_text(move || if ended.get() { ended_text(run) } else { String::new() }) />
            {move || can_undo.get().then(|| view! {
                <Button label=t::bulk::undo small=true on_click=move |()| run.undo() />
            }.into_any())}
            {move || ended.get().then(|| view! {
                <Button label=t::ui::dismiss icon=IconName::Close icon_only=true small=true variant=Variant::Ghost on_click=move |()| run.dismiss() />
            }.into_any())}
        </div>
        {dyn_view(move || ended.get().then(|| changed_since(run)))}
        {dyn_view(move || ended.get().then(|| changed_meanwhile(bulk)))}
        {move || failures(bulk)}
        {dyn_view(move || ended.get().then(|| view! { <Outcomes bulk /> }.into_any()))}
    }
}

/// "3 of 7 done", and how many were not sent because the run was stopped.
fn progress_text(bulk: Bulk) -> String {
    let total = bulk.count(|_| true);
    let waiting = bulk.count(is_waiting);
    if total == 0 {
        return String::new();
    }
    let done = t::channel_accounts::bulk_progress(&(total - waiting).to_string(), &total.to_string());
    if waiting == 0 || bulk.running.get() {
        return done;
    }
    format!("{done} · {}", t::channel_accounts::bulk_left(count_of(waiting)))
}

/// "Waiting for Comm100's limit until 14:05" during a rate limit, else empty.
fn rate_limit_text(bulk: Bulk) -> String {
    let wait_text = |RateLimit { vendor, until, seconds }| {
        t::channel_accounts::bulk_waiting(&format::time_of_day(until, seconds), vendor.name())
    };
    bulk.limit.get().map(wait_text).unwrap_or_default()
}

/// "37 accounts changed · 24 were already set"; empty if nothing came of the run.
fn ended_text(run: BulkRun) -> String {
    let (done, already) = (run.bulk.count(is_done), run.bulk.count(is_already));
    if done + already == 0 {
        return String::new();
    }
    let done_text = match run.task.get() {
        _ if run.is_undo.get() => t::bulk::undone(count_of(done)),
        Some(BulkTask::Remove) => t::bulk::removed(count_of(done)),
        _ => t::channel_accounts::bulk_done(count_of(done)),
    };
    let skipped = (already > 0).then(|| t::channel_accounts::bulk_already(count_of(already)));
    [Some(done_text), skipped].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Names the accounts that another person has changed after the run did.
fn changed_since(run: BulkRun) -> AnyView {
    let names = memo(move || run.changed_since());
    dyn_view(move || {
        let names = names.get();
        (!names.is_empty()).then(|| named(t::bulk::changed_since(count_of(names.len())), names))
    })
    .into_any()
}

/// Names the accounts that the run left as they are, because another person has changed them.
fn changed_meanwhile(bulk: Bulk) -> Option<AnyView> {
    let names: Vec<String> = bulk.items.with(|items| {
        items.iter().filter(|item| is_changed_meanwhile(&item.outcome)).map(|item| item.name.clone()).collect()
    });
    (!names.is_empty()).then(|| named(t::bulk::changed_meanwhile(count_of(names.len())), names))
}

/// A sentence and the names that it is about.
fn named(sentence: String, names: Vec<String>) -> AnyView {
    let names = names.into_iter().map(|name| view! { <li><bdi prop:textContent=fixed(name) /></li> });
    view! {
        <div role="alert" class="stack-s">
            <p prop:textContent=fixed(sentence) />
            <ul>{names.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Lists failed accounts with the reasons and a button to retry. `None` if nothing failed.
fn failures(bulk: Bulk) -> Option<AnyView> {
    let failed = bulk.count(is_failed);
    let items = bulk.items.with(|items| {
        let line = |item: &BulkItem| match &item.outcome {
            ItemOutcome::Failed(error) => Some(view! { <li><bdi prop:textContent=fixed(item.name.clone()) />": "<span prop:textContent=fixed(describe(error).title) /></li> }),
            _ => None,
        };
        items.iter().filter_map(line).collect_view()
    });
    (failed > 0).then(|| {
        view! {
            <div role="alert" class="stack-s">
                <p prop:textContent=fixed(t::channel_accounts::bulk_failed(count_of(failed))) />
                <ul>{items}</ul>
                <div class="row">
                    <Button label=t::channel_accounts::bulk_again busy=bulk.running on_click=move |()| bulk.retry_failed() />
                </div>
            </div>
        }
        .into_any()
    })
}

/// The outcome of each account, folded and drawn when it is opened.
#[component]
fn Outcomes(bulk: Bulk) -> impl IntoView {
    let open = RwSignal::new(false);
    let toggled = move |event: web_sys::Event| {
        open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    };
    let line = |item: &BulkItem| {
        let outcome = match &item.outcome {
            ItemOutcome::Done => t::bulk::outcome_done(),
            ItemOutcome::Already => t::bulk::outcome_already(),
            ItemOutcome::ChangedMeanwhile => t::bulk::outcome_changed_meanwhile(),
            ItemOutcome::Waiting => t::bulk::outcome_waiting(),
            ItemOutcome::Failed(error) => describe(error).title,
        };
        view! { <li><bdi prop:textContent=fixed(item.name.clone()) />": "<span prop:textContent=fixed(outcome) /></li> }
    };
    let lines = move || {
        open.get().then(|| {
            bulk.items.with(|items| {
                let more = items.len().saturating_sub(MAX_OUTCOMES);
                view! {
                    <ul>{items.iter().take(MAX_OUTCOMES).map(line).collect_view()}</ul>
                    {(more > 0).then(|| view! { <p class="muted" prop:textContent=fixed(t::bulk::more_names(count_of(more))) /> })}
                }
                .into_any()
            })
        })
    };
    view! {
        <details class="details" on:toggle=toggled>
            <summary prop:textContent=catalogue(t::bulk::outcomes) />
            {dyn_view(lines)}
        </details>
    }
}
