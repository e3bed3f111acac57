//! The operator's names for values that a vendor sends without names.

use axum::Json;
use axum::extract::{Path, State};
use trunkline_api::gateway::LabelKind;
use trunkline_api::jtel::{RecordList, ReferenceRecord};

use crate::gateway::error::ApiError;
use crate::gateway::session::CurrentUser;
use crate::gateway::state::AppState;

/// `GET /api/labels/{kind}`: the configured names by value.
pub async fn list(
    _: CurrentUser,
    State(state): State<AppState>,
    Path(kind): Path<String>,
) -> Result<Json<RecordList<ReferenceRecord>>, ApiError> {
    let kind = LabelKind::ALL.into_iter().find(|known| known.key() == kind).ok_or_else(ApiError::no_such_endpoint)?;
    let record = |(value, name): &(String, String)| ReferenceRecord {
        id: Some(value.as_str().into()),
        name: Some(name.clone()),
        ..ReferenceRecord::default()
    };
    Ok(Json(RecordList::of(state.config.labels.of(kind).iter().map(record).collect())))
}
