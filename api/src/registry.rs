//! All endpoints of the five vendors. The gateway's allow-list is built from them.

use crate::endpoint::{Access, Endpoint, Method, Resource, Service, match_path};
use crate::error::Error;
use crate::request_body::{InvalidBody, RequestBody};
use crate::response::{self, HttpResponse};
use crate::{comm100, digital99, jtel, oneview, sobot};

/// An endpoint's properties that the gateway needs to check a request.
#[derive(Clone, Copy, Debug)]
pub struct EndpointEntry {
    /// The vendor that owns the contract.
    pub service: Service,
    /// The HTTP method.
    pub method: Method,
    /// The path template, relative to the vendor's base URL.
    pub path: &'static str,
    /// True if it only reads, whatever its method: [`Endpoint::IS_READ_ONLY`].
    pub is_read_only: bool,
    /// The callers that may send it.
    pub access: Access,
    /// [`Endpoint::INVALIDATES`].
    pub invalidates: Option<Resource>,
    /// Names of the allowed query parameters.
    pub query: &'static [&'static str],
    /// [`Endpoint::check_body`].
    pub check_body: fn(&[u8]) -> Result<RequestBody, InvalidBody>,
    /// Parses a response as the console does, and returns only its error: [`response::parse_response`].
    pub check_response: fn(&HttpResponse<'_>) -> Result<(), Error>,
}

const fn entry<E: Endpoint>(query: &'static [&'static str]) -> EndpointEntry {
    EndpointEntry {
        service: E::SERVICE,
        method: E::METHOD,
        path: E::PATH,
        is_read_only: E::IS_READ_ONLY,
        access: E::ACCESS,
        invalidates: E::INVALIDATES,
        query,
        check_body: E::check_body,
        check_response: check_response::<E>,
    }
}

#[allow(clippy::result_large_err, reason = "made once per failed request, never on the way of a good answer")]
fn check_response<E: Endpoint>(answer: &HttpResponse<'_>) -> Result<(), Error> {
    response::parse_response::<E>(answer).map(drop)
}

/// The vendors' endpoints. Requests that match none of them, or only one with [`Access::GatewayOnly`], are refused.
pub const ENDPOINTS: &[EndpointEntry] = &[
    entry::<comm100::ListChannelAccounts>(&["include"]),
    entry::<comm100::GetChannelAccount>(&["include"]),
    entry::<comm100::CreateChannelAccount>(&[]),
    entry::<comm100::UpdateChannelAccount>(&[]),
    entry::<comm100::RemoveChannelAccount>(&[]),
    entry::<comm100::EnableBot>(&[]),
    entry::<comm100::DisableBot>(&[]),
    entry::<comm100::ListChatbots>(&[]),
    entry::<jtel::ListAcdEvents>(&[]),
    entry::<jtel::GetAcdEvent>(&[]),
    entry::<jtel::CreateAcdEvent>(&[]),
    entry::<jtel::ListAcdEventTypes>(&[]),
    entry::<jtel::ListAcdGroups>(&[]),
    entry::<jtel::GetAcdGroup>(&[]),
    entry::<jtel::ListUsers>(&[]),
    entry::<jtel::GetUser>(&[]),
    entry::<oneview::ListTickets>(&[]),
    entry::<oneview::GoOnline>(&[]),
    entry::<oneview::GoOffline>(&[]),
    entry::<sobot::QueryCustomer>(&[]),
    entry::<digital99::UpdateAccount>(&[]),
    entry::<digital99::ListAccounts>(&[]),
    entry::<digital99::ListAccountAgents>(&[]),
    entry::<digital99::GetAccessToken>(&[]),
];

/// The endpoint that matches a request, and the values in its path.
pub fn find(vendor: Service, method: &str, path: &str) -> Option<(&'static EndpointEntry, Vec<String>)> {
    ENDPOINTS
        .iter()
        .filter(|entry| entry.service == vendor && entry.method.as_str() == method)
        .find_map(|entry| Some((entry, match_path(entry.path, path)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_match_their_endpoint() {
        let path = |vendor, method, path| find(vendor, method, path).map(|(entry, values)| (entry.path, values));
        assert_eq!(
            path(Service::Comm100, "POST", "/ticketing/channelAccounts/59c7:enableBot"),
            Some(("/ticketing/channelAccounts/{id}:enableBot", vec!["59c7".to_owned()]))
        );
        assert_eq!(path(Service::Jtel, "GET", "/acd/events/types"), Some(("/acd/events/types", vec![])));
        assert_eq!(path(Service::Comm100, "PATCH", "/ticketing/channelAccounts/59c7"), None);
        assert_eq!(path(Service::Jtel, "GET", "/acd/events/../../users"), None);
        assert_eq!(path(Service::Oneview, "GET", "/acd/events"), None);
    }
}
