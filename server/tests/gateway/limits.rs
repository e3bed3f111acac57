//! Budgets, size limits and timeouts.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::live::{Stream, rename};
use crate::test_app::{FakeUpstream, json_response, start};

#[tokio::test]
async fn budget_is_shared_by_all_users() {
    let vendor = FakeUpstream::start(|_| async { json_response(200, json!([])) }).await;
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
    refused.assert_error(429, "budget");
    let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(vendor.requests().len(), 3);
    assert_eq!(refused.json()["vendor"], "jtel", "the limit is the vendor's, and so says the refusal");
    let jtel = admin.get("/api/vendors").await.json()[1].clone();
    assert_eq!((&jtel["callsLeft"], &jtel["failure"]), (&json!(0), &json!("budget")));
}

#[tokio::test]
async fn sandbox_enforces_a_configured_budget() {
    let gateway = start("[vendors.comm100]\nbudget = { calls = 2, seconds = 60 }").await;
    let admin = gateway.admin().await;
    for _ in 0..2 {
        assert_eq!(admin.get("/api/comm100/bot/chatbots").await.status, 200);
    }
    let refused = admin.get("/api/comm100/bot/chatbots").await;
    refused.assert_error(429, "budget");
    assert_eq!(refused.json()["vendor"], "comm100");
    assert_eq!(admin.get("/api/vendors").await.json()[0]["callsLeft"], 0);
    assert_eq!(admin.get("/api/jtel/users").await.status, 200, "another vendor has its own");
}

#[tokio::test]
async fn body_over_1_mib_is_413() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let large = json!({"name": "x".repeat(1 << 20)});
    for path in ["/api/comm100/ticketing/channelAccounts", "/api/sobot/external-apis"] {
        admin.post(path, &large).await.assert_error(413, "invalid");
    }
    // Mail may embed images; `upstream_bytes` tests its limit.
    assert_eq!(admin.post("/api/clean-html", &json!({"html": "x".repeat(300_000)})).await.status, 200);
    admin.post("/api/clean-html", &json!([])).await.assert_error(422, "invalid");
}

#[tokio::test]
async fn header_timeout_closes_a_slow_head_but_no_stream() {
    let gateway = start("header_timeout_seconds = 1").await;
    let admin = gateway.admin().await;
    let mut stream = Stream::open(&admin).await;
    let mut slow = TcpStream::connect(gateway.address).await.unwrap();
    slow.write_all(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").await.unwrap();
    let mut rest = Vec::new();
    let begun = Instant::now();
    let _ = tokio::time::timeout(Duration::from_secs(10), slow.read_to_end(&mut rest)).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
    // The stream is older than that connection, and still open.
    rename(&admin, "Later").await;
    stream.wait_for("event: changed").await;
}
