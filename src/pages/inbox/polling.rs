//! Polls the tickets while no event stream reports changes: without a gateway, or while the stream is down.

use leptos::prelude::*;

use crate::browser::timers;
use crate::components::Presence;
use crate::fetch::{Query, config, live, network};
use crate::reactive::{effect, memo};

/// Seconds between two polls while the agent is online.
const ONLINE_SECONDS: u32 = 5;
/// Seconds between two polls while the agent is offline.
const OFFLINE_SECONDS: u32 = 20;

/// Polls the query at the interval of the agent's status, until the owner is disposed. While the stream is up, it sends
/// nothing: the gateway polls for all tabs. Without a gateway a hidden tab polls too, for the count in its title.
pub fn start<T: Send + Sync + 'static>(query: Query<T>, presence: Presence) {
    let online = memo(move || presence.is_online());
    effect(move || {
        let seconds = if online.get() { ONLINE_SECONDS } else { OFFLINE_SECONDS };
        timers::repeat(seconds * 1000, move || {
            if !live::is_connected() && (network::is_visible() || !config::has_gateway()) {
                query.poll(seconds);
            }
        });
    });
}
