//! Comm100's requests.

use std::sync::Arc;

use crate::comm100::{ChannelAccount, ChannelAccountBody, Chatbot};
use crate::decode::{DecodeError, expect_empty, from_json, list_or_wrapped, to_json};
use crate::endpoint::{ADMIN, Access, Endpoint, Method, Resource, Service, fill_path};
use crate::request_body::{InvalidBody, RequestBody, UnknownMemberRule, check_json_body};

/// The channel accounts.
pub const CHANNEL_ACCOUNTS: Resource =
    Resource { service: Service::Comm100, path_prefix: "/ticketing/channelAccounts" };

/// Values of the query parameter `include`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// Include the chatbot itself, not only its id.
    Chatbot,
}

fn include_query(include: Option<Include>) -> Vec<(&'static str, String)> {
    include.map(|Include::Chatbot| ("include", "chatbot".to_owned())).into_iter().collect()
}

/// Get the list of channel accounts: a bare array, without paging.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListChannelAccounts {
    /// The `include` parameter.
    pub include: Option<Include>,
}

impl ListChannelAccounts {
    /// With the chatbots: as every page asks, so that they share one cache entry.
    pub const WITH_CHATBOTS: Self = Self { include: Some(Include::Chatbot) };
}

impl Endpoint for ListChannelAccounts {
    type Response = Vec<Arc<ChannelAccount>>;
    const SERVICE: Service = Service::Comm100;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/ticketing/channelAccounts";
    const ACCESS: Access = ADMIN;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&[]);

    fn query(&self) -> Vec<(&'static str, String)> {
        include_query(self.include)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Get a single channel account.
#[derive(Clone, Debug, PartialEq)]
pub struct GetChannelAccount {
    /// Guid.
    pub id: String,
    /// The `include` parameter.
    pub include: Option<Include>,
}

impl Endpoint for GetChannelAccount {
    type Response = ChannelAccount;
    const SERVICE: Service = Service::Comm100;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        include_query(self.include)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Create a new channel account. Responds 201 with the account.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateChannelAccount {
    /// The account.
    pub account: ChannelAccountBody,
}

impl Endpoint for CreateChannelAccount {
    type Response = ChannelAccount;
    const SERVICE: Service = Service::Comm100;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/ticketing/channelAccounts";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(CHANNEL_ACCOUNTS);

    fn body(&self) -> Option<String> {
        Some(to_json(&self.account))
    }
    fn check_body(body: &[u8]) -> Result<RequestBody, InvalidBody> {
        check_json_body(body, ChannelAccountBody::MEMBERS, UnknownMemberRule::Refuse, |account: &ChannelAccountBody| {
            account.validate(None)
        })
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Update the channel account. A full replacement: all required fields must be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateChannelAccount {
    /// Guid.
    pub id: String,
    /// The account.
    pub account: ChannelAccountBody,
}

impl Endpoint for UpdateChannelAccount {
    type Response = ChannelAccount;
    const SERVICE: Service = Service::Comm100;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(CHANNEL_ACCOUNTS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn body(&self) -> Option<String> {
        Some(to_json(&self.account))
    }
    /// A full replacement must be able to echo the stored record, including unknown members and out-of-range
    /// percentages that the vendor sent.
    fn check_body(body: &[u8]) -> Result<RequestBody, InvalidBody> {
        check_json_body(
            body,
            ChannelAccountBody::MEMBERS,
            UnknownMemberRule::Forward,
            ChannelAccountBody::validate_echo,
        )
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Remove the channel account. Responds 204 without a body.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveChannelAccount {
    /// Guid.
    pub id: String,
}

impl Endpoint for RemoveChannelAccount {
    type Response = ();
    const SERVICE: Service = Service::Comm100;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(CHANNEL_ACCOUNTS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<(), DecodeError> {
        expect_empty(body)
    }
}

/// Enable the channel account's bot.
#[derive(Clone, Debug, PartialEq)]
pub struct EnableBot {
    /// Guid.
    pub id: String,
}

impl Endpoint for EnableBot {
    type Response = ChannelAccount;
    const SERVICE: Service = Service::Comm100;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}:enableBot";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(CHANNEL_ACCOUNTS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// Disable the channel account's bot.
#[derive(Clone, Debug, PartialEq)]
pub struct DisableBot {
    /// Guid.
    pub id: String,
}

impl Endpoint for DisableBot {
    type Response = ChannelAccount;
    const SERVICE: Service = Service::Comm100;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}:disableBot";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(CHANNEL_ACCOUNTS);

    fn path(&self) -> String {
        fill_path(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        from_json(body)
    }
}

/// List the chatbots that an account may use. The vendor's conventions allow a bare and a wrapped list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListChatbots;

impl Endpoint for ListChatbots {
    type Response = Vec<Chatbot>;
    const SERVICE: Service = Service::Comm100;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/bot/chatbots";
    const ACCESS: Access = ADMIN;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&["chatbots", "list"]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        list_or_wrapped(body, &["chatbots", "list"])
    }
}
