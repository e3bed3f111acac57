//! The history of one record: who changed what in it. Its view is lazy: nobody needs it for the record's first view.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::gateway::{Activity, ListRecordActivity};
use trunkline_model::activity::Action;

use super::{QueryError, activity_text};
use crate::fetch::query::{QueryOptions, use_query_with};
use crate::i18n::{format, t};
use crate::reactive::{catalogue, dyn_view, fixed, live_text};
use crate::ui::Badge;

/// The log is in the gateway's own database, and no live event announces a new entry.
const QUERY_OPTIONS: QueryOptions = QueryOptions { stale_seconds: 0, poll_seconds: Some(60) };

/// A record whose history is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordActivity {
    /// The service that the record's requests go to.
    pub service: Service,
    /// The record's id.
    pub record: String,
}

/// The history, newest first.
#[component]
pub fn RecordHistory(
    /// The record.
    of: RecordActivity,
) -> impl IntoView {
    let RecordActivity { service, record } = of;
    let query = use_query_with(QUERY_OPTIONS, move || Some(ListRecordActivity { service, record: record.clone() }));
    let content = move || {
        let entries: Arc<Vec<Activity>> = query.data.get()?;
        Some(if entries.is_empty() {
            view! { <p class="muted" prop:textContent=catalogue(t::activity::none) /> }.into_any()
        } else {
            view! { <ul class="record-history">{entries.iter().map(line).collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <section class="card stack-s" aria-label=t::activity::record_history>
            <h2 prop:textContent=catalogue(t::activity::record_history) />
            <QueryError query />
            {dyn_view(content)}
        </section>
    }
}

/// Who did what, when, with which outcome; and the changed fields.
fn line(entry: &Activity) -> impl IntoView + use<> {
    let (at, action) = (entry.at, Action::of(entry));
    let (user, fields) = (entry.user.clone().unwrap_or_default(), entry.fields.join(", "));
    let (tone, outcome) = activity_text::outcome(entry);
    view! {
        <li class="row">
            <time prop:textContent=live_text(move || format::date_time_seconds(at)) />
            <bdi prop:textContent=fixed(user) />
            <span prop:textContent=live_text(move || activity_text::action(action)) />
            {(!fields.is_empty()).then(|| view! { <span class="muted" dir="ltr" prop:textContent=fixed(fields) /> })}
            <Badge text=outcome tone />
        </li>
    }
}
