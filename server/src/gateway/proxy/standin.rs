//! Calls that the sandbox answers in a vendor's stead, passed on in the very way an upstream's are.

use std::collections::BTreeMap;
use std::sync::Arc;

use trunkline_api::Vendor;

use super::answer::{self, Answer, Filler, Head};
use super::budget::Budget;
use super::flights::Flights;
use super::outcome::Ended;
use super::redact;
use super::wire::{flight_key, is_read_whole, passed_media};
use crate::config::BudgetConfig;
use crate::gateway::refusal::Refused;
use crate::gateway::state::State;
use crate::sandbox::Outcome;
use crate::vendor_call::Call;

/// What the gateway keeps of the sandbox's vendors: the reads that are under way, and budgets where they are configured.
pub struct Standins {
    flights: BTreeMap<Vendor, Flights>,
    budgets: BTreeMap<Vendor, Budget>,
}

impl Standins {
    /// Nothing under way, nothing spent.
    pub fn new(budgets: &BTreeMap<Vendor, BudgetConfig>) -> Self {
        Self {
            flights: Vendor::ALL.into_iter().map(|vendor| (vendor, Flights::default())).collect(),
            budgets: budgets.iter().map(|(vendor, budget)| (*vendor, Budget::new(*budget))).collect(),
        }
    }

    /// As with an upstream: reads that are under way are not joined any more.
    pub fn written(&self, vendor: Vendor) {
        self.flights.get(&vendor).inspect(|flights| flights.written());
    }

    /// Calls left in a vendor's budget.
    pub fn calls_left(&self, vendor: Vendor) -> Option<u32> {
        self.budgets.get(&vendor).map(Budget::left)
    }
}

/// Asks the sandbox. `note` hears how it went, as with an upstream.
pub fn ask(state: &State, call: Call, reads: bool, note: impl FnOnce(Ended<'_>) + Send + 'static) -> Answer {
    let standing = Arc::clone(state);
    let flights = state.standins.flights.get(&call.endpoint.vendor);
    match flights.filter(|_| reads) {
        Some(flights) => flights.join(flight_key(&call), || begin(standing, call, reads, note)),
        None => begin(standing, call, reads, note),
    }
}

fn begin(state: State, call: Call, reads: bool, note: impl FnOnce(Ended<'_>) + Send + 'static) -> Answer {
    let (filler, answer) = answer::channel(&call.origin);
    tokio::spawn(async move {
        let vendor = call.endpoint.vendor;
        let result = fill(&state, &call, reads, &filler).await;
        match &result {
            Ok(()) => note(answer::outcome(&filler).ok_or("fault")),
            Err(refused) => note(Err(refused.word)),
        }
        answer::end(&filler, result);
        state.standins.flights.get(&vendor).inspect(|flights| flights.land());
    });
    answer
}

async fn fill(state: &State, call: &Call, reads: bool, filler: &Filler) -> Result<(), Refused> {
    let vendor = call.endpoint.vendor;
    if let Some(budget) = state.standins.budgets.get(&vendor) {
        budget.take().map_err(|seconds| Refused::vendor_budget(vendor, seconds))?;
    }
    let outcome = tokio::time::timeout(state.config.vendor_timeout.0, state.sandbox.respond(call, reads)).await;
    let (reply, cut) = match outcome.map_err(|_| Refused::timeout(vendor))? {
        Outcome::Whole(reply) => (reply, false),
        Outcome::Cut(reply) => (reply, true),
        Outcome::Reset => return Err(Refused::broken(vendor)),
    };
    if cut && is_read_whole(vendor, reply.status) {
        return Err(Refused::broken(vendor));
    }
    let body = if vendor == Vendor::Oneview {
        let body = tokio::task::spawn_blocking(move || redact::tickets(reply.body)).await;
        body.ok().flatten().ok_or_else(|| Refused::unsafe_answer(vendor))?
    } else {
        reply.body
    };
    let content_type = reply.content_type.map(passed_media);
    answer::begin(filler, Head { status: reply.status, content_type, retry_after: reply.retry_after });
    answer::push(filler, body)?;
    if cut { Err(Refused::broken(vendor)) } else { Ok(()) }
}
