//! Sobot: `null` is a valid response, numbers occur in place of strings, and the envelope is optional.

use serde_json::json;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::sobot::{Customer, QueryCustomer};

use crate::help::{refused, round_trip};

fn customer(value: serde_json::Value) -> Customer {
    round_trip::<QueryCustomer>(&value).unwrap()
}

#[test]
fn null_means_no_such_customer() {
    for body in ["null", " null\n", r#"{"ret_code":"000000","item":null}"#, r#"{"ret_code":"000000","ret_msg":"ok"}"#] {
        assert_eq!(QueryCustomer::decode(body.as_bytes()), Ok(None), "{body}");
    }
}

#[test]
fn flags_are_set_only_by_one() {
    for (mark, is) in [
        (json!(1), true),
        (json!("1"), true),
        (json!(" 1 "), true),
        (json!(2), false),
        (json!("2"), false),
        (json!(0), false),
        (json!(true), false),
        (json!(""), false),
    ] {
        let customer = customer(json!({"isVip": mark, "isblack": mark}));
        assert_eq!((customer.is_vip(), customer.is_blacklisted()), (is, is), "{mark}");
    }
    assert!(!customer(json!({})).is_vip());
}

#[test]
fn numbers_and_bools_are_accepted_for_strings() {
    let customer = customer(json!({"id": 17, "tel": 13_800_000_000_u64, "nick": 5, "isVip": true, "userLabel": 11,
        "f1": 1, "f2": {"a": []}, "f3": [1, "2"], "f4": null, "f5": 1.5}));
    assert_eq!(customer.title(), "5");
    assert_eq!(customer.custom.len(), 5);
}

#[test]
fn title_is_the_first_name_that_is_not_blank() {
    assert_eq!(customer(json!({"uname": "", "nick": " ", "id": "c1"})).title(), "c1");
    assert_eq!(customer(json!({"uname": "", "nick": "n", "id": "c1"})).title(), "n");
    assert_eq!(customer(json!({})).title(), "");
}

#[test]
fn envelope_is_unwrapped_or_refused() {
    let found = QueryCustomer::decode(br#"{"ret_code":"000000","ret_msg":"ok","item":{"id":"c1"}}"#).unwrap();
    assert_eq!(found.unwrap().title(), "c1");
    let told = |code: &str, words: Option<&str>| (Some(code.to_owned()), words.map(str::to_owned));
    assert_eq!(
        refused::<QueryCustomer>(r#"{"ret_code":"900002","ret_msg":"token expired"}"#),
        told("900002", Some("token expired"))
    );
    assert_eq!(refused::<QueryCustomer>(r#"{"retCode":"999999","retMsg":"fail"}"#), told("999999", Some("fail")));
    assert_eq!(refused::<QueryCustomer>(r#"{"ret_code":900001,"ret_msg":null}"#), told("900001", None));
    // Codes are zero-padded text, so "0" is not "000000".
    assert_eq!(refused::<QueryCustomer>(r#"{"ret_code":"0"}"#), told("0", None));
    assert_eq!(refused::<QueryCustomer>(r#"{"ret_code":null,"item":{}}"#), (None, None));
}

#[test]
fn tags_by_group() {
    let tags = |text: &str| customer(json!({"userLableName": text})).tags();
    let group =
        |name: &str, tags: &[&str]| (name.to_owned(), tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>());
    assert_eq!(tags(r#""A": "1", "2", "B": "3""#), [group("A", &["1", "2"]), group("B", &["3"])]);
    assert_eq!(tags(r#""A" : "1" "#), [group("A", &["1"])]);
    assert_eq!(tags("gold, new ,"), [group("", &["gold", "new"])]);
    assert_eq!(tags(r#""lonely""#), [group("", &["lonely"])]);
    assert_eq!(tags(r#""A": "cut"#), [group("A", &[])]);
    assert_eq!(tags(""), []);
}
