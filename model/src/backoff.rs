//! Delays before retries.

use trunkline_api::{Error, ErrorKind};

/// Seconds that a bulk run waits for a rate limit that names no time.
const DEFAULT_WAIT_SECONDS: u32 = 30;

/// Milliseconds before retry number `attempt`, from 0: 1, 2, 4, … s, each ±25 % by `random` in 0..1 so that clients do
/// not retry in step, but at least `retry_after` seconds.
#[must_use]
pub fn retry_delay_ms(attempt: u32, random: f64, retry_after: Option<u32>) -> u32 {
    let backoff = 1000.0 * f64::from(1_u32.checked_shl(attempt).unwrap_or(u32::MAX)) * (0.75 + random / 2.0);
    let least = retry_after.map_or(0.0, |seconds| f64::from(seconds) * 1000.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
    let delay = backoff.max(least) as u32;
    delay
}

/// Milliseconds before a refused event stream is reopened, after the previous delay (0 for none): from 1 s, doubling up to
/// 60 s.
#[must_use]
pub fn reopen_delay_ms(previous: u32) -> u32 {
    previous.saturating_mul(2).clamp(1000, 60_000)
}

/// Seconds between two polls while the event stream is down for `down_ms`: a third of that time, from 10 to 60 s.
#[must_use]
pub const fn poll_seconds(down_ms: f64) -> f64 {
    (down_ms / 3000.0).clamp(10.0, 60.0)
}

/// Seconds that a bulk run waits after a refused write; `None` if it was not refused by a rate limit.
///
/// A vendor's refusal of a single record is reported at once, as after any click: there is no run to continue. A write that
/// the gateway's budget held back was not sent, so the run always waits.
#[must_use]
pub fn bulk_wait_seconds(error: &Error, is_one: bool) -> Option<u32> {
    let ErrorKind::RateLimited(seconds) = error.kind else { return None };
    let is_gateway_budget = error.code.as_deref() == Some("budget");
    (is_gateway_budget || !is_one).then(|| seconds.unwrap_or(DEFAULT_WAIT_SECONDS).max(1))
}

#[cfg(test)]
mod tests {
    use trunkline_api::Service;

    use super::*;

    #[test]
    fn stream_is_reopened_after_1_s_doubling_up_to_a_minute() {
        let mut delays = vec![reopen_delay_ms(0)];
        for _ in 0..7 {
            delays.push(reopen_delay_ms(*delays.last().unwrap()));
        }
        assert_eq!(delays, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    }

    #[test]
    fn polls_get_rarer_the_longer_the_stream_is_down() {
        for (down_ms, seconds) in [(0.0, 10.0), (30_000.0, 10.0), (90_000.0, 30.0), (180_000.0, 60.0), (1e9, 60.0)] {
            assert!((poll_seconds(down_ms) - seconds).abs() < 1e-9, "{down_ms}");
        }
    }

    #[test]
    fn bulk_runs_wait_for_rate_limits() {
        let error = |kind, code: Option<&str>| Error {
            code: code.map(str::to_owned),
            ..Error::without_answer(kind, Service::Comm100, String::new())
        };
        let limited = |seconds, code| error(ErrorKind::RateLimited(seconds), code);
        assert_eq!(bulk_wait_seconds(&limited(Some(7), None), false), Some(7));
        assert_eq!(bulk_wait_seconds(&limited(Some(0), None), false), Some(1));
        assert_eq!(bulk_wait_seconds(&limited(None, None), false), Some(DEFAULT_WAIT_SECONDS));
        assert_eq!(bulk_wait_seconds(&limited(Some(7), None), true), None);
        assert_eq!(bulk_wait_seconds(&limited(Some(7), Some("budget")), true), Some(7));
        assert_eq!(bulk_wait_seconds(&error(ErrorKind::Conflict, Some("budget")), false), None);
    }

    #[test]
    fn delays_double_and_vary_by_a_quarter() {
        for (attempt, seconds) in [(0, 1), (1, 2), (2, 4), (3, 8)] {
            assert_eq!(retry_delay_ms(attempt, 0.5, None), seconds * 1000);
            assert_eq!(retry_delay_ms(attempt, 0.0, None), seconds * 750);
            assert_eq!(retry_delay_ms(attempt, 1.0, None), seconds * 1250);
        }
    }

    #[test]
    fn retry_after_is_a_lower_bound() {
        assert_eq!(retry_delay_ms(0, 0.5, Some(30)), 30_000);
        assert_eq!(retry_delay_ms(4, 0.5, Some(3)), 16_000);
    }

    #[test]
    fn huge_attempts_saturate() {
        assert_eq!(retry_delay_ms(99, 0.5, None), u32::MAX);
    }
}
