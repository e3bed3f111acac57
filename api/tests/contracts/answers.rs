//! `answer::read`: every status of every vendor, the gateway's words, waits, and what is kept for "Details".

use trunkline_api::answer::retry_after;
use trunkline_api::endpoint::{Endpoint, Vendor};
use trunkline_api::error::RAW_LIMIT;
use trunkline_api::validate::{FieldError, Problem};
use trunkline_api::{Answer, Error, ErrorKind, comm100, digital99, gateway, jtel, oneview, read, sobot};

fn failure<E: Endpoint>(answer: &Answer<'_>) -> Error {
    match read::<E>(answer) {
        Err(error) => error,
        Ok(_) => panic!("{} {}: taken", E::METHOD, E::PATH),
    }
}

/// The statuses and their kinds, the same for all vendors, over a body of the vendor's own.
fn by_status<E: Endpoint>(body: &str, code: &str, message: Option<&str>) {
    let invalid = ErrorKind::Invalid(vec![]);
    for (status, kind) in [
        (400, invalid.clone()),
        (401, ErrorKind::KeyRefused),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (405, ErrorKind::ServerFault),
        (408, ErrorKind::TimedOut),
        (409, ErrorKind::Conflict),
        (410, ErrorKind::NotFound),
        (415, ErrorKind::ServerFault),
        (422, invalid),
        (429, ErrorKind::RateLimited(None)),
        (500, ErrorKind::ServerFault),
        (502, ErrorKind::ServerFault),
        (503, ErrorKind::ServerFault),
        (504, ErrorKind::TimedOut),
        (301, ErrorKind::ServerFault),
        (304, ErrorKind::ServerFault),
    ] {
        let answer = Answer { status, body: body.as_bytes(), request_id: Some("r1"), ..Answer::default() };
        let expected = Error {
            kind,
            vendor: E::VENDOR,
            endpoint: format!("{} {}", E::METHOD, E::PATH),
            status: Some(status),
            code: Some(code.to_owned()),
            message: message.map(str::to_owned),
            request_id: Some("r1".to_owned()),
            raw: Some(body.to_owned()),
        };
        assert_eq!(failure::<E>(&answer), expected);
        // No body at all: the same kind, and nothing made up.
        let bare = failure::<E>(&Answer { status, ..Answer::default() });
        assert_eq!(bare.kind, expected.kind, "{} {status}", E::PATH);
        let made_up = E::VENDOR == Vendor::Jtel && status == 404;
        assert_eq!(bare.code.is_some(), made_up, "{} {status}: {:?}", E::PATH, bare.code);
        assert_eq!((bare.message, bare.raw), (None, None));
    }
    for status in [403, 429] {
        let answer = Answer { status, retry_after: Some(30), body: body.as_bytes(), ..Answer::default() };
        assert_eq!(failure::<E>(&answer).kind, ErrorKind::RateLimited(Some(30)), "{status}");
    }
}

