//! When people call and write: on workdays, most of all before and after lunch, and a few at any hour.

use jiff::Timestamp;
use jiff::civil::Weekday;
use rand::Rng;
use rand::rngs::StdRng;

use crate::sandbox::clock::zone;

/// How busy each hour of a workday is, from midnight on, against the busiest.
const HOURS: [u32; 24] = [3, 2, 1, 1, 2, 4, 9, 24, 55, 86, 100, 92, 64, 70, 90, 84, 70, 50, 34, 24, 17, 12, 8, 5];
/// A weekend's share of that, of a hundred.
const WEEKEND: u32 = 30;
/// A quiet window is left at last, whatever its hour.
const TRIES: usize = 60;

/// A second between two, where people are busy.
pub fn moment(dice: &mut StdRng, from: i64, to: i64) -> i64 {
    let mut found = from;
    for _ in 0..TRIES {
        found = dice.random_range(from..to.max(from + 1));
        if dice.random_range(0..100) < busy(found) {
            break;
        }
    }
    found
}

/// How busy a second is, of a hundred, by the clocks of central Europe.
fn busy(second: i64) -> u32 {
    let Ok(time) = Timestamp::from_second(second) else { return 100 };
    let local = time.to_zoned(zone());
    let hour = usize::try_from(local.hour()).ok().and_then(|hour| HOURS.get(hour)).copied().unwrap_or(0);
    let weekend = matches!(local.weekday(), Weekday::Saturday | Weekday::Sunday);
    if weekend { (hour * WEEKEND / 100).max(1) } else { hour }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn mornings_of_workdays_are_busier_than_nights_and_weekends() {
        let mut dice = StdRng::seed_from_u64(1);
        // Two weeks from Monday 2026-03-02, 00:00 in central Europe.
        let start = 1_772_406_000;
        let (mut night, mut morning, mut weekend) = (0, 0, 0);
        for _ in 0..4000 {
            let second = moment(&mut dice, start, start + 14 * 86_400) - start;
            let (day, hour) = (second / 86_400 % 7, second % 86_400 / 3600);
            weekend += u32::from(day >= 5);
            night += u32::from(hour < 6);
            morning += u32::from((9..12).contains(&hour));
        }
        assert!(morning > 1000 && night < 150, "{morning} in three hours of the morning, {night} in six of the night");
        assert!((200..700).contains(&weekend), "{weekend} at weekends");
        assert_eq!(moment(&mut dice, 5, 5), 5);
    }
}
