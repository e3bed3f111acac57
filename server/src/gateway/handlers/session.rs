//! `/api/session`: sign-in, sign-out and the current session.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use trunkline_api::gateway::{Credentials, Session, User};
use trunkline_api::{FieldError, Role, ValidationError};

use crate::gateway::body;
use crate::gateway::error::ApiError;
use crate::gateway::extensions::{Actor, WrongPassword};
use crate::gateway::session::{
    ActiveSession, Attempt, CurrentUser, Remaining, SessionOwner, Source, client_ip, cookie, device, password, users,
};
use crate::gateway::state::{App, AppState};
use crate::names;

/// Maximum bytes of a sign-in's body.
const MAX_BODY: usize = 8 << 10;
/// `Retry-After` in seconds when too many passwords are being checked.
const RETRY_SECONDS: u32 = 1;

/// `GET /api/session`: the current session, always 200.
pub async fn show(
    State(state): State<AppState>,
    user: Option<Extension<CurrentUser>>,
    request: Parts,
) -> Result<Json<Session>, ApiError> {
    let session = user.map(|Extension(CurrentUser { user, person, remaining, .. })| ActiveSession {
        user: User::clone(&user),
        person: person.to_string(),
        remaining,
    });
    Ok(Json(describe(&state, &request, session).await?))
}

/// `POST /api/session`: signs in as a demo user, or with name and password.
pub async fn sign_in(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    old: Option<Extension<CurrentUser>>,
    request: Parts,
    body: Body,
) -> Result<Response, ApiError> {
    let headers = &request.headers;
    let (owner, user, checked) = match body::json_within(body, MAX_BODY).await? {
        Credentials::Demo { demo } => {
            if !state.sessions.demo.are_offered(&request).await? {
                return Err(ApiError::forbidden("There are no demo users here."));
            }
            let too_many = |seconds| ApiError::budget(seconds, "Too many demo sign-ins. Wait before the next.");
            state.limits.demo_sign_ins.take("").map_err(too_many)?;
            (SessionOwner::Demo(demo), users::demo(demo), None)
        }
        Credentials::Password { name, password } => {
            let address = client_ip::resolve(peer, headers, &state.config.trusted_proxies);
            match check_password(&state, address, headers, &name, password).await? {
                PasswordCheck::Accepted(id, user, hash) => (SessionOwner::User(id), user, Some(hash)),
                PasswordCheck::Rejected => return Ok(wrong_password(&name)),
            }
        }
    };
    // A new session always has a new token, which prevents session fixation.
    let Some(token) = state.sessions.create(&owner, checked.as_deref()).await? else {
        return Ok(wrong_password(&user.name));
    };
    if let Some(Extension(old)) = old {
        state.sessions.end(&old.session);
    }
    let actor = Actor(user.name.clone());
    let person = owner.person();
    let seconds = state.config.session.absolute_seconds;
    let cookie = cookie::set_cookie(headers, cookie::SESSION, &token, seconds).ok_or_else(ApiError::internal)?;
    let device = checked.and_then(|_| device::cookie_after_sign_in(&state.keys, headers, &person));
    let session = ActiveSession { user, person, remaining: Remaining::after(state.config.session, 0, 0) };
    let mut response = Json(describe(&state, &request, Some(session)).await?).into_response();
    for cookie in [Some(cookie), device].into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response.extensions_mut().insert(actor);
    Ok(response)
}

/// `DELETE /api/session`: signs out; 204 in any case.
pub async fn sign_out(
    State(state): State<AppState>,
    user: Option<Extension<CurrentUser>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if let Some(Extension(user)) = user {
        state.sessions.end(&user.session);
    }
    let cookie = cookie::set_cookie(&headers, cookie::SESSION, "", 0).ok_or_else(ApiError::internal)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Result of checking a password.
enum PasswordCheck {
    /// The user's id, the user, and the hash that the password matches.
    Accepted(String, User, String),
    /// Name or password is wrong.
    Rejected,
}

async fn check_password(
    app: &App,
    address: Option<IpAddr>,
    headers: &HeaderMap,
    name: &str,
    password: String,
) -> Result<PasswordCheck, ApiError> {
    let key = names::key(name);
    let found = users::credentials(&app.pool, name).await?;
    let person = found.as_ref().map(|found| SessionOwner::User(found.id.clone()).person());
    let device = person.and_then(|person| device::verified_entry(&app.keys, headers, &person));
    let source = Source { address, device };
    let check_throttle = || {
        let throttled = |seconds| ApiError::budget(seconds, "Too many failed sign-ins. Wait before the next.");
        app.login_throttle.check(&key, &source).map_err(throttled)
    };
    check_throttle()?;
    let network = address.map(|address| address.to_string()).unwrap_or_default();
    let attempt = Attempt { name: key.clone(), network, is_trusted: source.device.is_some() };
    let busy = || ApiError::budget(RETRY_SECONDS, "Too many are signing in at this moment. Try again.");
    let mut permit = app.password_checks.acquire(attempt).await.ok_or_else(busy)?;
    // Other attempts for the same name may have failed while this one waited.
    check_throttle()?;
    let (id, stored) = found.map(|found| (found.id, found.password)).unzip();
    // Runs on a blocking thread. The permit is held until the check is done: disconnecting must not admit another
    // attempt.
    let work = move || {
        let is_right = password::verify(&password, stored.as_ref(), permit.memory());
        is_right.then(|| stored.map(|stored| stored.hash)).flatten()
    };
    let matched = tokio::task::spawn_blocking(work).await.unwrap_or(None);
    if let (Some(id), Some(hash)) = (id, matched)
        && let Some(user) = users::by_id(&app.pool, &id).await?
    {
        return Ok(PasswordCheck::Accepted(id, user, hash));
    }
    app.login_throttle.record_failure(&key, &source);
    Ok(PasswordCheck::Rejected)
}

/// The response to a wrong password.
fn wrong_password(name: &str) -> Response {
    let problem = ValidationError::Said("The name or the password is wrong.".to_owned());
    let field = FieldError { field: "password".to_owned(), problem };
    let mut response = ApiError::invalid(vec![field]).into_response();
    let name = names::clean(name).chars().filter(|letter| !letter.is_control()).take(100).collect();
    response.extensions_mut().insert(WrongPassword { name });
    response
}

/// The session as the console needs it at its start. Without a session it tells only whether there are demo users.
async fn describe(app: &App, request: &Parts, session: Option<ActiveSession>) -> Result<Session, sqlx::Error> {
    let is_demo = app.sessions.demo.are_offered(request).await?;
    let demo = if is_demo { vec![Role::Admin, Role::Agent] } else { Vec::new() };
    let idle_seconds = app.config.session.idle_seconds;
    let Some(ActiveSession { mut user, person, remaining }) = session else {
        return Ok(Session { demo, idle_seconds, ..Session::default() });
    };
    if let Some(agent_id) = &user.agent_id {
        user.status = app.write_behind.agent_status(&app.pool, agent_id).await?;
    }
    Ok(Session {
        user: Some(user),
        demo,
        sandbox: app.vendors.in_sandbox().collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        idle_seconds,
        idle_left: remaining.idle,
        absolute_left: remaining.absolute,
        draft_key: Some(app.keys.draft_key(&person)),
    })
}
