//! The tallies behind the overview: pure, so that they are tested without a browser.

use std::cmp::Reverse;

use crate::comm100::ChannelAccount;
use crate::gateway::VendorHealth;

/// How many rows have one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The value; empty where the vendor gave none.
    pub key: String,
    /// How many.
    pub count: usize,
}

/// Counts the rows by a value: most first, equal ones by value, those without one last.
pub fn tally<T>(rows: &[T], key: impl Fn(&T) -> Option<String>) -> Vec<Tally> {
    let mut counts = Vec::new();
    rows.iter().for_each(|row| count(&mut counts, key(row).unwrap_or_default()));
    most_first(counts)
}

/// One more of a value. There are few: each finds its place among those before it. A sort, or a map, is compiled anew for
/// each type, some 4 KB.
fn count(counts: &mut Vec<Tally>, key: String) {
    match counts.binary_search_by(|tally| tally.key.cmp(&key)) {
        Ok(at) => counts.iter_mut().skip(at).take(1).for_each(|tally| tally.count += 1),
        Err(at) => counts.insert(at, Tally { key, count: 1 }),
    }
}

fn most_first(counts: Vec<Tally>) -> Vec<Tally> {
    let rank = |tally: &Tally| (tally.key.is_empty(), Reverse(tally.count));
    let mut tallies = Vec::<Tally>::with_capacity(counts.len());
    for tally in counts {
        // Behind its equals: they come by value.
        let at = tallies.partition_point(|other| rank(other) <= rank(&tally));
        tallies.insert(at, tally);
    }
    tallies
}

/// Counts the rows by a whole number, such as a priority, in the order of the numbers; those without one last.
pub fn tally_numbers<T>(rows: &[T], number: impl Fn(&T) -> Option<i64>) -> Vec<Tally> {
    let mut counts = Vec::<(bool, Option<i64>, usize)>::new();
    for row in rows {
        let number = number(row);
        match counts.binary_search_by_key(&(number.is_none(), number), |(none, number, _)| (*none, *number)) {
            Ok(at) => counts.iter_mut().skip(at).take(1).for_each(|(_, _, count)| *count += 1),
            Err(at) => counts.insert(at, (number.is_none(), number, 1)),
        }
    }
    let key = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    counts.into_iter().map(|(_, number, count)| Tally { key: key(number), count }).collect()
}

/// Counts times (`2020-09-15T02:59:32.794`, without a zone) by day: the last `days` days up to `today`
/// (`2020-09-15`), oldest first, days without any included. A vendor whose clock is ahead may already have tomorrow:
/// then the days end there. What isn't a date is left out.
pub fn by_day<'a>(times: impl Iterator<Item = &'a str> + Clone, today: &str, days: usize) -> Vec<Tally> {
    let day = |time: &'a str| time.get(..10);
    let tomorrow = next_day(today).filter(|tomorrow| times.clone().filter_map(day).any(|day| day == tomorrow));
    let mut end = Some(tomorrow.unwrap_or_else(|| today.to_owned()));
    let mut tallies = Vec::with_capacity(days);
    while let Some(key) = end.filter(|_| tallies.len() < days) {
        end = previous_day(&key);
        tallies.push(Tally { key, count: 0 });
    }
    tallies.reverse();
    for day in times.filter_map(day) {
        if let Some(tally) = tallies.iter_mut().find(|tally| tally.key == day) {
            tally.count += 1;
        }
    }
    tallies
}

/// The day before `2020-03-01`, in the Gregorian calendar; none for what isn't a date.
pub fn previous_day(day: &str) -> Option<String> {
    match parts(day)? {
        (year, 1, 1) => Some(date(year - 1, 12, 31)),
        (year, month, 1) => Some(date(year, month - 1, month_days(year, month - 1))),
        (year, month, day) => Some(date(year, month, day - 1)),
    }
}

/// The day after.
fn next_day(day: &str) -> Option<String> {
    match parts(day)? {
        (year, 12, 31) => Some(date(year + 1, 1, 1)),
        (year, month, day) if day == month_days(year, month) => Some(date(year, month + 1, 1)),
        (year, month, day) => Some(date(year, month, day + 1)),
    }
}

fn date(year: u32, month: u32, day: u32) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a date that exists.
fn parts(day: &str) -> Option<(u32, u32, u32)> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    ((1..=12).contains(&month) && (1..=month_days(year, month)).contains(&day)).then_some((year, month, day))
}

fn month_days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// A channel's accounts, and how many of them let the bot answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelShare {
    /// The channel, such as `WeChat`; empty where the vendor gave none.
    pub channel: String,
    /// Its accounts.
    pub accounts: usize,
    /// Those whose bot is on.
    pub with_bot: usize,
}

impl ChannelShare {
    /// The part with a bot, in whole percent, rounded.
    pub fn percent(&self) -> usize {
        percent(self.with_bot, self.accounts)
    }
}

