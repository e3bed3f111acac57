//! The overview page's statistics: counts by value and day, bot shares, vendor status.

use std::cmp::Reverse;

use trunkline_api::comm100::ChannelAccount;
use trunkline_api::gateway::VendorHealth;

/// The number of rows that share a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The value; empty for rows without one.
    pub key: String,
    /// Number of rows.
    pub count: usize,
}

/// Counts rows by value. Sorted by count, descending, then by value; rows without a value come last.
pub fn count_by<T>(rows: &[T], key: impl Fn(&T) -> Option<String>) -> Vec<Count> {
    let mut counts = Vec::new();
    rows.iter().for_each(|row| increment(&mut counts, key(row).unwrap_or_default()));
    sort_descending(counts)
}

/// Increments a value's count. Inserts in order, because there are few values, and a generic sort or map would add some
/// 4 KB of code per type.
fn increment(counts: &mut Vec<Count>, key: String) {
    match counts.binary_search_by(|tally| tally.key.cmp(&key)) {
        Ok(at) => counts.iter_mut().skip(at).take(1).for_each(|tally| tally.count += 1),
        Err(at) => counts.insert(at, Count { key, count: 1 }),
    }
}

fn sort_descending(counts: Vec<Count>) -> Vec<Count> {
    let rank = |tally: &Count| (tally.key.is_empty(), Reverse(tally.count));
    let mut tallies = Vec::<Count>::with_capacity(counts.len());
    for tally in counts {
        // After its equals, which are already sorted by value.
        let at = tallies.partition_point(|other| rank(other) <= rank(&tally));
        tallies.insert(at, tally);
    }
    tallies
}

/// Counts rows by an integer, such as a priority. Sorted by the integer, ascending; rows without one come last.
pub fn count_by_number<T>(rows: &[T], number: impl Fn(&T) -> Option<i64>) -> Vec<Count> {
    let mut counts = Vec::<(bool, Option<i64>, usize)>::new();
    for row in rows {
        let number = number(row);
        match counts.binary_search_by_key(&(number.is_none(), number), |(none, number, _)| (*none, *number)) {
            Ok(at) => counts.iter_mut().skip(at).take(1).for_each(|(_, _, count)| *count += 1),
            Err(at) => counts.insert(at, (number.is_none(), number, 1)),
        }
    }
    let key = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    counts.into_iter().map(|(_, number, count)| Count { key: key(number), count }).collect()
}

/// Counts times (`2020-09-15T02:59:32.794`, without a time zone) by day: the last `days` days up to `today`
/// (`2020-09-15`), oldest first, including days without any. If `times` contains tomorrow, because the vendor's clock
/// is ahead, the range ends tomorrow. Invalid dates are ignored.
pub fn count_by_day<'a>(times: impl Iterator<Item = &'a str>, today: &str, days: usize) -> Vec<Count> {
    let mut tallies: Vec<Count> = next_day(today).map(|key| Count { key, count: 0 }).into_iter().collect();
    let has_tomorrow = !tallies.is_empty();
    let count = days + tallies.len();
    let mut end = Some(today.to_owned());
    while let Some(key) = end.filter(|_| tallies.len() < count) {
        end = previous_day(&key);
        tallies.push(Count { key, count: 0 });
    }
    tallies.reverse();
    let oldest = tallies.first().map(|tally| tally.key.clone()).unwrap_or_default();
    // Most of a long list's times are older: one comparison for those.
    for day in times.filter_map(|time| time.get(..10)).filter(|day| *day >= oldest.as_str()) {
        if let Ok(at) = tallies.binary_search_by(|tally| tally.key.as_str().cmp(day)) {
            tallies.get_mut(at).into_iter().for_each(|tally| tally.count += 1);
        }
    }
    if has_tomorrow && tallies.last().is_some_and(|tomorrow| tomorrow.count == 0) {
        tallies.pop();
    }
    let extra = tallies.len().saturating_sub(days);
    tallies.drain(..extra);
    tallies
}

