//! Failed sign-ins are limited by name and address, and by address alone; good ones are not counted. Never by name alone:
//! nobody can keep another one out from elsewhere.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many failures for one name from one address …
const BY_NAME: usize = 5;
/// … and so many from one address, whatever the names: a whole centre may share one …
const BY_ADDRESS: usize = 100;
/// … in so long.
const WINDOW: Duration = Duration::from_secs(5 * 60);
/// More entries than this are looked through for old ones, and given up if there are none.
const CROWD: usize = 10_000;

type Times<K> = HashMap<K, Vec<Instant>>;

/// The failures that still count.
#[derive(Default)]
pub struct Attempts(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    names: Times<(String, IpAddr)>,
    addresses: Times<IpAddr>,
}

impl Attempts {
    /// Takes one attempt, which counts as failed until [`Self::forget`].
    ///
    /// # Errors
    /// Seconds until the next may be made.
    pub fn take(&self, name: &str, address: IpAddr) -> Result<(), u32> {
        let (now, address) = (Instant::now(), network(address));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        room(&mut kept.names, now);
        room(&mut kept.addresses, now);
        let key = (key(name), address);
        // Behind a proxy that tells no addresses everyone is this machine: then only the names count.
        let crowd = if address.is_loopback() { usize::MAX } else { BY_ADDRESS };
        if let Some(seconds) =
            full(&mut kept.addresses, &address, crowd, now).max(full(&mut kept.names, &key, BY_NAME, now))
        {
            return Err(seconds);
        }
        kept.names.entry(key).or_default().push(now);
        kept.addresses.entry(address).or_default().push(now);
        Ok(())
    }

    /// Takes back the last attempt: it was good.
    pub fn forget(&self, name: &str, address: IpAddr) {
        let address = network(address);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pop(&mut kept.names, &(key(name), address));
        pop(&mut kept.addresses, &address);
    }
}

/// Seconds to wait where there are as many as may be.
fn full<K: Hash + Eq>(all: &mut Times<K>, key: &K, limit: usize, now: Instant) -> Option<u32> {
    let times = all.get_mut(key)?;
    times.retain(|time| now.duration_since(*time) < WINDOW);
    let oldest = times.first().filter(|_| times.len() >= limit)?;
    let wait = WINDOW.saturating_sub(now.duration_since(*oldest)).as_secs() + 1;
    Some(u32::try_from(wait).unwrap_or(u32::MAX))
}

/// Keeps a map from growing without end.
fn room<K: Hash + Eq>(all: &mut Times<K>, now: Instant) {
    if all.len() >= CROWD {
        all.retain(|_, times| times.last().is_some_and(|time| now.duration_since(*time) < WINDOW));
    }
    if all.len() >= CROWD {
        all.clear();
    }
}

fn pop<K: Hash + Eq>(all: &mut Times<K>, key: &K) {
    if let Some(times) = all.get_mut(key) {
        times.pop();
        if times.is_empty() {
            all.remove(key);
        }
    }
}

/// One line has a whole /64 of IPv6: it is one address here.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

/// Names are told apart without regard to case, and a long one can't fill the memory.
fn key(name: &str) -> String {
    name.trim().to_lowercase().chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_from_one_line_are_limited_and_other_lines_are_not() {
        let attempts = Attempts::default();
        let line = |number: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, number]);
        for number in 0..100 {
            assert_eq!(attempts.take(&format!("name {number}"), line(number)), Ok(()));
        }
        assert!(attempts.take("Ruth", line(500)).is_err());
        assert_eq!(attempts.take("Ruth", [192, 0, 2, 1].into()), Ok(()));
    }

    #[test]
    fn nobody_is_kept_out_from_elsewhere() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            assert_eq!(attempts.take("Ruth", [192, 0, 2, 1].into()), Ok(()));
        }
        assert!(attempts.take("ruth ", [192, 0, 2, 1].into()).is_err());
        assert_eq!(attempts.take("Ruth", [192, 0, 2, 2].into()), Ok(()));
    }

    #[test]
    fn the_memory_is_bounded() {
        let attempts = Attempts::default();
        for number in 0..25_000_u32 {
            let _ = attempts.take("Ruth", IpAddr::from(number.to_be_bytes()));
        }
        let kept = attempts.0.lock().unwrap();
        assert!(kept.names.len() <= CROWD && kept.addresses.len() <= CROWD);
    }
}
