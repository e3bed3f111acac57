//! The tickets are asked for again and again while no event stream says when they changed: without a gateway, or while the
//! stream is down.

use leptos::prelude::*;

use super::presence::Presence;
use crate::browser::timers;
use crate::fetch::{Query, config, live, network};
use crate::reactive::{effect, memo};

/// Seconds between two loads while tickets come in.
const ONLINE: u32 = 5;
/// Seconds between two loads while none do.
const OFFLINE: u32 = 20;

/// Loads the query again at the pace of the agent's status, until the owner is gone. While the stream is up, nothing is
/// asked: the gateway looks for everybody. Without a gateway a hidden tab polls too, for the count in the title.
pub fn poll<T: Send + Sync + 'static>(query: Query<T>, presence: Presence) {
    let online = memo(move || presence.is_online());
    effect(move || {
        let seconds = if online.get() { ONLINE } else { OFFLINE };
        timers::repeat(seconds * 1000, move || {
            if !live::is_up() && (network::is_visible() || !config::has_gateway()) {
                query.poll(seconds);
            }
        });
    });
}
