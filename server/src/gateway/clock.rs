//! The wall clock.

/// Epoch seconds now.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
