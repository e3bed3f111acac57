//! `response::parse_response`: all statuses of all vendors, the gateway's error codes, `Retry-After`, and the stored details.

use trunkline_api::endpoint::{Endpoint, Service};
use trunkline_api::error::RAW_LIMIT;
use trunkline_api::response::retry_after;
use trunkline_api::validate::{FieldError, ValidationError};
use trunkline_api::{
    Error, ErrorKind, HttpResponse, comm100, digital99, gateway, jtel, oneview, parse_response, sobot,
};

fn failure<E: Endpoint>(answer: &HttpResponse<'_>) -> Error {
    match parse_response::<E>(answer) {
        Err(error) => error,
        Ok(_) => panic!("{} {}: taken", E::METHOD, E::PATH),
    }
}

/// Checks the error kind of each status, which is the same for all vendors, with a failure body of the vendor.
fn check_statuses<E: Endpoint>(body: &str, code: &str, message: Option<&str>) {
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
        let answer = HttpResponse { status, body: body.as_bytes(), request_id: Some("r1"), ..HttpResponse::default() };
        let expected = Error {
            kind,
            service: E::SERVICE,
            endpoint: format!("{} {}", E::METHOD, E::PATH),
            status: Some(status),
            code: Some(code.to_owned()),
            message: message.map(str::to_owned),
            request_id: Some("r1".to_owned()),
            raw: Some(body.to_owned()),
        };
        assert_eq!(failure::<E>(&answer), expected);
        // Without a body: the same kind, and no code or message.
        let bare = failure::<E>(&HttpResponse { status, ..HttpResponse::default() });
        assert_eq!(bare.kind, expected.kind, "{} {status}", E::PATH);
        let made_up = E::SERVICE == Service::Jtel && status == 404;
        assert_eq!(bare.code.is_some(), made_up, "{} {status}: {:?}", E::PATH, bare.code);
        assert_eq!((bare.message, bare.raw), (None, None));
    }
    for status in [403, 429] {
        let answer = HttpResponse { status, retry_after: Some(30), body: body.as_bytes(), ..HttpResponse::default() };
        assert_eq!(failure::<E>(&answer).kind, ErrorKind::RateLimited(Some(30)), "{status}");
    }
}

