//! Responses built from stored JSON, and each vendor's internal error.

use futures_util::{Stream, TryStreamExt};
use serde::Serialize;
use trunkline_api::Service;
use trunkline_api::decode::to_json;

use crate::vendor_request::VendorResponse;

/// Serialises a value as a JSON response.
pub fn json<T: Serialize>(status: u16, value: &T) -> VendorResponse {
    VendorResponse::json(status, to_json(value))
}

/// Joins stored JSON records into an array and counts them. Does not parse them: there may be ten thousand.
///
/// # Errors
/// If the database fails.
pub async fn join_array(
    mut rows: impl Stream<Item = Result<String, sqlx::Error>> + Unpin,
) -> Result<(String, usize), sqlx::Error> {
    let mut out = String::from("[");
    let mut count = 0;
    while let Some(record) = rows.try_next().await? {
        if count > 0 {
            out.push(',');
        }
        out.push_str(&record);
        count += 1;
    }
    out.push(']');
    Ok((out, count))
}

/// Returns the vendor's response to an internal failure.
pub fn internal_error(vendor: Service) -> VendorResponse {
    let body = match vendor {
        Service::Comm100 => r#"{"code":500000,"message":"Internal server error."}"#,
        Service::Jtel => r#"{"status":500,"error":"Internal server error"}"#,
        Service::Oneview => r#"{"errorCode":500,"errorMessage":"internal server error"}"#,
        Service::Sobot => r#"{"ret_code":"999999","ret_msg":"unknown error"}"#,
        Service::Digital99 => r#"{"status":"FAIL","reason":0}"#,
        Service::Gateway => "{}",
    };
    VendorResponse::json(500, body)
}
