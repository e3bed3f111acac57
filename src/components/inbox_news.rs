//! What the watch over the inbox (`shell/watch`, loaded after the first rows) and the rest of the console tell each
//! other.

use leptos::prelude::*;

thread_local! {
    static COUNT: ArcRwSignal<usize> = ArcRwSignal::new(0);
    static HELD: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static ENTERED_AGENT: ArcRwSignal<Option<String>> = ArcRwSignal::new(None);
}

/// Number of tickets that came or escalated and that the agent has not seen: for the navigation and the title. Tracked.
pub fn count() -> usize {
    COUNT.with(|count| count.get())
}

/// Sets the number; only the watch does.
pub fn set_count(count: usize) {
    COUNT.with(|shown| {
        if shown.get_untracked() != count {
            shown.set(count);
        }
    });
}

/// `true` while the inbox holds new tickets back from its list, so that they don't count as seen although the inbox is
/// on the screen. Tracked.
pub fn is_held() -> bool {
    HELD.with(|held| held.get())
}

/// Sets whether the inbox holds new tickets back. The inbox does, and sets `false` when it shows them, or is left.
pub fn set_held(held: bool) {
    HELD.with(|signal| {
        if signal.get_untracked() != held {
            signal.set(held);
        }
    });
}

/// The agentID that was entered in the inbox, without a gateway. Tracked.
pub fn entered_agent() -> Option<String> {
    ENTERED_AGENT.with(|agent| agent.get())
}

/// Sets the agentID that was entered in the inbox.
pub fn set_entered_agent(agent: Option<String>) {
    ENTERED_AGENT.with(|entered| entered.set(agent));
}
