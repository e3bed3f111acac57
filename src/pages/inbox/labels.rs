//! Words for a ticket's values.

use crate::i18n::t;

/// A priority in words; 1 is the most urgent.
pub fn priority_name(priority: i64) -> String {
    match priority {
        1 => t::ticket::priority_urgent(),
        2 => t::ticket::priority_high(),
        3 => t::ticket::priority_normal(),
        4 => t::ticket::priority_low(),
        5 => t::ticket::priority_lowest(),
        other => t::ticket::priority_other(&other.to_string()),
    }
}