/// The previous day of a date such as `2020-03-01` in the Gregorian calendar. `None` if `day` is not a valid date.
pub fn previous_day(day: &str) -> Option<String> {
    match parse_date(day)? {
        (year, 1, 1) => Some(date(year - 1, 12, 31)),
        (year, month, 1) => Some(date(year, month - 1, month_days(year, month - 1))),
        (year, month, day) => Some(date(year, month, day - 1)),
    }
}

/// The day so many days before a date; `None` if `day` is not a valid date.
pub fn days_before(day: &str, days: usize) -> Option<String> {
    (0..days).try_fold(day.to_owned(), |day, _| previous_day(&day))
}

/// The next day. `None` if `day` is not a valid date.
fn next_day(day: &str) -> Option<String> {
    match parse_date(day)? {
        (year, 12, 31) => Some(date(year + 1, 1, 1)),
        (year, month, day) if day == month_days(year, month) => Some(date(year, month + 1, 1)),
        (year, month, day) => Some(date(year, month, day + 1)),
    }
}

/// Returns true for a Saturday or Sunday; false if `day` is not a valid date.
pub fn is_weekend(day: &str) -> bool {
    // Sakamoto: 0 is Sunday.
    const MONTHS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let Some((year, month, day)) = parse_date(day).filter(|(year, ..)| *year > 0) else { return false };
    let year = year - u32::from(month < 3);
    let shift = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    matches!((year + year / 4 - year / 100 + year / 400 + shift + day) % 7, 0 | 6)
}

/// The records of the seven whole days before `today`, and of the seven before those, from counts by day.
pub fn last_weeks(days: &[Count], today: &str) -> (usize, usize) {
    let end = days.iter().position(|day| day.key == today).unwrap_or(days.len());
    let sum = |from: usize, to: usize| days.iter().take(to).skip(from).map(|day| day.count).sum();
    let (week, two) = (end.saturating_sub(7), end.saturating_sub(14));
    (sum(week, end), sum(two, week))
}

/// How much `now` is more (or, negative, less) than `before`, in percent, rounded; `None` if there was nothing before.
pub fn change(now: usize, before: usize) -> Option<i64> {
    let more = percent(now.abs_diff(before), before);
    let more = i64::try_from(more).ok().filter(|_| before > 0)?;
    Some(if now < before { -more } else { more })
}

fn date(year: u32, month: u32, day: u32) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a valid date.
fn parse_date(day: &str) -> Option<(u32, u32, u32)> {
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

/// A channel's number of accounts, in total and with the bot enabled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelShare {
    /// The channel, such as `WeChat`; empty for accounts without one.
    pub channel: String,
    /// Number of accounts.
    pub accounts: usize,
    /// Number of accounts whose bot is enabled.
    pub with_bot: usize,
}

impl ChannelShare {
    /// The share of accounts with a bot in percent, rounded.
    pub fn percent(&self) -> usize {
        percent(self.with_bot, self.accounts)
    }
}

/// The channels, sorted by number of accounts, descending.
pub fn channel_shares<A: AsRef<ChannelAccount>>(accounts: &[A]) -> Vec<ChannelShare> {
    let with_bot = |channel: &str| {
        let of = |account: &ChannelAccount| account.app_id.as_deref().unwrap_or_default() == channel;
        accounts.iter().map(AsRef::as_ref).filter(|account| of(account) && account.is_bot_enabled == Some(true)).count()
    };
    count_by(accounts, |account| account.as_ref().app_id.clone())
        .into_iter()
        .map(|Count { key, count }| ChannelShare { with_bot: with_bot(&key), channel: key, accounts: count })
        .collect()
}

/// `part` of `whole` in percent, rounded half up; 0 if `whole` is 0.
pub fn percent(part: usize, whole: usize) -> usize {
    (part * 200 + whole).checked_div(whole * 2).unwrap_or_default()
}

/// A vendor's status according to its last responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VendorStatus {
    /// No request was sent since the gateway started.
    Unknown,
    /// The last request succeeded.
    Working,
    /// The last request failed.
    Failing,
}

