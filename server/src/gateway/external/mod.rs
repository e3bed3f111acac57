//! `/api/sobot/external-apis`: definitions of calls to a customer's own systems, and tests of them.

mod call;
mod guard;
mod mask;
mod outputs;
mod secrets;
mod store;
mod vault;

pub use store::protect;

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use trunkline_api::endpoint::ADMIN;
use trunkline_api::gateway::{ExternalApi, ExternalApiBody, ExternalApiUpdate, TestRun, TestValues};
use trunkline_api::text::{TextKind, clean};
use trunkline_api::{FieldError, Vendor};

use super::live::Change;
use super::refusal::Refused;
use super::session::{Admin, SignedIn};
use super::state::{App, State};

/// How long an answer waits for its entry in the history.
const KEEPING: Duration = Duration::from_secs(1);

/// All definitions.
pub async fn list(_: Admin, Shared(state): Shared<State>) -> Result<Json<Vec<ExternalApi>>, Refused> {
    let mut shown = Vec::new();
    for stored in store::list(&state).await? {
        shown.push(stored.shown(&state.pool).await?);
    }
    Ok(Json(shown))
}

/// One definition.
pub async fn get(_: Admin, Shared(state): Shared<State>, Path(id): Path<String>) -> Result<Json<ExternalApi>, Refused> {
    Ok(Json(store::get(&state, &id).await?.shown(&state.pool).await?))
}

/// Defines one: 201.
pub async fn create(
    _: Admin,
    Shared(state): Shared<State>,
    body: Body,
) -> Result<(StatusCode, Json<ExternalApi>), Refused> {
    let body = checked(super::body::json(body).await?, None)?;
    let id = store::insert(&state, &body).await?;
    tell(&state);
    Ok((StatusCode::CREATED, Json(store::get(&state, &id).await?.shown(&state.pool).await?)))
}

/// Replaces one. With the version that the change was made to, a change that somebody else made meanwhile is not undone: 409.
pub async fn update(
    _: Admin,
    Shared(state): Shared<State>,
    Path(id): Path<String>,
    body: Body,
) -> Result<Json<ExternalApi>, Refused> {
    let ExternalApiUpdate { version, body } = super::body::json(body).await?;
    let stored = store::get(&state, &id).await?;
    let body = checked(body, Some(&stored.body))?;
    store::update(&state, &id, &body, version).await?;
    tell(&state);
    Ok(Json(store::get(&state, &id).await?.shown(&state.pool).await?))
}

/// Removes one and its tests: 204.
pub async fn remove(_: Admin, Shared(state): Shared<State>, Path(id): Path<String>) -> Result<StatusCode, Refused> {
    store::remove(&state.writes, &id).await?;
    tell(&state);
    Ok(StatusCode::NO_CONTENT)
}

/// Calls one, and keeps how it went.
pub async fn test(
    _: Admin,
    who: SignedIn,
    Shared(state): Shared<State>,
    Path(id): Path<String>,
    body: Body,
) -> Result<Json<TestRun>, Refused> {
    let too_many = || Refused::budget(1, "Too many tests of yours are under way. Wait for one to end.");
    let _place = state.limits.tests.take(&who.person).ok_or_else(too_many)?;
    let given: TestValues = super::body::json(body).await?;
    let api = store::get(&state, &id).await?.body;
    let sent = call::values(&api, &given).map_err(Refused::invalid)?;
    if api.headers.iter().any(|header| header.secret && vault::is_sealed(&header.value)) {
        return Err(Refused::malformed(
            "The secrets can't be decrypted: external_apis.secrets_key is not the one they were encrypted with.",
        ));
    }
    let run = call::run(&api, &sent, &state.config.external_apis).await;
    keep(&state, id, run.clone()).await;
    tell(&state);
    Ok(Json(run))
}

/// Keeps a run in the history. It was made and is answered in any case: a locked or full database costs its entry at most.
async fn keep(state: &State, id: String, run: TestRun) {
    let writes = state.writes.clone();
    let kept = tokio::spawn(async move { store::keep(&writes, &id, &run).await });
    // What failed is in the log; what takes longer goes on by itself.
    let _ = tokio::time::timeout(KEEPING, kept).await;
}

/// The tests of one.
pub async fn tests(
    _: Admin,
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<Vec<TestRun>>, Refused> {
    store::get(&state, &id).await?;
    Ok(Json(store::tests(&state.pool, &id).await?))
}

/// A definition whose values are right and whose secrets are in place.
fn checked(mut body: ExternalApiBody, stored: Option<&ExternalApiBody>) -> Result<ExternalApiBody, Refused> {
    // As the form does it: who calls the gateway without one may have pasted marks too.
    body.name = clean(body.name.trim(), TextKind::Words).trim().to_owned();
    body.url = clean(body.url.trim(), TextKind::Code).trim().to_owned();
    let mut problems: Vec<FieldError> = body.validate().err().unwrap_or_default();
    problems.extend(secrets::restore(&mut body, stored).err().unwrap_or_default());
    if problems.is_empty() { Ok(body) } else { Err(Refused::invalid(problems)) }
}

fn tell(app: &App) {
    let resource = "/sobot/external-apis";
    app.live.changed(Change { vendor: Vendor::Gateway, resource, access: ADMIN, agent_id: None });
}
