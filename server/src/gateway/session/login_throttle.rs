//! Throttles password guessing. An attempt counts only after its password was checked and wrong; successful ones don't
//! count.
//!
//! | failures by | limit |
//! |---|---|
//! | name and address (IPv4, IPv6 /64) | 5 in 5 minutes |
//! | name and IPv6 /48 | 10 in 5 minutes |
//! | address; IPv6 /48 | 100; 200 in 5 minutes |
//! | name, from anywhere | from the 10th within an hour a pause: 1 s, doubled each time, at most 1 minute |
//! | name and device | 5 in 5 minutes, instead of all others: a browser that signed in as that name before |
//!
//! The last two limits slow attacks on a name down without locking its owner out.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time for which most failures count.
const WINDOW: Duration = Duration::from_secs(5 * 60);
/// Time for which failures of a name from anywhere count.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// Allowed failures of a name from one address, or of one device.
const BY_NAME: usize = 5;
/// Allowed failures of a name from one IPv6 /48.
const BY_NAME_WIDE: usize = 10;
/// Allowed failures from one address over all names: a whole contact centre may share one.
const BY_ADDRESS: usize = 100;
/// Allowed failures from one IPv6 /48 over all names.
const BY_WIDE: usize = 200;
/// Allowed failures of a name from anywhere before pauses begin.
const FREE_FAILURES: usize = 10;
/// Maximum pause, in seconds.
const MAX_PAUSE: u64 = 60;
/// Maximum entries per table; beyond that the oldest are dropped.
const MAX_ENTRIES: usize = 10_000;

/// Source of an attempt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The client's address; `None` if a proxy doesn't provide it.
    pub address: Option<IpAddr>,
    /// The device entry, if the browser has proved that it signed in as this name before.
    pub device: Option<String>,
}

/// Recent failures.
#[derive(Default)]
pub struct LoginThrottle(Mutex<Tables>);

#[derive(Default)]
struct Tables {
    pairs: Table<(String, IpAddr)>,
    addresses: Table<IpAddr>,
    names: Table<String>,
    devices: Table<(String, String)>,
}

impl LoginThrottle {
    /// Checks that an attempt is allowed now. `name` is a name's key.
    ///
    /// # Errors
    /// Seconds until it is allowed.
    pub fn check(&self, name: &str, source: &Source) -> Result<(), u32> {
        self.check_at(name, source, Instant::now())
    }

    /// Counts a wrong password.
    pub fn record_failure(&self, name: &str, source: &Source) {
        self.failed_at(name, source, Instant::now());
    }

    fn check_at(&self, name: &str, source: &Source, now: Instant) -> Result<(), u32> {
        let tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let name = short(name);
        let wait = match &source.device {
            Some(device) => tables.devices.wait(&(name, device.clone()), BY_NAME, WINDOW, now),
            None => {
                let mut wait = tables.names.pause(&name, now);
                for (network, limits) in networks(source.address) {
                    let by_name = tables.pairs.wait(&(name.clone(), network), limits.by_name, WINDOW, now);
                    // Behind a proxy that provides no addresses every client is this machine, so only names count.
                    let all = if network.is_loopback() { usize::MAX } else { limits.all };
                    wait = wait.max(by_name).max(tables.addresses.wait(&network, all, WINDOW, now));
                }
                wait
            }
        };
        wait.map_or(Ok(()), |wait| {
            let up = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            Err(u32::try_from(up.max(1)).unwrap_or(u32::MAX))
        })
    }

    fn failed_at(&self, name: &str, source: &Source, now: Instant) {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let name = short(name);
        if let Some(device) = &source.device {
            tables.devices.add((name, device.clone()), BY_NAME, WINDOW, now);
            return;
        }
        for (network, limits) in networks(source.address) {
            tables.pairs.add((name.clone(), network), limits.by_name, WINDOW, now);
            tables.addresses.add(network, limits.all, WINDOW, now);
        }
        // Six doublings reach a minute, so older failures make no difference.
        tables.names.add(name, FREE_FAILURES + 6, HOUR, now);
    }
}

struct Limits {
    by_name: usize,
    all: usize,
}

