//! Estimates the server's time in the browser.
//!
//! The user's clock may be hours or days off and may be set while the console runs, but the timestamps of vendors and
//! gateway use the server's clock. So "now" is the browser's monotonic clock plus an offset derived from the responses'
//! `Date` headers: the server sets `Date`, in whole seconds, between the sending of the request and the receipt.

/// The resolution of a `Date` header in milliseconds: it is truncated to whole seconds.
const DATE_RESOLUTION_MS: f64 = 1000.0;

/// A response's date, and when its request was sent and it was received.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatedResponse {
    /// The `Date` header, in epoch milliseconds.
    pub date: f64,
    /// When the request was sent at the earliest, in monotonic milliseconds.
    pub sent: f64,
    /// When the response was received, in monotonic milliseconds.
    pub received: f64,
}

/// The server's clock, estimated from its responses.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ServerClock {
    /// Epoch milliseconds at the monotonic clock's zero. `None` before the first dated response.
    offset: Option<f64>,
}

impl ServerClock {
    /// A clock without any observation.
    pub const fn new() -> Self {
        Self { offset: None }
    }

    /// Updates the offset from a response. An offset within the response's bounds stays, so that "now" does not jitter
    /// with the `Date` header's resolution. An offset up to 1 s outside moves to the nearest bound; one further off
    /// moves to the middle of the bounds. `client_offset` is the offset of the client's clock, the initial estimate: a correct
    /// client clock stays exact to the millisecond.
    pub fn observe(&mut self, response: DatedResponse, client_offset: f64) {
        let (least, most) = (response.date - response.received, response.date + DATE_RESOLUTION_MS - response.sent);
        let offset = self.offset.unwrap_or(client_offset);
        // An unparsable date is NaN, for which the comparison is false.
        if least <= most {
            let nearest = offset.max(least).min(most);
            let is_near = (offset - nearest).abs() <= DATE_RESOLUTION_MS;
            self.offset = Some(if is_near { nearest } else { f64::midpoint(least, most) });
        }
    }

    /// Epoch milliseconds at a time of the monotonic clock. `None` before the first dated response.
    pub fn at(&self, monotonic: f64) -> Option<f64> {
        self.offset.map(|offset| offset + monotonic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The server's clock when the monotonic one is zero.
    const SERVER: f64 = 1_790_000_000_300.0;
    const HOUR: f64 = 3_600_000.0;

    /// A response that the server dated at `dated`.
    fn response(sent: f64, dated: f64, received: f64) -> DatedResponse {
        DatedResponse { date: ((SERVER + dated) / 1000.0).floor() * 1000.0, sent, received }
    }

    #[test]
    fn no_time_before_the_first_response() {
        assert_eq!(ServerClock::new().at(5.0), None);
    }

    #[test]
    fn one_response_corrects_a_wrong_client_clock() {
        for off in [HOUR, -HOUR, 72.0 * HOUR, -72.0 * HOUR, 20_000.0, -1500.0] {
            let mut clock = ServerClock::new();
            clock.observe(response(1000.0, 1040.0, 1080.0), SERVER + off);
            let wrong = clock.at(5000.0).unwrap() - (SERVER + 5000.0);
            assert!(wrong.abs() <= 540.0, "{off}: {wrong}");
        }
    }

    #[test]
    fn correct_client_clock_stays_exact() {
        let mut clock = ServerClock::new();
        for at in 0..50 {
            let sent = f64::from(at) * 777.0;
            clock.observe(response(sent, sent + 20.0, sent + 40.0), SERVER);
            assert_eq!(clock.at(sent), Some(SERVER + sent));
        }
    }

    #[test]
    fn further_responses_only_improve_the_estimate() {
        let mut clock = ServerClock::new();
        let mut before = f64::INFINITY;
        for at in 0..50 {
            let sent = f64::from(at) * 777.0;
            clock.observe(response(sent, sent + 20.0, sent + 40.0), SERVER + HOUR);
            let wrong = (clock.at(sent).unwrap() - (SERVER + sent)).abs();
            assert!(wrong <= before + 1e-6, "{wrong} after {before}");
            before = wrong;
        }
        assert!(before <= 60.0, "{before}");
    }

    #[test]
    fn first_response_after_sleep_corrects_a_stopped_monotonic_clock() {
        let mut clock = ServerClock::new();
        clock.observe(response(1000.0, 1020.0, 1040.0), SERVER);
        let slept = 8.0 * HOUR;
        let woken = DatedResponse { sent: 2000.0, received: 2040.0, ..response(0.0, slept + 2020.0, 0.0) };
        clock.observe(woken, SERVER);
        let wrong = clock.at(3000.0).unwrap() - (SERVER + slept + 3000.0);
        assert!(wrong.abs() <= 540.0, "{wrong}");
    }

    #[test]
    fn slow_response_within_bounds_changes_nothing() {
        let mut clock = ServerClock::new();
        clock.observe(response(1000.0, 1020.0, 1040.0), SERVER);
        clock.observe(response(2000.0, 2010.0, 31_000.0), SERVER);
        assert_eq!(clock.at(31_000.0), Some(SERVER + 31_000.0));
    }

    #[test]
    fn unparsable_date_is_ignored() {
        let mut clock = ServerClock::new();
        clock.observe(DatedResponse { date: f64::NAN, sent: 0.0, received: 1.0 }, SERVER);
        assert_eq!(clock, ServerClock::new());
    }
}
