//! The figures of a shift as they are shown.

use trunkline_api::gateway::ShiftHour;

/// The change of a figure against the one a week before, in percent, rounded; `None` if there was none before, or nothing
/// changed.
#[must_use]
pub fn change_percent(now: i64, before: i64) -> Option<i64> {
    if before <= 0 || now == before {
        return None;
    }
    let change = now.saturating_sub(before).saturating_mul(200);
    // Rounded half away from zero.
    let half = if change < 0 { -before } else { before };
    Some(change.saturating_add(half) / before.saturating_mul(2)).filter(|percent| *percent != 0)
}

/// The hours of a shift from its first to its last with anything in it, without gaps.
#[must_use]
pub fn hours_without_gaps(hours: &[ShiftHour]) -> Vec<ShiftHour> {
    let all = || hours.iter().map(|hour| hour.hour);
    let (Some(first), Some(last)) = (all().min(), all().max()) else { return Vec::new() };
    // A day has at most 25 hours.
    (first..=last.min(first.saturating_add(24)))
        .map(|hour| {
            hours.iter().find(|known| known.hour == hour).copied().unwrap_or(ShiftHour { hour, came: 0, done: 0 })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_rounded_percents() {
        for (now, before, percent) in [
            (112, 100, Some(12)),
            (88, 100, Some(-12)),
            (1, 3, Some(-67)),
            (4, 3, Some(33)),
            (3, 3, None),
            (5, 0, None),
            (1000, 1001, None),
            (0, 4, Some(-100)),
        ] {
            assert_eq!(change_percent(now, before), percent, "{now} after {before}");
        }
    }

    #[test]
    fn hours_have_no_gaps() {
        let hour = |hour, came| ShiftHour { hour, came, done: 0 };
        assert_eq!(hours_without_gaps(&[hour(11, 2), hour(8, 5)]), [hour(8, 5), hour(9, 0), hour(10, 0), hour(11, 2)]);
        assert_eq!(hours_without_gaps(&[]), []);
        assert_eq!(hours_without_gaps(&[hour(0, 1), hour(i64::MAX, 1)]).len(), 25);
    }
}
