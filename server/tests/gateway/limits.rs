//! Budgets and sizes.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::kit::{Upstream, reply, start};

#[tokio::test]
async fn the_budget_is_one_over_all_users() {
    let vendor = Upstream::start(|_| async { reply(200, json!([])) }).await;
    let gateway = start(&format!(
        "[vendors.jtel]\nupstream = \"http://{}\"\nbudget = {{ calls = 3, seconds = 60 }}",
        vendor.address
    ))
    .await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    for who in [&admin, &agent, &admin] {
        assert_eq!(who.get("/api/jtel/users").await.status, 200);
    }
    let refused = agent.get("/api/jtel/users").await;
    refused.is_refusal(429, "budget");
    let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(vendor.seen().len(), 3);
    assert_eq!(refused.json()["vendor"], "jtel", "the limit is the vendor's, and so says the refusal");
    let jtel = admin.get("/api/vendors").await.json()[1].clone();
    assert_eq!((&jtel["callsLeft"], &jtel["failure"]), (&json!(0), &json!("budget")));
}

#[tokio::test]
async fn the_sandbox_heeds_a_configured_budget() {
    let gateway = start("[vendors.comm100]\nbudget = { calls = 2, seconds = 60 }").await;
    let admin = gateway.admin().await;
    for _ in 0..2 {
        assert_eq!(admin.get("/api/comm100/bot/chatbots").await.status, 200);
    }
    let refused = admin.get("/api/comm100/bot/chatbots").await;
    refused.is_refusal(429, "budget");
    assert_eq!(refused.json()["vendor"], "comm100");
    assert_eq!(admin.get("/api/vendors").await.json()[0]["callsLeft"], 0);
    assert_eq!(admin.get("/api/jtel/users").await.status, 200, "another vendor has its own");
}

#[tokio::test]
async fn a_body_over_1_mib_is_refused() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let large = json!({"name": "x".repeat(1 << 20)});
    for path in ["/api/comm100/ticketing/channelAccounts", "/api/sobot/external-apis"] {
        admin.post(path, &large).await.is_refusal(413, "invalid");
    }
    // Mails bring their images along: `world_bytes` has the limit.
    assert_eq!(admin.post("/api/clean-html", &json!({"html": "x".repeat(300_000)})).await.status, 200);
    admin.post("/api/clean-html", &json!([])).await.is_refusal(422, "invalid");
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off_and_a_stream_is_not() {
    let gateway = start("header_timeout_seconds = 1").await;
    let agent = gateway.agent().await;
    let mut live = agent.request(reqwest::Method::GET, "/api/live").send().await.unwrap();
    assert!(live.chunk().await.unwrap().is_some());
    let mut slow = TcpStream::connect(gateway.address).await.unwrap();
    slow.write_all(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").await.unwrap();
    let mut rest = Vec::new();
    let begun = Instant::now();
    let _ = tokio::time::timeout(Duration::from_secs(10), slow.read_to_end(&mut rest)).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
    // Longer than the time-out, a stream has nothing to send and nothing to read.
    assert!(tokio::time::timeout(Duration::from_secs(2), live.chunk()).await.is_err(), "the stream is open");
}
