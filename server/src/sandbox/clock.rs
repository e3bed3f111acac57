//! The sandbox's clock, and the vendors' time formats.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A clock that tests can set.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::new(Timestamp::now)
    }

    /// A clock that calls `now` for each reading.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Returns the current time.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

/// Formats a time as Comm100 does: UTC with milliseconds, `2021-01-27T03:13:04.866Z`.
pub fn utc_millis(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// Parses a time as Comm100 does: with an offset or `Z`, or without, which means UTC. `None` if it is no time.
pub fn parse_utc(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}

/// Formats a time as jtel does: local time without a zone, `2020-09-15T02:59:32.794`. The sandbox's jtel is in central
/// Europe, so that a client that takes the time for UTC is visibly off by an hour or two.
pub fn jtel_local(time: Timestamp) -> String {
    format!("{:.3}", time.to_zoned(zone()).datetime())
}

/// The time zone of the demo data: central Europe.
pub fn zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_each_vendors_format() {
        let time = parse_utc("2021-01-27T03:13:04.866Z").unwrap();
        assert_eq!(utc_millis(time), "2021-01-27T03:13:04.866Z");
        assert_eq!(jtel_local(time), "2021-01-27T04:13:04.866");
        assert_eq!(jtel_local(parse_utc("2020-09-15T00:59:32.794Z").unwrap()), "2020-09-15T02:59:32.794");
        assert_eq!(utc_millis(parse_utc("2021-01-27T04:00:00+01:00").unwrap()), "2021-01-27T03:00:00.000Z");
        assert_eq!(utc_millis(parse_utc("2021-01-27T03:00:00").unwrap()), "2021-01-27T03:00:00.000Z");
        assert_eq!(parse_utc("yesterday"), None);
    }
}
