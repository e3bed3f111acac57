//! Parsing a list record by record gives the same result as decoding it as a whole, plain or within an object.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;
use trunkline_api::Endpoint;
use trunkline_api::jtel::{AcdEvent, ListAcdEvents, RecordList};
use trunkline_api::lenient::list_start;
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
    elements.is_complete().then(|| (records.collect)(found, b""))?
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

/// The events as the console parses them: the object around the list apart from its records. `None` if it would fall back.
fn parse_events(text: &str) -> Option<RecordList<Arc<AcdEvent>>> {
    let (reader, text) = (ListAcdEvents::RECORD_READER?, text.as_bytes());
    let begin = list_start(text, ListAcdEvents::LIST_MEMBERS?).filter(|begin| *begin > 0)?;
    let (head, rest) = text.split_at(begin);
    let (mut elements, mut found) = (ArrayScanner::of_member(), Vec::new());
    while let Some(place) = elements.next_record(rest) {
        found.push((reader.parse_one)(rest.get(place)?)?.0);
    }
    let tail = elements.is_complete().then(|| rest.get(elements.discardable()..))??;
    (reader.collect)(found, &[head, b"[]", tail].concat())
}

#[test]
fn events_within_their_envelope_equal_the_whole() {
    let list = json!([{"ID": 1, "Subject": "]}{["}, {"ID": "2", "unknown": [{"records": []}]}]);
    for envelope in [
        json!({"filter": "x]", "limitStart": 0, "records": list, "count": 2, "status": 200}),
        json!({"records": list}),
        json!({"records": [], "count": 0}),
        json!({"other": [1, {"records": [2]}], "records": list, "ascending": true}),
    ] {
        let text = envelope.to_string();
        assert_eq!(parse_events(&text), ListAcdEvents::decode(text.as_bytes()).ok(), "{text}");
        assert!(parse_events(&text).is_some(), "{text}");
    }
}

#[test]
fn events_without_a_proper_envelope_fall_back() {
    for text in [
        "[]",
        "{}",
        "null",
        r#"{"status": 500, "error": "No"}"#,
        r#"{"records": null}"#,
        r#"{"records": [{"ID": 1}"#,
        r#"{"records": [{"ID": 1}]"#,
        r#"{"records": [], "records": [{"ID": 1}]}"#,
        r#"{"records": [1]}"#,
    ] {
        assert_eq!(parse_events(text), None, "{text}");
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
