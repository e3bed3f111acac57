//! Holds back who guesses passwords. A failure counts once a password was checked and found wrong, never before; right
//! ones don't count.
//!
//! | counted by | limit |
//! |---|---|
//! | name and address (IPv4, IPv6 /64) | 5 in 5 minutes |
//! | name and IPv6 /48 | 10 in 5 minutes |
//! | address; IPv6 /48 | 100; 200 in 5 minutes |
//! | name, from anywhere | from the 10th within an hour on a pause: 1 s, twice as long each time, at most 1 minute |
//! | name and device | 5 in 5 minutes, in place of all others: a browser that once signed in as that name |
//!
//! The last two make it possible to slow a name down without locking its owner out.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long most failures count.
const WINDOW: Duration = Duration::from_secs(5 * 60);
/// How long those of a name from anywhere do.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// Failures of a name from one address, or of one device.
const BY_NAME: usize = 5;
/// Failures of a name from one IPv6 /48.
const BY_NAME_WIDE: usize = 10;
/// Failures from one address, whatever the names: a whole centre may share one.
const BY_ADDRESS: usize = 100;
/// Failures from one IPv6 /48, whatever the names.
const BY_WIDE: usize = 200;
/// Failures of a name from anywhere, before pauses begin.
const ANYWHERE: usize = 10;
/// The longest pause, in seconds.
const PAUSE: u64 = 60;
/// Entries per table; beyond that the oldest go.
const ENTRIES: usize = 10_000;

/// Where an attempt comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The person's address; none where a proxy doesn't tell it.
    pub address: Option<IpAddr>,
    /// The device, where the browser has proved that it once signed in as this name.
    pub device: Option<String>,
}

/// The failures that still count.
#[derive(Default)]
pub struct Throttle(Mutex<Tables>);

#[derive(Default)]
struct Tables {
    pairs: Table<(String, IpAddr)>,
    addresses: Table<IpAddr>,
    names: Table<String>,
    devices: Table<(String, String)>,
}

impl Throttle {
    /// Whether an attempt may be checked now. `name` is a name's key.
    ///
    /// # Errors
    /// Seconds until it may.
    pub fn check(&self, name: &str, source: &Source) -> Result<(), u32> {
        self.check_at(name, source, Instant::now())
    }

    /// Counts a wrong password.
    pub fn failed(&self, name: &str, source: &Source) {
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
                    // Behind a proxy that tells no addresses everyone is this machine: only the names count.
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
        // Six pauses double to a minute: older failures say nothing more.
        tables.names.add(name, ANYWHERE + 6, HOUR, now);
    }
}

struct Limits {
    by_name: usize,
    all: usize,
}

/// The networks that an address is counted with: its line has a whole /64 of IPv6, its site a /48.
fn networks(address: Option<IpAddr>) -> Vec<(IpAddr, Limits)> {
    let line = Limits { by_name: BY_NAME, all: BY_ADDRESS };
    match address.map(|address| address.to_canonical()) {
        None => Vec::new(),
        Some(IpAddr::V6(ip)) if !ip.is_loopback() => {
            let masked = |bits: u32| IpAddr::from(Ipv6Addr::from_bits(ip.to_bits() >> (128 - bits) << (128 - bits)));
            // A /64 that ends in zeros must not be mistaken for its /48: the host part tells them apart.
            let site = match masked(48) {
                IpAddr::V6(site) => IpAddr::from(Ipv6Addr::from_bits(site.to_bits() | 48)),
                v4 => v4,
            };
            vec![(masked(64), line), (site, Limits { by_name: BY_NAME_WIDE, all: BY_WIDE })]
        }
        Some(other) => vec![(other, line)],
    }
}

/// A long name can't fill the memory.
fn short(name: &str) -> String {
    name.chars().take(100).collect()
}

/// Times of failures by key, bounded.
struct Table<K>(HashMap<K, VecDeque<Instant>>);

impl<K> Default for Table<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq + Clone> Table<K> {
    /// How long to wait where as many failures as may be lie in the window.
    fn wait(&self, key: &K, limit: usize, window: Duration, now: Instant) -> Option<Duration> {
        let times = self.0.get(key)?;
        let left = |time: &Instant| window.saturating_sub(now.duration_since(*time));
        let counted = times.iter().filter(|time| !left(time).is_zero());
        // With the oldest of the last `limit` failures gone there is room for another.
        let mut waits: Vec<Duration> = counted.map(left).collect();
        waits.sort_unstable();
        waits.len().checked_sub(limit).and_then(|index| waits.get(index).copied())
    }

