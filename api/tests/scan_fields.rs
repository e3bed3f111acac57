//! The field scanner agrees with `serde_json`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use trunkline_scan::{FieldSpan, FieldSpec, JsonKind, ScanError, scan_fields};

const SPEC: FieldSpec<'static> = FieldSpec { fields: &["id", "at"], nested: &[("more", &["id", "b"]), ("c", &["id"])] };
const PATHS: [&str; 5] = ["/id", "/at", "/more/id", "/more/b", "/c/id"];

fn scan(bytes: &[u8]) -> Result<(usize, [FieldSpan; 5]), ScanError> {
    let mut found = [FieldSpan::default(); 5];
    scan_fields(bytes, SPEC, &mut found).map(|length| (length, found))
}

/// Scans an object and compares the result with `serde_json`'s.
fn check(bytes: &[u8]) -> Result<(usize, [FieldSpan; 5]), ScanError> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Value>();
    let value = values.next();
    let shown = String::from_utf8_lossy(bytes);
    let result = scan(bytes);
    match &result {
        Ok((length, found)) if std::str::from_utf8(&bytes[..*length]).is_ok() => {
            let value = value.unwrap().unwrap_or_else(|error| panic!("{error}: {shown}"));
            assert_eq!(*length, values.byte_offset(), "{shown}");
            for (place, path) in found.iter().zip(PATHS) {
                assert_same(bytes, *place, value.pointer(path), &shown);
            }
        }
        Err(ScanError::Truncated) => assert!(!matches!(value, Some(Ok(_))), "{shown}"),
        _ => {}
    }
    result
}

fn assert_same(bytes: &[u8], place: FieldSpan, value: Option<&Value>, shown: &str) {
    let text = std::str::from_utf8(&bytes[place.from as usize..place.to as usize]).unwrap();
    let read = || Some(serde_json::from_str::<Value>(text).unwrap());
    let fits = match place.kind {
        JsonKind::Absent => value.is_none() && place == FieldSpan::default(),
        JsonKind::Null => text == "null" && value == Some(&Value::Null),
        JsonKind::Bool => value.is_some_and(Value::is_boolean) && read().as_ref() == value,
        JsonKind::Text => value.and_then(Value::as_str) == Some(text),
        JsonKind::Escaped => text.contains('\\') && serde_json::from_str(&format!("\"{text}\"")).ok().as_ref() == value,
        JsonKind::Integer => {
            let number = value.and_then(Value::as_i64).unwrap();
            text.parse() == Ok(number) && number.to_string() == text
        }
        JsonKind::Number => value.is_some_and(Value::is_number) && read().as_ref() == value,
        JsonKind::TextArray => {
            value.and_then(Value::as_array).is_some_and(|list| list.iter().all(Value::is_string))
                && read().as_ref() == value
        }
        JsonKind::Array => {
            value.and_then(Value::as_array).is_some_and(|list| !list.iter().all(Value::is_string))
                && read().as_ref() == value
        }
        JsonKind::Object => value.is_some_and(Value::is_object) && read().as_ref() == value,
    };
    assert!(fits, "{place:?} is {text}, not {value:?}, in {shown}");
}

fn kind_of(value: &str) -> Result<JsonKind, ScanError> {
    check(format!("{{\"id\":{value}}}").as_bytes()).map(|(_, found)| found[0].kind)
}

