//! Parsing a list record by record gives the same result as decoding it as a whole.

use std::sync::Arc;

use proptest::prelude::*;
use trunkline_api::Endpoint;
use trunkline_api::oneview::{ListTickets, TicketSummary};
use trunkline_scan::ArrayScanner;

/// The tickets as the console parses them while they arrive in chunks of `size` bytes. `None` if it would fall back to
/// decoding the whole body. With `first`, records are parsed without searching for their end first.
fn parse_incrementally(text: &str, size: usize, first: bool) -> Option<Vec<Arc<TicketSummary>>> {
    let records = ListTickets::RECORD_READER?;
    let (mut elements, mut found) = (ArrayScanner::default(), Vec::new());
    for end in (0..text.len()).step_by(size).chain([text.len()]) {
        let come = text.as_bytes().get(..end)?;
        while let Some(begin) = elements.next_start(come) {
            if first
                && elements.is_unscanned()
                && let Some((record, length)) = (records.parse_one)(come.get(begin..)?)
            {
                elements.set_length(length);
                found.push(record);
                continue;
            }
            let Some(place) = elements.next_record(come) else { break };
            let bytes = come.get(place)?;
            let (record, length) = (records.parse_one)(bytes)?;
            assert_eq!(length, bytes.len());
            found.push(record);
        }
    }
    elements.is_complete().then(|| (records.collect)(found))
}

#[test]
fn anything_but_a_plain_list_of_valid_records_falls_back() {
    for text in
        ["null", "{}", "[null]", "[{]", r#"[{"id": 1} "#, r#"[{"queue": 7}]"#, r#"[{"id": 1}{"id": 2}]"#, "", "[{}] []"]
    {
        assert!(
            parse_incrementally(text, 3, false).is_none() && parse_incrementally(text, 3, true).is_none(),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn record_by_record_equals_the_whole(
        records in prop::collection::vec(("\\PC{0,12}", prop::option::of(0_i64..9), "[\\[\\]{}\",\\\\ é]{0,8}"), 0..6),
        size in 1_usize..40,
        pretty in any::<bool>(),
    ) {
        let list: Vec<_> = records
            .iter()
            .map(|(id, priority, other)| serde_json::json!({"id": id, "priority": priority, "unknown": {"deep": [other]}}))
            .collect();
        let text = if pretty { serde_json::to_string_pretty(&list) } else { serde_json::to_string(&list) }.unwrap();
        let whole = ListTickets::decode(text.as_bytes()).unwrap();
        let whole: Vec<_> = whole.iter().map(|ticket| ticket.ticket()).collect();
        for first in [false, true] {
            let parsed = parse_incrementally(&text, size, first).unwrap();
            prop_assert_eq!(parsed.iter().map(|ticket| ticket.ticket()).collect::<Vec<_>>(), whole.clone());
        }
    }
}
