//! How each vendor's failure bodies are read.

use trunkline_api::answer::{Complaint, complaint};
use trunkline_api::endpoint::Vendor;
use trunkline_api::gateway::error::Refusal;

fn told(code: Option<&str>, message: Option<&str>, field: Option<&str>) -> Complaint {
    let text = |value: Option<&str>| value.map(str::to_owned);
    Complaint { code: text(code), message: text(message), field: text(field) }
}

fn read(vendor: Vendor, body: &str) -> Complaint {
    complaint(vendor, body.as_bytes())
}

#[test]
fn comm100_spellings() {
    let vendor = Vendor::Comm100;
    let sentence = "Parameter 'timeFrom' is required.";
    let expected = told(Some("400000"), Some(sentence), None);
    assert_eq!(read(vendor, &format!(r#"{{"code":400000,"message":"{sentence}"}}"#)), expected);
    assert_eq!(read(vendor, &format!(r#"{{"Code":"400000","Message":"{sentence}"}}"#)), expected);
    assert_eq!(
        read(vendor, r#"{"error":{"code":"BadArgument","message":"no","target":"name","details":[]}}"#),
        told(Some("BadArgument"), Some("no"), Some("name"))
    );
    assert_eq!(
        read(vendor, r#"{"error":"invalid_grant","error_description":"wrong"}"#),
        told(Some("invalid_grant"), Some("wrong"), None)
    );
    // The document's own sample has unquoted keys: no JSON, so nothing is read from it; the raw text is shown.
    assert_eq!(read(vendor, "{ code: 400000, message: \"x\" }"), Complaint::default());
    assert_eq!(read(vendor, r#"{"code":null,"message":""}"#), Complaint::default());
}

#[test]
fn jtel_empty_and_not() {
    let vendor = Vendor::Jtel;
    assert_eq!(
        read(vendor, r#"{"status":404,"error":"Dialler campaign not found"}"#),
        told(Some("404"), Some("Dialler campaign not found"), None)
    );
    assert_eq!(read(vendor, r#"{"status":"404"}"#), told(Some("404"), None, None));
    assert_eq!(read(vendor, ""), told(Some("no-such-endpoint"), None, None));
    assert_eq!(read(vendor, " \r\n"), told(Some("no-such-endpoint"), None, None));
    assert_eq!(read(vendor, "<html>404</html>"), Complaint::default());
}

#[test]
fn oneview_canned_messages() {
    for (code, words) in [
        ("400", "bad request"),
        ("401", "not authorize"),
        ("403", "forbidden"),
        ("404", "not found"),
        ("500", "internal server error"),
    ] {
        let expected = told(Some(code), Some(words), None);
        assert_eq!(read(Vendor::Oneview, &format!(r#"{{"errorCode":{code},"errorMessage":"{words}"}}"#)), expected);
        assert_eq!(read(Vendor::Oneview, &format!(r#"{{"errorCode":"{code}","errorMessage":"{words}"}}"#)), expected);
    }
}

#[test]
fn sobot_envelopes() {
    let vendor = Vendor::Sobot;
    let expected = told(Some("900001"), Some("m"), None);
    assert_eq!(read(vendor, r#"{"ret_code":"900001","ret_msg":"m"}"#), expected);
    assert_eq!(read(vendor, r#"{"retCode":"900001","retMsg":"m"}"#), expected);
    assert_eq!(read(vendor, r#"{"code":900001,"msg":"m","data":null}"#), expected);
    assert_eq!(read(vendor, r#"{"code":900001,"status":"Fail","message":"m"}"#), expected);
}

#[test]
fn digital99_reasons() {
    let vendor = Vendor::Digital99;
    assert_eq!(read(vendor, r#"{"status":"FAIL","reason":3}"#), told(Some("3"), None, None));
    assert_eq!(read(vendor, r#"{"status":"Fail","reason":"3","status":1}"#), told(Some("3"), None, None));
    assert_eq!(read(vendor, r#"{"status":"FAIL"}"#), Complaint::default());
}

#[test]
fn the_gateways_refusals() {
    let body = r#"{"error":"budget","message":"300 calls","requestId":"r1","new":1}"#;
    assert_eq!(read(Vendor::Gateway, body), told(Some("budget"), Some("300 calls"), None));
    assert_eq!(read(Vendor::Gateway, r#"{"message":"x"}"#), Complaint::default());
    let refusal = Refusal { error: "fault".to_owned(), ..Refusal::default() };
    let text = serde_json::to_string(&refusal).unwrap();
    assert_eq!(text, r#"{"error":"fault","message":"","requestId":""}"#);
}

#[test]
fn nothing_readable_is_nothing_read() {
    let vendors = [Vendor::Comm100, Vendor::Sobot, Vendor::Digital99, Vendor::Oneview, Vendor::Gateway];
    for vendor in vendors {
        for body in ["", "null", "[]", "7", "\"x\"", "{}", "Service Unavailable", "{\"code\":"] {
            assert_eq!(read(vendor, body), Complaint::default(), "{vendor:?} {body}");
        }
    }
}

#[test]
fn a_byte_order_mark_hides_nothing() {
    let read = |vendor, body: &str| complaint(vendor, format!("\u{feff}{body}").as_bytes()).code;
    assert_eq!(read(Vendor::Comm100, r#"{"code":1}"#).as_deref(), Some("1"));
    assert_eq!(read(Vendor::Jtel, r#"{"status":1}"#).as_deref(), Some("1"));
    assert_eq!(read(Vendor::Oneview, r#"{"errorCode":1}"#).as_deref(), Some("1"));
    assert_eq!(read(Vendor::Sobot, r#"{"code":1}"#).as_deref(), Some("1"));
    assert_eq!(read(Vendor::Digital99, r#"{"reason":2}"#).as_deref(), Some("2"));
}
