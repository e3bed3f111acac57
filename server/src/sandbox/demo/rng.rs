//! Random values that are the same on every machine.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

/// Returns a generator seeded with a record's kind and number.
pub fn rng_for(kind: u64, number: u64) -> StdRng {
    StdRng::seed_from_u64((kind << 40) ^ number ^ 0x7472_756e_6b6c_696e)
}

/// Generates a GUID.
pub fn guid(rng: &mut StdRng) -> String {
    uuid::Builder::from_random_bytes(rng.random()).into_uuid().to_string()
}

/// Generates 32 hexadecimal digits.
pub fn hex(rng: &mut StdRng) -> String {
    Uuid::from_bytes(rng.random()).simple().to_string()
}

/// Returns the entry at `number` modulo the length; the type's default if the list is empty.
pub fn nth<T: Copy + Default>(list: &[T], number: u64) -> T {
    let len = u64::try_from(list.len()).unwrap_or(1).max(1);
    usize::try_from(number % len).ok().and_then(|index| list.get(index)).copied().unwrap_or_default()
}

/// Picks a random entry.
pub fn pick<T: Copy + Default>(rng: &mut StdRng, list: &[T]) -> T {
    nth(list, rng.random())
}

/// Picks a random entry by weight; the type's default if the list is empty.
pub fn weighted<T: Copy + Default>(rng: &mut StdRng, list: &[(T, u32)]) -> T {
    let mut left = rng.random_range(0..list.iter().map(|(_, weight)| weight).sum::<u32>().max(1));
    for (entry, weight) in list {
        if left < *weight {
            return *entry;
        }
        left -= weight;
    }
    T::default()
}

/// Picks a random entry, earlier ones more often.
pub fn pick_early<T: Copy + Default>(rng: &mut StdRng, list: &[T]) -> T {
    let len = u64::try_from(list.len()).unwrap_or(1).max(1);
    nth(list, rng.random_range(0..len).min(rng.random_range(0..len)))
}
