//! Parsing of each vendor's failure bodies.

use trunkline_api::VendorError;
use trunkline_api::endpoint::Service;
use trunkline_api::gateway::error::ErrorBody;
use trunkline_api::response::vendor_error;

fn expected_error(code: Option<&str>, message: Option<&str>, field: Option<&str>) -> VendorError {
    let text = |value: Option<&str>| value.map(str::to_owned);
    VendorError { code: text(code), message: text(message), field: text(field) }
}

fn parse(vendor: Service, body: &str) -> VendorError {
    vendor_error(vendor, body.as_bytes())
}

#[test]
fn comm100_all_spellings() {
    let vendor = Service::Comm100;
    let sentence = "Parameter 'timeFrom' is required.";
    let expected = expected_error(Some("400000"), Some(sentence), None);
    assert_eq!(parse(vendor, &format!(r#"{{"code":400000,"message":"{sentence}"}}"#)), expected);
    assert_eq!(parse(vendor, &format!(r#"{{"Code":"400000","Message":"{sentence}"}}"#)), expected);
    assert_eq!(
        parse(vendor, r#"{"error":{"code":"BadArgument","message":"no","target":"name","details":[]}}"#),
        expected_error(Some("BadArgument"), Some("no"), Some("name"))
    );
    assert_eq!(
        parse(vendor, r#"{"error":"invalid_grant","error_description":"wrong"}"#),
        expected_error(Some("invalid_grant"), Some("wrong"), None)
    );
    // The document's own sample has unquoted keys. It is not JSON, so only the raw text is shown.
    assert_eq!(parse(vendor, "{ code: 400000, message: \"x\" }"), VendorError::default());
    assert_eq!(parse(vendor, r#"{"code":null,"message":""}"#), VendorError::default());
}

#[test]
fn jtel_with_and_without_a_body() {
    let vendor = Service::Jtel;
    assert_eq!(
        parse(vendor, r#"{"status":404,"error":"Dialler campaign not found"}"#),
        expected_error(Some("404"), Some("Dialler campaign not found"), None)
    );
    assert_eq!(parse(vendor, r#"{"status":"404"}"#), expected_error(Some("404"), None, None));
    assert_eq!(parse(vendor, ""), expected_error(Some("no-such-endpoint"), None, None));
    assert_eq!(parse(vendor, " \r\n"), expected_error(Some("no-such-endpoint"), None, None));
    assert_eq!(parse(vendor, "<html>404</html>"), VendorError::default());
}

#[test]
fn oneview_documented_messages() {
    for (code, words) in [
        ("400", "bad request"),
        ("401", "not authorize"),
        ("403", "forbidden"),
        ("404", "not found"),
        ("500", "internal server error"),
    ] {
        let expected = expected_error(Some(code), Some(words), None);
        assert_eq!(parse(Service::Oneview, &format!(r#"{{"errorCode":{code},"errorMessage":"{words}"}}"#)), expected);
        assert_eq!(parse(Service::Oneview, &format!(r#"{{"errorCode":"{code}","errorMessage":"{words}"}}"#)), expected);
    }
}

#[test]
fn sobot_envelopes() {
    let vendor = Service::Sobot;
    let expected = expected_error(Some("900001"), Some("m"), None);
    assert_eq!(parse(vendor, r#"{"ret_code":"900001","ret_msg":"m"}"#), expected);
    assert_eq!(parse(vendor, r#"{"retCode":"900001","retMsg":"m"}"#), expected);
    assert_eq!(parse(vendor, r#"{"code":900001,"msg":"m","data":null}"#), expected);
    assert_eq!(parse(vendor, r#"{"code":900001,"status":"Fail","message":"m"}"#), expected);
}

#[test]
fn digital99_reasons() {
    let vendor = Service::Digital99;
    assert_eq!(parse(vendor, r#"{"status":"FAIL","reason":3}"#), expected_error(Some("3"), None, None));
    assert_eq!(parse(vendor, r#"{"status":"Fail","reason":"3","status":1}"#), expected_error(Some("3"), None, None));
    assert_eq!(parse(vendor, r#"{"status":"FAIL"}"#), VendorError::default());
}

#[test]
fn gateway_error_bodies() {
    let body = r#"{"error":"budget","message":"300 calls","requestId":"r1","new":1}"#;
    assert_eq!(parse(Service::Gateway, body), expected_error(Some("budget"), Some("300 calls"), None));
    assert_eq!(parse(Service::Gateway, r#"{"message":"x"}"#), VendorError::default());
    let refusal = ErrorBody { error: "fault".to_owned(), ..ErrorBody::default() };
    let text = serde_json::to_string(&refusal).unwrap();
    assert_eq!(text, r#"{"error":"fault","message":"","requestId":""}"#);
}

#[test]
fn unreadable_bodies_give_no_details() {
    let vendors = [Service::Comm100, Service::Sobot, Service::Digital99, Service::Oneview, Service::Gateway];
    for vendor in vendors {
        for body in ["", "null", "[]", "7", "\"x\"", "{}", "Service Unavailable", "{\"code\":"] {
            assert_eq!(parse(vendor, body), VendorError::default(), "{vendor:?} {body}");
        }
    }
}

#[test]
fn byte_order_mark_is_ignored() {
    let read = |vendor, body: &str| vendor_error(vendor, format!("\u{feff}{body}").as_bytes()).code;
    assert_eq!(read(Service::Comm100, r#"{"code":1}"#).as_deref(), Some("1"));
    assert_eq!(read(Service::Jtel, r#"{"status":1}"#).as_deref(), Some("1"));
    assert_eq!(read(Service::Oneview, r#"{"errorCode":1}"#).as_deref(), Some("1"));
    assert_eq!(read(Service::Sobot, r#"{"code":1}"#).as_deref(), Some("1"));
    assert_eq!(read(Service::Digital99, r#"{"reason":2}"#).as_deref(), Some("2"));
}
