//! The next step before a session times out: wait, extend or warn.

use trunkline_api::gateway::Session;

/// Seconds before the end at which the warning opens; half of the idle time in short sessions.
pub const WARN_SECONDS: u32 = 120;

/// The next step of the time-out warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Check again in this many seconds.
    Wait(u32),
    /// Extend the session: the user was active recently.
    Extend,
    /// Open the warning.
    Warn,
}

/// Seconds before the end of a session at which the warning opens.
#[must_use]
pub const fn warn_seconds(session: &Session) -> u32 {
    let half = session.idle_seconds / 2;
    if half < WARN_SECONDS { half } else { WARN_SECONDS }
}

/// True if a session ends regardless of activity before its idle time-out, so that it cannot be extended.
#[must_use]
pub const fn is_absolute(session: &Session) -> bool {
    session.absolute_left <= session.idle_left
}

/// The next step for a session that the gateway has just reported. `inactive_ms` is the time since the user's last
/// activity, in milliseconds.
#[must_use]
pub fn next_step(session: &Session, inactive_ms: f64) -> Step {
    let warn = warn_seconds(session);
    if session.idle_left > warn {
        Step::Wait(session.idle_left - warn)
    } else if !is_absolute(session) && inactive_ms < f64::from(warn) * 1000.0 {
        Step::Extend
    } else {
        Step::Warn
    }
}

/// Whole seconds until a time, both in milliseconds; 0 if it is past.
#[must_use]
pub fn seconds_until(end_ms: f64, now_ms: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds of a session, not negative")]
    let seconds = ((end_ms - now_ms) / 1000.0).ceil().max(0.0) as u32;
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(idle_seconds: u32, idle_left: u32, absolute_left: u32) -> Session {
        Session { idle_seconds, idle_left, absolute_left, ..Session::default() }
    }

    const LONG_AGO: f64 = 1e9;

    #[test]
    fn waits_until_two_minutes_before_the_end() {
        assert_eq!(next_step(&session(1800, 1800, 40_000), 0.0), Step::Wait(1680));
        assert_eq!(next_step(&session(1800, 121, 40_000), LONG_AGO), Step::Wait(1));
    }

    #[test]
    fn short_sessions_warn_at_half_their_idle_time() {
        assert_eq!(warn_seconds(&session(60, 60, 1000)), 30);
        assert_eq!(next_step(&session(60, 60, 1000), LONG_AGO), Step::Wait(30));
        assert_eq!(next_step(&session(60, 30, 1000), LONG_AGO), Step::Warn);
    }

    #[test]
    fn recent_activity_extends_and_idleness_warns() {
        assert_eq!(next_step(&session(1800, 120, 40_000), 119_999.0), Step::Extend);
        assert_eq!(next_step(&session(1800, 120, 40_000), 120_000.0), Step::Warn);
    }

    #[test]
    fn sessions_at_their_absolute_end_cannot_be_extended() {
        assert!(is_absolute(&session(1800, 100, 100)) && !is_absolute(&session(1800, 100, 101)));
        assert_eq!(next_step(&session(1800, 100, 100), 0.0), Step::Warn);
    }

    #[test]
    fn remaining_time_is_rounded_up() {
        assert_eq!(seconds_until(10_000.0, 0.0), 10);
        assert_eq!(seconds_until(10_000.0, 9_999.0), 1);
        assert_eq!(seconds_until(10_000.0, 10_000.0), 0);
        assert_eq!(seconds_until(0.0, 5_000.0), 0);
    }
}