/// Networks that an address counts for: an IPv6 line has a whole /64, its site a /48.
fn networks(address: Option<IpAddr>) -> Vec<(IpAddr, Limits)> {
    let line = Limits { by_name: BY_NAME, all: BY_ADDRESS };
    match address.map(|address| address.to_canonical()) {
        None => Vec::new(),
        Some(IpAddr::V6(ip)) if !ip.is_loopback() => {
            let masked = |bits: u32| IpAddr::from(Ipv6Addr::from_bits(ip.to_bits() >> (128 - bits) << (128 - bits)));
            // The host part distinguishes a /48 from a /64 that ends in zeros.
            let site = match masked(48) {
                IpAddr::V6(site) => IpAddr::from(Ipv6Addr::from_bits(site.to_bits() | 48)),
                v4 => v4,
            };
            vec![(masked(64), line), (site, Limits { by_name: BY_NAME_WIDE, all: BY_WIDE })]
        }
        Some(other) => vec![(other, line)],
    }
}

/// Bounds the memory that a name can take.
fn short(name: &str) -> String {
    name.chars().take(100).collect()
}

/// Bounded table of failure times by key.
struct Table<K>(HashMap<K, VecDeque<Instant>>);

impl<K> Default for Table<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq + Clone> Table<K> {
    /// Time to wait if the window holds the maximum number of failures.
    fn wait(&self, key: &K, limit: usize, window: Duration, now: Instant) -> Option<Duration> {
        let times = self.0.get(key)?;
        let left = |time: &Instant| window.saturating_sub(now.duration_since(*time));
        let counted = times.iter().filter(|time| !left(time).is_zero());
        // Another attempt is allowed when the oldest of the last `limit` failures leaves the window.
        let mut waits: Vec<Duration> = counted.map(left).collect();
        waits.sort_unstable();
        waits.len().checked_sub(limit).and_then(|index| waits.get(index).copied())
    }

    /// Remaining pause after a name's last failure.
    fn pause(&self, key: &K, now: Instant) -> Option<Duration> {
        let times = self.0.get(key)?;
        let counted = times.iter().filter(|time| now.duration_since(**time) < HOUR).count();
        let over = u32::try_from(counted.checked_sub(FREE_FAILURES)?).unwrap_or(u32::MAX);
        let seconds = 1_u64.checked_shl(over.min(16)).unwrap_or(MAX_PAUSE).min(MAX_PAUSE);
        let gone = now.duration_since(*times.back()?);
        Some(Duration::from_secs(seconds).saturating_sub(gone)).filter(|wait| !wait.is_zero())
    }

    /// Adds a failure, keeping the newest `most` per key.
    fn add(&mut self, key: K, most: usize, window: Duration, now: Instant) {
        if !self.0.contains_key(&key) && self.0.len() >= MAX_ENTRIES {
            self.make_room(window, now);
        }
        let times = self.0.entry(key).or_default();
        times.push_back(now);
        while times.len() > most {
            times.pop_front();
        }
    }

