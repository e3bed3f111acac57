//! Comm100's requests.

use std::sync::Arc;

use crate::comm100::{ChannelAccount, ChannelAccountBody, Chatbot};
use crate::endpoint::{ADMIN, Access, Endpoint, Method, Vendor, fill};
use crate::request_body::{BodyProblem, Others, RequestBody, checked};
use crate::wire::{Failure, from_json, from_nothing, list_or_wrapped, to_json};

/// What `include` may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// The chatbot beside its id.
    Chatbot,
}

fn include(include: Option<Include>) -> Vec<(&'static str, String)> {
    include.map(|Include::Chatbot| ("include", "chatbot".to_owned())).into_iter().collect()
}

/// Get the list of channel accounts: a bare array, without paging.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListChannelAccounts {
    /// What to include.
    pub include: Option<Include>,
}

impl Endpoint for ListChannelAccounts {
    type Response = Vec<Arc<ChannelAccount>>;
    const VENDOR: Vendor = Vendor::Comm100;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/ticketing/channelAccounts";
    const ACCESS: Access = ADMIN;
    const LIST: Option<&'static [&'static str]> = Some(&[]);

    fn query(&self) -> Vec<(&'static str, String)> {
        include(self.include)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Get a single channel account.
#[derive(Clone, Debug, PartialEq)]
pub struct GetChannelAccount {
    /// Guid.
    pub id: String,
    /// What to include.
    pub include: Option<Include>,
}

impl Endpoint for GetChannelAccount {
    type Response = ChannelAccount;
    const VENDOR: Vendor = Vendor::Comm100;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        include(self.include)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Create a new channel account. Answers 201 with the account.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateChannelAccount {
    /// The account.
    pub account: ChannelAccountBody,
}

impl Endpoint for CreateChannelAccount {
    type Response = ChannelAccount;
    const VENDOR: Vendor = Vendor::Comm100;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/ticketing/channelAccounts";
    const ACCESS: Access = ADMIN;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.account))
    }
    fn check_body(body: &[u8]) -> Result<RequestBody, BodyProblem> {
        checked(body, ChannelAccountBody::MEMBERS, Others::Refused, |account: &ChannelAccountBody| {
            account.validate(None)
        })
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Update the channel account: a full replacement, every required field again.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateChannelAccount {
    /// Guid.
    pub id: String,
    /// The account.
    pub account: ChannelAccountBody,
}

impl Endpoint for UpdateChannelAccount {
    type Response = ChannelAccount;
    const VENDOR: Vendor = Vendor::Comm100;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn body(&self) -> Option<String> {
        Some(to_json(&self.account))
    }
    /// A full replacement must give back what the vendor has: members that the contract doesn't name, and percentages that
    /// the vendor itself sent out of bounds.
    fn check_body(body: &[u8]) -> Result<RequestBody, BodyProblem> {
        checked(body, ChannelAccountBody::MEMBERS, Others::Kept, ChannelAccountBody::validate_echo)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Remove the channel account. Answers 204 without a body.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveChannelAccount {
    /// Guid.
    pub id: String,
}

impl Endpoint for RemoveChannelAccount {
    type Response = ();
    const VENDOR: Vendor = Vendor::Comm100;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<(), Failure> {
        from_nothing(body)
    }
}

/// Let the bot answer for the channel account.
#[derive(Clone, Debug, PartialEq)]
pub struct EnableBot {
    /// Guid.
    pub id: String,
}

impl Endpoint for EnableBot {
    type Response = ChannelAccount;
    const VENDOR: Vendor = Vendor::Comm100;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}:enableBot";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// Stop the bot from answering for the channel account.
#[derive(Clone, Debug, PartialEq)]
pub struct DisableBot {
    /// Guid.
    pub id: String,
}

impl Endpoint for DisableBot {
    type Response = ChannelAccount;
    const VENDOR: Vendor = Vendor::Comm100;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/ticketing/channelAccounts/{id}:disableBot";
    const ACCESS: Access = ADMIN;

    fn path(&self) -> String {
        fill(Self::PATH, &[("id", &self.id)])
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        from_json(body)
    }
}

/// The chatbots an account may choose from. The list is bare or wrapped, by the vendor's own conventions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListChatbots;

impl Endpoint for ListChatbots {
    type Response = Vec<Chatbot>;
    const VENDOR: Vendor = Vendor::Comm100;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/bot/chatbots";
    const ACCESS: Access = ADMIN;
    const LIST: Option<&'static [&'static str]> = Some(&["chatbots", "list"]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        list_or_wrapped(body, &["chatbots", "list"])
    }
}
