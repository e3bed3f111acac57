//! Every endpoint of the five vendors: what the gateway's allow-list is made of.

use crate::answer::{self, Answer};
use crate::endpoint::{Access, Endpoint, Method, Vendor, matches};
use crate::error::Error;
use crate::request_body::{BodyProblem, RequestBody};
use crate::{comm100, digital99, jtel, oneview, sobot};

/// What the gateway must know of an endpoint to let a request through.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Whose contract.
    pub vendor: Vendor,
    /// Method.
    pub method: Method,
    /// Path template below the vendor's base.
    pub path: &'static str,
    /// Who may send it.
    pub access: Access,
    /// Names of the query parameters it may carry.
    pub query: &'static [&'static str],
    /// Checks a request's body: [`Endpoint::check_body`].
    pub check_body: fn(&[u8]) -> Result<RequestBody, BodyProblem>,
    /// Reads an answer as the console does, for its error alone: [`answer::read`].
    pub read: fn(&Answer<'_>) -> Result<(), Error>,
}

const fn entry<E: Endpoint>(query: &'static [&'static str]) -> Entry {
    Entry {
        vendor: E::VENDOR,
        method: E::METHOD,
        path: E::PATH,
        access: E::ACCESS,
        query,
        check_body: E::check_body,
        read: read::<E>,
    }
}

#[allow(clippy::result_large_err, reason = "made once per failed request, never on the way of a good answer")]
fn read<E: Endpoint>(answer: &Answer<'_>) -> Result<(), Error> {
    answer::read::<E>(answer).map(drop)
}

/// The vendors' endpoints. A request that fits none of them, or only one that is [`Access::GatewayOnly`], is refused.
pub const ENDPOINTS: &[Entry] = &[
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
    entry::<digital99::GetAccessToken>(&[]),
];

/// The endpoint that a request is for, and the values in its path.
pub fn find(vendor: Vendor, method: &str, path: &str) -> Option<(&'static Entry, Vec<String>)> {
    ENDPOINTS
        .iter()
        .filter(|entry| entry.vendor == vendor && entry.method.as_str() == method)
        .find_map(|entry| Some((entry, matches(entry.path, path)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_find_their_endpoint() {
        let path = |vendor, method, path| find(vendor, method, path).map(|(entry, values)| (entry.path, values));
        assert_eq!(
            path(Vendor::Comm100, "POST", "/ticketing/channelAccounts/59c7:enableBot"),
            Some(("/ticketing/channelAccounts/{id}:enableBot", vec!["59c7".to_owned()]))
        );
        assert_eq!(path(Vendor::Jtel, "GET", "/acd/events/types"), Some(("/acd/events/types", vec![])));
        assert_eq!(path(Vendor::Comm100, "PATCH", "/ticketing/channelAccounts/59c7"), None);
        assert_eq!(path(Vendor::Jtel, "GET", "/acd/events/../../users"), None);
        assert_eq!(path(Vendor::Oneview, "GET", "/acd/events"), None);
    }
}
