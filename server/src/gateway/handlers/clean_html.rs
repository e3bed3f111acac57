//! `POST /api/clean-html`: sanitises vendors' markup.

use axum::Json;
use axum::body::Body;
use tokio::sync::Semaphore;
use trunkline_api::gateway::Html;

use crate::gateway::body;
use crate::gateway::clean_html::sanitise;
use crate::gateway::error::ApiError;
use crate::gateway::session::CurrentUser;

/// Maximum bytes of markup: mails contain their images.
const MAX_MARKUP: usize = 8 << 20;
/// Maximum bytes of the request. JSON escapes some characters with two bytes.
const MAX_BODY: usize = 2 * MAX_MARKUP;
/// Maximum concurrent clean-ups.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// Sanitises markup. Links open in a new tab and send no referrer.
pub async fn clean(_user: CurrentUser, body: Body) -> Result<Json<Html>, ApiError> {
    let Html { html } = body::json_within(body, MAX_BODY).await?;
    if html.len() > MAX_MARKUP {
        let message = "The content is larger than 8 MiB.".to_owned();
        return Err(ApiError { message, ..ApiError::larger_than(MAX_MARKUP) });
    }
    let slot = SLOTS.acquire().await.map_err(|_| ApiError::internal())?;
    // The permit is held until the work is done, even if the browser disconnects.
    let work = move || {
        let _slot = slot;
        sanitise(&html)
    };
    let cleaned = tokio::task::spawn_blocking(work).await.map_err(|_| ApiError::internal())?;
    Ok(Json(Html { html: cleaned }))
}
