//! Budgets and sizes.

use serde_json::json;

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
    let jtel = admin.get("/api/vendors").await.json()[1].clone();
    assert_eq!((&jtel["callsLeft"], &jtel["failure"]), (&json!(0), &json!("budget")));
}

#[tokio::test]
async fn a_body_over_1_mib_is_refused() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let large = json!({"name": "x".repeat(1 << 20)});
    for path in ["/api/comm100/ticketing/channelAccounts", "/api/clean-html", "/api/sobot/external-apis"] {
        admin.post(path, &large).await.is_refusal(413, "invalid");
    }
    admin.post("/api/clean-html", &json!({"html": "x".repeat(300_000)})).await.is_refusal(413, "invalid");
    admin.post("/api/clean-html", &json!([])).await.is_refusal(422, "invalid");
}
