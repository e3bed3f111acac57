//! The gateway: sign-in, roles, all vendors behind one origin, and the built console.
//!
//! From top to bottom, each importing only what is below it:
//!
//! - `auto_offline`: sets absent agents offline
//! - `router`: the routes; `handlers`: the endpoints; `middleware`: what every request passes through
//! - `state`: everything that lives as long as the gateway
//! - `live`: change events; `proxy`: calls to the vendors; `external`: tests of external APIs
//! - `inbox`: what is kept per agent and ticket
//! - `session`: users and sessions; `write_behind`: small records written in the background
//! - `activity`, `changed_record`, `keys`, `limits`, `clean_html`, `upstream_text` and other small tools
//! - `error`, `clock`, `paths`, `extensions`

mod activity;
mod auto_offline;
mod body;
mod changed_record;
mod clean_html;
mod clock;
mod error;
mod extensions;
mod external;
mod files;
mod handlers;
mod hex;
mod inbox;
mod json_text;
mod keys;
mod limits;
mod live;
mod middleware;
mod paths;
mod preload;
mod proxy;
mod router;
mod session;
mod state;
mod upstream_text;
mod views;
mod write_behind;

use std::time::Duration;

pub use auto_offline::set_absent_offline;
pub use middleware::CSP;
pub use router::app;
pub use session::{NewUser, add_user, remove_user, set_password};
pub use state::{App, AppState, StartError};

/// Deletes old entries of the activity, the history and the marks, at the start and then daily, until the shutdown.
pub async fn prune(state: AppState) {
    let mut day = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            _ = day.tick() => prune_once(&state).await,
        }
    }
}

/// Sets absent agents offline until the shutdown, if that is configured.
pub async fn watch_absent_agents(state: AppState) {
    auto_offline::run(&state).await;
}

async fn prune_once(state: &App) {
    let before = |days: u32| clock::now() - i64::from(days) * 24 * 60 * 60;
    if let Err(error) = activity::prune(&state.writes, before(state.config.audit.days)).await {
        tracing::error!(%error, "the activity could not be pruned");
    }
    let history = &state.config.history;
    if let Err(error) = inbox::history::prune(&state.writes, before(history.days), before(history.marks_days)).await {
        tracing::error!(%error, "the history of tickets could not be pruned");
    }
}
