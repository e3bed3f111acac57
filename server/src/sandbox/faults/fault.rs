//! A fault's definition: its kind, its frequency, and the requests that it matches.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::vendor_request::VendorRequest;

/// Kind of a fault. The configuration, `/api/faults` and the tests' upstreams share these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// Another status, with the vendor's error body.
    Status,
    /// The regular response, delayed.
    Delay,
    /// No response, until the gateway times out.
    Hang,
    /// The connection is reset before a response begins.
    Reset,
    /// A small response is truncated: fewer bytes come than its head announces.
    Cut,
    /// A large response is truncated, after the browser has received its head.
    CutLate,
    /// 200, with `application/json` and invalid JSON.
    Garbage,
    /// 200, with JSON of another shape than the contract's.
    WrongType,
    /// 200 and `null`.
    Null,
    /// A proxy's 502, in HTML.
    Html,
    /// 200 without a body.
    Empty,
    /// 200 with plain text.
    Text,
    /// 200 with a body of 10 MB: JSON of another shape than the contract's.
    Huge,
}

impl FaultKind {
    /// All.
    pub const ALL: [Self; 13] = [
        Self::Status,
        Self::Delay,
        Self::Hang,
        Self::Reset,
        Self::Cut,
        Self::CutLate,
        Self::Garbage,
        Self::WrongType,
        Self::Null,
        Self::Html,
        Self::Empty,
        Self::Text,
        Self::Huge,
    ];
}

/// Restriction to reads or writes. Sobot's look-up is a read, though it is a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequestKind {
    /// Requests without side effects.
    Reads,
    /// Requests with side effects.
    Writes,
}

/// A fault. Without `times` and `percent` it applies to every matching request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The fault's kind.
    pub fault: FaultKind,
    /// For `status`: the HTTP status, 200 to 599.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// For `status`: `Retry-After`, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// For `status`: `Retry-After` as a date, this many seconds from now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_date: Option<u32>,
    /// For `status` and `text`: a body in place of the default one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Delay before the fault, in milliseconds.
    #[serde(default)]
    pub delay_ms: u64,
    /// Number of matching requests that it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// Percentage of matching requests that it applies to, evenly spread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// Matches only this method, such as `PUT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Matches only reads or only writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<RequestKind>,
    /// Matches only paths with this prefix, below the vendor's base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Carries the request out first, so that only its response is lost. Otherwise a write is not carried out.
    #[serde(default)]
    pub after: bool,
}

impl Fault {
    /// A fault of this kind that matches every request.
    pub const fn new(fault: FaultKind) -> Self {
        Self {
            fault,
            status: None,
            retry_after: None,
            retry_after_date: None,
            body: None,
            delay_ms: 0,
            times: None,
            percent: None,
            method: None,
            only: None,
            path: None,
            after: false,
        }
    }

    /// Validates the values and their combination.
    ///
    /// # Errors
    /// With a message.
    pub fn check(&self) -> Result<(), &'static str> {
        let is_status = self.fault == FaultKind::Status;
        match (is_status, self.status) {
            (true, Some(200..=599)) | (false, None) => {}
            (true, _) => return Err("status must be a number from 200 to 599"),
            (false, Some(_)) => return Err("status goes with fault = \"status\" alone"),
        }
        if !is_status && (self.retry_after.is_some() || self.retry_after_date.is_some()) {
            return Err("retry_after and retry_after_date go with fault = \"status\" alone");
        }
        if self.retry_after.is_some() && self.retry_after_date.is_some() {
            return Err("retry_after and retry_after_date exclude one another");
        }
        if self.body.is_some() && !(is_status || self.fault == FaultKind::Text) {
            return Err("body goes with fault = \"status\" or \"text\" alone");
        }
        if self.fault == FaultKind::Delay && self.delay_ms == 0 {
            return Err("fault = \"delay\" needs delay_ms");
        }
        if self.times.is_some() && self.percent.is_some() {
            return Err("times and percent exclude one another");
        }
        if matches!(self.percent, Some(0 | 101..)) || self.times == Some(0) {
            return Err("times must be at least 1, percent from 1 to 100");
        }
        if self.method.as_deref().is_some_and(|method| !matches!(method, "GET" | "POST" | "PUT" | "DELETE")) {
            return Err("method must be GET, POST, PUT or DELETE");
        }
        Ok(())
    }

    /// True if it matches a request.
    pub fn matches(&self, call: &VendorRequest, reads: bool) -> bool {
        self.method.as_deref().is_none_or(|method| method == call.endpoint.method.as_str())
            && self.only.is_none_or(|only| (only == RequestKind::Reads) == reads)
            && self.path.as_deref().is_none_or(|path| call.path.starts_with(path))
    }
}

/// A vendor's faults: one table or a list of them. The first that matches a request applies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FaultPlan(pub Vec<Fault>);

impl<'de> Deserialize<'de> for FaultPlan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FaultPlanVisitor)
    }
}

/// Written by hand, because an untagged derive would not name the wrong field.
struct FaultPlanVisitor;

impl<'de> Visitor<'de> for FaultPlanVisitor {
    type Value = FaultPlan;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault or a list of faults")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FaultPlan, A::Error> {
        Fault::deserialize(MapAccessDeserializer::new(map)).map(|fault| FaultPlan(vec![fault]))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<FaultPlan, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(FaultPlan)
    }
}
