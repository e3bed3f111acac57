//! The customers found last, for this session alone: in memory, and gone with the responses at sign-out.

use leptos::prelude::*;
use trunkline_api::sobot::{CustomerQuery, QueryCustomer};

use crate::fetch::cache;
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, fixed};

/// Customers that are listed at most.
const LISTED: usize = 8;

/// A look-up, and the name of the customer that it found.
type RecentLookup = (CustomerQuery, String);

thread_local! {
    static RECENT: ArcRwSignal<Vec<RecentLookup>> = ArcRwSignal::new(Vec::new());
}

/// Remembers a customer who was found, as the first of the list.
pub fn remember(query: &CustomerQuery, name: &str) {
    let (query, name) = (query.clone(), name.to_owned());
    RECENT.with(|recent| {
        recent.update(|recent| {
            recent.retain(|(known, _)| *known != query);
            recent.insert(0, (query, name));
            recent.truncate(LISTED);
        });
    });
}

/// The list, without the customer who is shown. A look-up whose response is not in memory any more is another person's.
fn listed(shown: Option<&CustomerQuery>) -> Vec<RecentLookup> {
    let is_known = |query: &CustomerQuery| cache::peek(&QueryCustomer { query: query.clone() }).is_some();
    let recent = RECENT.with(|recent| recent.get());
    recent.into_iter().filter(|(query, _)| Some(query) != shown && is_known(query)).collect()
}

/// The list as buttons; nothing while it is empty.
#[component]
pub fn RecentLookups(
    /// The look-up that is shown.
    #[prop(into)]
    shown: Signal<Option<CustomerQuery>>,
    /// Looks a customer up again.
    #[prop(into)]
    on_choose: Callback<CustomerQuery>,
) -> impl IntoView {
    let button = move |(query, name): RecentLookup| {
        let name = if name.is_empty() { t::customers::unnamed() } else { name };
        view! {
            <button type="button" class="chip" on:click=move |_| on_choose.run(query.clone())>
                <bdi prop:textContent=fixed(name) />
            </button>
        }
        .into_any()
    };
    dyn_view(move || {
        let recent = shown.with(|shown| listed(shown.as_ref()));
        if recent.is_empty() {
            return ().into_any();
        }
        view! {
            <div class="row customer-recent" role="group" aria-label=t::customers::recent>
                <span class="muted small" prop:textContent=catalogue(t::customers::recent) />
                {recent.into_iter().map(button).collect_view()}
            </div>
        }
        .into_any()
    })
}
