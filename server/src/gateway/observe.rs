//! The request's id, its log line and its place in the audit. Only path templates are written down: never a query's
//! values, a body, a cookie or a key.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State as Shared};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::refusal::{REQUEST_ID, finish};
use super::state::{State, now};

/// On an answer: the template of the request's path.
#[derive(Clone)]
pub struct Template(pub String);

/// On an answer: the name of the user who asked.
#[derive(Clone)]
pub struct Actor(pub String);

/// Wraps every request.
pub async fn observe(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = uuid::Uuid::new_v4().simple().to_string();
    let method = request.method().clone();
    let api = super::is_api(request.uri().path());
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());

    let response = next.run(request).await;

    let template = response.extensions().get::<Template>().map(|template| template.0.clone()).or(matched);
    let template = template.unwrap_or_else(|| if api { "/api/?" } else { "/*" }.to_owned());
    let actor = response.extensions().get::<Actor>().map(|actor| actor.0.clone());
    let mut response = finish(response, &id);
    let status = response.status().as_u16();
    if api {
        if let Ok(value) = HeaderValue::try_from(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        // What an unknown sender is refused is for the log: it must not fill the disk.
        let known = actor.is_some() || (template == "/api/session" && status == 422);
        if known && method != Method::GET && method != Method::HEAD {
            audit(&state, &id, actor, &method, &template, status).await;
        }
    }
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(id = %id, method = %method, path = %template, status, ms = millis, "request");
    response
}

/// Notes who asked for a change, and what came of it. A failure to note is logged and keeps no answer back.
async fn audit(state: &State, id: &str, actor: Option<String>, method: &Method, path: &str, status: u16) {
    let noted = sqlx::query(
        "INSERT INTO audit (id, at, user_name, method, path, status, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(uuid::Uuid::now_v7().to_string())
    .bind(now())
    .bind(actor)
    .bind(method.as_str())
    .bind(path)
    .bind(i64::from(status))
    .bind(id)
    .execute(&state.pool)
    .await;
    if let Err(error) = noted {
        tracing::error!(%error, "the audit could not be written");
    }
}

/// Takes away what is older than the operator keeps, now and once a day, until the server is to end.
pub async fn prune(state: State) {
    let mut day = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            _ = day.tick() => {
                let oldest = now() - i64::from(state.config.audit.days) * 24 * 60 * 60;
                let done = sqlx::query("DELETE FROM audit WHERE at < $1").bind(oldest).execute(&state.pool).await;
                if let Err(error) = done {
                    tracing::error!(%error, "the audit could not be pruned");
                }
            }
        }
    }
}