/// The channels, those with most accounts first.
pub fn channels<A: AsRef<ChannelAccount>>(accounts: &[A]) -> Vec<ChannelShare> {
    let with_bot = |channel: &str| {
        let of = |account: &ChannelAccount| account.app_id.as_deref().unwrap_or_default() == channel;
        accounts.iter().map(AsRef::as_ref).filter(|account| of(account) && account.is_bot_enabled == Some(true)).count()
    };
    tally(accounts, |account| account.as_ref().app_id.clone())
        .into_iter()
        .map(|Tally { key, count }| ChannelShare { with_bot: with_bot(&key), channel: key, accounts: count })
        .collect()
}

/// A part of a whole in whole percent, rounded half up; 0 of nothing.
pub fn percent(part: usize, whole: usize) -> usize {
    (part * 200 + whole).checked_div(whole * 2).unwrap_or_default()
}

/// How a vendor does, by its last answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It hasn't been asked since the gateway started.
    NotAsked,
    /// The last answer was good.
    Working,
    /// The last call failed.
    Failing,
}

/// A vendor's state. Of a good answer and a failure within one second, the failure counts.
pub fn state(health: &VendorHealth) -> State {
    match (health.last_ok, health.last_failure) {
        (None, None) => State::NotAsked,
        (Some(ok), failure) if failure.is_none_or(|failure| failure < ok) => State::Working,
        _ => State::Failing,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::endpoint::Vendor;
    use crate::gateway::Mode;

    fn pairs(tallies: &[Tally]) -> Vec<(&str, usize)> {
        tallies.iter().map(|tally| (tally.key.as_str(), tally.count)).collect()
    }

    #[test]
    fn most_first_and_none_last() {
        let rows = [Some("b"), None, Some("a"), None, Some("c"), Some("c"), None];
        let tallies = tally(&rows, |row| row.map(str::to_owned));
        assert_eq!(pairs(&tallies), [("c", 2), ("a", 1), ("b", 1), ("", 3)]);
        assert_eq!(tally(&[] as &[Option<&str>], |_| None), []);
    }

    #[test]
    fn numbers_keep_their_order() {
        let rows = [Some(10), Some(2), None, Some(2), Some(-1)];
        assert_eq!(pairs(&tally_numbers(&rows, |row| *row)), [("-1", 1), ("2", 2), ("10", 1), ("", 1)]);
    }

    #[test]
    fn days_without_events_are_there_too() {
        let times =
            ["2024-03-01T00:00:00", "2024-02-29T23:59:59.999", "2024-02-29T01:00:00", "2023-01-01T00:00:00", "x"];
        let days = by_day(times.into_iter(), "2024-03-01", 4);
        assert_eq!(pairs(&days), [("2024-02-27", 0), ("2024-02-28", 0), ("2024-02-29", 2), ("2024-03-01", 1)]);
        let ahead = by_day(["2026-01-01T00:10:00"].into_iter(), "2025-12-31", 2);
        assert_eq!(pairs(&ahead), [("2025-12-31", 0), ("2026-01-01", 1)]);
        assert_eq!(by_day(times.into_iter(), "", 3).len(), 1);
    }

    #[test]
    fn the_calendar() {
        for (day, before) in [
            ("2026-01-01", Some("2025-12-31")),
            ("2026-03-01", Some("2026-02-28")),
            ("2000-03-01", Some("2000-02-29")),
            ("1900-03-01", Some("1900-02-28")),
            ("2026-11-20", Some("2026-11-19")),
            ("2026-02-30", None),
            ("today", None),
        ] {
            assert_eq!(previous_day(day).as_deref(), before, "{day}");
            if let Some(before) = before {
                assert_eq!(next_day(before).as_deref(), Some(day));
            }
        }
    }

    #[test]
    fn shares_of_the_bot() {
        let account = |channel: &str, bot| {
            let app_id = Some(channel.to_owned());
            Arc::new(ChannelAccount { app_id, is_bot_enabled: bot, ..ChannelAccount::default() })
        };
        let shares = channels(&[
            account("Email", Some(true)),
            account("WeChat", Some(true)),
            account("WeChat", None),
            account("WeChat", Some(false)),
        ]);
        let found: Vec<_> = shares.iter().map(|s| (s.channel.as_str(), s.accounts, s.with_bot, s.percent())).collect();
        assert_eq!(found, [("WeChat", 3, 1, 33), ("Email", 1, 1, 100)]);
        assert_eq!((percent(1, 2), percent(2, 3), percent(0, 0), percent(1, 200)), (50, 67, 0, 1));
    }

    #[test]
    fn a_failure_counts_until_a_later_good_answer() {
        let health = |last_ok, last_failure| VendorHealth {
            vendor: Vendor::Jtel,
            mode: Mode::Upstream,
            host: None,
            last_ok,
            last_failure,
            failure: None,
            millis: None,
            calls_left: None,
        };
        assert_eq!(state(&health(None, None)), State::NotAsked);
        assert_eq!(state(&health(Some(5), None)), State::Working);
        assert_eq!(state(&health(Some(5), Some(4))), State::Working);
        assert_eq!(state(&health(Some(5), Some(5))), State::Failing);
        assert_eq!(state(&health(None, Some(1))), State::Failing);
    }
}
