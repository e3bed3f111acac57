//! Answers put together from stored JSON, and each vendor's form of an internal error.

use futures_util::{Stream, TryStreamExt};
use serde::Serialize;
use trunkline_api::Vendor;
use trunkline_api::wire::to_json;

use crate::vendor_call::Reply;

/// A JSON answer from a value.
pub fn json<T: Serialize>(status: u16, value: &T) -> Reply {
    Reply::json(status, to_json(value))
}

/// A JSON array of records that are JSON already, and how many they are. Ten thousand are joined, not parsed.
///
/// # Errors
/// When the database fails.
pub async fn array(
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

/// What the vendor answers when it fails itself.
pub fn internal_error(vendor: Vendor) -> Reply {
    let body = match vendor {
        Vendor::Comm100 => r#"{"code":500000,"message":"Internal server error."}"#,
        Vendor::Jtel => r#"{"status":500,"error":"Internal server error"}"#,
        Vendor::Oneview => r#"{"errorCode":500,"errorMessage":"internal server error"}"#,
        Vendor::Sobot => r#"{"ret_code":"999999","ret_msg":"unknown error"}"#,
        Vendor::Digital99 => r#"{"status":"FAIL","reason":0}"#,
        Vendor::Gateway => "{}",
    };
    Reply::json(500, body)
}
