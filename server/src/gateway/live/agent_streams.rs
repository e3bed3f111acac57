//! Which agents have the console open, and how long the others have been away.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Pause after a failed attempt to set an agent offline, doubled up to the end of the range.
const RETRY: std::ops::RangeInclusive<Duration> = Duration::from_secs(60)..=Duration::from_secs(15 * 60);

/// The agents' open streams. Times are monotonic: a clock that is set must not end anyone's shift.
#[derive(Debug)]
pub struct AgentStreams {
    started_at: Instant,
    /// By agentID. The number of agents bounds the map.
    agents: Mutex<HashMap<String, Presence>>,
}

#[derive(Debug)]
struct Presence {
    open: usize,
    /// When the last stream was closed, or the agent's tickets were last read without one.
    seen_at: Instant,
    /// After a failure: the pause, and the time of the next attempt.
    retry: Option<(Duration, Instant)>,
}

/// An agent's open stream.
#[derive(Debug)]
pub struct AgentStream {
    streams: Arc<AgentStreams>,
    agent_id: String,
}

impl AgentStreams {
    /// No agent has a stream. All count as seen at the start: a restart must not set anyone offline.
    pub fn new() -> Self {
        Self { started_at: Instant::now(), agents: Mutex::default() }
    }

    /// Counts a stream until it is dropped.
    pub fn open(self: &Arc<Self>, agent_id: &str) -> AgentStream {
        self.update(agent_id, |presence| presence.open += 1);
        AgentStream { streams: Arc::clone(self), agent_id: agent_id.to_owned() }
    }

    /// Records a sign of an agent without a stream: where a proxy holds streams back, the console polls instead.
    pub fn touch(&self, agent_id: &str) {
        self.update(agent_id, |_| {});
    }

    /// Returns true if an agent has been away for a time at `now`, and no attempt to set it offline has failed lately.
    pub fn is_away(&self, agent_id: &str, time: Duration, now: Instant) -> bool {
        let agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(presence) = agents.get(agent_id) else {
            return now.saturating_duration_since(self.started_at) >= time;
        };
        presence.open == 0
            && now.saturating_duration_since(presence.seen_at) >= time
            && presence.retry.is_none_or(|(_, at)| now >= at)
    }

    /// Records that an attempt to set an agent offline has failed at `now`.
    pub fn postpone(&self, agent_id: &str, now: Instant) {
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        let first = Presence { open: 0, seen_at: self.started_at, retry: None };
        let presence = agents.entry(agent_id.to_owned()).or_insert(first);
        let pause = presence.retry.map_or(*RETRY.start(), |(pause, _)| (pause * 2).min(*RETRY.end()));
        presence.retry = Some((pause, now + pause));
    }

    fn update(&self, agent_id: &str, change: impl FnOnce(&mut Presence)) {
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        let seen_at = Instant::now();
        let presence = agents.entry(agent_id.to_owned()).or_insert(Presence { open: 0, seen_at, retry: None });
        (presence.seen_at, presence.retry) = (seen_at, None);
        change(presence);
    }
}

impl Drop for AgentStream {
    fn drop(&mut self) {
        self.streams.update(&self.agent_id, |presence| presence.open = presence.open.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn agent_is_away_a_time_after_the_last_stream() {
        let streams = Arc::new(AgentStreams::new());
        let is_away = |seconds| streams.is_away("a", MINUTE, Instant::now() + Duration::from_secs(seconds));
        assert!(!is_away(0), "counted from the start");
        assert!(is_away(60));
        let (tab, other) = (streams.open("a"), streams.open("a"));
        drop(tab);
        assert!(!is_away(7200), "another tab is open");
        drop(other);
        assert!(!is_away(58) && is_away(61));
        streams.touch("a");
        assert!(!is_away(58) && is_away(61));
    }

    #[test]
    fn failed_attempts_are_repeated_ever_later() {
        let streams = Arc::new(AgentStreams::new());
        let (start, second) = (Instant::now() + MINUTE, Duration::from_secs(1));
        let mut now = start;
        let mut pauses = Vec::new();
        for _ in 0..6 {
            assert!(streams.is_away("a", MINUTE, now));
            streams.postpone("a", now);
            let before = now;
            while !streams.is_away("a", MINUTE, now) {
                now += second;
            }
            pauses.push(now.duration_since(before).as_secs());
        }
        assert_eq!(pauses, [60, 120, 240, 480, 900, 900]);
        streams.touch("a");
        assert!(!streams.is_away("a", MINUTE * 600, now), "a new absence begins");
    }
}
