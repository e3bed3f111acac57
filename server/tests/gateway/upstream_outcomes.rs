//! The gateway applies the vendor's contract: to refusals with status 200, and to bodies that the contract does not
//! have.

use axum::body::Body;
use axum::response::Response;
use reqwest::Method;
use serde_json::{Value, json};

use crate::test_app::{AGENT, FakeUpstream, TestApp, json_response, send, start};

/// Starts a gateway and one vendor whose every response has status 200 and this body.
async fn responding_with(key: &str, body: Value) -> (TestApp, FakeUpstream) {
    let text = body.to_string();
    let vendor = FakeUpstream::start(move |_| {
        let text = text.clone();
        async move { Response::builder().header("content-type", "application/json").body(Body::from(text)).unwrap() }
    })
    .await;
    (start(&format!("[vendors.{key}]\nupstream = \"http://{}\"", vendor.address)).await, vendor)
}

async fn health(gateway: &TestApp, key: &str) -> Value {
    let all = gateway.admin().await.get("/api/vendors").await.json();
    all.as_array().unwrap().iter().find(|health| health["vendor"] == key).unwrap().clone()
}

const EVENT: &str = "/api/jtel/acd/events/create";

fn event() -> Value {
    json!({"AcdEventTypesID": 6, "AcdGroupsID": 235, "UsersID": null, "Sender": "a@b.example", "Subject": "s"})
}

fn change() -> Value {
    json!({"account_id": 8, "server": "online", "account_name": "New"})
}

#[tokio::test]
async fn write_refused_with_status_200_is_a_failure() {
    for (key, path, body, said, code) in [
        ("digital99", "/api/digital99/online/updateAccount", change(), json!({"status": "FAIL", "reason": 29}), "29"),
        ("jtel", EVENT, event(), json!({"status": 409, "error": "Parameter Sender is missing"}), "409"),
    ] {
        let (gateway, _vendor) = responding_with(key, said.clone()).await;
        let admin = gateway.admin().await;
        let answer = admin.post(path, &body).await;
        assert_eq!((answer.status, answer.json()), (200, said));
        let entry = admin.get("/api/activity").await.json()[0].clone();
        assert_eq!((&entry["path"], &entry["status"], &entry["refusal"]), (&json!(path), &json!(200), &json!(code)));
        let health = health(&gateway, key).await;
        assert_eq!(health["lastOk"], json!(null), "{health}");
        assert_eq!(health["failure"], json!(format!("refused {code}")));
    }
}

