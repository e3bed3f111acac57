//! Test runs of external APIs.

use serde::{Deserialize, Serialize};

use crate::decode::open_enum;
use crate::tolerant::tolerant_struct;

open_enum! {
    /// The reason why a test got no response. Unknown values are preserved, because the history may be older than the
    /// gateway.
    NoResponseReason {
        /// The address is not an http or https URL with a host.
        Address = "address",
        /// The host name cannot be resolved.
        Name = "name",
        /// The address is private, loopback or reserved, and the operator does not allow those.
        Private = "private",
        /// The port is not allowed for tests on the public Internet.
        Port = "port",
        /// The request cannot be built.
        Request = "request",
        /// The connection failed.
        Connection = "connection",
        /// The connection broke before the response was complete.
        Broken = "broken",
        /// No complete response within the definition's time limit.
        Late = "late",
        /// More than 5 redirects.
        Redirects = "redirects",
        /// The token endpoint gave no access token.
        Token = "token",
        /// The stored result can't be decoded. A test itself never ends with it.
        Unreadable = "unreadable",
    }
}

open_enum! {
    /// The verdict on a test.
    Verdict {
        /// A successful status, and all outputs as they should be.
        Passed = "passed",
        /// The HTTP status is no success.
        Status = "status",
        /// A required output is missing, or one has another type.
        Outputs = "outputs",
        /// There was no response.
        NoResponse = "noResponse",
    }
}

open_enum! {
    /// What is wrong with an output.
    OutputProblem {
        /// It is required, and the response does not have it.
        Missing = "missing",
        /// It has another type.
        Type = "type",
    }
}

/// The summary of a test run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestSummary {
    /// Epoch seconds.
    pub at: i64,
    /// HTTP status. `None` if there was no response.
    pub status: Option<u16>,
    /// The reason why there was no response.
    pub error: Option<NoResponseReason>,
    /// Duration in milliseconds.
    pub millis: u64,
    /// The verdict. `None` for tests of older versions; see [`TestSummary::verdict`].
    pub verdict: Option<Verdict>,
}

tolerant_struct!(TestSummary {
    "at" => at,
    "status" => status,
    "error" => error,
    "millis" => millis,
    "verdict" => verdict,
});

impl TestSummary {
    /// The verdict; for a test without one, by its status alone.
    pub fn verdict(&self) -> Verdict {
        self.verdict.clone().unwrap_or(match self.status {
            Some(200..=299) => Verdict::Passed,
            Some(_) => Verdict::Status,
            None => Verdict::NoResponse,
        })
    }
}

/// Values for one test, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TestValues {
    /// Pairs of a parameter's name and value.
    #[serde(default)]
    pub values: Vec<(String, String)>,
    /// Pairs of a variable's name and value.
    #[serde(default)]
    pub variables: Vec<(String, String)>,
}

/// A value extracted from a test's response.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OutputValue {
    /// Parameter name.
    pub name: String,
    /// The value as text. `None` if the path does not exist in the response.
    pub value: Option<String>,
    /// What is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<OutputProblem>,
}

tolerant_struct!(OutputValue {
    "name" => name,
    "value" => value,
    "problem" => problem,
});

/// A test run with its response.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestRun {
    /// The gateway's id.
    pub id: String,
    /// Summary.
    #[serde(flatten)]
    pub summary: TestSummary,
    /// The URL that was called, with its query. Secrets are never included.
    pub url: String,
    /// Response headers.
    pub headers: Vec<(String, String)>,
    /// Response body as text, with secrets masked.
    pub body: String,
    /// True if the body was truncated at 1 MiB (64 KiB in the history).
    pub truncated: bool,
    /// The output parameters.
    pub outputs: Vec<OutputValue>,
}

tolerant_struct!(TestRun {
    "id" => id,
    "url" => url,
    "headers" => headers,
    "body" => body,
    "truncated" => truncated,
    "outputs" => outputs,
    "at" => summary.at,
    "status" => summary.status,
    "error" => summary.error,
    "millis" => summary.millis,
    "verdict" => summary.verdict,
});
