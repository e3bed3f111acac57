//! The gateway's routes and middlewares.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Version, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{delete, get, post, put};
use axum::{Extension, Router};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

use super::error::ApiError;
use super::handlers::{
    activity, agents, assets, clean_html, external_apis, faults, inbox, labels, live, proxy, session, status, views,
};
use super::middleware::{csrf, host, identify, request_log, security_headers};
use super::paths::is_api;
use super::session::CurrentUser;
use super::state::AppState;

/// Builds the gateway's router. It needs the peer's address
/// (`into_make_service_with_connect_info::<SocketAddr>`).
pub fn app(state: AppState) -> Router {
    let json = |_: StatusCode, _: Version, headers: &HeaderMap, _: &axum::http::Extensions| {
        headers.get(header::CONTENT_TYPE).is_some_and(|media| media.as_bytes().starts_with(b"application/json"))
    };
    // Brotli at level 4: most of the gain at little delay.
    let compression =
        CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(SizeAbove::new(1024).and(json));
    Router::new()
        .route("/api/health", get(status::health))
        .route("/api/session", get(session::show).post(session::sign_in).delete(session::sign_out))
        .route("/api/vendors", get(status::vendors))
        .route("/api/agents", get(agents::list))
        .route("/api/activity", get(activity::list))
        .route("/api/activity/records/{service}/{record}", get(activity::of_record))
        .route("/api/labels/{kind}", get(labels::list))
        .route("/api/live", get(live::stream))
        .route("/api/faults", get(faults::list).delete(faults::clear_all))
        .route("/api/faults/{vendor}", put(faults::set).delete(faults::clear))
        .route("/api/inbox/marks", get(inbox::list_marks))
        .route("/api/inbox/marks/{ticketID}", put(inbox::update_mark))
        .route("/api/inbox/history/{ticketID}", get(inbox::ticket_history))
        .route("/api/inbox/shift", get(inbox::shift))
        .route("/api/inbox/seen", post(inbox::mark_seen))
        .route("/api/views", get(views::list).post(views::save))
        .route("/api/views/{id}", delete(views::remove))
        .route("/api/clean-html", post(clean_html::clean))
        .route("/api/sobot/external-apis", get(external_apis::list).post(external_apis::create))
        .route(
            "/api/sobot/external-apis/{id}",
            get(external_apis::get).put(external_apis::update).delete(external_apis::remove),
        )
        .route("/api/sobot/external-apis/draft/tests", post(external_apis::test_draft))
        .route("/api/sobot/external-apis/{id}/tests", get(external_apis::tests).post(external_apis::test))
        .method_not_allowed_fallback(|| async { ApiError::no_such_endpoint() })
        .fallback(fallback)
        .layer(compression)
        .layer(from_fn_with_state(state.clone(), identify::identify))
        .layer(from_fn(csrf::guard))
        .layer(from_fn(host::guard))
        .layer(from_fn(security_headers::secure))
        .layer(from_fn_with_state(state.clone(), request_log::log_requests))
        .with_state(state)
}

/// Handles every other path: a vendor's endpoint, or a file of the console.
async fn fallback(state: State<AppState>, user: Option<Extension<CurrentUser>>, request: Request) -> Response {
    match request.uri().path() {
        path if is_api(path) => proxy::handle(state, user, request).await,
        _ => assets::serve(state, request).await,
    }
}