#[tokio::test]
async fn read_refused_with_status_200_is_a_failure() {
    let (gateway, _vendor) = responding_with("sobot", json!({"ret_code": "900002", "ret_msg": "token expired"})).await;
    let answer = gateway.agent().await.post("/api/sobot/customer/query", &json!({"tel": "1"})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(health(&gateway, "sobot").await["failure"], "refused 900002");

    let (gateway, _vendor) = responding_with("jtel", json!({"status": 500, "error": "down"})).await;
    assert_eq!(gateway.agent().await.get("/api/jtel/acd/events").await.status, 200);
    assert_eq!(health(&gateway, "jtel").await["failure"], "refused 500");

    let (gateway, _vendor) = responding_with("comm100", json!({"what": "ever"})).await;
    assert_eq!(gateway.admin().await.get("/api/comm100/ticketing/channelAccounts").await.status, 200);
    assert_eq!(health(&gateway, "comm100").await["failure"], "undecodable");
}

#[tokio::test]
async fn success_is_recorded_as_success() {
    let (gateway, _vendor) = responding_with("sobot", json!(null)).await;
    gateway.agent().await.post("/api/sobot/customer/query", &json!({"tel": "1"})).await;
    let health = health(&gateway, "sobot").await;
    assert!(health["lastOk"].is_i64() && health["failure"].is_null(), "{health}");
}

#[tokio::test]
async fn refused_write_reports_no_change() {
    for (said, changes) in
        [(json!({"status": "FAIL", "reason": 29}), false), (json!({"status": "OK", "reason": 1}), true)]
    {
        let (gateway, _vendor) = responding_with("digital99", said).await;
        let admin = gateway.admin().await;
        let mut stream = admin.request(Method::GET, "/api/live").send().await.unwrap();
        let mut heard = String::new();
        while !heard.contains("event: hello") {
            heard.push_str(&String::from_utf8_lossy(&stream.chunk().await.unwrap().unwrap()));
        }
        admin.post("/api/digital99/online/updateAccount", &change()).await;
        // Make another change, which is always reported: a wrong report would come before it.
        let api = json!({"name": "x", "url": "https://x.example/", "method": "GET", "format": "form"});
        assert_eq!(admin.post("/api/sobot/external-apis", &api).await.status, 201);
        while !heard.contains("/sobot/external-apis") {
            heard.push_str(&String::from_utf8_lossy(&stream.chunk().await.unwrap().unwrap()));
        }
        assert_eq!(heard.contains("digital99"), changes, "{heard}");
    }
}

#[tokio::test]
async fn body_outside_the_contract_is_not_forwarded() {
    let vendor = FakeUpstream::start(|_| async { json_response(200, json!({"records": [], "count": 0})) }).await;
    let upstream = format!("http://{}", vendor.address);
    let config: String = ["comm100", "jtel", "digital99"]
        .iter()
        .map(|key| format!("[vendors.{key}]\nupstream = \"{upstream}\"\n"))
        .collect();
    // The sandbox is protected in the same way.
    for gateway in [start(&config).await, start("").await] {
        let admin = gateway.admin().await;
        let with = |name: &str, value: Value| {
            let mut body = event();
            body[name] = value;
            body
        };
        let account = "/api/comm100/ticketing/channelAccounts";
        for (path, body, field, problem) in [
            (EVENT, with("CrmURL", json!("javascript:alert(1)")), "CrmURL", "notUrl"),
            (EVENT, with("Evil", json!(1)), "Evil", "notAllowed"),
            (EVENT, with("AcdGroupsID", json!("235")), "AcdGroupsID", "notNumber"),
            (EVENT, with("Subject", json!(["s"])), "Subject", "notAllowed"),
            (EVENT, with("Sender", json!("")), "Sender", "required"),
            (account, json!({"avatarUrl": "javascript:alert(1)"}), "avatarUrl", "notUrl"),
            (account, json!({"percentageToBotWhenOnline": 101}), "percentageToBotWhenOnline", "notPercent"),
            ("/api/digital99/online/updateAccount", json!({"builder_url": "data:x"}), "builder_url", "notUrl"),
            ("/api/sobot/customer/query", json!({"tel": 7}), "tel", "notAllowed"),
            ("/api/sobot/customer/query", json!({"tel": "7", "callback": "x"}), "callback", "notAllowed"),
        ] {
            let answer = admin.post(path, &body).await;
            answer.assert_error(422, "invalid");
            assert_eq!(answer.json()["fields"], json!([{"field": field, "problem": problem}]), "{body}");
        }
        for text in ["<xml/>", "{\"Subject\":", "[]", "\u{feff}{}"] {
            send(admin.request(Method::POST, EVENT).body(text)).await.assert_error(422, "invalid");
        }
        let bot = format!("{account}/59c749f4-af8e-eb11-aacf-06c7a219a2ac:enableBot");
        for text in ["{\"a\":1}", "x"] {
            send(admin.request(Method::POST, &bot).body(text)).await.assert_error(422, "invalid");
        }
        let agent = gateway.agent().await;
        let online = format!("/api/oneview/v1/{AGENT}/online");
        send(agent.request(Method::PUT, &online).body("{\"a\":1}")).await.assert_error(422, "invalid");
    }
    assert!(vendor.requests().is_empty(), "{:?}", vendor.requests());
}

#[tokio::test]
async fn valid_and_incomplete_bodies_are_forwarded() {
    let vendor = FakeUpstream::start(|_| async { json_response(200, json!({"records": [], "count": 0})) }).await;
    let upstream = format!("http://{}", vendor.address);
    let gateway =
        start(&format!("[vendors.jtel]\nupstream = \"{upstream}\"\n[vendors.comm100]\nupstream = \"{upstream}\""))
            .await;
    let admin = gateway.admin().await;
    let account = "/api/comm100/ticketing/channelAccounts/59c7";
    assert_eq!(admin.post(EVENT, &event()).await.status, 200);
    assert_eq!(admin.post(EVENT, &json!({})).await.status, 200);
    let text = r#"{"name":"a","percentageToBotWhenOnline":250,"somethingNew":{"x":1e3}}"#;
    assert_eq!(send(admin.request(Method::PUT, account).body(text)).await.status, 200);
    assert_eq!(admin.post(&format!("{account}:enableBot"), &json!({})).await.status, 200);
    let bodies: Vec<String> = vendor.requests().into_iter().map(|seen| seen.body).collect();
    assert_eq!(bodies, [event().to_string(), "{}".to_owned(), text.to_owned(), String::new()]);
}

#[tokio::test]
async fn truncated_body_is_not_reported_as_too_large() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let mut stream = tokio::net::TcpStream::connect(gateway.address).await.unwrap();
    let head = format!(
        "POST {EVENT} HTTP/1.1\r\nHost: {}\r\nX-Trunkline: 1\r\nCookie: {}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\n{{\"a\"\r\nzz\r\n",
        gateway.address,
        admin.cookie.unwrap()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    assert!(answer.starts_with("HTTP/1.1 4") && !answer.contains("larger than"), "{answer}");
}
