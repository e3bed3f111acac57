//! The sandbox's faults: a browser gets what it would get from an upstream that fails in the same way.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::test_app::{AGENT, Browser, TestApp, send, start, wait_until};

const ACCOUNTS: &str = "/api/comm100/ticketing/channelAccounts";
/// The faults' names, which the tests' upstreams share.
const NAMES: &str = include_str!("../../../tests/e2e/upstreams/faults.json");

/// A gateway that times out after one second, and its admin.
async fn with_short_timeout() -> (TestApp, Browser) {
    let gateway = start("vendor_timeout_seconds = 1").await;
    let admin = gateway.admin().await;
    (gateway, admin)
}

async fn set_faults(admin: &Browser, vendor: &str, plan: Value) {
    let answer = admin.put(&format!("/api/faults/{vendor}"), &plan).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
}

fn account(name: &str) -> Value {
    json!({"appId": "SMS", "originalAccountId": "1", "name": name, "isEnabled": true, "screenName": name,
        "isBotEnabled": false, "percentageToBotWhenOnline": 0, "percentageToBotWhenOffline": 0, "isDefault": false})
}

async fn names(admin: &Browser) -> Vec<String> {
    let list = admin.get(ACCOUNTS).await.json();
    list.as_array().unwrap().iter().map(|account| account["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn each_fault_works_with_each_vendor() {
    let (_gateway, admin) = with_short_timeout().await;
    let agent = _gateway.agent().await;
    let tickets = format!("/api/oneview/v1/{AGENT}/tickets");
    let reads = [
        ("comm100", ACCOUNTS),
        ("jtel", "/api/jtel/acd/events"),
        ("digital99", "/api/digital99/online/getAccounts"),
        ("oneview", tickets.as_str()),
        ("sobot", ""),
    ];
    let kinds: Vec<String> = serde_json::from_str(NAMES).unwrap();
    for (vendor, path) in reads {
        for kind in &kinds {
            let plan = match kind.as_str() {
                "status" => json!({"fault": "status", "status": 409, "retry_after": 3, "times": 1}),
                "delay" => json!({"fault": "delay", "delay_ms": 50, "times": 1}),
                _ => json!({"fault": kind, "times": 1}),
            };
            set_faults(&admin, vendor, plan).await;
            let who = if vendor == "oneview" { &agent } else { &admin };
            let ask = || match vendor {
                "sobot" => who.request(Method::POST, "/api/sobot/customer/query").json(&json!({"tel": "1"})),
                _ => who.request(Method::GET, path),
            };
            let what = format!("{vendor} {kind}");
            if kind == "cut-late" && matches!(vendor, "comm100" | "jtel") {
                let broken = ask().send().await.unwrap();
                assert_eq!(broken.status(), 200, "{what}");
                assert!(broken.bytes().await.is_err(), "{what}: the browser's answer breaks off too");
            } else {
                let answer = send(ask()).await;
                let media = answer.header("content-type");
                match kind.as_str() {
                    "hang" => answer.assert_error(504, "timeout"),
                    "reset" | "cut" | "cut-late" => answer.assert_error(502, "unreachable"),
                    _ => assert!(answer.header("trunkline-error").is_none(), "{what}"),
                }
                let sent = (answer.status, media, answer.body.len());
                match kind.as_str() {
                    "status" => {
                        assert_eq!(
                            (sent.0, sent.1, answer.header("retry-after")),
                            (409, Some("application/json"), Some("3"))
                        );
                        assert!(answer.json().is_object(), "{what}");
                    }
                    "delay" => assert_eq!(sent.0, 200, "{what}"),
                    "garbage" => {
                        assert_eq!((sent.0, sent.1), (200, Some("application/json")), "{what}");
                        assert!(serde_json::from_slice::<Value>(&answer.body).is_err(), "{what}");
                    }
                    "wrong-type" => assert!(sent.0 == 200 && answer.json().is_object(), "{what}"),
                    "null" => assert_eq!((sent.0, answer.text().as_str()), (200, "null"), "{what}"),
                    "html" => {
                        assert_eq!((sent.0, sent.1), (502, Some("text/plain; charset=utf-8")), "{what}");
                        assert!(answer.text().starts_with("<html>"), "{what}");
                    }
                    "empty" => assert_eq!(sent, (200, None, 0), "{what}"),
                    "text" => assert_eq!((sent.0, sent.1), (200, Some("text/plain; charset=utf-8")), "{what}"),
                    "huge" => assert_eq!(sent, (200, Some("application/json"), 10_000_000), "{what}"),
                    _ => {}
                }
            }
            let next = send(ask()).await;
            assert_eq!((next.status, next.header("trunkline-error")), (200, None), "{what}: once, and then it works");
        }
    }
}

#[tokio::test]
async fn faulty_write_is_not_carried_out_and_lost_response_write_is_once() {
    let (_gateway, admin) = with_short_timeout().await;
    let before = names(&admin).await.len();
    for kind in ["hang", "reset", "cut", "cut-late", "garbage", "empty", "html", "null", "huge"] {
        for after in [false, true] {
            set_faults(&admin, "comm100", json!({"fault": kind, "only": "writes", "after": after})).await;
            let name = format!("{kind} {after}");
            let request = admin.request(Method::POST, ACCOUNTS).json(&account(&name));
            if kind == "cut-late" {
                assert!(request.send().await.unwrap().bytes().await.is_err());
            } else {
                let answer = send(request).await;
                match kind {
                    "hang" => answer.assert_error(504, "timeout"),
                    "reset" | "cut" => {
                        answer.assert_error(502, "unreachable");
                        assert_eq!(answer.json()["sent"], true, "{name}: it may have been done");
                    }
                    _ => assert!(answer.header("trunkline-error").is_none()),
                }
            }
            let made = names(&admin).await.iter().filter(|made| **made == name).count();
            assert_eq!(made, usize::from(after), "{name}");
        }
    }
    assert_eq!(names(&admin).await.len(), before + 9);
    let list = admin.get("/api/faults").await.json();
    assert_eq!((&list["comm100"][0]["fitted"], &list["comm100"][0]["hits"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn hang_ends_with_the_vendor_timeout() {
    let (_gateway, admin) = with_short_timeout().await;
    set_faults(&admin, "jtel", json!({"fault": "hang"})).await;
    let begun = Instant::now();
    admin.get("/api/jtel/users").await.assert_error(504, "timeout");
    assert!((Duration::from_secs(1)..Duration::from_secs(5)).contains(&begun.elapsed()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn fault_comes_after_its_delay() {
    let (_gateway, admin) = with_short_timeout().await;
    set_faults(&admin, "jtel", json!({"fault": "status", "status": 500, "delay_ms": 300})).await;
    let begun = Instant::now();
    assert_eq!(admin.get("/api/jtel/users").await.status, 500);
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn delay_over_the_vendor_timeout_is_a_timeout() {
    let (_gateway, admin) = with_short_timeout().await;
    set_faults(&admin, "jtel", json!({"fault": "delay", "delay_ms": 3000})).await;
    admin.get("/api/jtel/users").await.assert_error(504, "timeout");
    let jtel = admin.get("/api/vendors").await.json()[1].clone();
    assert_eq!(jtel["failure"], "timeout");
}

#[tokio::test]
async fn first_matching_fault_applies() {
    let (_gateway, admin) = with_short_timeout().await;
    let events = "/api/jtel/acd/events";
    // The first match applies; the next one after it is used up.
    set_faults(
        &admin,
        "jtel",
        json!([
            {"fault": "status", "status": 503, "path": "/acd/events", "times": 1},
            {"fault": "status", "status": 404, "path": "/acd/events/event"},
            {"fault": "status", "status": 429, "method": "POST", "retry_after_date": 60},
        ]),
    )
    .await;
    assert_eq!(admin.get("/api/jtel/users").await.status, 200);
    assert_eq!(admin.get(events).await.status, 503);
    assert_eq!(admin.get(events).await.status, 200);
    assert_eq!(admin.get("/api/jtel/acd/events/event/2039").await.status, 404);
    let refused = admin.post("/api/jtel/acd/events/create", &json!({})).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").unwrap().ends_with(" GMT"));
}

#[tokio::test]
async fn faults_are_removed_for_one_vendor_or_for_all() {
    let (_gateway, admin) = with_short_timeout().await;
    set_faults(&admin, "jtel", json!({"fault": "status", "status": 404})).await;
    set_faults(&admin, "comm100", json!({"fault": "empty", "only": "reads"})).await;
    assert_eq!(admin.get(ACCOUNTS).await.text(), "");
    assert_eq!(admin.post(ACCOUNTS, &account("a write")).await.status, 201);
    assert_eq!(admin.delete("/api/faults/jtel").await.status, 204);
    assert_eq!(admin.get("/api/jtel/acd/events/event/2039").await.status, 200);
    assert_eq!(admin.get(ACCOUNTS).await.text(), "");
    assert_eq!(admin.delete("/api/faults").await.status, 204);
    assert!(names(&admin).await.contains(&"a write".to_owned()));
}

#[tokio::test]
async fn percentage_of_requests_is_exact() {
    let (_gateway, admin) = with_short_timeout().await;
    set_faults(&admin, "jtel", json!({"fault": "status", "status": 500, "percent": 25})).await;
    let mut failed = 0;
    for _ in 0..40 {
        failed += u32::from(admin.get("/api/jtel/users").await.status == 500);
    }
    assert_eq!(failed, 10);
}

#[tokio::test]
async fn configuration_sets_faults() {
    let gateway = start("[sandbox.faults.comm100]\nfault = \"status\"\nstatus = 403\n[[sandbox.faults.jtel]]\nfault = \"null\"\ntimes = 1").await;
    let admin = gateway.admin().await;
    assert_eq!(admin.get(ACCOUNTS).await.json()["code"], 403_000);
    assert_eq!(admin.get("/api/jtel/users").await.text(), "null");
    assert_eq!(admin.get("/api/jtel/users").await.json()["status"], 200);
}

#[tokio::test]
async fn equal_sandbox_reads_in_flight_share_one_call() {
    let (_gateway, admin) = with_short_timeout().await;
    set_faults(&admin, "jtel", json!({"fault": "delay", "delay_ms": 400})).await;
    let all = futures_util::future::join_all((0..5).map(|_| admin.get("/api/jtel/users"))).await;
    assert!(all.iter().all(|answer| answer.status == 200));
    let list = admin.get("/api/faults").await.json();
    let hits = list["jtel"][0]["hits"].as_u64().unwrap();
    assert!(hits < 5, "{hits} calls of five equal reads");
}

#[tokio::test]
async fn only_a_local_demo_admin_sets_faults() {
    let plan = json!({"fault": "hang"});
    let gateway = start("").await;
    let (admin, agent, nobody) = (gateway.admin().await, gateway.agent().await, gateway.anonymous());
    nobody.put("/api/faults/jtel", &plan).await.assert_error(401, "signed-out");
    agent.put("/api/faults/jtel", &plan).await.assert_error(403, "forbidden");
    agent.get("/api/faults").await.assert_error(403, "forbidden");
    let bare = admin.http.put(gateway.url("/api/faults/jtel")).header("Cookie", admin.cookie.clone().unwrap());
    send(bare.json(&plan)).await.assert_error(403, "csrf");
    let proxied = admin.request(Method::PUT, "/api/faults/jtel").header("X-Forwarded-For", "192.0.2.7").json(&plan);
    send(proxied).await.assert_error(404, "not-allowed");
    let named = admin.request(Method::PUT, "/api/faults/jtel").header("Host", "trunkline.example").json(&plan);
    send(named).await.assert_error(404, "not-allowed");
    admin.put("/api/faults/acme", &plan).await.assert_error(404, "not-found");
}

#[tokio::test]
async fn invalid_fault_is_refused() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    for wrong in [
        json!({"fault": "flood"}),
        json!({"fault": "status"}),
        json!({"fault": "status", "status": 100}),
        json!({"fault": "hang", "status": 500}),
        json!({"fault": "hang", "times": 0}),
        json!({"fault": "hang", "percent": 101}),
        json!({"fault": "hang", "percent": 5, "times": 5}),
        json!({"fault": "delay"}),
        json!({"fault": "hang", "method": "PATCH"}),
        json!({"fault": "null", "body": "x"}),
        json!({"fault": "hang", "colour": 1}),
        json!(7),
    ] {
        admin.put("/api/faults/jtel", &wrong).await.assert_error(422, "invalid");
    }
    assert_eq!(admin.get("/api/jtel/users").await.status, 200, "none of these was set");
}

#[tokio::test]
async fn faults_endpoint_does_not_exist_without_demo_users() {
    let plan = json!({"fault": "hang"});
    let gateway = start("demo_users = false").await;
    let new = trunkline_server::gateway::NewUser {
        name: "ada".to_owned(),
        role: trunkline_api::Role::Admin,
        agent_id: None,
        users_id: None,
    };
    trunkline_server::gateway::add_user(&gateway.state.pool, &new, "correct horse").await.unwrap();
    let ada = gateway.anonymous().sign_in(json!({"name": "ada", "password": "correct horse"})).await;
    for answer in [
        ada.get("/api/faults").await,
        ada.put("/api/faults/jtel", &plan).await,
        ada.delete("/api/faults/jtel").await,
        ada.delete("/api/faults").await,
    ] {
        answer.assert_error(404, "not-allowed");
    }
}

#[tokio::test]
async fn write_of_a_disconnected_browser_is_in_the_activity() {
    let (gateway, admin) = with_short_timeout().await;
    set_faults(&admin, "comm100", json!({"fault": "delay", "delay_ms": 400, "after": true})).await;
    let browser = tokio::spawn(admin.request(Method::POST, ACCOUNTS).json(&account("left")).send());
    let hits = || gateway.state.sandbox.faults().list()["comm100"][0].hits;
    wait_until("the vendor has the request", || hits() == 1).await;
    browser.abort();
    assert!(browser.await.unwrap_err().is_cancelled(), "the browser does not wait");
    let activity = || async {
        let query = "SELECT status FROM audit WHERE method = 'POST' AND path = $1";
        let found: Option<i64> =
            sqlx::query_scalar(query).bind(ACCOUNTS).fetch_optional(&gateway.state.pool).await.unwrap();
        found
    };
    let begun = Instant::now();
    while activity().await.is_none() {
        assert!(begun.elapsed() < Duration::from_secs(5), "it isn't in the activity");
    }
    assert_eq!(activity().await, Some(201));
    assert_eq!(admin.delete("/api/faults").await.status, 204);
    assert_eq!(names(&admin).await.iter().filter(|name| *name == "left").count(), 1);
}
