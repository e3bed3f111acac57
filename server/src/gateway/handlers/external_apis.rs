//! `/api/sobot/external-apis`: definitions of calls to a customer's own systems, and tests of them.

use std::time::Duration;

use axum::Extension;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use trunkline_api::endpoint::ADMIN;
use trunkline_api::gateway::{
    EXTERNAL_APIS, ExternalApi, ExternalApiBody, ExternalApiUpdate, TestDraft, TestRun, TestValues, Verdict,
};

use crate::gateway::body;
use crate::gateway::changed_record::{self, ChangedRecord};
use crate::gateway::error::ApiError;
use crate::gateway::extensions::VendorCode;
use crate::gateway::external::{ListEntry, definition, prepare, test_run};
use crate::gateway::live::Change;
use crate::gateway::session::{Admin, CurrentUser};
use crate::gateway::state::{App, AppState};

/// Maximum time a response waits for its history entry to be written.
const STORE_TIMEOUT: Duration = Duration::from_secs(1);

/// `GET`: all definitions, including those that can't be decoded.
pub async fn list(_: Admin, State(state): State<AppState>) -> Result<Json<Vec<ListEntry<ExternalApi>>>, ApiError> {
    Ok(Json(state.external_apis.list().await?))
}

/// `GET`: one definition.
pub async fn get(
    _: Admin,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<ExternalApi>, ApiError> {
    Ok(Json(state.external_apis.get(&id).await?))
}

/// `POST`: creates a definition; 201.
pub async fn create(
    _: Admin,
    State(state): State<AppState>,
    body: Body,
) -> Result<(StatusCode, Extension<ChangedRecord>, Json<ExternalApi>), ApiError> {
    let body = definition::validated(body::json(body).await?, None).map_err(ApiError::invalid)?;
    let id = state.external_apis.insert(&body).await?;
    publish_change(&state);
    Ok((StatusCode::CREATED, changed(&id, &body.name, Vec::new()), Json(state.external_apis.get(&id).await?)))
}

/// `PUT`: replaces a definition. If the request names the version it changes and someone else has saved a newer one:
/// 409.
pub async fn update(
    _: Admin,
    State(state): State<AppState>,
    Path(id): Path<String>,
    body: Body,
) -> Result<(Extension<ChangedRecord>, Json<ExternalApi>), ApiError> {
    let ExternalApiUpdate { version, body } = body::json(body).await?;
    let stored = state.external_apis.definition(&id).await?;
    let body = definition::validated(body, Some(&stored)).map_err(ApiError::invalid)?;
    state.external_apis.update(&id, &body, version).await?;
    publish_change(&state);
    let record = changed(&id, &body.name, definition::changed_members(&stored, &body));
    Ok((record, Json(state.external_apis.get(&id).await?)))
}

/// `DELETE`: removes a definition and its tests; 204.
pub async fn remove(
    _: Admin,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Extension<ChangedRecord>), ApiError> {
    // One that can't be decoded is removed too.
    let name = state.external_apis.definition(&id).await.map(|stored| stored.name).unwrap_or_default();
    state.external_apis.remove(&id).await?;
    publish_change(&state);
    Ok((StatusCode::NO_CONTENT, changed(&id, &name, Vec::new())))
}

/// `POST`: runs a test and stores its result.
pub async fn test(
    _: Admin,
    user: CurrentUser,
    State(state): State<AppState>,
    Path(id): Path<String>,
    body: Body,
) -> Result<TestResponse, ApiError> {
    let provided: TestValues = body::json(body).await?;
    let api = state.external_apis.definition(&id).await?;
    let run = call(&state, &user, &api, &provided).await?;
    store_run(&state, id.clone(), run.clone()).await;
    publish_change(&state);
    Ok(TestResponse { record: changed(&id, &api.name, Vec::new()), run })
}

/// `POST`: tests a definition that is not saved. Of an edited one, stored secrets are used where it would keep them.
pub async fn test_draft(
    _: Admin,
    user: CurrentUser,
    State(state): State<AppState>,
    body: Body,
) -> Result<TestResponse, ApiError> {
    let TestDraft { id, definition: mut api, values } = body::json(body).await?;
    if api.name.trim().is_empty() {
        // A name is needed to find it again, not to call it.
        "draft".clone_into(&mut api.name);
    }
    let stored = match &id {
        Some(id) => Some(state.external_apis.definition(id).await?),
        None => None,
    };
    let api = definition::validated(api, stored.as_ref()).map_err(ApiError::invalid)?;
    let run = call(&state, &user, &api, &values).await?;
    Ok(TestResponse { record: changed(&id.unwrap_or_default(), &api.name, Vec::new()), run })
}

/// A run, with what the activity says about it.
pub struct TestResponse {
    record: Extension<ChangedRecord>,
    run: TestRun,
}

impl IntoResponse for TestResponse {
    fn into_response(self) -> Response {
        let verdict = self.run.summary.verdict();
        // The outcome of a test is that of the call, not of the request that asked for it.
        let failed = (verdict != Verdict::Passed).then(|| Extension(VendorCode(verdict.to_string())));
        (self.record, failed, Json(self.run)).into_response()
    }
}

/// What a write changed, for the activity.
fn changed(id: &str, name: &str, fields: Vec<String>) -> Extension<ChangedRecord> {
    Extension(ChangedRecord { id: changed_record::clean(id), name: changed_record::clean(name), fields })
}

/// Calls an external API.
async fn call(
    state: &App,
    user: &CurrentUser,
    api: &ExternalApiBody,
    values: &TestValues,
) -> Result<TestRun, ApiError> {
    let too_many = || ApiError::budget(1, "Too many tests of yours are under way. Wait for one to end.");
    let _permit = state.limits.tests.take(&user.person).ok_or_else(too_many)?;
    let request = prepare::prepare(api, values).map_err(ApiError::invalid)?;
    if definition::is_locked(api) {
        return Err(ApiError::malformed(
            "The secrets can't be decrypted: external_apis.secrets_key is not the one they were encrypted with.",
        ));
    }
    Ok(test_run::run(api, request, &state.config.external_apis).await)
}

/// Stores a run in the history. The response is sent in any case: a locked or full database costs the history entry at
/// most.
async fn store_run(state: &App, id: String, run: TestRun) {
    let store = state.external_apis.clone();
    let stored = tokio::spawn(async move { store.insert_test(&id, &run).await });
    // The log has failures; a slower write finishes in the background.
    let _ = tokio::time::timeout(STORE_TIMEOUT, stored).await;
}

/// `GET`: the tests of a definition.
pub async fn tests(
    _: Admin,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Vec<ListEntry<TestRun>>>, ApiError> {
    state.external_apis.definition(&id).await?;
    Ok(Json(state.external_apis.tests(&id).await?))
}

fn publish_change(app: &App) {
    app.live.publish(Change { resource: EXTERNAL_APIS, access: ADMIN, agent_id: None });
}
