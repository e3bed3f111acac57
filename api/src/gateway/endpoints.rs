//! The gateway's own requests.

use crate::decode::{DecodeError, expect_empty, from_json, to_json};
use crate::endpoint::{ADMIN, Access, EVERYONE, Endpoint, Method, Resource, Service, fill_path};
use crate::gateway::{
    Activity, Credentials, ExternalApi, ExternalApiBody, ExternalApiUpdate, Html, LabelKind, Session, TestDraft,
    TestRun, TestValues, User, VendorHealth,
};
use crate::jtel::{RecordList, ReferenceRecord};

/// The external APIs and their tests.
pub const EXTERNAL_APIS: Resource = Resource { service: Service::Gateway, path_prefix: "/sobot/external-apis" };

/// Get the session: the signed-in user, if any. Always responds 200.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetSession;

impl Endpoint for GetSession {
    type Response = Session;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/session";
    const ACCESS: Access = Access::Public;

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Sign in.
#[derive(Clone, PartialEq)]
pub struct SignIn {
    /// The credentials.
    pub credentials: Credentials,
}

impl Endpoint for SignIn {
    type Response = Session;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/session";
    const ACCESS: Access = Access::Public;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.credentials))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Sign out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignOut;

impl Endpoint for SignOut {
    type Response = ();
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/session";
    const ACCESS: Access = Access::Public;

    fn decode(_body: &[u8]) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// List the users with an agentID, with the status that one-view last confirmed for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAgents;

impl Endpoint for ListAgents {
    type Response = Vec<User>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/agents";
    const ACCESS: Access = ADMIN;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// List the vendors' connections and health.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListVendors;

impl Endpoint for ListVendors {
    type Response = Vec<VendorHealth>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/vendors";
    const ACCESS: Access = EVERYONE;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// List the activity: requested changes and their users, newest first, at most 500.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListActivity;

impl Endpoint for ListActivity {
    type Response = Vec<Activity>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/activity";
    const ACCESS: Access = ADMIN;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// List the operator's names for values that a vendor sends without names, as records of value (`ID`) and name. Empty
/// if the operator has named none.
#[derive(Clone, Debug, PartialEq)]
pub struct ListLabels {
    /// The kind of values.
    pub kind: LabelKind,
}

impl Endpoint for ListLabels {
    type Response = RecordList<ReferenceRecord>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/labels/{kind}";
    const ACCESS: Access = EVERYONE;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&["records"]);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("kind", self.kind.key())])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// List the activity of one record, newest first, at most 100.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRecordActivity {
    /// The record's service.
    pub service: Service,
    /// The record's id.
    pub record: String,
}

impl Endpoint for ListRecordActivity {
    type Response = Vec<Activity>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/activity/records/{service}/{record}";
    const ACCESS: Access = ADMIN;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("service", self.service.key()), ("record", &self.record)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Sanitise HTML: remove scripts, styles, event handlers and images.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CleanHtml {
    /// Untrusted markup.
    pub html: Html,
}

impl Endpoint for CleanHtml {
    type Response = Html;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/clean-html";
    const ACCESS: Access = EVERYONE;
    const IS_READ_ONLY: bool = true;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.html))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// List the external APIs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListExternalApis;

impl Endpoint for ListExternalApis {
    type Response = Vec<ExternalApi>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/sobot/external-apis";
    const ACCESS: Access = ADMIN;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Get an external API.
#[derive(Clone, Debug, PartialEq)]
pub struct GetExternalApi {
    /// The gateway's id.
    pub id: String,
}

impl Endpoint for GetExternalApi {
    type Response = ExternalApi;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/sobot/external-apis/{id}";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Create an external API. Responds 201.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateExternalApi {
    /// The definition.
    pub api: ExternalApiBody,
}

impl Endpoint for CreateExternalApi {
    type Response = ExternalApi;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/sobot/external-apis";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(EXTERNAL_APIS);

    fn body(&self) -> Option<String> {
        Some(to_json(&self.api))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Replace an external API's definition.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateExternalApi {
    /// The gateway's id.
    pub id: String,
    /// The version that was edited. The gateway responds with a conflict if another version is stored. `None` replaces
    /// any version.
    pub version: Option<i64>,
    /// The definition. A secret with the value [`crate::gateway::MASK`] keeps its stored value.
    pub api: ExternalApiBody,
}

impl Endpoint for UpdateExternalApi {
    type Response = ExternalApi;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/sobot/external-apis/{id}";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(EXTERNAL_APIS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn body(&self) -> Option<String> {
        Some(to_json(&ExternalApiUpdate { version: self.version, body: self.api.clone() }))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Remove an external API and its tests. Responds 204.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveExternalApi {
    /// The gateway's id.
    pub id: String,
}

impl Endpoint for RemoveExternalApi {
    type Response = ();
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/sobot/external-apis/{id}";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(EXTERNAL_APIS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<(), DecodeError> {
        expect_empty(body)
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
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/sobot/external-apis/{id}/tests";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(EXTERNAL_APIS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn body(&self) -> Option<String> {
        Some(to_json(&self.values))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Call an external API that is not saved yet. The run does not enter the history.
#[derive(Clone, Debug, PartialEq)]
pub struct TestExternalApiDraft {
    /// The definition and the values to send.
    pub draft: TestDraft,
}

impl Endpoint for TestExternalApiDraft {
    type Response = TestRun;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/sobot/external-apis/draft/tests";
    const ACCESS: Access = ADMIN;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.draft))
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// List an external API's tests, newest first, at most 50.
#[derive(Clone, Debug, PartialEq)]
pub struct ListTestRuns {
    /// The gateway's id of the API.
    pub id: String,
}

impl Endpoint for ListTestRuns {
    type Response = Vec<TestRun>;
    const SERVICE: Service = Service::Gateway;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/sobot/external-apis/{id}/tests";
    const ACCESS: Access = ADMIN;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}
