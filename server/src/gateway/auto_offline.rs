//! Sets agents offline who have closed the console and stay away: otherwise one-view goes on assigning tickets to them.

use std::time::{Duration, Instant};

use bytes::Bytes;
use trunkline_api::gateway::Activity;
use trunkline_api::oneview::GoOffline;
use trunkline_api::{Endpoint, registry};

use super::clock::now;
use super::handlers::proxy;
use super::state::{App, AppState};
use crate::vendor_request::{RequestOrigin, VendorRequest};

/// Interval at which the agents are checked.
const CHECK: Duration = Duration::from_secs(10);
/// User name on the gateway's own entries of the activity.
const GATEWAY: &str = "gateway";

/// Checks the agents until the shutdown, if `[live] offline_after_minutes` is set.
pub async fn run(state: &AppState) {
    if state.config.live.offline_after_minutes == 0 {
        return;
    }
    let mut check = tokio::time::interval(CHECK);
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            _ = check.tick() => set_absent_offline(state, Instant::now()).await,
        }
    }
}

/// Sets every agent offline who is online and has been away for `[live] offline_after_minutes` at `at`.
pub async fn set_absent_offline(state: &AppState, at: Instant) {
    let time = Duration::from_secs(u64::from(state.config.live.offline_after_minutes) * 60);
    if time.is_zero() {
        return;
    }
    let statuses = match state.write_behind.agent_statuses(&state.pool).await {
        Ok(statuses) => statuses,
        Err(error) => {
            tracing::error!(%error, "the agents' status can't be read: nobody is set offline now");
            return;
        }
    };
    for (agent_id, _) in statuses.into_iter().filter(|(_, status)| status.online) {
        if state.live.agents().is_away(&agent_id, time, at) && !set_offline(state, &agent_id).await {
            state.live.agents().postpone(&agent_id, at);
        }
    }
}

/// Sets an agent offline and records it. Returns false if one-view did not confirm it.
async fn set_offline(state: &App, agent_id: &str) -> bool {
    let path = GoOffline { agent_id: agent_id.to_owned() }.path();
    let found = registry::find(GoOffline::SERVICE, GoOffline::METHOD.as_str(), &path);
    let (Some((endpoint, path_params)), Some(vendor)) = (found, state.vendors.get(GoOffline::SERVICE)) else {
        return false;
    };
    let origin = RequestOrigin { change: state.live.last(), user: GATEWAY.into() };
    let call = VendorRequest { endpoint, path, path_params, query: Vec::new(), body: Bytes::new(), origin };
    let agent = Some(agent_id.to_owned());
    let proxy::Written { response, hidden, .. } = proxy::write(state, vendor, call, agent, true).await;
    let status = response.status().await.unwrap_or_else(|error| error.status.as_u16());
    let request_id = uuid::Uuid::new_v4().simple().to_string();
    let done = (200..300).contains(&status) && hidden.is_none();
    tracing::info!(id = %request_id, status, "an absent agent was set offline: {}", if done { "done" } else { "failed" });
    state.write_behind.record_activity(Activity {
        at: now(),
        user: Some(GATEWAY.to_owned()),
        method: GoOffline::METHOD.to_string(),
        path: format!("/api/{}{}", GoOffline::SERVICE.key(), GoOffline::PATH),
        status: status.into(),
        refusal: hidden.as_ref().map(|hidden| hidden.code()),
        request_id,
        record_id: Some(agent_id.to_owned()),
        ..Activity::default()
    });
    done
}
