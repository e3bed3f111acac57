//! Responses of a faulty vendor.

use axum::http::{HeaderValue, StatusCode};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use trunkline_api::Service;

use super::fault::{Fault, FaultKind};
use crate::vendor_request::VendorResponse;

/// Size of the body of `huge`, in bytes.
const HUGE_BYTES: usize = 10_000_000;
/// Size of the part that `cut-late` sends, in bytes: more than the gateway buffers of a response.
const TRUNCATE_AFTER: usize = 1_000_000;

/// The error page of an nginx in front of a vendor.
const NGINX_502: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1>\
                    </center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n";

/// Builds the response of a fault. For the two that truncate, it is the part before the break.
pub fn response(vendor: Service, fault: &Fault, now: Timestamp) -> VendorResponse {
    match fault.fault {
        FaultKind::Status => status_response(vendor, fault, now),
        FaultKind::Html => text_response(502, "text/html", NGINX_502),
        FaultKind::Text => {
            text_response(200, "text/plain", fault.body.clone().unwrap_or_else(|| "Please try again later.\n".into()))
        }
        FaultKind::Garbage => VendorResponse::json(200, r#"{"id": 1, "records": [}, "list": tru"#),
        FaultKind::WrongType => VendorResponse::json(200, wrong_type(vendor)),
        FaultKind::Null => VendorResponse::json(200, "null"),
        FaultKind::Huge => VendorResponse::json(200, json_string(HUGE_BYTES, true)),
        FaultKind::Cut => VendorResponse::json(200, r#"{"records": [{"ID": 1, "#),
        FaultKind::CutLate => VendorResponse::json(200, json_string(TRUNCATE_AFTER, false)),
        FaultKind::Empty | FaultKind::Delay | FaultKind::Hang | FaultKind::Reset => VendorResponse::empty(200),
    }
}

fn text_response(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> VendorResponse {
    VendorResponse { status, content_type: Some(content_type), retry_after: None, body: body.into() }
}

/// Builds a JSON string of `size` bytes; without its closing quote unless `whole`.
fn json_string(size: usize, whole: bool) -> Bytes {
    let mut body = vec![b'x'; size];
    if let Some(first) = body.first_mut() {
        *first = b'"';
    }
    if let (true, Some(last)) = (whole, body.last_mut()) {
        *last = b'"';
    }
    Bytes::from(body)
}

fn status_response(vendor: Service, fault: &Fault, now: Timestamp) -> VendorResponse {
    let status = fault.status.unwrap_or(500);
    let seconds = fault.retry_after.map(HeaderValue::from);
    let date = fault.retry_after_date.and_then(|seconds| {
        let then = now.checked_add(SignedDuration::from_secs(seconds.into())).ok()?;
        let text = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&then).ok()?;
        HeaderValue::try_from(text).ok()
    });
    let usual = error_body(vendor, status);
    let body = fault.body.clone().map_or(usual, Bytes::from);
    // 204 and 304 have no body by definition.
    let reply = if matches!(status, 204 | 304) || body.is_empty() {
        VendorResponse::empty(status)
    } else {
        VendorResponse::json(status, body)
    };
    VendorResponse { retry_after: seconds.or(date), ..reply }
}

/// Builds the vendor's error body.
fn error_body(vendor: Service, status: u16) -> Bytes {
    let words = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Failed");
    let body = match vendor {
        Service::Comm100 => json!({"code": u32::from(status) * 1000, "message": format!("{words}.")}),
        Service::Jtel => json!({"status": status, "error": words}),
        Service::Oneview => json!({"errorCode": status, "errorMessage": words.to_lowercase()}),
        Service::Sobot => {
            let code = match status {
                401 => "900002",
                _ => "999999",
            };
            json!({"ret_code": code, "ret_msg": words.to_lowercase()})
        }
        Service::Digital99 => {
            let reason = match status {
                401 => 3,
                403 => 2,
                404 => 29,
                405 => 13,
                _ => 99,
            };
            json!({"status": "FAIL", "reason": reason})
        }
        Service::Gateway => json!({}),
    };
    Bytes::from(body.to_string())
}

/// Returns valid JSON that matches no response of the vendor.
fn wrong_type(vendor: Service) -> &'static str {
    match vendor {
        Service::Jtel => r#"{"records":{"ID":"wrong"},"count":"many","status":200}"#,
        Service::Digital99 => {
            r#"{"status":"OK","reason":1,"account_id":["wrong"],"totalOnline":"many","list":"wrong"}"#
        }
        _ => r#"{"id":["wrong"],"name":{"wrong":true}}"#,
    }
}

#[cfg(test)]
mod tests {
    use trunkline_api::decode::DecodeError;
    use trunkline_api::{Endpoint, comm100, digital99, jtel, oneview, sobot};

    use super::*;

    fn undecodable<E: Endpoint>() {
        for kind in [
            FaultKind::WrongType,
            FaultKind::Garbage,
            FaultKind::Empty,
            FaultKind::Text,
            FaultKind::Huge,
            FaultKind::Cut,
        ] {
            let body = response(E::SERVICE, &Fault::new(kind), Timestamp::UNIX_EPOCH).body;
            let read = E::decode(&body).err();
            assert!(matches!(read, Some(DecodeError::Undecodable { .. })), "{kind:?} {} {}", E::METHOD, E::PATH);
        }
    }

    #[test]
    fn no_endpoint_decodes_a_faulty_body() {
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
    fn status_fault_has_the_vendors_error_body() {
        let body = |vendor, status| {
            let reply = response(
                vendor,
                &Fault { status: Some(status), ..Fault::new(FaultKind::Status) },
                Timestamp::UNIX_EPOCH,
            );
            assert_eq!(reply.status, status);
            String::from_utf8(reply.body.to_vec()).unwrap()
        };
        assert_eq!(body(Service::Comm100, 403), r#"{"code":403000,"message":"Forbidden."}"#);
        assert_eq!(body(Service::Jtel, 404), r#"{"error":"Not Found","status":404}"#);
        assert_eq!(body(Service::Oneview, 500), r#"{"errorCode":500,"errorMessage":"internal server error"}"#);
        assert_eq!(body(Service::Sobot, 401), r#"{"ret_code":"900002","ret_msg":"unauthorized"}"#);
        assert_eq!(body(Service::Digital99, 200), r#"{"reason":99,"status":"FAIL"}"#);
        assert_eq!(body(Service::Comm100, 204), "");
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let with = |fault: Fault| {
            let reply = response(
                Service::Comm100,
                &Fault { status: Some(429), ..fault },
                Timestamp::from_second(784_111_770).unwrap(),
            );
            reply.retry_after.unwrap().to_str().unwrap().to_owned()
        };
        let usual = Fault::new(FaultKind::Status);
        assert_eq!(with(Fault { retry_after: Some(7), ..usual.clone() }), "7");
        // RFC 9110's example of a date.
        assert_eq!(with(Fault { retry_after_date: Some(7), ..usual }), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
