//! jtel's requests. The base ends with `/rest/v1.0/{ClientsID}`.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::decode::{DecodeError, from_json, to_json};
use crate::endpoint::{Access, EVERYONE, Endpoint, Method, RecordReader, Resource, Service, fill_path, parse_erased};
use crate::jtel::{AcdEvent, NewAcdEvent, RecordList, ReferenceRecord};
use crate::request_body::{InvalidBody, RequestBody, UnknownMemberRule, check_json_body};

/// The ACD events.
pub const ACD_EVENTS: Resource = Resource { service: Service::Jtel, path_prefix: "/acd/events" };

/// Decodes a list, or the `{status, error}` that jtel may send with a 200.
fn decode_records<T: DeserializeOwned>(body: &[u8]) -> Result<RecordList<T>, DecodeError> {
    from_json(body).map_err(|failure| match super::error::parse(body) {
        complaint if complaint.message.is_some() => {
            DecodeError::Refused { code: complaint.code, message: complaint.message }
        }
        _ => failure,
    })
}

/// Retrieve all ACD events of the client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAcdEvents;

impl Endpoint for ListAcdEvents {
    type Response = RecordList<Arc<AcdEvent>>;
    const SERVICE: Service = Service::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/events";
    const ACCESS: Access = EVERYONE;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&["records"]);
    const RECORD_READER: Option<RecordReader<Self::Response>> = Some(RecordReader {
        parse_one: parse_erased::<AcdEvent>,
        collect: |records, envelope| {
            let records = records.into_iter().filter_map(|record| record.downcast().ok()).collect();
            Some(RecordList { records, ..decode_records(envelope).ok()? })
        },
    });

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_records(body)
    }
}

/// Retrieve one ACD event: one record, or 404 with a body.
#[derive(Clone, Debug, PartialEq)]
pub struct GetAcdEvent {
    /// `AcdEventsID`.
    pub id: String,
}

impl Endpoint for GetAcdEvent {
    type Response = RecordList<AcdEvent>;
    const SERVICE: Service = Service::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/events/event/{AcdEventsID}";
    const ACCESS: Access = EVERYONE;

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("AcdEventsID", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_records(body)
    }
}

/// Create an ACD event. Responds 200 with the event.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateAcdEvent {
    /// The event.
    pub event: NewAcdEvent,
}

impl Endpoint for CreateAcdEvent {
    type Response = RecordList<AcdEvent>;
    const SERVICE: Service = Service::Jtel;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/acd/events/create";
    const ACCESS: Access = EVERYONE;
    const INVALIDATES: Option<Resource> = Some(ACD_EVENTS);

    fn body(&self) -> Option<String> {
        Some(to_json(&self.event))
    }
    fn check_body(body: &[u8]) -> Result<RequestBody, InvalidBody> {
        check_json_body(body, NewAcdEvent::MEMBERS, UnknownMemberRule::Refuse, NewAcdEvent::validate)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_records(body)
    }
}

/// List the event types.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAcdEventTypes;

impl Endpoint for ListAcdEventTypes {
    type Response = RecordList<ReferenceRecord>;
    const SERVICE: Service = Service::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/events/types";
    const ACCESS: Access = EVERYONE;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&["records"]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_records(body)
    }
}

/// List the ACD groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAcdGroups;

impl Endpoint for ListAcdGroups {
    type Response = RecordList<ReferenceRecord>;
    const SERVICE: Service = Service::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/groups";
    const ACCESS: Access = EVERYONE;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&["records"]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_records(body)
    }
}

/// Get an ACD group.
#[derive(Clone, Debug, PartialEq)]
pub struct GetAcdGroup {
    /// `AcdGroupsID`.
    pub id: String,
}

impl Endpoint for GetAcdGroup {
    type Response = RecordList<ReferenceRecord>;
    const SERVICE: Service = Service::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/acd/groups/group/{AcdGroupsID}";
    const ACCESS: Access = EVERYONE;

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("AcdGroupsID", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_records(body)
    }
}

/// List the users.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListUsers;

impl Endpoint for ListUsers {
    type Response = RecordList<ReferenceRecord>;
    const SERVICE: Service = Service::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/users";
    const ACCESS: Access = EVERYONE;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&["records"]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_records(body)
    }
}

/// Get a user.
#[derive(Clone, Debug, PartialEq)]
pub struct GetUser {
    /// `UsersID`.
    pub id: String,
}

impl Endpoint for GetUser {
    type Response = RecordList<ReferenceRecord>;
    const SERVICE: Service = Service::Jtel;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/users/user/{UsersID}";
    const ACCESS: Access = EVERYONE;

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("UsersID", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_records(body)
    }
}
