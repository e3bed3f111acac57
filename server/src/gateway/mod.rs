//! The gateway: sign-in, roles, the vendors behind one origin, and the built console.

mod assets;
mod audit;
mod body;
mod books;
mod clean_html;
mod csrf;
mod external;
mod faults;
mod files;
mod headers;
mod health;
mod host;
mod json_text;
mod keys;
mod limits;
mod live;
mod observe;
mod preload;
mod proxy;
mod refusal;
mod session;
mod state;
mod upstream_text;

use axum::Router;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, StatusCode, Version, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

pub use audit::prune;
pub use headers::CSP;
pub use session::{NewUser, add_user, remove_user, set_password};
pub use state::{App, StartError, State};

use refusal::Refused;
use session::SignedIn;

/// The whole gateway as a service. It needs the peer's address
/// (`into_make_service_with_connect_info::<SocketAddr>`).
pub fn app(state: State) -> Router {
    let json = |_: StatusCode, _: Version, headers: &HeaderMap, _: &axum::http::Extensions| {
        headers.get(header::CONTENT_TYPE).is_some_and(|media| media.as_bytes().starts_with(b"application/json"))
    };
    // Level 4 of brotli: most of the gain at a speed that doesn't keep anyone waiting.
    let compression =
        CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(SizeAbove::new(1024).and(json));
    Router::new()
        .route("/api/health", get(health))
        .route("/api/session", get(session::show).post(session::begin).delete(session::end))
        .route("/api/vendors", get(health::list))
        .route("/api/audit", get(audit::list))
        .route("/api/live", get(live::stream))
        .route("/api/faults", get(faults::list).delete(faults::clear_all))
        .route("/api/faults/{vendor}", put(faults::set).delete(faults::clear))
        .route("/api/clean-html", post(clean_html::clean))
        .route("/api/sobot/external-apis", get(external::list).post(external::create))
        .route("/api/sobot/external-apis/{id}", get(external::get).put(external::update).delete(external::remove))
        .route("/api/sobot/external-apis/{id}/tests", get(external::tests).post(external::test))
        .method_not_allowed_fallback(|| async { Refused::not_allowed() })
        .fallback(elsewhere)
        .layer(compression)
        .layer(from_fn_with_state(state.clone(), session::identify))
        .layer(from_fn(csrf::guard))
        .layer(from_fn(host::guard))
        .layer(from_fn(headers::secure))
        .layer(from_fn_with_state(state.clone(), observe::observe))
        .with_state(state)
}

/// `GET /api/health`: whether the gateway is up, for whoever watches it. Strangers don't learn the version.
async fn health(who: Option<Extension<SignedIn>>) -> impl IntoResponse {
    Json(match who {
        Some(_) => serde_json::json!({"ok": true, "version": env!("CARGO_PKG_VERSION")}),
        None => serde_json::json!({"ok": true}),
    })
}

/// A vendor's endpoint, or a file of the console.
async fn elsewhere(state: Shared<State>, who: Option<Extension<SignedIn>>, request: Request) -> Response {
    match request.uri().path() {
        path if is_api(path) => proxy::handle(state, who, request).await,
        _ => assets::serve(state, request).await,
    }
}

/// Whether a path is the gateway's, and not a file or page of the console.
fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}
