//! jtel's requests. The base ends with `/rest/v1.0/{ClientsID}`.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::endpoint::{Access, EVERYONE, Endpoint, Method, Vendor, fill};
use crate::jtel::{AcdEvent, Named, NewAcdEvent, Records};
use crate::request_body::{BodyProblem, Others, RequestBody, checked};
use crate::wire::{Failure, from_json, to_json};

/// Reads a list, or the `{status, error}` that jtel might send with a 200.
fn records<T: DeserializeOwned>(body: &[u8]) -> Result<Records<T>, Failure> {
    from_json(body).map_err(|failure| match super::error::read(body) {
        complaint if complaint.message.is_some() => {
            Failure::Refused { code: complaint.code, message: complaint.message }
        }
        _ => failure,
    })
}

/// Retrieve all ACD events of the client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAcdEvents;

impl Endpoint for ListAcdEvents {
    type Response = Records<Arc<AcdEvent>>;
    const VENDOR: Vendor = Vendor::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/events";
    const ACCESS: Access = EVERYONE;
    const LIST: Option<&'static [&'static str]> = Some(&["records"]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        records(body)
    }
}

/// Retrieve one ACD event: one record, or 404 with a body.
#[derive(Clone, Debug, PartialEq)]
pub struct GetAcdEvent {
    /// `AcdEventsID`.
    pub id: String,
}

impl Endpoint for GetAcdEvent {
    type Response = Records<AcdEvent>;
    const VENDOR: Vendor = Vendor::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/events/event/{AcdEventsID}";
    const ACCESS: Access = EVERYONE;

    fn path(&self) -> String {
        fill(Self::PATH, &[("AcdEventsID", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        records(body)
    }
}

/// Create an ACD event. Answers 200 with the event.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateAcdEvent {
    /// The event.
    pub event: NewAcdEvent,
}

impl Endpoint for CreateAcdEvent {
    type Response = Records<AcdEvent>;
    const VENDOR: Vendor = Vendor::Jtel;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/acd/events/create";
    const ACCESS: Access = EVERYONE;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.event))
    }
    fn check_body(body: &[u8]) -> Result<RequestBody, BodyProblem> {
        checked(body, NewAcdEvent::MEMBERS, Others::Refused, NewAcdEvent::validate)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        records(body)
    }
}

/// The event types the system knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAcdEventTypes;

impl Endpoint for ListAcdEventTypes {
    type Response = Records<Named>;
    const VENDOR: Vendor = Vendor::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/events/types";
    const ACCESS: Access = EVERYONE;
    const LIST: Option<&'static [&'static str]> = Some(&["records"]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        records(body)
    }
}

/// The ACD groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAcdGroups;

impl Endpoint for ListAcdGroups {
    type Response = Records<Named>;
    const VENDOR: Vendor = Vendor::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/groups";
    const ACCESS: Access = EVERYONE;
    const LIST: Option<&'static [&'static str]> = Some(&["records"]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        records(body)
    }
}

/// One ACD group.
#[derive(Clone, Debug, PartialEq)]
pub struct GetAcdGroup {
    /// `AcdGroupsID`.
    pub id: String,
}

impl Endpoint for GetAcdGroup {
    type Response = Records<Named>;
    const VENDOR: Vendor = Vendor::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/groups/group/{AcdGroupsID}";
    const ACCESS: Access = EVERYONE;

    fn path(&self) -> String {
        fill(Self::PATH, &[("AcdGroupsID", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        records(body)
    }
}

/// The users.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUsers;

impl Endpoint for ListUsers {
    type Response = Records<Named>;
    const VENDOR: Vendor = Vendor::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/users";
    const ACCESS: Access = EVERYONE;
    const LIST: Option<&'static [&'static str]> = Some(&["records"]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        records(body)
    }
}

/// One user.
#[derive(Clone, Debug, PartialEq)]
pub struct GetUser {
    /// `UsersID`.
    pub id: String,
}

impl Endpoint for GetUser {
    type Response = Records<Named>;
    const VENDOR: Vendor = Vendor::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/users/user/{UsersID}";
    const ACCESS: Access = EVERYONE;

    fn path(&self) -> String {
        fill(Self::PATH, &[("UsersID", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        records(body)
    }
}