/// A vendor's status. Of a success and a failure in the same second, the failure counts.
pub fn status_of(health: &VendorHealth) -> VendorStatus {
    match (health.last_ok, health.last_failure) {
        (None, None) => VendorStatus::Unknown,
        (Some(ok), failure) if failure.is_none_or(|failure| failure < ok) => VendorStatus::Working,
        _ => VendorStatus::Failing,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use trunkline_api::endpoint::Service;
    use trunkline_api::gateway::Mode;

    fn pairs(tallies: &[Count]) -> Vec<(&str, usize)> {
        tallies.iter().map(|tally| (tally.key.as_str(), tally.count)).collect()
    }

    #[test]
    fn counts_are_descending_with_no_value_last() {
        let rows = [Some("b"), None, Some("a"), None, Some("c"), Some("c"), None];
        let tallies = count_by(&rows, |row| row.map(str::to_owned));
        assert_eq!(pairs(&tallies), [("c", 2), ("a", 1), ("b", 1), ("", 3)]);
        assert_eq!(count_by(&[] as &[Option<&str>], |_| None), []);
    }

    #[test]
    fn integers_are_sorted_numerically() {
        let rows = [Some(10), Some(2), None, Some(2), Some(-1)];
        assert_eq!(pairs(&count_by_number(&rows, |row| *row)), [("-1", 1), ("2", 2), ("10", 1), ("", 1)]);
    }

    #[test]
    fn days_without_events_are_included() {
        let times =
            ["2024-03-01T00:00:00", "2024-02-29T23:59:59.999", "2024-02-29T01:00:00", "2023-01-01T00:00:00", "x"];
        let days = count_by_day(times.into_iter(), "2024-03-01", 4);
        assert_eq!(pairs(&days), [("2024-02-27", 0), ("2024-02-28", 0), ("2024-02-29", 2), ("2024-03-01", 1)]);
        let ahead = count_by_day(["2026-01-01T00:10:00"].into_iter(), "2025-12-31", 2);
        assert_eq!(pairs(&ahead), [("2025-12-31", 0), ("2026-01-01", 1)]);
        assert_eq!(count_by_day(times.into_iter(), "", 3).len(), 1);
    }

    #[test]
    fn previous_and_next_days() {
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
    fn saturdays_and_sundays_are_weekends() {
        for (day, weekend) in [
            ("2026-11-28", true),
            ("2026-11-29", true),
            ("2026-11-30", false),
            ("2024-02-29", false),
            ("2000-01-01", true),
            ("1999-12-31", false),
            ("0000-01-01", false),
            ("x", false),
        ] {
            assert_eq!(is_weekend(day), weekend, "{day}");
        }
    }

    #[test]
    fn whole_weeks_leave_out_today() {
        let day = |number: usize| Count { key: format!("2026-11-{:02}", number), count: number };
        let days: Vec<_> = (10..=25).map(day).collect();
        let weeks = last_weeks(&days, "2026-11-24");
        assert_eq!(weeks, ((17..=23).sum(), (10..=16).sum()));
        assert_eq!(last_weeks(&days, "2026-11-12"), (10 + 11, 0));
        assert_eq!(
            (change(23, 20), change(15, 20), change(20, 20), change(3, 0)),
            (Some(15), Some(-25), Some(0), None)
        );
    }

    #[test]
    fn bot_shares_by_channel() {
        let account = |channel: &str, bot| {
            let app_id = Some(channel.to_owned());
            Arc::new(ChannelAccount { app_id, is_bot_enabled: bot, ..ChannelAccount::default() })
        };
        let shares = channel_shares(&[
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
    fn failing_until_a_later_success() {
        let health = |last_ok, last_failure| VendorHealth {
            vendor: Service::Jtel,
            mode: Mode::Upstream,
            host: None,
            last_ok,
            last_failure,
            failure: None,
            millis: None,
            calls_left: None,
        };
        assert_eq!(status_of(&health(None, None)), VendorStatus::Unknown);
        assert_eq!(status_of(&health(Some(5), None)), VendorStatus::Working);
        assert_eq!(status_of(&health(Some(5), Some(4))), VendorStatus::Working);
        assert_eq!(status_of(&health(Some(5), Some(5))), VendorStatus::Failing);
        assert_eq!(status_of(&health(None, Some(1))), VendorStatus::Failing);
    }
}