#[test]
fn statuses_map_to_the_same_kinds_for_all_vendors() {
    check_statuses::<comm100::ListChannelAccounts>(r#"{"code":400000,"message":"m"}"#, "400000", Some("m"));
    check_statuses::<comm100::RemoveChannelAccount>(r#"{"code":404001,"message":"m"}"#, "404001", Some("m"));
    check_statuses::<jtel::GetAcdEvent>(
        r#"{"status":404,"error":"AcdEvent not found"}"#,
        "404",
        Some("AcdEvent not found"),
    );
    check_statuses::<oneview::GoOnline>(
        r#"{"errorCode":400,"errorMessage":"bad request"}"#,
        "400",
        Some("bad request"),
    );
    check_statuses::<sobot::QueryCustomer>(r#"{"ret_code":"900001","ret_msg":"m"}"#, "900001", Some("m"));
    check_statuses::<digital99::UpdateAccount>(r#"{"status":"FAIL","reason":2}"#, "2", None);
}

#[test]
fn jtel_404_without_a_body_is_a_missing_endpoint() {
    let code = |status, body: &'static [u8]| {
        failure::<jtel::GetAcdEvent>(&HttpResponse { status, body, ..HttpResponse::default() }).code
    };
    assert_eq!(code(404, b"").as_deref(), Some(jtel::error::NO_SUCH_ENDPOINT));
    assert_eq!(code(404, br#"{"status":404,"error":"x"}"#).as_deref(), Some("404"));
    for status in [400, 401, 409, 500] {
        assert_eq!(code(status, b""), None, "{status} without a body says nothing about the endpoint");
    }
}

#[test]
fn failures_with_a_2xx_status_are_refusals() {
    let said = |error: Error| (error.kind, error.status, error.code, error.message);
    let answer = |body: &'static str| HttpResponse { status: 200, body: body.as_bytes(), ..HttpResponse::default() };
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
fn vendor_message_is_attached_to_the_named_field() {
    let body = br#"{"error":{"code":"BadArgument","message":"too long","target":"name"}}"#;
    let error =
        failure::<comm100::CreateChannelAccount>(&HttpResponse { status: 400, body, ..HttpResponse::default() });
    let expected = [FieldError { field: "name".to_owned(), problem: ValidationError::Said("too long".to_owned()) }];
    assert_eq!(error.fields(), expected);
}

#[test]
fn undecodable_has_path_message_and_body() {
    let body = br#"[{"id":{}},{"id":[]}]"#;
    let error = failure::<oneview::ListTickets>(&HttpResponse {
        status: 200,
        body,
        request_id: Some("r2"),
        ..HttpResponse::default()
    });
    assert!(
        matches!(&error.kind, ErrorKind::Undecodable { path, found } if path == "$[0].id" && !found.is_empty()),
        "{error:?}"
    );
    assert_eq!(error.endpoint, "GET /v1/{agentID}/tickets");
    assert_eq!(error.raw.as_deref(), Some(r#"[{"id":{}},{"id":[]}]"#));
    assert_eq!(error.request_id.as_deref(), Some("r2"));
}

#[test]
fn broken_connection_after_a_sent_write_is_lost() {
    let answer = |body: &'static str| HttpResponse {
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
fn gateway_error_codes_map_to_kinds() {
    let fields = vec![FieldError { field: "url".to_owned(), problem: ValidationError::NotUrl }];
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
        // The header decides, even with a 2xx status.
        ("signed-out", 200, ErrorKind::SignedOut),
    ] {
        let answer = HttpResponse {
            status,
            gateway_error: Some(word),
            retry_after: Some(7),
            request_id: None,
            body: body.as_bytes(),
        };
        let error = failure::<comm100::ListChannelAccounts>(&answer);
        assert_eq!((error.kind, error.service, error.status), (kind, Service::Gateway, Some(status)), "{word}");
        assert_eq!((error.code.as_deref(), error.message.as_deref()), (Some("w"), Some("in words")));
        // The header suffices without a body.
        let bare = HttpResponse { body: b"", ..answer };
        assert_eq!(failure::<gateway::GetSession>(&bare).service, Service::Gateway);
    }
    // A vendor's 401 never opens the sign-in page.
    let vendors = failure::<comm100::ListChannelAccounts>(&HttpResponse { status: 401, ..HttpResponse::default() });
    assert_eq!((vendors.kind, vendors.service), (ErrorKind::KeyRefused, Service::Comm100));
}

#[test]
fn details_are_truncated_at_a_character_boundary() {
    // One byte, then two-byte letters, so the limit is inside a letter.
    let body = format!("x{}", "ü".repeat(RAW_LIMIT));
    let answer = HttpResponse { status: 500, body: body.as_bytes(), ..HttpResponse::default() };
    let raw = failure::<jtel::ListUsers>(&answer).raw.unwrap();
    assert!(raw.len() <= RAW_LIMIT && raw.len() > RAW_LIMIT - 4, "{}", raw.len());
    assert!(body.starts_with(&raw), "no letter that wasn't there: …{:?}", raw.chars().last());
    // Invalid bytes are replaced, not dropped.
    let broken =
        failure::<jtel::ListUsers>(&HttpResponse { status: 500, body: b"a\xFFb", ..HttpResponse::default() }).raw;
    assert_eq!(broken.as_deref(), Some("a\u{fffd}b"));
    let blank = failure::<jtel::ListUsers>(&HttpResponse { status: 500, body: b" \n", ..HttpResponse::default() }).raw;
    assert_eq!(blank, None);
}

#[test]
fn retry_after_as_seconds_and_as_a_date() {
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
fn transient_kinds() {
    let transient = |kind| Error::without_answer(kind, Service::Gateway, String::new()).is_transient();
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
