//! What a faulty vendor sends.

use axum::http::{HeaderValue, StatusCode};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use trunkline_api::Vendor;

use super::fault::{Fault, Kind};
use crate::vendor_call::Reply;

/// The size of a huge body.
const HUGE: usize = 10_000_000;
/// What comes of a large answer before it breaks off: more than the gateway keeps until an answer is whole.
const LATE: usize = 1_000_000;

/// What nginx sends in a vendor's place.
const HTML: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1>\
                    </center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n";

/// The answer of a fault that has one. For the two that cut it is what comes before the break.
pub fn reply(vendor: Vendor, fault: &Fault, now: Timestamp) -> Reply {
    match fault.fault {
        Kind::Status => status(vendor, fault, now),
        Kind::Html => words(502, "text/html", HTML),
        Kind::Text => {
            words(200, "text/plain", fault.body.clone().unwrap_or_else(|| "Please try again later.\n".into()))
        }
        Kind::Garbage => Reply::json(200, r#"{"id": 1, "records": [}, "list": tru"#),
        Kind::WrongType => Reply::json(200, wrong_type(vendor)),
        Kind::Null => Reply::json(200, "null"),
        Kind::Huge => Reply::json(200, text_of(HUGE, true)),
        Kind::Cut => Reply::json(200, r#"{"records": [{"ID": 1, "#),
        Kind::CutLate => Reply::json(200, text_of(LATE, false)),
        Kind::Empty | Kind::Delay | Kind::Hang | Kind::Reset => Reply::empty(200),
    }
}

fn words(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Reply {
    Reply { status, content_type: Some(content_type), retry_after: None, body: body.into() }
}

/// A JSON text of so many bytes; without its end it is none.
fn text_of(size: usize, whole: bool) -> Bytes {
    let mut body = vec![b'x'; size];
    if let Some(first) = body.first_mut() {
        *first = b'"';
    }
    if let (true, Some(last)) = (whole, body.last_mut()) {
        *last = b'"';
    }
    Bytes::from(body)
}

fn status(vendor: Vendor, fault: &Fault, now: Timestamp) -> Reply {
    let status = fault.status.unwrap_or(500);
    let seconds = fault.retry_after.map(HeaderValue::from);
    let date = fault.retry_after_date.and_then(|seconds| {
        let then = now.checked_add(SignedDuration::from_secs(seconds.into())).ok()?;
        let text = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&then).ok()?;
        HeaderValue::try_from(text).ok()
    });
    let usual = complaint(vendor, status);
    let body = fault.body.clone().map_or(usual, Bytes::from);
    // These two have no body by definition.
    let reply =
        if matches!(status, 204 | 304) || body.is_empty() { Reply::empty(status) } else { Reply::json(status, body) };
    Reply { retry_after: seconds.or(date), ..reply }
}

/// A failure body as the vendor writes them.
fn complaint(vendor: Vendor, status: u16) -> Bytes {
    let words = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Failed");
    let body = match vendor {
        Vendor::Comm100 => json!({"code": u32::from(status) * 1000, "message": format!("{words}.")}),
        Vendor::Jtel => json!({"status": status, "error": words}),
        Vendor::Oneview => json!({"errorCode": status, "errorMessage": words.to_lowercase()}),
        Vendor::Sobot => {
            let code = match status {
                401 => "900002",
                _ => "999999",
            };
            json!({"ret_code": code, "ret_msg": words.to_lowercase()})
        }
        Vendor::Digital99 => {
            let reason = match status {
                401 => 3,
                403 => 2,
                404 => 29,
                405 => 13,
                _ => 99,
            };
            json!({"status": "FAIL", "reason": reason})
        }
        Vendor::Gateway => json!({}),
    };
    Bytes::from(body.to_string())
}

/// Right in its syntax, and no answer that any endpoint of the vendor has.
fn wrong_type(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Jtel => r#"{"records":{"ID":"wrong"},"count":"many","status":200}"#,
        Vendor::Digital99 => r#"{"status":"OK","reason":1,"account_id":["wrong"],"totalOnline":"many","list":"wrong"}"#,
        _ => r#"{"id":["wrong"],"name":{"wrong":true}}"#,
    }
}

#[cfg(test)]
mod tests {
    use trunkline_api::wire::Failure;
    use trunkline_api::{Endpoint, comm100, digital99, jtel, oneview, sobot};

    use super::*;

    fn undecodable<E: Endpoint>() {
        for kind in [Kind::WrongType, Kind::Garbage, Kind::Empty, Kind::Text, Kind::Huge, Kind::Cut] {
            let body = reply(E::VENDOR, &Fault::new(kind), Timestamp::UNIX_EPOCH).body;
            let read = E::decode(&body).err();
            assert!(matches!(read, Some(Failure::Undecodable { .. })), "{kind:?} {} {}", E::METHOD, E::PATH);
        }
    }

    #[test]
    fn no_endpoint_takes_a_faulty_body_for_an_answer() {
        undecodable::<comm100::ListChannelAccounts>();
        undecodable::<comm100::GetChannelAccount>();
        undecodable::<comm100::CreateChannelAccount>();
        undecodable::<comm100::UpdateChannelAccount>();
        undecodable::<comm100::EnableBot>();
        undecodable::<comm100::DisableBot>();
        undecodable::<comm100::ListChatbots>();
        undecodable::<jtel::ListAcdEvents>();
        undecodable::<jtel::GetAcdEvent>();
        undecodable::<jtel::CreateAcdEvent>();
        undecodable::<jtel::ListAcdEventTypes>();
        undecodable::<jtel::ListAcdGroups>();
        undecodable::<jtel::GetAcdGroup>();
        undecodable::<jtel::ListUsers>();
        undecodable::<jtel::GetUser>();
        undecodable::<oneview::ListTickets>();
        undecodable::<oneview::GoOnline>();
        undecodable::<oneview::GoOffline>();
        undecodable::<sobot::QueryCustomer>();
        undecodable::<digital99::UpdateAccount>();
        undecodable::<digital99::ListAccounts>();
    }

    #[test]
    fn a_status_has_the_vendors_own_body() {
        let body = |vendor, status| {
            let reply =
                reply(vendor, &Fault { status: Some(status), ..Fault::new(Kind::Status) }, Timestamp::UNIX_EPOCH);
            assert_eq!(reply.status, status);
            String::from_utf8(reply.body.to_vec()).unwrap()
        };
        assert_eq!(body(Vendor::Comm100, 403), r#"{"code":403000,"message":"Forbidden."}"#);
        assert_eq!(body(Vendor::Jtel, 404), r#"{"error":"Not Found","status":404}"#);
        assert_eq!(body(Vendor::Oneview, 500), r#"{"errorCode":500,"errorMessage":"internal server error"}"#);
        assert_eq!(body(Vendor::Sobot, 401), r#"{"ret_code":"900002","ret_msg":"unauthorized"}"#);
        assert_eq!(body(Vendor::Digital99, 200), r#"{"reason":99,"status":"FAIL"}"#);
        assert_eq!(body(Vendor::Comm100, 204), "");
    }

    #[test]
    fn retry_after_has_two_forms() {
        let with = |fault: Fault| {
            let reply = reply(
                Vendor::Comm100,
                &Fault { status: Some(429), ..fault },
                Timestamp::from_second(784_111_770).unwrap(),
            );
            reply.retry_after.unwrap().to_str().unwrap().to_owned()
        };
        let usual = Fault::new(Kind::Status);
        assert_eq!(with(Fault { retry_after: Some(7), ..usual.clone() }), "7");
        // RFC 9110's own sample of a date.
        assert_eq!(with(Fault { retry_after_date: Some(7), ..usual }), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
