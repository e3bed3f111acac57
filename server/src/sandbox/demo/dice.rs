//! Chance that is the same on every machine.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

/// Dice for one record of one kind: the same kind and number always throw the same.
pub fn dice(kind: u64, number: u64) -> StdRng {
    StdRng::seed_from_u64((kind << 40) ^ number ^ 0x7472_756e_6b6c_696e)
}

/// A guid.
pub fn guid(dice: &mut StdRng) -> String {
    uuid::Builder::from_random_bytes(dice.random()).into_uuid().to_string()
}

/// 32 hexadecimal digits.
pub fn hex(dice: &mut StdRng) -> String {
    Uuid::from_bytes(dice.random()).simple().to_string()
}

/// The entry that a number falls to; the type's default if there is none at all.
pub fn nth<T: Copy + Default>(list: &[T], number: u64) -> T {
    let len = u64::try_from(list.len()).unwrap_or(1).max(1);
    usize::try_from(number % len).ok().and_then(|index| list.get(index)).copied().unwrap_or_default()
}

/// An entry by chance.
pub fn pick<T: Copy + Default>(dice: &mut StdRng, list: &[T]) -> T {
    nth(list, dice.random())
}

/// An entry by chance, each as often as its weight says; the type's default if there is none at all.
pub fn weighted<T: Copy + Default>(dice: &mut StdRng, list: &[(T, u32)]) -> T {
    let mut left = dice.random_range(0..list.iter().map(|(_, weight)| weight).sum::<u32>().max(1));
    for (entry, weight) in list {
        if left < *weight {
            return *entry;
        }
        left -= weight;
    }
    T::default()
}

/// An entry by chance, the first ones most often.
pub fn early<T: Copy + Default>(dice: &mut StdRng, list: &[T]) -> T {
    let len = u64::try_from(list.len()).unwrap_or(1).max(1);
    nth(list, dice.random_range(0..len).min(dice.random_range(0..len)))
}