    /// Removes expired entries, or else the tenth with the oldest last failure.
    fn make_room(&mut self, window: Duration, now: Instant) {
        self.0.retain(|_, times| times.back().is_some_and(|time| now.duration_since(*time) < window));
        if self.0.len() < MAX_ENTRIES {
            return;
        }
        let mut last: Vec<Instant> = self.0.values().filter_map(|times| times.back().copied()).collect();
        last.sort_unstable();
        if let Some(limit) = last.get(MAX_ENTRIES / 10).copied() {
            self.0.retain(|_, times| times.back().is_some_and(|time| *time > limit));
        }
        // Many entries may share one instant: then any may be removed.
        let too_many: Vec<K> = self.0.keys().skip(MAX_ENTRIES - 1).cloned().collect();
        too_many.iter().for_each(|key| {
            self.0.remove(key);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: impl Into<IpAddr>) -> Source {
        Source { address: Some(address.into()), device: None }
    }

    fn line(site: u16, subnet: u16, host: u16) -> Source {
        from([0x2001, 0xdb8, site, subnet, 0, 0, 0, host])
    }

    /// Number of attempts that are checked, all of them wrong.
    fn checked(throttle: &LoginThrottle, attempts: impl Iterator<Item = (String, Source)>) -> usize {
        let now = Instant::now();
        attempts
            .filter(|(name, source)| {
                let may = throttle.check_at(name, source, now).is_ok();
                if may {
                    throttle.failed_at(name, source, now);
                }
                may
            })
            .count()
    }

    #[test]
    fn only_failed_attempts_count() {
        let throttle = LoginThrottle::default();
        for _ in 0..50 {
            assert_eq!(throttle.check("ruth", &from([192, 0, 2, 1])), Ok(()));
        }
    }

    #[test]
    fn login_throttle_is_per_name_and_address() {
        let throttle = LoginThrottle::default();
        let tries = (0..20).map(|_| ("ruth".to_owned(), from([192, 0, 2, 1])));
        assert_eq!(checked(&throttle, tries), 5);
        let wait = throttle.check("ruth", &from([192, 0, 2, 1])).unwrap_err();
        assert!((290..=300).contains(&wait), "{wait}");
        assert_eq!(throttle.check("ruth", &from([192, 0, 2, 2])), Ok(()));
        assert_eq!(throttle.check("ann", &from([192, 0, 2, 1])), Ok(()));
    }

    #[test]
    fn login_throttle_is_per_address_over_all_names() {
        let throttle = LoginThrottle::default();
        let tries = (0..150).map(|number| (format!("name {number}"), line(1, 1, number)));
        assert_eq!(checked(&throttle, tries), 100);
        let local = (0..150).map(|number| (format!("name {number}"), from([127, 0, 0, 1])));
        assert_eq!(checked(&throttle, local), 150, "behind a proxy that tells no addresses only names count");
    }

    #[test]
    fn ipv6_subnets_of_one_site_count_together() {
        let throttle = LoginThrottle::default();
        let tries = (0..25).map(|subnet| ("ruth".to_owned(), line(7, subnet, 1)));
        assert_eq!(checked(&throttle, tries), 10);
        let throttle = LoginThrottle::default();
        let tries = (0..500).map(|number| (format!("name {number}"), line(7, number, 1)));
        assert_eq!(checked(&throttle, tries), 200);
        assert_eq!(throttle.check("ruth", &line(8, 1, 1)), Ok(()), "another site");
    }

    #[test]
    fn pauses_after_ten_failures_of_a_name_double_up_to_a_minute() {
        let throttle = LoginThrottle::default();
        let mut now = Instant::now();
        let far = |number: u8| from([192, 0, 2, number]);
        for number in 0..9 {
            throttle.failed_at("ruth", &far(number), now);
            assert_eq!(throttle.check_at("ruth", &far(200), now), Ok(()));
        }
        for (number, pause) in (9..18).zip([1, 2, 4, 8, 16, 32, 60, 60, 60]) {
            throttle.failed_at("ruth", &far(number), now);
            assert_eq!(throttle.check_at("ruth", &far(200), now), Err(pause), "after failure {}", number + 1);
            now += Duration::from_secs(pause.into());
            assert_eq!(throttle.check_at("ruth", &far(200), now), Ok(()));
        }
        assert_eq!(throttle.check_at("ann", &far(200), now), Ok(()), "another name");
        assert_eq!(throttle.check_at("ruth", &far(200), now + HOUR), Ok(()), "an hour later");
    }

    #[test]
    fn trusted_device_is_throttled_separately() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        for number in 0..100 {
            throttle.failed_at("ruth", &from([192, 0, 2, number]), now);
        }
        let own = Source { device: Some("d".to_owned()), ..from([192, 0, 2, 1]) };
        assert_eq!(throttle.check_at("ruth", &own, now), Ok(()));
        let tries = (0..20).map(|_| ("ruth".to_owned(), own.clone()));
        assert_eq!(checked(&throttle, tries), 5, "a stolen device can't guess on and on");
    }

    #[test]
    fn without_an_address_only_pauses_apply() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        for _ in 0..30 {
            throttle.failed_at("ruth", &Source::default(), now);
        }
        assert_eq!(throttle.check_at("ruth", &Source::default(), now), Err(60), "a pause, no more");
    }

    #[test]
    fn tables_are_bounded_and_keep_the_newest() {
        let throttle = LoginThrottle::default();
        let begun = Instant::now();
        for number in 0..25_000_u32 {
            let now = begun + Duration::from_millis(number.into());
            throttle.failed_at(&format!("name {number}"), &from(number.to_be_bytes()), now);
        }
        let tables = throttle.0.lock().unwrap();
        assert!(tables.names.0.len() <= MAX_ENTRIES && tables.addresses.0.len() <= MAX_ENTRIES);
        assert!(tables.names.0.len() >= MAX_ENTRIES * 9 / 10 - 1, "never cleared whole");
        assert!(tables.names.0.contains_key("name 24999"));
    }
}
