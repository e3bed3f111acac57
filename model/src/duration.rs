//! Durations for display.

/// A duration in seconds as `1:02:03` or `02:03`.
#[must_use]
pub fn duration(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes:02}:{rest:02}") }
}

/// A duration in seconds in the largest unit that fits, rounded down, with the unit's name in `Intl.RelativeTimeFormat`.
#[must_use]
pub fn in_largest_unit(seconds: i64) -> (i64, &'static str) {
    match seconds.max(0) {
        seconds @ 0..60 => (seconds, "second"),
        seconds @ 60..3600 => (seconds / 60, "minute"),
        seconds @ 3600..86_400 => (seconds / 3600, "hour"),
        seconds => (seconds / 86_400, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_minutes_and_seconds() {
        for (seconds, text) in [
            (-5, "00:00"),
            (0, "00:00"),
            (59, "00:59"),
            (60, "01:00"),
            (3599, "59:59"),
            (3600, "1:00:00"),
            (3723, "1:02:03"),
            (360_000, "100:00:00"),
        ] {
            assert_eq!(duration(seconds), text, "{seconds}");
        }
    }

    #[test]
    fn units_change_at_their_length() {
        for (seconds, expected) in [
            (-1, (0, "second")),
            (59, (59, "second")),
            (60, (1, "minute")),
            (3599, (59, "minute")),
            (3600, (1, "hour")),
            (86_399, (23, "hour")),
            (86_400, (1, "day")),
            (864_000, (10, "day")),
        ] {
            assert_eq!(in_largest_unit(seconds), expected, "{seconds}");
        }
    }
}
