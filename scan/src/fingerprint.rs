//! Content hashes.

use xxhash_rust::xxh64::xxh64;

/// A 64-bit non-cryptographic hash: XXH64, which also mixes in the length.
#[inline(never)]
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> u64 {
    xxh64(bytes, 0)
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    /// Test values of the XXH64 specification. A stored draft is found by this hash.
    #[test]
    fn hash_is_xxh64() {
        assert_eq!(fingerprint(b""), 0xEF46_DB37_51D8_E999);
        assert_eq!(fingerprint(b"abc"), 0x44BC_2CF5_AD77_0999);
    }
}
