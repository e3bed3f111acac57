//! The sandbox after restarts, with ten thousand records of each kind, and with random bodies.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod test_sandbox;

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use test_sandbox::{ACCOUNT, AGENT, START, TempFile, TestSandbox, call};
use trunkline_api::Service::{Comm100, Digital99, Jtel, Oneview, Sobot};
use trunkline_api::registry;
use trunkline_server::sandbox::SandboxConfig;

#[tokio::test]
async fn data_survives_a_restart() {
    let file = TempFile::new();
    let account = format!("/ticketing/channelAccounts/{ACCOUNT}");
    let tickets = format!("/v1/{AGENT}/tickets");
    let event = json!({"AcdEventTypesID": 6, "AcdGroupsID": 235, "Sender": "a@example.com", "Subject": "kept"});
    let rename = json!({"account_id": 8, "server": "online", "account_name": "Renamed"}).to_string();

    let pool = trunkline_server::db::open(&file.0).await.unwrap();
    let kit = TestSandbox::at(pool.clone(), SandboxConfig::default(), START).await;
    kit.ask(Comm100, "POST", &format!("{account}:enableBot"), "").await;
    kit.ask(Jtel, "POST", "/acd/events/create", &event.to_string()).await;
    kit.send(Digital99, "POST", "/online/updateAccount", rename).await;
    kit.ask(Oneview, "PUT", &format!("/v1/{AGENT}/online"), "").await;
    kit.pass_seconds(40);
    let before = kit.ask(Oneview, "GET", &tickets, "").await;
    pool.close().await;

    // A minute later, with other sizes, which only apply to a new database.
    let pool = trunkline_server::db::open(&file.0).await.unwrap();
    let config = SandboxConfig { tickets: 1, events: 1, channel_accounts: 1, ..SandboxConfig::default() };
    let kit = TestSandbox::at(pool.clone(), config, START + 100_000).await;
    assert_eq!(kit.ask(Comm100, "GET", &account, "").await.1["isBotEnabled"], true);
    let (_, list) = kit.ask(Comm100, "GET", "/ticketing/channelAccounts", "").await;
    assert_eq!(list.as_array().unwrap().len(), 60);
    assert_eq!(kit.ask(Jtel, "GET", "/acd/events/event/2439", "").await.1["records"][0]["Subject"], "kept");
    assert_eq!(kit.ask(Digital99, "GET", "/online/getAccounts", "").await.1["list"][0]["account_name"], "Renamed");
    let after = kit.ask(Oneview, "GET", &tickets, "").await;
    assert_eq!(before.1.as_array().unwrap().len(), 227);
    assert_eq!(after.1.as_array().unwrap().len(), 230, "still online: 100 seconds are five tickets");
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_opens_fill_a_new_database_once() {
    let file = TempFile::new();
    let pool = trunkline_server::db::open(&file.0).await.unwrap();
    let open = |millis| tokio::spawn(TestSandbox::at(pool.clone(), SandboxConfig::default(), millis));
    let (one, two) = (open(START), open(START + 1000));
    let (one, two) = (one.await.unwrap(), two.await.unwrap());
    for kit in [one, two] {
        assert_eq!(kit.ask(Jtel, "GET", "/acd/events", "").await.1["count"], 400);
    }
}

#[tokio::test]
async fn demo_data_is_deterministic() {
    let (one, two) = (TestSandbox::default().await, TestSandbox::default().await);
    for (vendor, target) in
        [(Comm100, "/ticketing/channelAccounts"), (Jtel, "/acd/events"), (Oneview, &format!("/v1/{AGENT}/tickets"))]
    {
        assert_eq!(one.send(vendor, "GET", target, "").await, two.send(vendor, "GET", target, "").await);
    }
}

#[tokio::test]
async fn ten_thousand_records_of_each_kind_are_served() {
    let config = SandboxConfig {
        tickets: 10_000,
        events: 10_000,
        channel_accounts: 10_000,
        customers: 10_000,
        ..SandboxConfig::default()
    };
    let start = Instant::now();
    let kit = TestSandbox::new(config).await;
    let filled = start.elapsed();
    println!("filled in {filled:?}");
    // A loose limit for debug builds on a busy machine; a release build takes a fraction.
    assert!(filled < Duration::from_secs(30), "{filled:?}");
    for (vendor, target, at_least) in [
        (Comm100, "/ticketing/channelAccounts?include=chatbot", 10_000),
        (Comm100, "/ticketing/channelAccounts", 10_000),
        (Jtel, "/acd/events", 10_000),
        (Oneview, &format!("/v1/{AGENT}/tickets"), 9_975),
    ] {
        let start = Instant::now();
        let reply = kit.send(vendor, "GET", target, "").await;
        let took = start.elapsed();
        println!("{target}: {took:?}, {} bytes", reply.body.len());
        assert!(took < Duration::from_secs(5), "{target}: {took:?}");
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        let rows = body.as_array().or_else(|| body["records"].as_array()).unwrap();
        assert_eq!(rows.len(), at_least, "{target}");
    }
}

#[tokio::test]
async fn latency_delays_responses() {
    let kit = TestSandbox::new(SandboxConfig { latency_ms: 30, ..SandboxConfig::default() }).await;
    let start = Instant::now();
    kit.ask(Jtel, "GET", "/users", "").await;
    assert!(start.elapsed() >= Duration::from_millis(30));
}

/// Sends random, truncated and damaged bodies to every endpoint: none causes an internal error.
#[tokio::test]
async fn random_bodies_cause_no_internal_error() {
    let small = SandboxConfig { tickets: 5, events: 5, channel_accounts: 5, customers: 5, ..SandboxConfig::default() };
    let kit = TestSandbox::new(small).await;
    let seeds = [
        json!({"appId": "WeChat", "originalAccountId": "x", "name": "n", "isEnabled": true, "screenName": "s",
            "isBotEnabled": false, "percentageToBotWhenOnline": 0, "percentageToBotWhenOffline": 0,
            "isDefault": false, "chatbotId": "980cce41-58ae-43b2-8de8-37eea94da4a4", "createdTime": "2021-01-27"}),
        json!({"AcdEventTypesID": 3, "AcdGroupsID": 235, "UsersID": 3, "Sender": "49199123456789", "Subject": "s",
            "Body": "b\u{0}\r\n", "CrmURL": "https://www.jtel.de", "UserData": "1"}),
        json!({"account_id": 8, "server": "online", "account_name": "n", "account_status": 1, "builder_url": ""}),
        json!({"id": "a", "tel": "1", "email": "e", "thirdAccountId": "t"}),
    ]
    .map(|seed| seed.to_string().into_bytes());
    let values =
        ["null", "1e400", "-1", "\"\\u0000\"", "[]", "{}", "true", "9223372036854775808", "\"9999-12-31T23:59:59Z\""];
    let mut chance = StdRng::seed_from_u64(7);
    for round in 0..600 {
        let mut body = seeds[round % seeds.len()].clone();
        match chance.random_range(0..4) {
            0 => body.truncate(chance.random_range(0..body.len())),
            1 => (0..4).for_each(|_| {
                let place = chance.random_range(0..body.len());
                body[place] = chance.random();
            }),
            2 => body = (0..chance.random_range(0..200)).map(|_| chance.random()).collect(),
            _ => {
                let mut fields: serde_json::Map<String, Value> = serde_json::from_slice(&body).unwrap();
                let field = fields.keys().nth(chance.random_range(0..fields.len())).unwrap().clone();
                let value = values[chance.random_range(0..values.len())];
                fields.insert(field.clone(), "HERE".into());
                body = Value::Object(fields).to_string().replace("\"HERE\"", value).into_bytes();
            }
        }
        for endpoint in registry::ENDPOINTS {
            let path = endpoint.path.replace("{id}", ACCOUNT).replace("{agentID}", AGENT);
            let path = path.replace("{AcdEventsID}", "2039").replace("{AcdGroupsID}", "235").replace("{UsersID}", "3");
            let writes = endpoint.method.as_str() != "GET" && endpoint.method.as_str() != "DELETE";
            if !writes {
                continue;
            }
            let reply =
                kit.sandbox.handle(&call(endpoint.service, endpoint.method.as_str(), &path, body.clone())).await;
            assert!(reply.status < 500, "{} {path}: {:?}", reply.status, String::from_utf8_lossy(&body));
            assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&reply.body).is_ok());
        }
    }
    assert_eq!(kit.send(Sobot, "POST", "/customer/query", vec![b'['; 100_000]).await.status, 400);
}
