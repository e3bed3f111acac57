//! Agents who have closed the console are set offline after a time, if that is configured.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trunkline_server::gateway::set_absent_offline;

use crate::live::Stream;
use crate::test_app::{AGENT, Browser, FakeUpstream, TestApp, json_response, start, wait_until};

const PATH: &str = "/v1/f4b8f8e5-365a-4ed1-a122-0f4ba1afef44/offline";

/// An upstream that confirms every status, or fails with a status that tests set.
async fn upstream(failure: Arc<AtomicU16>) -> FakeUpstream {
    FakeUpstream::start(move |request| {
        let failure = failure.load(Ordering::Relaxed);
        async move {
            match failure {
                0 if request.method == "PUT" => json_response(200, json!({"id": AGENT, "updatedAt": 1_772_600_000})),
                0 => json_response(200, json!([])),
                status => json_response(status, json!({"errorCode": status})),
            }
        }
    })
    .await
}

fn offline_calls(vendor: &FakeUpstream) -> usize {
    vendor.requests().iter().filter(|request| request.path == PATH).count()
}

async fn gateway(vendor: &FakeUpstream, minutes: u32) -> TestApp {
    let live = format!("[live]\noffline_after_minutes = {minutes}");
    start(&format!("{live}\n[vendors.oneview]\nupstream = \"http://{}\"", vendor.address)).await
}

async fn go_online(agent: &Browser) {
    assert_eq!(agent.put(&format!("/api/oneview/v1/{AGENT}/online"), &json!({})).await.status, 200);
}

async fn status(agent: &Browser) -> Value {
    agent.get("/api/session").await.json()["user"]["status"].clone()
}

fn after(minutes: u64) -> Instant {
    Instant::now() + Duration::from_secs(minutes * 60)
}

#[tokio::test]
async fn absent_agent_is_set_offline_and_told_so() {
    let vendor = upstream(Arc::default()).await;
    let gateway = gateway(&vendor, 5).await;
    let (agent, admin) = (gateway.agent().await, gateway.admin().await);
    go_online(&agent).await;
    let tab = Stream::open(&agent).await;
    set_absent_offline(&gateway.state, after(60)).await;
    assert_eq!(offline_calls(&vendor), 0, "a tab is open");
    drop(tab);
    wait_until("the stream has ended", || !gateway.state.live.is_polling()).await;
    set_absent_offline(&gateway.state, after(4)).await;
    assert_eq!(offline_calls(&vendor), 0, "away for four minutes");
    let mut other = Stream::open(&admin).await;
    set_absent_offline(&gateway.state, after(5)).await;
    assert_eq!(offline_calls(&vendor), 1);
    let told = status(&agent).await;
    assert_eq!((&told["online"], &told["automatic"]), (&json!(false), &json!(true)));
    set_absent_offline(&gateway.state, after(60)).await;
    assert_eq!(offline_calls(&vendor), 1, "already offline");
    let entry = admin.get("/api/activity").await.json()[0].clone();
    assert_eq!((&entry["user"], &entry["method"], &entry["status"]), (&json!("gateway"), &json!("PUT"), &json!(200)));
    assert_eq!(entry["path"], "/api/oneview/v1/{agentID}/offline");
    assert!(!other.text.contains("/v1/"), "nobody else is told");
    other.wait_for("event: beat").await;
    go_online(&agent).await;
    let told = status(&agent).await;
    assert_eq!((&told["online"], &told["automatic"]), (&json!(true), &json!(false)));
    let gateway = gateway.restart("").await;
    assert_eq!(status(&gateway.agent().await).await["automatic"], false);
}

#[tokio::test]
async fn nobody_is_set_offline_by_default_or_while_polling_without_a_stream() {
    let vendor = upstream(Arc::default()).await;
    let off = gateway(&vendor, 0).await;
    go_online(&off.agent().await).await;
    set_absent_offline(&off.state, after(600)).await;
    assert_eq!(offline_calls(&vendor), 0);

    let on = gateway(&vendor, 1).await;
    let agent = on.agent().await;
    go_online(&agent).await;
    let later = after(1);
    tokio::time::sleep(Duration::from_millis(2)).await;
    assert_eq!(agent.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await.status, 200);
    set_absent_offline(&on.state, later).await;
    assert_eq!(offline_calls(&vendor), 0, "the tickets were read since");
}

#[tokio::test]
async fn failed_attempt_is_repeated_later_and_recorded() {
    let failure = Arc::new(AtomicU16::new(0));
    let vendor = upstream(Arc::clone(&failure)).await;
    let gateway = gateway(&vendor, 1).await;
    let agent = gateway.agent().await;
    go_online(&agent).await;
    failure.store(503, Ordering::Relaxed);
    let begun = after(1);
    for (seconds, calls) in [(0, 1), (59, 1), (60, 2), (179, 2), (180, 3)] {
        set_absent_offline(&gateway.state, begun + Duration::from_secs(seconds)).await;
        assert_eq!(offline_calls(&vendor), calls, "after {seconds} s");
    }
    assert_eq!(status(&agent).await["online"], true, "one-view has not confirmed it");
    let activity = gateway.admin().await.get("/api/activity").await.json();
    let own: Vec<&Value> = activity.as_array().unwrap().iter().filter(|entry| entry["user"] == "gateway").collect();
    assert_eq!((own.len(), &own[0]["status"]), (3, &json!(503)));
    failure.store(0, Ordering::Relaxed);
    set_absent_offline(&gateway.state, begun + Duration::from_secs(420)).await;
    assert_eq!(status(&agent).await["automatic"], true);
}
