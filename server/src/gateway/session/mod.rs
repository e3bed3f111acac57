//! Sign-in, sign-out and who is signed in.

mod attempts;
mod client;
mod cookie;
mod password;
mod signed_in;
mod store;
mod users;

use std::net::{IpAddr, SocketAddr};

use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use trunkline_api::gateway::{Credentials, Session, User};
use trunkline_api::{FieldError, Problem, Role, Vendor};

pub use attempts::Attempts;
pub use signed_in::{Admin, SignedIn, identify};
pub use store::{find, hex};
pub use users::{NewUser, add as add_user, keep_status, remove as remove_user, set_password, status};

use super::observe::Actor;
use super::refusal::Refused;
use super::state::{App, State};
use store::{Found, Left, Owner};

/// `GET /api/session`: always 200.
pub async fn show(
    Shared(state): Shared<State>,
    headers: HeaderMap,
    user: Option<axum::Extension<SignedIn>>,
) -> Result<Json<Session>, Refused> {
    let who = user.map(|who| Found { user: User::clone(&who.user), person: who.person.to_string(), left: who.left });
    Ok(Json(describe(&state, &headers, who).await?))
}

/// `POST /api/session`: a demo user, or a name and a password.
pub async fn begin(
    Shared(state): Shared<State>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    old: Option<axum::Extension<SignedIn>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let (owner, user) = match super::body::json(body).await? {
        Credentials::Demo { demo } => {
            if !offers_demo(&state, &headers).await? {
                return Err(Refused::forbidden("There are no demo users here."));
            }
            (Owner::Demo(demo), users::demo(demo))
        }
        Credentials::Password { name, password } => {
            let address = client::address(peer, &headers, &state.config.trusted_proxies);
            with_password(&state, address, &name, password).await?
        }
    };
    // A new session has a new token, whatever the browser held before.
    if let Some(old) = old {
        store::end(&state, &old.session).await?;
    }
    let token = store::begin(&state, &owner).await?;
    let actor = Actor(user.name.clone());
    let cookie = cookie::write(&headers, &token, state.config.session.absolute_seconds).ok_or_else(Refused::fault)?;
    let left = Left::after(state.config.session, 0, 0);
    let told = Found { user, person: owner.person(), left };
    let mut response = Json(describe(&state, &headers, Some(told)).await?).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response.extensions_mut().insert(actor);
    Ok(response)
}

/// `DELETE /api/session`: 204, signed in or not.
pub async fn end(
    Shared(state): Shared<State>,
    who: Option<axum::Extension<SignedIn>>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if let Some(who) = who {
        store::end(&state, &who.session).await?;
    }
    let cookie = cookie::write(&headers, "", 0).ok_or_else(Refused::fault)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

async fn with_password(app: &App, address: IpAddr, name: &str, password: String) -> Result<(Owner, User), Refused> {
    app.attempts
        .take(name, address)
        .map_err(|seconds| Refused::budget(seconds, "Too many failed sign-ins. Wait before the next."))?;
    let found = users::credentials(&app.pool, name).await?;
    let (id, hash) = found.unzip();
    if password::verify(password, hash).await
        && let Some(id) = id
        && let Some(user) = users::by_id(&app.pool, &id).await?
    {
        app.attempts.forget(name, address);
        return Ok((Owner::User(id), user));
    }
    let said = Problem::Said("The name or the password is wrong.".to_owned());
    Err(Refused::invalid(vec![FieldError { field: "password".to_owned(), problem: said }]))
}

/// Whether there are demo users, and for whom asks this way: at this machine, with nothing in between.
///
/// # Errors
/// When the database fails.
pub async fn offers_demo(app: &App, headers: &HeaderMap) -> Result<bool, sqlx::Error> {
    Ok(cookie::is_direct(headers) && users::demo_exists(app).await?)
}

/// What the console needs to know at its start.
async fn describe(app: &App, headers: &HeaderMap, who: Option<Found>) -> Result<Session, sqlx::Error> {
    let left = who.as_ref().map(|who| who.left).unwrap_or_default();
    let draft_key = who.as_ref().map(|who| app.keys.draft(&who.person));
    let mut user = who.map(|who| who.user);
    if let Some(user) = &mut user
        && let Some(agent) = &user.agent_id
    {
        user.status = users::status(&app.pool, agent).await?;
    }
    let demo = offers_demo(app, headers).await?;
    Ok(Session {
        user,
        demo: if demo { vec![Role::Admin, Role::Agent] } else { Vec::new() },
        sandbox: Vendor::ALL.into_iter().filter(|vendor| !app.upstreams.contains_key(vendor)).collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        idle_seconds: app.config.session.idle_seconds,
        idle_left: left.idle,
        absolute_left: left.absolute,
        draft_key,
    })
}
