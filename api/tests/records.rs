//! Lists read record by record come to the same as lists read whole.

use std::sync::Arc;

use proptest::prelude::*;
use trunkline_api::Endpoint;
use trunkline_api::oneview::{ListTickets, Listed};
use trunkline_fast::Elements;

/// The tickets as the console reads them on their way, in pieces of `size` bytes; none if it would read them whole. The
/// `first` list is read without looking for a record's end before.
fn on_the_way(text: &str, size: usize, first: bool) -> Option<Vec<Arc<Listed>>> {
    let records = ListTickets::RECORDS?;
    let (mut elements, mut found) = (Elements::default(), Vec::new());
    for end in (0..text.len()).step_by(size).chain([text.len()]) {
        let come = text.as_bytes().get(..end)?;
        while let Some(begin) = elements.begin(come) {
            if first
                && elements.is_new()
                && let Some((record, length)) = (records.one)(come.get(begin..)?)
            {
                elements.end(length);
                found.push(record);
                continue;
            }
            let Some(place) = elements.next(come) else { break };
            let bytes = come.get(place)?;
            let (record, length) = (records.one)(bytes)?;
            assert_eq!(length, bytes.len());
            found.push(record);
        }
    }
    elements.is_list().then(|| (records.all)(found))
}

#[test]
fn what_is_no_plain_list_of_sound_records_is_left_to_the_whole_reader() {
    for text in
        ["null", "{}", "[null]", "[{]", r#"[{"id": 1} "#, r#"[{"queue": 7}]"#, r#"[{"id": 1}{"id": 2}]"#, "", "[{}] []"]
    {
        assert!(on_the_way(text, 3, false).is_none() && on_the_way(text, 3, true).is_none(), "{text}");
    }
}

proptest! {
    #[test]
    fn record_by_record_is_as_whole(
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
        prop_assert_eq!(&on_the_way(&text, size, false).unwrap(), &whole);
        prop_assert_eq!(&on_the_way(&text, size, true).unwrap(), &whole);
    }
}
