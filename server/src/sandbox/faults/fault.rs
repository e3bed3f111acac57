//! One fault as it is set: what goes wrong, how often, and for which requests.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::vendor_call::Call;

/// What goes wrong. The words are those of the configuration, the endpoint and the tests' upstreams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Another status, with a failure body as the vendor writes them.
    Status,
    /// The right answer, late.
    Delay,
    /// No answer, until the gateway gives up.
    Hang,
    /// The connection is broken before an answer begins.
    Reset,
    /// A small answer breaks off: less comes than its head says.
    Cut,
    /// A large answer breaks off, after the browser has got its head.
    CutLate,
    /// 200, JSON by its head, but none.
    Garbage,
    /// 200, JSON of another shape than the contract's.
    WrongType,
    /// 200 and `null`.
    Null,
    /// A proxy's 502, in HTML.
    Html,
    /// 200 without a body.
    Empty,
    /// 200 with words.
    Text,
    /// 200 with a body of 10 MB, JSON of another shape than the contract's.
    Huge,
}

impl Kind {
    /// All of them.
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

/// Which requests by what they do. Sobot's look-up reads, though it is a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Only {
    /// Those that change nothing.
    Reads,
    /// Those that do.
    Writes,
}

/// A fault. Without `times` and `percent` it concerns every request that fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub fault: Kind,
    /// For `status`: which; 200 to 599.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// For `status`: `Retry-After`, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// For `status`: `Retry-After` as the date so many seconds from now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_date: Option<u32>,
    /// For `status` and `text`: another body than the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Milliseconds that pass before.
    #[serde(default)]
    pub delay_ms: u64,
    /// For the next so many requests that fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// For so many of a hundred requests that fit, evenly spread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// For this method alone, such as `PUT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// For reads or for writes alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Only>,
    /// For paths that begin so, below the vendor's base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether the request is carried out first, so that only its answer is lost. Else a write isn't done.
    #[serde(default)]
    pub after: bool,
}

impl Fault {
    /// A fault of this kind for every request.
    pub const fn new(fault: Kind) -> Self {
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

    /// Whether the values make sense together.
    ///
    /// # Errors
    /// In words.
    pub fn check(&self) -> Result<(), &'static str> {
        let is_status = self.fault == Kind::Status;
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
        if self.body.is_some() && !(is_status || self.fault == Kind::Text) {
            return Err("body goes with fault = \"status\" or \"text\" alone");
        }
        if self.fault == Kind::Delay && self.delay_ms == 0 {
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

    /// Whether it concerns a request.
    pub fn fits(&self, call: &Call, reads: bool) -> bool {
        self.method.as_deref().is_none_or(|method| method == call.endpoint.method.as_str())
            && self.only.is_none_or(|only| (only == Only::Reads) == reads)
            && self.path.as_deref().is_none_or(|path| call.path.starts_with(path))
    }
}

/// A vendor's faults: one table or a list of them. Of several that fit a request the first counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan(pub Vec<Fault>);

impl<'de> Deserialize<'de> for Plan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlanVisitor)
    }
}

/// By hand: an untagged derive wouldn't say which field is wrong.
struct PlanVisitor;

impl<'de> Visitor<'de> for PlanVisitor {
    type Value = Plan;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault or a list of faults")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Plan, A::Error> {
        Fault::deserialize(MapAccessDeserializer::new(map)).map(|fault| Plan(vec![fault]))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Plan, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Plan)
    }
}
