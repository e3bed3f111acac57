//! Distribution of contacts over time: mostly on workdays, with peaks before and after lunch, and a few at any hour.

use jiff::Timestamp;
use jiff::civil::Weekday;
use rand::Rng;
use rand::rngs::StdRng;

use crate::sandbox::clock::zone;

/// Traffic in each hour of a workday, from midnight, in percent of the busiest hour.
const HOURLY_PERCENT: [u32; 24] =
    [3, 2, 1, 1, 2, 4, 9, 24, 55, 86, 100, 92, 64, 70, 90, 84, 70, 50, 34, 24, 17, 12, 8, 5];
/// Traffic at weekends, in percent of a workday's.
const WEEKEND_PERCENT: u32 = 30;
/// Maximum of draws, for windows that are quiet throughout.
const MAX_DRAWS: usize = 60;

/// Draws a second between `from` and `to`, weighted by traffic.
pub fn random_second(rng: &mut StdRng, from: i64, to: i64) -> i64 {
    let mut found = from;
    for _ in 0..MAX_DRAWS {
        found = rng.random_range(from..to.max(from + 1));
        if rng.random_range(0..100) < traffic_at(found) {
            break;
        }
    }
    found
}

/// Returns the traffic at a second in percent, by central European time.
fn traffic_at(second: i64) -> u32 {
    let Ok(time) = Timestamp::from_second(second) else { return 100 };
    let local = time.to_zoned(zone());
    let hour = usize::try_from(local.hour()).ok().and_then(|hour| HOURLY_PERCENT.get(hour)).copied().unwrap_or(0);
    let weekend = matches!(local.weekday(), Weekday::Saturday | Weekday::Sunday);
    if weekend { (hour * WEEKEND_PERCENT / 100).max(1) } else { hour }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn workday_mornings_are_busier_than_nights_and_weekends() {
        let mut rng = StdRng::seed_from_u64(1);
        // Two weeks from Monday 2026-03-02, 00:00 in central Europe.
        let start = 1_772_406_000;
        let (mut night, mut morning, mut weekend) = (0, 0, 0);
        for _ in 0..4000 {
            let second = random_second(&mut rng, start, start + 14 * 86_400) - start;
            let (day, hour) = (second / 86_400 % 7, second % 86_400 / 3600);
            weekend += u32::from(day >= 5);
            night += u32::from(hour < 6);
            morning += u32::from((9..12).contains(&hour));
        }
        assert!(morning > 1000 && night < 150, "{morning} in three hours of the morning, {night} in six of the night");
        assert!((200..700).contains(&weekend), "{weekend} at weekends");
        assert_eq!(random_second(&mut rng, 5, 5), 5);
    }
}
