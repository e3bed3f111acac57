//! The server's time, reckoned in the browser.
//!
//! A person's computer may be an hour or days off, and its clock may be set while the console runs. What vendors and
//! gateway send is dated by theirs. So "now" is the browser's monotonic clock plus an offset that the answers' `Date`
//! headers tell: an answer is dated between its request's sending and its receipt, to the whole second.

/// Milliseconds that a `Date` header, cut to the second, may be behind.
const CUT_MS: f64 = 1000.0;

/// When an answer was dated, and when its request went out and it came in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dated {
    /// The `Date` header, in epoch milliseconds.
    pub date: f64,
    /// When the request was sent at the earliest, in monotonic milliseconds.
    pub sent: f64,
    /// When the answer came, in monotonic milliseconds.
    pub received: f64,
}

/// The server's clock as known from its answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ServerClock {
    /// Epoch milliseconds at the monotonic clock's zero; none before the first dated answer.
    offset: Option<f64>,
}

impl ServerClock {
    /// Nothing known yet.
    pub const fn new() -> Self {
        Self { offset: None }
    }

    /// Learns from an answer. An offset that the answer allows stays as it is, so that "now" does not waver with each
    /// answer's second; one that is a little off goes to the nearest that the answer allows, one that is far off into the
    /// middle. `own` is the offset by the client's own clock, which the first answer tries: one that is right stays
    /// right to the millisecond.
    pub fn learn(&mut self, answer: Dated, own: f64) {
        let (least, most) = (answer.date - answer.received, answer.date + CUT_MS - answer.sent);
        let offset = self.offset.unwrap_or(own);
        // A comparison with NaN, of a date that can't be read, is false.
        if least <= most {
            let nearest = offset.max(least).min(most);
            let is_near = (offset - nearest).abs() <= CUT_MS;
            self.offset = Some(if is_near { nearest } else { f64::midpoint(least, most) });
        }
    }

    /// Epoch milliseconds at a time of the monotonic clock; none before the first dated answer.
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

    /// An answer that the server gave at `given`, half a round trip after `sent`.
    fn answer(sent: f64, given: f64, received: f64) -> Dated {
        Dated { date: ((SERVER + given) / 1000.0).floor() * 1000.0, sent, received }
    }

    #[test]
    fn before_any_answer_nothing_is_known() {
        assert_eq!(ServerClock::new().at(5.0), None);
    }

    #[test]
    fn a_clock_an_hour_or_three_days_off_is_put_right_by_one_answer() {
        for off in [HOUR, -HOUR, 72.0 * HOUR, -72.0 * HOUR, 20_000.0, -1500.0] {
            let mut clock = ServerClock::new();
            clock.learn(answer(1000.0, 1040.0, 1080.0), SERVER + off);
            let wrong = clock.at(5000.0).unwrap() - (SERVER + 5000.0);
            assert!(wrong.abs() <= 540.0, "{off}: {wrong}");
        }
    }

    #[test]
    fn a_right_clock_stays_as_it_is_whatever_second_the_answers_are_cut_to() {
        let mut clock = ServerClock::new();
        for at in 0..50 {
            let sent = f64::from(at) * 777.0;
            clock.learn(answer(sent, sent + 20.0, sent + 40.0), SERVER);
            assert_eq!(clock.at(sent), Some(SERVER + sent));
        }
    }

    #[test]
    fn further_answers_come_nearer_and_never_lead_away() {
        let mut clock = ServerClock::new();
        let mut before = f64::INFINITY;
        for at in 0..50 {
            let sent = f64::from(at) * 777.0;
            clock.learn(answer(sent, sent + 20.0, sent + 40.0), SERVER + HOUR);
            let wrong = (clock.at(sent).unwrap() - (SERVER + sent)).abs();
            assert!(wrong <= before + 1e-6, "{wrong} after {before}");
            before = wrong;
        }
        assert!(before <= 60.0, "{before}");
    }

    #[test]
    fn after_a_sleep_in_which_the_monotonic_clock_stood_still_the_next_answer_counts_it() {
        let mut clock = ServerClock::new();
        clock.learn(answer(1000.0, 1020.0, 1040.0), SERVER);
        let slept = 8.0 * HOUR;
        let woken = Dated { sent: 2000.0, received: 2040.0, ..answer(0.0, slept + 2020.0, 0.0) };
        clock.learn(woken, SERVER);
        let wrong = clock.at(3000.0).unwrap() - (SERVER + slept + 3000.0);
        assert!(wrong.abs() <= 540.0, "{wrong}");
    }

    #[test]
    fn an_answer_that_took_long_moves_nothing_that_it_does_not_have_to() {
        let mut clock = ServerClock::new();
        clock.learn(answer(1000.0, 1020.0, 1040.0), SERVER);
        clock.learn(answer(2000.0, 2010.0, 31_000.0), SERVER);
        assert_eq!(clock.at(31_000.0), Some(SERVER + 31_000.0));
    }

    #[test]
    fn a_date_that_cannot_be_read_is_passed_over() {
        let mut clock = ServerClock::new();
        clock.learn(Dated { date: f64::NAN, sent: 0.0, received: 1.0 }, SERVER);
        assert_eq!(clock, ServerClock::new());
    }
}