#[test]
fn values_have_their_kind() {
    for (value, wanted) in [
        ("null", JsonKind::Null),
        ("true", JsonKind::Bool),
        (" false ", JsonKind::Bool),
        (r#""""#, JsonKind::Text),
        ("\"ü\u{7f}\u{1F600}\"", JsonKind::Text),
        (r#""\"\\\/\b\f\n\r\t\u0000""#, JsonKind::Escaped),
        (r#""\uD83D\ude00""#, JsonKind::Escaped),
        ("0", JsonKind::Integer),
        ("-1", JsonKind::Integer),
        ("999999999999999", JsonKind::Integer),
        ("-999999999999999", JsonKind::Integer),
        ("1000000000000000", JsonKind::Number),
        ("-0", JsonKind::Number),
        ("-0.5", JsonKind::Number),
        ("1.0", JsonKind::Number),
        (&"9".repeat(300), JsonKind::Number),
        (&format!("0.{}", "9".repeat(298)), JsonKind::Number),
        ("[]", JsonKind::TextArray),
        (r#"[ "a" , "\n" ]"#, JsonKind::TextArray),
        (r#"["a",1]"#, JsonKind::Array),
        ("[[]]", JsonKind::Array),
        ("{}", JsonKind::Object),
        (r#"{"\u0069d":{"id":[1,{"a":null}]},"a":1,"a":2}"#, JsonKind::Object),
        (&format!("{}{}", "[".repeat(99), "]".repeat(99)), JsonKind::Array),
    ] {
        assert_eq!(kind_of(value), Ok(wanted), "{value}");
    }
}

#[test]
fn invalid_and_unusual_objects_are_unsupported() {
    for value in [
        "",
        ",",
        "nul",
        "nulL",
        "True",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1.e1",
        "1e1",
        "1E400",
        "1 2",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{1:2}",
        r#"{"a"}"#,
        r#"{"a":1,}"#,
        r#"{"a":1]"#,
        "\"\n\"",
        "\"abcdefgh\u{1f}\"",
        r#""\x""#,
        r#""\u12g4""#,
        r#""\ud83d""#,
        r#""\ud83dx""#,
        r#""\ud83d\n""#,
        r#""\ud83dA""#,
        r#""\ude00""#,
        &"9".repeat(301),
        &format!("{}{}", "[".repeat(100), "]".repeat(100)),
        r#"1,"id":1"#,
        r#"null,"id":null"#,
        r#"1,"c":null,"c":null"#,
        r#"1,"c":{},"c":{}"#,
        r#"1,"c":[]"#,
        r#"1,"c":nul"#,
        r#"1,"\u0061t":1"#,
        r#"1,"c":{"\u0069d":1}"#,
        r#"1,"c":{"id":1,"id":2}"#,
    ] {
        assert_eq!(kind_of(value), Err(ScanError::Unsupported), "{value}");
    }
    for text in ["[]", "null", " {}", "\u{FEFF}{}", "x"] {
        assert_eq!(scan(text.as_bytes()), Err(ScanError::Unsupported), "{text}");
    }
    // The buffer is too small for all the requested members.
    let mut few = [FieldSpan::default(); 2];
    assert_eq!(scan_fields(br#"{"c":{"id":1}}"#, SPEC, &mut few), Err(ScanError::Unsupported));
}

#[test]
fn truncated_objects_differ_from_unsupported_ones() {
    let text = r#" {"id": "a\u00e9\ud83d\ude00", "x": [1.5, -2, true, null, {"y": []}], "c": {"id": null} } "#.trim();
    for end in 0..text.len() {
        assert_eq!(check(&text.as_bytes()[..end]), Err(ScanError::Truncated), "{}", &text[..end]);
    }
    assert_eq!(check(format!("{text} , …").as_bytes()).unwrap().0, text.len());
}

#[test]
fn plain_runs_end_at_quotes_backslashes_and_control_characters() {
    for length in 0..40 {
        for byte in 0..=255_u8 {
            for after in [b'a', 0x80, 0xFF, b'!', b'#', b'[', b']', b' '] {
                let mut text = b"{\"id\":\"".to_vec();
                text.extend(std::iter::repeat_n(0xC3, length));
                text.extend([byte, after]);
                text.extend_from_slice(b"01234567\"}");
                let result = scan(&text);
                match byte {
                    b'"' | b'\\' | 0..0x20 => assert_eq!(result, Err(ScanError::Unsupported), "{byte} at {length}"),
                    _ => assert_eq!(result.unwrap().1[0].to as usize, 7 + length + 10, "{byte} at {length}"),
                }
            }
        }
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-9_i64..99).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-999_i32..999).prop_map(|number| json!(f64::from(number) / 8.0)),
        "\\PC{0,20}".prop_map(Value::from),
        "[a-z\"\\\\\n\u{0}é]{0,12}".prop_map(Value::from),
        prop::collection::vec("[a\"é]{0,3}", 0..3).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from), objects(inner)]
    })
}

fn objects(values: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let name = prop_oneof![Just("id"), Just("at"), Just("more"), Just("c"), Just("b"), Just("unknown"), Just("é\n")];
    prop::collection::vec((name, values), 0..6).prop_map(|members| {
        Value::from(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
    })
}

/// Edits of a text: an index, the number of bytes to remove there, and the bytes to insert.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, Vec<u8>)>> {
    let byte = prop_oneof![
        4 => prop::sample::select(b"\"\\{}[]:,0123456789-+.eEutrfn \n\t\x01/abdD8".to_vec()),
        1 => any::<u8>(),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0_usize..3, prop::collection::vec(byte, 0..3)), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn any_object_with_any_edits_agrees_with_serde(value in objects(values()), pretty: bool, changes in changes()) {
        let mut text = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) }.unwrap();
        let _ = check(&text);
        for (at, gone, instead) in changes {
            let at = at.index(text.len() + 1);
            text.splice(at..(at + gone).min(text.len()), instead);
            let _ = check(&text);
        }
    }

    #[test]
    fn usual_objects_are_scanned(id in "[^\"\\\\\\p{C}]{0,30}", at in 0_i64..9_999_999_999, other in "\\PC{0,30}") {
        let value = json!({"id": id, "at": at, "more": {"b": other, "x": [other]}, "c": null});
        let (_, found) = check(value.to_string().as_bytes()).unwrap();
        prop_assert_eq!((found[0].kind, found[1].kind), (JsonKind::Text, JsonKind::Integer));
    }
}
