//! A response: as received, and decoded.

use std::any::Any;
use std::sync::Arc;

use gloo_net::http::Response;
use trunkline_api::endpoint::{Endpoint, ErasedRecord};
use trunkline_api::lenient::UnreadableRecords;
use trunkline_api::response::{self, HttpResponse};
use trunkline_api::{Error, parse_response};

use crate::browser::clock;

/// Maximum size in bytes of a response that is shared with the other tabs; of a larger one they get only the
/// fingerprint.
pub const MAX_SHARED_BYTES: usize = 256 * 1024;

/// Response data of any type, so that the cache's code is compiled once and not per endpoint.
pub type Data = Arc<dyn Any + Send + Sync>;

/// The records of a response, each with the fingerprint of its bytes.
pub type Fingerprinted = Vec<(u64, ErasedRecord)>;

/// A response body as received.
#[derive(Default)]
pub struct Body {
    /// The whole body; empty if it is a long list that was parsed while it arrived.
    pub bytes: Vec<u8>,
    /// Its records, if it was parsed while it arrived.
    pub records: Option<Fingerprinted>,
    /// The object around such a list, without the records; empty if there is none.
    pub envelope: Vec<u8>,
    /// The records of such a list that can't be parsed.
    pub unreadable: UnreadableRecords,
}

/// A response as received, not yet decoded.
pub struct RawResponse {
    status: u16,
    gateway_error: Option<String>,
    request_id: Option<String>,
    retry_after: Option<u32>,
    /// Id of the last change before the gateway sent the request (`Trunkline-Change`); empty without a gateway.
    pub as_of: String,
    body: Vec<u8>,
    /// The body's records, if it is a list that was parsed while it arrived.
    pub records: Option<Fingerprinted>,
    /// The object around such a list, without the records; empty if there is none.
    pub envelope: Vec<u8>,
    /// The records of such a list that can't be parsed.
    pub unreadable: UnreadableRecords,
}

impl RawResponse {
    /// A response with its headers and body; `date` is its `Date` in epoch seconds, if it has a current one.
    pub fn from_parts(response: &Response, date: Option<i64>, body: Body) -> Self {
        let headers = response.headers();
        // The response's own `Date`, if it has one: `Retry-After` may be a date of the same clock.
        let now = || date.unwrap_or_else(clock::now);
        let retry_after =
            headers.get("Retry-After").and_then(|value| response::retry_after(&value, now(), clock::parse_iso));
        Self {
            status: response.status(),
            gateway_error: headers.get("Trunkline-Error"),
            request_id: headers.get("Trunkline-Request-Id"),
            retry_after,
            as_of: headers.get("Trunkline-Change").unwrap_or_default(),
            body: body.bytes,
            records: body.records,
            envelope: body.envelope,
            unreadable: body.unreadable,
        }
    }

    /// A successful response that another tab received.
    pub fn from_peer(body: Vec<u8>, as_of: String) -> Self {
        Self {
            status: 200,
            gateway_error: None,
            request_id: None,
            retry_after: None,
            as_of,
            body,
            records: None,
            envelope: Vec::new(),
            unreadable: UnreadableRecords::default(),
        }
    }

    /// Decodes the response to a request of type `E`.
    ///
    /// # Errors
    /// Errors if the vendor or the gateway refused the request, or if the response doesn't fit the contract.
    #[allow(clippy::result_large_err, reason = "made once per failed request")]
    pub fn read<E: Endpoint>(&self) -> Result<E::Response, Error> {
        parse_response::<E>(&self.to_http_response())
    }

    /// Like [`Self::read`]; also returns a list's records that can't be parsed.
    ///
    /// # Errors
    /// As [`Self::read`].
    #[allow(clippy::result_large_err, reason = "made once per failed request")]
    pub fn read_list<E: Endpoint>(&self) -> Result<(E::Response, UnreadableRecords), Error> {
        response::parse_list_response::<E>(&self.to_http_response())
    }

    fn to_http_response(&self) -> HttpResponse<'_> {
        HttpResponse {
            status: self.status,
            gateway_error: self.gateway_error.as_deref(),
            retry_after: self.retry_after,
            request_id: self.request_id.as_deref(),
            body: &self.body,
        }
    }

    /// `true` if the gateway refused the request because the session has ended.
    pub fn is_signed_out(&self) -> bool {
        self.gateway_error.as_deref() == Some("signed-out")
    }

    /// The body, if it is small enough to share with the other tabs; `None` for a long list, whose bytes were discarded.
    pub fn shareable_body(&self) -> Option<&[u8]> {
        (1..=MAX_SHARED_BYTES).contains(&self.body.len()).then_some(&self.body)
    }

    /// A 52-bit non-cryptographic hash of status and body; never zero.
    pub fn fingerprint(&self) -> f64 {
        let hash = match &self.records {
            Some(records) => list_fingerprint(records, &self.unreadable),
            None => trunkline_scan::fingerprint(&self.body) ^ u64::from(self.status),
        };
        #[allow(clippy::cast_precision_loss, reason = "52 bits are exact")]
        let fingerprint = ((hash >> 12) | 1) as f64;
        fingerprint
    }
}

/// A fingerprint of a whole list, made from those of its records.
fn list_fingerprint(list: &Fingerprinted, unreadable: &UnreadableRecords) -> u64 {
    let mut bytes: Vec<u8> = list.iter().flat_map(|(fingerprint, _)| fingerprint.to_le_bytes()).collect();
    unreadable.records.iter().for_each(|record| bytes.extend_from_slice(record.raw.as_bytes()));
    trunkline_scan::fingerprint(&bytes)
}
