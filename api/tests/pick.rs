//! What is picked from a JSON object is what `serde_json` finds in it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use trunkline_fast::{Kind, Place, Unpicked, Wanted, pick};

const WANTED: Wanted<'static> = Wanted { own: &["id", "at"], within: &[("more", &["id", "b"]), ("c", &["id"])] };
const PATHS: [&str; 5] = ["/id", "/at", "/more/id", "/more/b", "/c/id"];

fn picked(bytes: &[u8]) -> Result<(usize, [Place; 5]), Unpicked> {
    let mut found = [Place::default(); 5];
    pick(bytes, WANTED, &mut found).map(|length| (length, found))
}

/// Picks, and holds it against `serde_json`.
fn check(bytes: &[u8]) -> Result<(usize, [Place; 5]), Unpicked> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Value>();
    let value = values.next();
    let shown = String::from_utf8_lossy(bytes);
    let result = picked(bytes);
    match &result {
        Ok((length, found)) if std::str::from_utf8(&bytes[..*length]).is_ok() => {
            let value = value.unwrap().unwrap_or_else(|error| panic!("{error}: {shown}"));
            assert_eq!(*length, values.byte_offset(), "{shown}");
            for (place, path) in found.iter().zip(PATHS) {
                same(bytes, *place, value.pointer(path), &shown);
            }
        }
        Err(Unpicked::Cut) => assert!(!matches!(value, Some(Ok(_))), "{shown}"),
        _ => {}
    }
    result
}

fn same(bytes: &[u8], place: Place, value: Option<&Value>, shown: &str) {
    let text = std::str::from_utf8(&bytes[place.from as usize..place.to as usize]).unwrap();
    let read = || Some(serde_json::from_str::<Value>(text).unwrap());
    let fits = match place.kind {
        Kind::Absent => value.is_none() && place == Place::default(),
        Kind::Null => text == "null" && value == Some(&Value::Null),
        Kind::Bool => value.is_some_and(Value::is_boolean) && read().as_ref() == value,
        Kind::Text => value.and_then(Value::as_str) == Some(text),
        Kind::Escaped => text.contains('\\') && serde_json::from_str(&format!("\"{text}\"")).ok().as_ref() == value,
        Kind::Integer => {
            let number = value.and_then(Value::as_i64).unwrap();
            text.parse() == Ok(number) && number.to_string() == text
        }
        Kind::Number => value.is_some_and(Value::is_number) && read().as_ref() == value,
        Kind::Texts => {
            value.and_then(Value::as_array).is_some_and(|list| list.iter().all(Value::is_string))
                && read().as_ref() == value
        }
        Kind::Array => {
            value.and_then(Value::as_array).is_some_and(|list| !list.iter().all(Value::is_string))
                && read().as_ref() == value
        }
        Kind::Object => value.is_some_and(Value::is_object) && read().as_ref() == value,
    };
    assert!(fits, "{place:?} is {text}, not {value:?}, in {shown}");
}

fn kind(value: &str) -> Result<Kind, Unpicked> {
    check(format!("{{\"id\":{value}}}").as_bytes()).map(|(_, found)| found[0].kind)
}

#[test]
fn a_value_is_of_its_kind() {
    for (value, wanted) in [
        ("null", Kind::Null),
        ("true", Kind::Bool),
        (" false ", Kind::Bool),
        (r#""""#, Kind::Text),
        ("\"ü\u{7f}\u{1F600}\"", Kind::Text),
        (r#""\"\\\/\b\f\n\r\t\u0000""#, Kind::Escaped),
        (r#""\uD83D\ude00""#, Kind::Escaped),
        ("0", Kind::Integer),
        ("-1", Kind::Integer),
        ("999999999999999", Kind::Integer),
        ("-999999999999999", Kind::Integer),
        ("1000000000000000", Kind::Number),
        ("-0", Kind::Number),
        ("-0.5", Kind::Number),
        ("1.0", Kind::Number),
        (&"9".repeat(300), Kind::Number),
        (&format!("0.{}", "9".repeat(298)), Kind::Number),
        ("[]", Kind::Texts),
        (r#"[ "a" , "\n" ]"#, Kind::Texts),
        (r#"["a",1]"#, Kind::Array),
        ("[[]]", Kind::Array),
        ("{}", Kind::Object),
        (r#"{"\u0069d":{"id":[1,{"a":null}]},"a":1,"a":2}"#, Kind::Object),
        (&format!("{}{}", "[".repeat(99), "]".repeat(99)), Kind::Array),
    ] {
        assert_eq!(kind(value), Ok(wanted), "{value}");
    }
}

#[test]
fn what_is_odd_is_left_alone() {
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
        assert_eq!(kind(value), Err(Unpicked::Odd), "{value}");
    }
    for text in ["[]", "null", " {}", "\u{FEFF}{}", "x"] {
        assert_eq!(picked(text.as_bytes()), Err(Unpicked::Odd), "{text}");
    }
    // There must be room for all that is wanted.
    let mut few = [Place::default(); 2];
    assert_eq!(pick(br#"{"c":{"id":1}}"#, WANTED, &mut few), Err(Unpicked::Odd));
}

#[test]
fn what_has_not_all_come_is_told_from_what_is_odd() {
    let text = r#" {"id": "a\u00e9\ud83d\ude00", "x": [1.5, -2, true, null, {"y": []}], "c": {"id": null} } "#.trim();
    for end in 0..text.len() {
        assert_eq!(check(&text.as_bytes()[..end]), Err(Unpicked::Cut), "{}", &text[..end]);
    }
    assert_eq!(check(format!("{text} , …").as_bytes()).unwrap().0, text.len());
}

#[test]
fn plain_content_ends_at_the_first_byte_that_ends_it() {
    for length in 0..40 {
        for byte in 0..=255_u8 {
            for after in [b'a', 0x80, 0xFF, b'!', b'#', b'[', b']', b' '] {
                let mut text = b"{\"id\":\"".to_vec();
                text.extend(std::iter::repeat_n(0xC3, length));
                text.extend([byte, after]);
                text.extend_from_slice(b"01234567\"}");
                let result = picked(&text);
                match byte {
                    b'"' | b'\\' | 0..0x20 => assert_eq!(result, Err(Unpicked::Odd), "{byte} at {length}"),
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

/// A change of the text: at a place, so many bytes away and these instead.
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
    fn any_object_and_what_becomes_of_it(value in objects(values()), pretty: bool, changes in changes()) {
        let mut text = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) }.unwrap();
        let _ = check(&text);
        for (at, gone, instead) in changes {
            let at = at.index(text.len() + 1);
            text.splice(at..(at + gone).min(text.len()), instead);
            let _ = check(&text);
        }
    }

    #[test]
    fn what_is_usual_is_picked(id in "[^\"\\\\\\p{C}]{0,30}", at in 0_i64..9_999_999_999, other in "\\PC{0,30}") {
        let value = json!({"id": id, "at": at, "more": {"b": other, "x": [other]}, "c": null});
        let (_, found) = check(value.to_string().as_bytes()).unwrap();
        prop_assert_eq!((found[0].kind, found[1].kind), (Kind::Text, Kind::Integer));
    }
}
