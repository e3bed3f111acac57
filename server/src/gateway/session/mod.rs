//! Sign-in, sign-out and who is signed in.

mod check_queue;
mod client;
mod cookie;
mod demo;
mod device;
mod password;
mod password_rules;
mod signed_in;
mod store;
mod throttle;
mod users;

use std::net::{IpAddr, SocketAddr};

use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, State as Shared};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use trunkline_api::gateway::{AgentStatus, Credentials, Session, User};
use trunkline_api::{FieldError, Problem, Role, Vendor};

pub use check_queue::CheckQueue;
pub use client::address;
pub use demo::offered as offers_demo;
pub use signed_in::{Admin, SignedIn, identify};
pub use store::{find, hex};
pub use throttle::Throttle;
pub use users::{NewUser, add as add_user, remove as remove_user, set_password, store_status};

use super::observe::Actor;
use super::refusal::Refused;
use super::state::{App, State};
use crate::names;
use check_queue::Ticket;
use store::{Found, Left, Owner};
use throttle::Source;

/// The most bytes of a sign-in's body.
const BODY: usize = 8 << 10;
/// Seconds until it is worth another try where too many passwords are being checked.
const BUSY: u32 = 1;

/// On an answer: whose password was checked and found wrong, and from where. It is noted in the audit.
#[derive(Clone)]
pub struct WrongPassword {
    /// The name as it was typed, cleaned.
    pub name: String,
}

/// `GET /api/session`: always 200.
pub async fn show(
    Shared(state): Shared<State>,
    user: Option<axum::Extension<SignedIn>>,
    request: Parts,
) -> Result<Json<Session>, Refused> {
    let who = user.map(|who| Found { user: User::clone(&who.user), person: who.person.to_string(), left: who.left });
    Ok(Json(describe(&state, &request, who).await?))
}

/// `POST /api/session`: a demo user, or a name and a password.
pub async fn begin(
    Shared(state): Shared<State>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    old: Option<axum::Extension<SignedIn>>,
    request: Parts,
    body: Body,
) -> Result<Response, Refused> {
    let headers = &request.headers;
    let (owner, user, checked) = match super::body::json_within(body, BODY).await? {
        Credentials::Demo { demo } => {
            if !offers_demo(&state, &request).await? {
                return Err(Refused::forbidden("There are no demo users here."));
            }
            let too_many = |seconds| Refused::budget(seconds, "Too many demo sign-ins. Wait before the next.");
            state.limits.demo_sign_ins.take("").map_err(too_many)?;
            (Owner::Demo(demo), users::demo(demo), None)
        }
        Credentials::Password { name, password } => {
            let address = client::address(peer, headers, &state.config.trusted_proxies);
            match with_password(&state, address, headers, &name, password).await? {
                Checked::Right(id, user, hash) => (Owner::User(id), user, Some(hash)),
                Checked::Wrong => return Ok(wrong(&name)),
            }
        }
    };
    // A new session has a new token, whatever the browser held before.
    let Some(token) = store::begin(&state, &owner, checked.as_deref()).await? else { return Ok(wrong(&user.name)) };
    if let Some(old) = old {
        store::end(&state, &old.session);
    }
    let actor = Actor(user.name.clone());
    let person = owner.person();
    let seconds = state.config.session.absolute_seconds;
    let cookie = cookie::write(headers, cookie::SESSION, &token, seconds).ok_or_else(Refused::fault)?;
    let device = checked.and_then(|_| device::remember(&state.keys, headers, &person));
    let told = Found { user, person, left: Left::after(state.config.session, 0, 0) };
    let mut response = Json(describe(&state, &request, Some(told)).await?).into_response();
    for cookie in [Some(cookie), device].into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
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
        store::end(&state, &who.session);
    }
    let cookie = cookie::write(&headers, cookie::SESSION, "", 0).ok_or_else(Refused::fault)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// What came of checking a password.
enum Checked {
    /// The user's id, the user, and the hash that the password fits.
    Right(String, User, String),
    /// The name or the password is wrong.
    Wrong,
}

async fn with_password(
    app: &App,
    address: Option<IpAddr>,
    headers: &HeaderMap,
    name: &str,
    password: String,
) -> Result<Checked, Refused> {
    let key = names::key(name);
    let found = users::credentials(&app.pool, name).await?;
    let person = found.as_ref().map(|found| Owner::User(found.id.clone()).person());
    let device = person.and_then(|person| device::known(&app.keys, headers, &person));
    let source = Source { address, device };
    let check = || {
        let held = |seconds| Refused::budget(seconds, "Too many failed sign-ins. Wait before the next.");
        app.throttle.check(&key, &source).map_err(held)
    };
    check()?;
    let network = address.map(|address| address.to_string()).unwrap_or_default();
    let ticket = Ticket { name: key.clone(), network, known: source.device.is_some() };
    let busy = || Refused::budget(BUSY, "Too many are signing in at this moment. Try again.");
    let mut turn = app.checks.turn(ticket).await.ok_or_else(busy)?;
    // Others of the same name may have failed while this one waited.
    check()?;
    let (id, stored) = found.map(|found| (found.id, found.password)).unzip();
    // Off the async threads. The turn is held until the work is done: whoever hangs up does not make room for the next.
    let work = move || {
        let right = password::verify(&password, stored.as_ref(), turn.memory());
        right.then(|| stored.map(|stored| stored.hash)).flatten()
    };
    let right = tokio::task::spawn_blocking(work).await.unwrap_or(None);
    if let (Some(id), Some(hash)) = (id, right)
        && let Some(user) = users::by_id(&app.pool, &id).await?
    {
        return Ok(Checked::Right(id, user, hash));
    }
    app.throttle.failed(&key, &source);
    Ok(Checked::Wrong)
}

/// The refusal of a password that was checked.
fn wrong(name: &str) -> Response {
    let said = Problem::Said("The name or the password is wrong.".to_owned());
    let field = FieldError { field: "password".to_owned(), problem: said };
    let mut response = Refused::invalid(vec![field]).into_response();
    let name = names::clean(name).chars().filter(|letter| !letter.is_control()).take(100).collect();
    response.extensions_mut().insert(WrongPassword { name });
    response
}

/// The status that one-view last confirmed for an agent.
///
/// # Errors
/// When the database fails.
pub async fn status(app: &App, agent_id: &str) -> Result<Option<AgentStatus>, sqlx::Error> {
    match app.books.status(agent_id) {
        Some(status) => Ok(Some(status)),
        None => users::status(&app.pool, agent_id).await,
    }
}

/// What the console needs to know at its start. Who isn't signed in learns whether there are demo users, and no more.
async fn describe(app: &App, request: &Parts, who: Option<Found>) -> Result<Session, sqlx::Error> {
    let demo = offers_demo(app, request).await?;
    let demo = if demo { vec![Role::Admin, Role::Agent] } else { Vec::new() };
    let idle_seconds = app.config.session.idle_seconds;
    let Some(Found { mut user, person, left }) = who else {
        return Ok(Session { demo, idle_seconds, ..Session::default() });
    };
    if let Some(agent) = &user.agent_id {
        user.status = status(app, agent).await?;
    }
    Ok(Session {
        user: Some(user),
        demo,
        sandbox: Vendor::ALL.into_iter().filter(|vendor| !app.upstreams.contains_key(vendor)).collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        idle_seconds,
        idle_left: left.idle,
        absolute_left: left.absolute,
        draft_key: Some(app.keys.draft(&person)),
    })
}
