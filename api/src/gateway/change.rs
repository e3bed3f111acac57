//! Change ids: a run of the gateway and a sequence number within it. Each response carries the id of the last change
//! before its request (header `Trunkline-Change`), so the client knows which responses a change makes stale.

/// True if a response with one id is older than a change with another. `None` if the ids are of different runs of the
/// gateway, or one of them is malformed.
pub fn is_behind(answer: &str, change: &str) -> Option<bool> {
    let (start, number) = answer.rsplit_once('-')?;
    let (change_start, change) = change.rsplit_once('-')?;
    if start != change_start {
        return None;
    }
    Some(number.parse::<u32>().ok()? < change.parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::is_behind;

    #[test]
    fn response_is_behind_a_later_change_of_the_same_run() {
        for (answer, change, behind) in [
            ("ab-3", "ab-4", Some(true)),
            ("ab-4", "ab-4", Some(false)),
            ("ab-10", "ab-9", Some(false)),
            ("ab-4", "cd-3", None),
            ("", "ab-0", None),
            ("ab-x", "ab-1", None),
            ("ab-1", "ab", None),
            ("", "", None),
        ] {
            assert_eq!(is_behind(answer, change), behind, "{answer} {change}");
        }
    }
}
