//! Every address of the console as one typed enum: URL ⇄ route, title, and who may see it.

mod navigate;
pub mod search;

pub use navigate::{Navigate, use_stored_navigate};

use trunkline_api::Role;
use trunkline_api::endpoint::{decode, fill};

use crate::i18n::t;

/// Loads the whole app anew, at the address where it is.
pub fn reload() {
    // It only fails where a browser forbids it; then the page stays.
    let _ = leptos::prelude::window().location().reload();
}

/// A page and what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Overview,
    /// `/channel-accounts`
    ChannelAccounts,
    /// `/channel-accounts/new`
    NewChannelAccount,
    /// `/channel-accounts/{id}`
    ChannelAccount(String),
    /// `/channel-accounts/{id}/edit`
    EditChannelAccount(String),
    /// `/events`
    AcdEvents,
    /// `/events/new`
    NewAcdEvent,
    /// `/events/{id}`
    AcdEvent(String),
    /// `/inbox`
    Inbox,
    /// `/inbox/{ticket}`
    Ticket(String),
    /// `/customers`
    Customers,
    /// `/external-apis`
    ExternalApis,
    /// `/external-apis/new`
    NewExternalApi,
    /// `/external-apis/{id}`
    ExternalApi(String),
    /// `/external-apis/{id}/edit`
    EditExternalApi(String),
    /// `/account`
    Account,
    /// `/activity`
    Activity,
    /// `/settings`
    Settings,
    /// `/sign-in`
    SignIn,
    /// `/gallery`, only in builds for development and tests
    Gallery,
    /// Anything else.
    NotFound,
}

impl Route {
    /// The route of a URL's path, as the browser has it (percent-encoded).
    pub fn parse(path: &str) -> Self {
        // Somebody may have typed `50%` where the browser writes `50%25`.
        let decoded = |part: &str| decode(part).unwrap_or_else(|| part.to_owned());
        let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [] => Self::Overview,
            ["channel-accounts"] => Self::ChannelAccounts,
            ["channel-accounts", "new"] => Self::NewChannelAccount,
            ["channel-accounts", id] => Self::ChannelAccount((*id).to_owned()),
            ["channel-accounts", id, "edit"] => Self::EditChannelAccount((*id).to_owned()),
            ["events"] => Self::AcdEvents,
            ["events", "new"] => Self::NewAcdEvent,
            ["events", id] => Self::AcdEvent((*id).to_owned()),
            ["inbox"] => Self::Inbox,
            ["inbox", id] => Self::Ticket((*id).to_owned()),
            ["customers"] => Self::Customers,
            ["external-apis"] => Self::ExternalApis,
            ["external-apis", "new"] => Self::NewExternalApi,
            ["external-apis", id] => Self::ExternalApi((*id).to_owned()),
            ["external-apis", id, "edit"] => Self::EditExternalApi((*id).to_owned()),
            ["account"] => Self::Account,
            ["activity"] => Self::Activity,
            ["settings"] => Self::Settings,
            ["sign-in"] => Self::SignIn,
            ["gallery"] if cfg!(feature = "gallery") => Self::Gallery,
            _ => Self::NotFound,
        }
    }

    /// The path of a route.
    pub fn path(&self) -> String {
        let one = |template: &str, id: &str| fill(template, &[("id", id)]);
        match self {
            Self::Overview => "/".to_owned(),
            Self::ChannelAccounts => "/channel-accounts".to_owned(),
            Self::NewChannelAccount => "/channel-accounts/new".to_owned(),
            Self::ChannelAccount(id) => one("/channel-accounts/{id}", id),
            Self::EditChannelAccount(id) => one("/channel-accounts/{id}/edit", id),
            Self::AcdEvents => "/events".to_owned(),
            Self::NewAcdEvent => "/events/new".to_owned(),
            Self::AcdEvent(id) => one("/events/{id}", id),
            Self::Inbox => "/inbox".to_owned(),
            Self::Ticket(id) => one("/inbox/{id}", id),
            Self::Customers => "/customers".to_owned(),
            Self::ExternalApis => "/external-apis".to_owned(),
            Self::NewExternalApi => "/external-apis/new".to_owned(),
            Self::ExternalApi(id) => one("/external-apis/{id}", id),
            Self::EditExternalApi(id) => one("/external-apis/{id}/edit", id),
            Self::Account => "/account".to_owned(),
            Self::Activity => "/activity".to_owned(),
            Self::Settings => "/settings".to_owned(),
            Self::SignIn => "/sign-in".to_owned(),
            Self::Gallery => "/gallery".to_owned(),
            Self::NotFound => "/not-found".to_owned(),
        }
    }

    /// The document's title for the route, in the language in force.
    pub fn title(&self) -> String {
        match self {
            Self::Overview => t::routes::overview(),
            Self::ChannelAccounts | Self::ChannelAccount(_) => t::routes::channel_accounts(),
            Self::NewChannelAccount => t::routes::new_channel_account(),
            Self::EditChannelAccount(_) => t::routes::edit_channel_account(),
            Self::AcdEvents | Self::AcdEvent(_) => t::routes::acd_events(),
            Self::NewAcdEvent => t::routes::new_event(),
            Self::Inbox | Self::Ticket(_) => t::routes::inbox(),
            Self::Customers => t::routes::customers(),
            Self::ExternalApis | Self::ExternalApi(_) => t::routes::external_apis(),
            Self::NewExternalApi => t::routes::new_external_api(),
            Self::EditExternalApi(_) => t::routes::edit_external_api(),
            Self::Account => t::routes::account(),
            Self::Activity => t::routes::activity(),
            Self::Settings => t::routes::settings(),
            Self::SignIn => t::routes::sign_in(),
            Self::Gallery => "Gallery".to_owned(),
            Self::NotFound => t::routes::not_found(),
        }
    }

    /// The list or page that the route belongs to: what the navigation marks as current.
    pub fn section(&self) -> Self {
        match self {
            Self::NewChannelAccount | Self::ChannelAccount(_) | Self::EditChannelAccount(_) => Self::ChannelAccounts,
            Self::NewAcdEvent | Self::AcdEvent(_) => Self::AcdEvents,
            Self::Ticket(_) => Self::Inbox,
            Self::NewExternalApi | Self::ExternalApi(_) | Self::EditExternalApi(_) => Self::ExternalApis,
            other => other.clone(),
        }
    }

    /// The record that the route is about; empty where it is about none.
    pub fn id(self) -> String {
        match self {
            Self::ChannelAccount(id)
            | Self::EditChannelAccount(id)
            | Self::AcdEvent(id)
            | Self::Ticket(id)
            | Self::ExternalApi(id)
            | Self::EditExternalApi(id) => id,
            _ => String::new(),
        }
    }

    /// Whether a role may see the page. The gateway checks the same of every request behind it.
    pub fn allows(&self, role: Role) -> bool {
        match self.section() {
            Self::ChannelAccounts | Self::ExternalApis | Self::Account | Self::Activity => role == Role::Admin,
            _ => true,
        }
    }
}
