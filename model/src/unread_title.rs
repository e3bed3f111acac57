//! The number of unseen tickets in the document's title.

/// The title with the count in front, as in `(3) Inbox · Trunkline`; without one at zero.
#[must_use]
pub fn with_count(title: &str, count: usize) -> String {
    if count > 0 { format!("({count}) {title}") } else { title.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::with_count;

    #[test]
    fn count_is_in_front_unless_zero() {
        assert_eq!(with_count("Inbox · Trunkline", 3), "(3) Inbox · Trunkline");
        assert_eq!(with_count("Inbox · Trunkline", 0), "Inbox · Trunkline");
    }
}
