//! Who asks: found once per request, refused where a page needs a user and there is none.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State as Shared};
use axum::http::HeaderName;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use trunkline_api::gateway::User;
use trunkline_api::{Access, Role};

use super::{cookie, store};
use crate::gateway::refusal::Refused;
use crate::gateway::state::State;
use crate::gateway::{self, observe::Actor};

/// A request that the console sends by itself: it doesn't keep a session alive.
const BACKGROUND: HeaderName = HeaderName::from_static("x-trunkline-background");

/// The signed-in user.
#[derive(Clone)]
pub struct SignedIn {
    /// The user.
    pub user: Arc<User>,
    /// [`store::Owner::person`]: what limits and keys go by.
    pub person: Arc<str>,
    /// The session's key in the table.
    pub session: Arc<str>,
    /// How long the session lasts.
    pub left: store::Left,
}

impl SignedIn {
    /// Lets through whom an endpoint is for; `agent_id` is the agentID in its path.
    ///
    /// # Errors
    /// [`Refused`] for everyone else.
    pub fn may(&self, access: Access, agent_id: Option<&str>) -> Result<(), Refused> {
        match access {
            Access::Public => Ok(()),
            Access::Browser(roles) if roles.contains(&self.user.role) => Ok(()),
            Access::Browser(_) => Err(Refused::forbidden("Your role may not do this.")),
            Access::OwnAgent if self.user.agent_id.is_some() && self.user.agent_id.as_deref() == agent_id => Ok(()),
            Access::OwnAgent => Err(Refused::forbidden("This agentID isn't yours.")),
            Access::GatewayOnly => Err(Refused::not_allowed()),
        }
    }
}

/// An admin.
pub struct Admin;

/// Finds the user of the request's cookie, for all that follows.
pub async fn identify(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    // The console's files are everyone's; a page's answer names what its user will ask for.
    let path = request.uri().path();
    let asked = gateway::is_api(path) || gateway::assets::is_page(path, request.headers());
    let touch = !request.headers().contains_key(BACKGROUND) && path != "/api/live";
    let session = cookie::read(request.headers(), cookie::SESSION).filter(|_| asked).map(store::hash);
    let mut actor = None;
    if let Some(session) = session {
        match store::find(&state, &session, touch).await {
            Ok(Some(store::Found { user, person, left })) => {
                actor = Some(Actor(user.name.clone()));
                let who = SignedIn { user: Arc::new(user), person: person.into(), session: session.into(), left };
                request.extensions_mut().insert(who);
            }
            Ok(None) => {}
            Err(error) => return Refused::from(error).into_response(),
        }
    }
    let mut response = next.run(request).await;
    if let (Some(actor), None) = (actor, response.extensions().get::<Actor>()) {
        response.extensions_mut().insert(actor);
    }
    response
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refused> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Refused::signed_out)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Admin {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let who = SignedIn::from_request_parts(parts, state).await?;
        who.may(Access::Browser(&[Role::Admin]), None).map(|()| Self)
    }
}
