//! Finds the user of each request.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderName;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::gateway::error::ApiError;
use crate::gateway::extensions::Actor;
use crate::gateway::paths::{is_api, is_page};
use crate::gateway::session::{ActiveSession, CurrentUser, cookie, token_key};
use crate::gateway::state::AppState;

/// Marks a request that the console sends on its own; it doesn't keep a session alive.
const BACKGROUND: HeaderName = HeaderName::from_static("x-trunkline-background");

/// Finds the user by the session cookie and adds it to the request.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    // The console's files are public; only a page's `Link` header depends on the user.
    let path = request.uri().path();
    let needs_user = is_api(path) || is_page(path, request.headers());
    let touch = !request.headers().contains_key(BACKGROUND) && path != "/api/live";
    let key = cookie::get(request.headers(), cookie::SESSION).filter(|_| needs_user).map(token_key);
    let mut actor = None;
    if let Some(key) = key {
        match state.sessions.find(&key, touch).await {
            Ok(Some(ActiveSession { user, person, remaining })) => {
                actor = Some(Actor(user.name.clone()));
                let (user, person, session) = (Arc::new(user), person.into(), key.into());
                request.extensions_mut().insert(CurrentUser { user, person, session, remaining });
            }
            Ok(None) => {}
            Err(error) => return ApiError::from(error).into_response(),
        }
    }
    let mut response = next.run(request).await;
    if let (Some(actor), None) = (actor, response.extensions().get::<Actor>()) {
        response.extensions_mut().insert(actor);
    }
    response
}
