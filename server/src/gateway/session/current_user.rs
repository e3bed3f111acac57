//! The current user: found once per request; 401 where an endpoint needs one.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use trunkline_api::gateway::User;
use trunkline_api::{Access, Role};

use super::store::Remaining;
use crate::gateway::error::ApiError;

/// The signed-in user.
#[derive(Clone)]
pub struct CurrentUser {
    /// The user.
    pub user: Arc<User>,
    /// [`super::store::SessionOwner::person`], the key for limits and derived keys.
    pub person: Arc<str>,
    /// The session's key in the database.
    pub session: Arc<str>,
    /// Remaining life of the session.
    pub remaining: Remaining,
}

impl CurrentUser {
    /// Checks that the user may use an endpoint; `agent_id` is the agentID in its path.
    ///
    /// # Errors
    /// [`ApiError`] for everyone else.
    pub fn authorize(&self, access: Access, agent_id: Option<&str>) -> Result<(), ApiError> {
        match access {
            Access::Public => Ok(()),
            Access::Browser(roles) if roles.contains(&self.user.role) => Ok(()),
            Access::Browser(_) => Err(ApiError::forbidden("Your role may not do this.")),
            Access::OwnAgent if self.user.agent_id.is_some() && self.user.agent_id.as_deref() == agent_id => Ok(()),
            Access::OwnAgent => Err(ApiError::forbidden("This agentID isn't yours.")),
            Access::GatewayOnly => Err(ApiError::no_such_endpoint()),
        }
    }
}

/// Extractor that requires an admin.
pub struct Admin;

impl<S: Send + Sync> FromRequestParts<S> for CurrentUser {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(ApiError::signed_out)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let user = CurrentUser::from_request_parts(parts, state).await?;
        user.authorize(Access::Browser(&[Role::Admin]), None).map(|()| Self)
    }
}
