//! 99digital's documents against the sandbox: the account update, its list and the access token.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod test_sandbox;

use serde_json::{Value, json};
use test_sandbox::{START, TestSandbox};
use trunkline_api::Endpoint;
use trunkline_api::Service::Digital99;
use trunkline_api::digital99::UpdateAccount;

/// The raw body: a JSON parser would lose the first `status`.
async fn update(kit: &TestSandbox, body: &Value) -> String {
    let reply = kit.send(Digital99, "POST", "/online/updateAccount", body.to_string()).await;
    assert_eq!((reply.status, reply.content_type), (200, Some("application/json")));
    String::from_utf8(reply.body.to_vec()).unwrap()
}

async fn listed(kit: &TestSandbox) -> Value {
    kit.ask(Digital99, "GET", "/online/getAccounts", "").await.1
}

#[tokio::test]
async fn update_response_is_the_documented_one_with_valid_syntax() {
    let kit = TestSandbox::default().await;
    let change = json!({"account_id": 8, "server": "online", "account_name": "account name", "account_status": 1,
        "builder_url": "https://builder.."});
    let refused = update(&kit, &change).await;
    assert!(refused.contains("FAIL"), "the sample's builder address is no URL: {refused}");
    let change = json!({"account_id": 8, "server": "online", "account_name": "account name", "account_status": 1,
        "builder_url": "https://builder.example"});
    let text = update(&kit, &change).await;
    assert_eq!(
        text,
        r#"{"status":"OK","reason":1,"account_id":8,"server":"online","account_name":"account name","status":1,"builder_url":"https://builder.example"}"#
    );
    let read = UpdateAccount::decode(text.as_bytes()).unwrap();
    assert_eq!((read.call_status.as_deref(), read.is_active()), (Some("OK"), Some(true)));
}

#[tokio::test]
async fn only_provided_fields_change() {
    let kit = TestSandbox::default().await;
    update(&kit, &json!({"account_id": "8", "server": "online", "account_name": "Näme \"quoted\""})).await;
    let text = update(&kit, &json!({"account_id": 8, "server": "online", "account_status": 0})).await;
    assert_eq!(
        text,
        r#"{"status":"OK","reason":1,"account_id":8,"server":"online","account_name":"Näme \"quoted\"","status":0,"builder_url":"https://builder.example.com/login"}"#
    );
    let list = listed(&kit).await;
    assert_eq!(list["list"][0]["account_status"], "suspended");
    assert_eq!(list["list"][0]["account_name"], "Näme \"quoted\"");
    let text =
        update(&kit, &json!({"account_id": 8, "server": "online", "account_status": "1", "builder_url": ""})).await;
    assert!(text.ends_with(r#""status":1,"builder_url":""}"#), "{text}");
}

#[tokio::test]
async fn list_has_string_ids_and_worded_status() {
    let kit = TestSandbox::default().await;
    let list = listed(&kit).await;
    assert_eq!((&list["status"], &list["reason"], &list["totalOnline"]), (&json!("OK"), &json!(1), &json!(2)));
    let account = &list["list"][0];
    assert_eq!((&account["account_id"], &account["server"]), (&json!("8"), &json!("online")));
    assert_eq!(account["account_status"], "active");
    assert!(account["create_time"].is_i64() && account.get("builder_url").is_none());
}

#[tokio::test]
async fn failures_have_status_200_and_a_reason() {
    let kit = TestSandbox::default().await;
    let before = listed(&kit).await;
    let name = |name: &str| json!({"account_id": 8, "server": "online", "account_name": name});
    for (change, reason) in [
        (json!({"server": "online", "account_name": "x"}), 33),
        (json!({"account_id": 9, "server": "online", "account_name": "x"}), 33),
        (json!({"account_id": "12345678", "server": "online"}), 33),
        (json!({"account_id": "abc", "server": "online"}), 33),
        (json!({"account_id": {}, "server": "online"}), 33),
        (json!({"account_id": 8, "account_name": "x"}), 34),
        (json!({"account_id": 8, "server": "offline"}), 34),
        (json!({"account_id": 8, "server": 1}), 34),
        (json!({"account_id": 8, "server": "s".repeat(51)}), 34),
        (name(""), 101),
        (name(&"n".repeat(101)), 101),
        (json!({"account_id": 8, "server": "online", "account_status": 2}), 102),
        (json!({"account_id": 8, "server": "online", "account_status": true}), 102),
        (json!({"account_id": 8, "server": "online", "builder_url": "builder"}), 103),
        (json!([]), 2),
    ] {
        let expected = json!({"status": "FAIL", "reason": reason});
        assert_eq!(serde_json::from_str::<Value>(&update(&kit, &change).await).unwrap(), expected, "{change}");
    }
    for body in ["", "{", "null", "{'account_id': 8}"] {
        let reply = kit.send(Digital99, "POST", "/online/updateAccount", body.to_owned()).await;
        assert_eq!((reply.status, &reply.body[..]), (200, &br#"{"reason":2,"status":"FAIL"}"#[..]), "{body}");
    }
    assert_eq!(listed(&kit).await, before, "nothing changed");
}

#[tokio::test]
async fn token_lasts_an_hour() {
    let kit = TestSandbox::default().await;
    let body = json!({"client_id": "partner", "client_secret": "secret"}).to_string();
    let (status, token) = kit.ask(Digital99, "POST", "/settings/accessToken", &body).await;
    assert_eq!((status, &token["token_type"], &token["reason"]), (200, &json!("Bearer"), &json!(1)));
    assert_eq!(token["expiration_time"], (START / 1000 + 3600).to_string());
    assert!(!token["access_token"].as_str().unwrap().is_empty() && token.get("status").is_none());
    for body in ["", "{}", r#"{"client_id":"partner"}"#] {
        let (status, said) = kit.ask(Digital99, "POST", "/settings/accessToken", body).await;
        assert_eq!((status, said), (200, json!({"status": "FAIL", "reason": 2})), "{body}");
    }
}
