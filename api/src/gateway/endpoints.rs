//! The gateway's own requests.

use crate::endpoint::{ADMIN, Access, EVERYONE, Endpoint, Method, Vendor, fill};
use crate::gateway::{
    Activity, Credentials, ExternalApi, ExternalApiBody, ExternalApiUpdate, Html, Session, TestRun, TestValues,
    VendorHealth,
};
use crate::wire::{Failure, from_json, from_nothing, to_json};

/// Who is signed in. Always 200.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetSession;

impl Endpoint for GetSession {
    type Response = Session;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/session";
    const ACCESS: Access = Access::Public;

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Sign in.
#[derive(Clone, PartialEq)]
pub struct SignIn {
    /// With what.
    pub credentials: Credentials,
}

impl Endpoint for SignIn {
    type Response = Session;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/session";
    const ACCESS: Access = Access::Public;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.credentials))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Sign out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignOut;

impl Endpoint for SignOut {
    type Response = ();
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/session";
    const ACCESS: Access = Access::Public;

    fn decode(_body: &[u8]) -> Result<(), Failure> {
        Ok(())
    }
}

/// The vendors' connections and health.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListVendors;

impl Endpoint for ListVendors {
    type Response = Vec<VendorHealth>;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/vendors";
    const ACCESS: Access = EVERYONE;
    const LIST: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Who asked for which change, newest first, at most 500.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListActivity;

impl Endpoint for ListActivity {
    type Response = Vec<Activity>;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/audit";
    const ACCESS: Access = ADMIN;
    const LIST: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Clean HTML of scripts, styles, handlers and images.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CleanHtml {
    /// Untrusted markup.
    pub html: Html,
}

impl Endpoint for CleanHtml {
    type Response = Html;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/clean-html";
    const ACCESS: Access = EVERYONE;
    const READS: bool = true;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.html))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// The external APIs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListExternalApis;

impl Endpoint for ListExternalApis {
    type Response = Vec<ExternalApi>;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/sobot/external-apis";
    const ACCESS: Access = ADMIN;
    const LIST: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// One external API.
#[derive(Clone, Debug, PartialEq)]
pub struct GetExternalApi {
    /// The gateway's id.
    pub id: String,
}

impl Endpoint for GetExternalApi {
    type Response = ExternalApi;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/sobot/external-apis/{id}";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Define an external API. Answers 201.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateExternalApi {
    /// The definition.
    pub api: ExternalApiBody,
}

impl Endpoint for CreateExternalApi {
    type Response = ExternalApi;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/sobot/external-apis";
    const ACCESS: Access = ADMIN;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.api))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Replace an external API's definition.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateExternalApi {
    /// The gateway's id.
    pub id: String,
    /// The version that the change was made to: if another is stored, the gateway refuses with a conflict. None: it
    /// replaces whatever is stored.
    pub version: Option<i64>,
    /// The definition; a secret value of [`crate::gateway::MASK`] keeps what is stored.
    pub api: ExternalApiBody,
}

impl Endpoint for UpdateExternalApi {
    type Response = ExternalApi;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/sobot/external-apis/{id}";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn body(&self) -> Option<String> {
        Some(to_json(&ExternalApiUpdate { version: self.version, body: self.api.clone() }))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Remove an external API and its tests. Answers 204.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveExternalApi {
    /// The gateway's id.
    pub id: String,
}

impl Endpoint for RemoveExternalApi {
    type Response = ();
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/sobot/external-apis/{id}";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<(), Failure> {
        from_nothing(body)
    }
}

/// Call an external API from the gateway.
#[derive(Clone, Debug, PartialEq)]
pub struct TestExternalApi {
    /// The gateway's id.
    pub id: String,
    /// The values to send.
    pub values: TestValues,
}

impl Endpoint for TestExternalApi {
    type Response = TestRun;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/sobot/external-apis/{id}/tests";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn body(&self) -> Option<String> {
        Some(to_json(&self.values))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// An external API's tests, newest first, at most 50.
#[derive(Clone, Debug, PartialEq)]
pub struct ListTestRuns {
    /// The gateway's id of the API.
    pub id: String,
}

impl Endpoint for ListTestRuns {
    type Response = Vec<TestRun>;
    const VENDOR: Vendor = Vendor::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/sobot/external-apis/{id}/tests";
    const ACCESS: Access = ADMIN;
    const LIST: Option<&'static [&'static str]> = Some(&[]);

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}