    /// How long the pause after a name's last failure still is.
    fn pause(&self, key: &K, now: Instant) -> Option<Duration> {
        let times = self.0.get(key)?;
        let counted = times.iter().filter(|time| now.duration_since(**time) < HOUR).count();
        let over = u32::try_from(counted.checked_sub(ANYWHERE)?).unwrap_or(u32::MAX);
        let seconds = 1_u64.checked_shl(over.min(16)).unwrap_or(PAUSE).min(PAUSE);
        let gone = now.duration_since(*times.back()?);
        Some(Duration::from_secs(seconds).saturating_sub(gone)).filter(|wait| !wait.is_zero())
    }

    /// Adds a failure; of each key only the newest `most` are kept.
    fn add(&mut self, key: K, most: usize, window: Duration, now: Instant) {
        if !self.0.contains_key(&key) && self.0.len() >= ENTRIES {
            self.make_room(window, now);
        }
        let times = self.0.entry(key).or_default();
        times.push_back(now);
        while times.len() > most {
            times.pop_front();
        }
    }

    /// Takes away what no longer counts, else the tenth whose last failure is the oldest.
    fn make_room(&mut self, window: Duration, now: Instant) {
        self.0.retain(|_, times| times.back().is_some_and(|time| now.duration_since(*time) < window));
        if self.0.len() < ENTRIES {
            return;
        }
        let mut last: Vec<Instant> = self.0.values().filter_map(|times| times.back().copied()).collect();
        last.sort_unstable();
        if let Some(limit) = last.get(ENTRIES / 10).copied() {
            self.0.retain(|_, times| times.back().is_some_and(|time| *time > limit));
        }
        // Many of one instant may be left: then any will do.
        let too_many: Vec<K> = self.0.keys().skip(ENTRIES - 1).cloned().collect();
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

    /// How many of a number of attempts may be checked, all of them wrong.
    fn checked(throttle: &Throttle, attempts: impl Iterator<Item = (String, Source)>) -> usize {
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
    fn an_attempt_counts_only_when_it_failed() {
        let throttle = Throttle::default();
        for _ in 0..50 {
            assert_eq!(throttle.check("ruth", &from([192, 0, 2, 1])), Ok(()));
        }
    }

    #[test]
    fn a_name_is_limited_per_address_and_open_from_others() {
        let throttle = Throttle::default();
        let tries = (0..20).map(|_| ("ruth".to_owned(), from([192, 0, 2, 1])));
        assert_eq!(checked(&throttle, tries), 5);
        let wait = throttle.check("ruth", &from([192, 0, 2, 1])).unwrap_err();
        assert!((290..=300).contains(&wait), "{wait}");
        assert_eq!(throttle.check("ruth", &from([192, 0, 2, 2])), Ok(()));
        assert_eq!(throttle.check("ann", &from([192, 0, 2, 1])), Ok(()));
    }

    #[test]
    fn an_address_is_limited_over_all_names() {
        let throttle = Throttle::default();
        let tries = (0..150).map(|number| (format!("name {number}"), line(1, 1, number)));
        assert_eq!(checked(&throttle, tries), 100);
        let local = (0..150).map(|number| (format!("name {number}"), from([127, 0, 0, 1])));
        assert_eq!(checked(&throttle, local), 150, "behind a proxy that tells no addresses only names count");
    }

    #[test]
    fn the_subnets_of_one_site_count_together() {
        let throttle = Throttle::default();
        let tries = (0..25).map(|subnet| ("ruth".to_owned(), line(7, subnet, 1)));
        assert_eq!(checked(&throttle, tries), 10);
        let throttle = Throttle::default();
        let tries = (0..500).map(|number| (format!("name {number}"), line(7, number, 1)));
        assert_eq!(checked(&throttle, tries), 200);
        assert_eq!(throttle.check("ruth", &line(8, 1, 1)), Ok(()), "another site");
    }

    #[test]
    fn after_ten_failures_from_anywhere_a_name_has_pauses_that_grow_to_a_minute() {
        let throttle = Throttle::default();
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
    fn a_browser_that_signed_in_before_is_not_held_by_what_others_do() {
        let throttle = Throttle::default();
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
    fn without_an_address_nobody_is_locked_out() {
        let throttle = Throttle::default();
        let now = Instant::now();
        for _ in 0..30 {
            throttle.failed_at("ruth", &Source::default(), now);
        }
        assert_eq!(throttle.check_at("ruth", &Source::default(), now), Err(60), "a pause, no more");
    }

    #[test]
    fn the_tables_are_bounded_and_the_newest_stay() {
        let throttle = Throttle::default();
        let begun = Instant::now();
        for number in 0..25_000_u32 {
            let now = begun + Duration::from_millis(number.into());
            throttle.failed_at(&format!("name {number}"), &from(number.to_be_bytes()), now);
        }
        let tables = throttle.0.lock().unwrap();
        assert!(tables.names.0.len() <= ENTRIES && tables.addresses.0.len() <= ENTRIES);
        assert!(tables.names.0.len() >= ENTRIES * 9 / 10 - 1, "never cleared whole");
        assert!(tables.names.0.contains_key("name 24999"));
    }
}