#[test]
fn every_vendor_by_every_status() {
    by_status::<comm100::ListChannelAccounts>(r#"{"code":400000,"message":"m"}"#, "400000", Some("m"));
    by_status::<comm100::RemoveChannelAccount>(r#"{"code":404001,"message":"m"}"#, "404001", Some("m"));
    by_status::<jtel::GetAcdEvent>(r#"{"status":404,"error":"AcdEvent not found"}"#, "404", Some("AcdEvent not found"));
    by_status::<oneview::GoOnline>(r#"{"errorCode":400,"errorMessage":"bad request"}"#, "400", Some("bad request"));
    by_status::<sobot::QueryCustomer>(r#"{"ret_code":"900001","ret_msg":"m"}"#, "900001", Some("m"));
    by_status::<digital99::UpdateAccount>(r#"{"status":"FAIL","reason":2}"#, "2", None);
}

#[test]
fn jtels_empty_404_is_a_missing_endpoint_and_one_with_json_a_missing_record() {
    let code =
        |status, body: &'static [u8]| failure::<jtel::GetAcdEvent>(&Answer { status, body, ..Answer::default() }).code;
    assert_eq!(code(404, b"").as_deref(), Some(jtel::error::NO_SUCH_ENDPOINT));
    assert_eq!(code(404, br#"{"status":404,"error":"x"}"#).as_deref(), Some("404"));
    for status in [400, 401, 409, 500] {
        assert_eq!(code(status, b""), None, "{status} without a body says nothing about the endpoint");
    }
}

#[test]
fn a_refusal_in_a_success() {
    let said = |error: Error| (error.kind, error.status, error.code, error.message);
    let answer = |body: &'static str| Answer { status: 200, body: body.as_bytes(), ..Answer::default() };
    let text = |words: &str| Some(words.to_owned());
    assert_eq!(
        said(failure::<digital99::UpdateAccount>(&answer(r#"{"status":"FAIL","reason":34}"#))),
        (ErrorKind::Refused, Some(200), text("34"), None)
    );
    assert_eq!(
        said(failure::<sobot::QueryCustomer>(&answer(r#"{"ret_code":"900002","ret_msg":"over"}"#))),
        (ErrorKind::Refused, Some(200), text("900002"), text("over"))
    );
    assert_eq!(
        said(failure::<jtel::ListAcdEvents>(&answer(r#"{"status":400,"error":"no"}"#))),
        (ErrorKind::Refused, Some(200), text("400"), text("no"))
    );
}

#[test]
fn a_field_that_the_vendor_names_gets_its_words() {
    let body = br#"{"error":{"code":"BadArgument","message":"too long","target":"name"}}"#;
    let error = failure::<comm100::CreateChannelAccount>(&Answer { status: 400, body, ..Answer::default() });
    let expected = [FieldError { field: "name".to_owned(), problem: Problem::Said("too long".to_owned()) }];
    assert_eq!(error.fields(), expected);
}

#[test]
fn undecodable_names_place_finding_and_text() {
    let body = br#"[{"id":{}},{"id":[]}]"#;
    let error =
        failure::<oneview::ListTickets>(&Answer { status: 200, body, request_id: Some("r2"), ..Answer::default() });
    assert!(
        matches!(&error.kind, ErrorKind::Undecodable { path, found } if path == "$[0].id" && !found.is_empty()),
        "{error:?}"
    );
    assert_eq!(error.endpoint, "GET /v1/{agentID}/tickets");
    assert_eq!(error.raw.as_deref(), Some(r#"[{"id":{}},{"id":[]}]"#));
    assert_eq!(error.request_id.as_deref(), Some("r2"));
}

#[test]
fn a_write_that_had_gone_out_may_have_been_done() {
    let answer = |body: &'static str| Answer {
        status: 502,
        gateway_error: Some("unreachable"),
        retry_after: None,
        request_id: None,
        body: body.as_bytes(),
    };
    let kind = |body| failure::<comm100::ListChannelAccounts>(&answer(body)).kind;
    assert_eq!(kind(r#"{"error":"unreachable","sent":true}"#), ErrorKind::Lost);
    assert_eq!(kind(r#"{"error":"unreachable"}"#), ErrorKind::Unreachable);
}

#[test]
fn the_gateways_words() {
    let fields = vec![FieldError { field: "url".to_owned(), problem: Problem::NotUrl }];
    let body = r#"{"error":"w","message":"in words","requestId":"r1","fields":[{"field":"url","problem":"notUrl"}]}"#;
    for (word, status, kind) in [
        ("signed-out", 401, ErrorKind::SignedOut),
        ("forbidden", 403, ErrorKind::Forbidden),
        ("csrf", 403, ErrorKind::NotAllowed),
        ("budget", 429, ErrorKind::RateLimited(Some(7))),
        ("unreachable", 502, ErrorKind::Unreachable),
        ("timeout", 504, ErrorKind::TimedOut),
        ("not-allowed", 404, ErrorKind::NotAllowed),
        ("not-found", 404, ErrorKind::NotFound),
        ("invalid", 422, ErrorKind::Invalid(fields)),
        ("fault", 500, ErrorKind::ServerFault),
        ("a-word-of-tomorrow", 418, ErrorKind::NotAllowed),
        // The header alone decides, even over a success.
        ("signed-out", 200, ErrorKind::SignedOut),
    ] {
        let answer =
            Answer { status, gateway_error: Some(word), retry_after: Some(7), request_id: None, body: body.as_bytes() };
        let error = failure::<comm100::ListChannelAccounts>(&answer);
        assert_eq!((error.kind, error.vendor, error.status), (kind, Vendor::Gateway, Some(status)), "{word}");
        assert_eq!((error.code.as_deref(), error.message.as_deref()), (Some("w"), Some("in words")));
        // Without a body the word still counts.
        let bare = Answer { body: b"", ..answer };
        assert_eq!(failure::<gateway::GetSession>(&bare).vendor, Vendor::Gateway);
    }
    // A vendor's 401 never opens sign-in.
    let vendors = failure::<comm100::ListChannelAccounts>(&Answer { status: 401, ..Answer::default() });
    assert_eq!((vendors.kind, vendors.vendor), (ErrorKind::KeyRefused, Vendor::Comm100));
}

#[test]
fn details_are_cut_at_a_character() {
    // One byte and two-byte letters: the limit falls inside a letter.
    let body = format!("x{}", "ü".repeat(RAW_LIMIT));
    let answer = Answer { status: 500, body: body.as_bytes(), ..Answer::default() };
    let raw = failure::<jtel::ListUsers>(&answer).raw.unwrap();
    assert!(raw.len() <= RAW_LIMIT && raw.len() > RAW_LIMIT - 4, "{}", raw.len());
    assert!(body.starts_with(&raw), "no letter that wasn't there: …{:?}", raw.chars().last());
    // Broken bytes are shown, not dropped.
    let broken = failure::<jtel::ListUsers>(&Answer { status: 500, body: b"a\xFFb", ..Answer::default() }).raw;
    assert_eq!(broken.as_deref(), Some("a\u{fffd}b"));
    let blank = failure::<jtel::ListUsers>(&Answer { status: 500, body: b" \n", ..Answer::default() }).raw;
    assert_eq!(blank, None);
}

#[test]
fn waits_in_both_forms() {
    let now = 1_445_412_000;
    let date = |text: &str| (text == "Wed, 21 Oct 2015 07:28:00 GMT").then_some(1_445_412_480);
    let wait = |header: &str| retry_after(header, now, date);
    assert_eq!(wait("120"), Some(120));
    assert_eq!(wait(" 0 "), Some(0));
    assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Some(480));
    assert_eq!(retry_after("Wed, 21 Oct 2015 07:28:00 GMT", now + 1000, date), Some(0), "a time that is past");
    assert_eq!(wait("999999999"), Some(86_400), "never more than a day");
    for nonsense in ["", "soon", "1.5", "-5"] {
        assert_eq!(wait(nonsense), None, "{nonsense:?}");
    }
    assert_eq!(retry_after("x", i64::MAX, |_| Some(i64::MIN)), Some(0));
    assert_eq!(retry_after("x", i64::MIN, |_| Some(i64::MAX)), Some(86_400));
}

#[test]
fn what_may_pass_by_itself_is_told_apart() {
    let transient = |kind| Error::without_answer(kind, Vendor::Gateway, String::new()).is_transient();
    for kind in [
        ErrorKind::Offline,
        ErrorKind::TimedOut,
        ErrorKind::RateLimited(None),
        ErrorKind::ServerFault,
        ErrorKind::Unreachable,
        ErrorKind::Lost,
    ] {
        assert!(transient(kind.clone()), "{kind:?}");
    }
    for kind in [
        ErrorKind::Cancelled,
        ErrorKind::SignedOut,
        ErrorKind::Forbidden,
        ErrorKind::NotAllowed,
        ErrorKind::KeyRefused,
        ErrorKind::NotFound,
        ErrorKind::Conflict,
        ErrorKind::Invalid(vec![]),
        ErrorKind::Refused,
    ] {
        assert!(!transient(kind.clone()), "{kind:?}");
    }
}
