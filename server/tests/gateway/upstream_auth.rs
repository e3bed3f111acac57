//! Credentials: each kind, and 99digital's token exchange.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::test_app::{FakeUpstream, TestApp, json_response, start};

const ACCOUNTS: &str = "/api/digital99/online/getAccounts";

#[tokio::test]
async fn each_kind_of_credential_is_sent() {
    for (auth, header, value) in [
        ("auth = { bearer = \"abc\" }", "authorization", Some("Bearer abc")),
        // RFC 7617's example.
        (
            "auth = { basic = { user = \"Aladdin\", password = \"open sesame\" } }",
            "authorization",
            Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ),
        ("auth = { header = \"X-Api-Key\", value = \"abc\" }", "x-api-key", Some("abc")),
        ("auth = \"none\"", "authorization", None),
        ("", "authorization", None),
    ] {
        let vendor = FakeUpstream::start(|_| async { json_response(200, json!([])) }).await;
        let gateway =
            start(&format!("[vendors.comm100]\nupstream = \"http://{}/v4?siteId=10000\"\n{auth}", vendor.address))
                .await;
        let answer = gateway.admin().await.get("/api/comm100/ticketing/channelAccounts?include=chatbot").await;
        assert_eq!(answer.status, 200, "{auth}");
        let seen = vendor.requests().remove(0);
        assert_eq!(seen.header(header), value, "{auth}");
        assert_eq!(
            (seen.path.as_str(), seen.query.as_str()),
            ("/v4/ticketing/channelAccounts", "siteId=10000&include=chatbot")
        );
    }
}

/// A 99digital that issues tokens 1, 2, … and accepts only those from `valid_from` on.
async fn digital99(valid_from: usize) -> (FakeUpstream, TestApp) {
    let given = Arc::new(AtomicUsize::new(0));
    let vendor = FakeUpstream::start(move |seen| {
        let given = Arc::clone(&given);
        async move {
            if seen.path == "/api/settings/accessToken" {
                if seen.body.contains("wrong") {
                    return json_response(200, json!({"status": "FAIL", "reason": 2}));
                }
                let number = given.fetch_add(1, Ordering::SeqCst) + 1;
                return json_response(
                    200,
                    json!({"access_token": format!("token-{number}"), "token_type": "Bearer", "reason": 1}),
                );
            }
            let token = seen.header("authorization").and_then(|value| value.strip_prefix("Bearer token-"));
            match token.and_then(|number| number.parse::<usize>().ok()) {
                Some(number) if number >= valid_from => {
                    json_response(200, json!({"status": "OK", "reason": 1, "list": []}))
                }
                _ => json_response(200, json!({"status": "FAIL", "reason": 3})),
            }
        }
    })
    .await;
    let gateway = configured(&vendor, "the-client-secret").await;
    (vendor, gateway)
}

async fn configured(vendor: &FakeUpstream, secret: &str) -> TestApp {
    start(&format!(
        "[vendors.digital99]\nupstream = \"http://{}/api\"\nauth = {{ client_id = \"the-client\", client_secret = \"{secret}\" }}",
        vendor.address
    ))
    .await
}

fn tokens(vendor: &FakeUpstream) -> usize {
    vendor.requests().iter().filter(|seen| seen.path.ends_with("accessToken")).count()
}

#[tokio::test]
async fn token_is_shared_by_all_users() {
    let (vendor, gateway) = digital99(1).await;
    let admin = gateway.admin().await;
    let change = json!({"account_id": 8, "server": "online"});
    let (accounts, update) =
        tokio::join!(admin.get(ACCOUNTS), admin.post("/api/digital99/online/updateAccount", &change));
    assert_eq!((accounts.status, update.status), (200, 200));
    assert_eq!(admin.get(ACCOUNTS).await.json()["reason"], 1);
    assert_eq!(tokens(&vendor), 1);
    let first = &vendor.requests()[0];
    assert_eq!((first.method.as_str(), first.path.as_str()), ("POST", "/api/settings/accessToken"));
    assert_eq!(first.body, r#"{"client_id":"the-client","client_secret":"the-client-secret"}"#);
    assert!(first.header("authorization").is_none());
}

#[tokio::test]
async fn expired_token_is_renewed_once() {
    let (vendor, gateway) = digital99(2).await;
    let admin = gateway.admin().await;
    assert_eq!(admin.get(ACCOUNTS).await.json()["status"], "OK");
    assert_eq!((tokens(&vendor), vendor.requests().len()), (2, 4), "token, call, token, call");
    assert_eq!(admin.get(ACCOUNTS).await.json()["status"], "OK");
    assert_eq!((tokens(&vendor), vendor.requests().len()), (2, 5));
}

#[tokio::test]
async fn rejected_tokens_are_not_retried_forever() {
    let (vendor, gateway) = digital99(usize::MAX).await;
    let answer = gateway.admin().await.get(ACCOUNTS).await;
    assert_eq!((answer.status, answer.json()["reason"].clone()), (200, json!(3)));
    assert_eq!((tokens(&vendor), vendor.requests().len()), (2, 4));
}

#[tokio::test]
async fn wrong_credentials_are_not_retried() {
    let (vendor, _) = digital99(1).await;
    let gateway = configured(&vendor, "wrong").await;
    let admin = gateway.admin().await;
    for _ in 0..3 {
        let answer = admin.get(ACCOUNTS).await;
        assert_eq!((answer.status, answer.json()), (200, json!({"status": "FAIL", "reason": 2})));
        assert!(answer.header("trunkline-error").is_none(), "it is the vendor's own answer");
    }
    assert_eq!((tokens(&vendor), vendor.requests().len()), (1, 1));
}

#[tokio::test]
async fn echoed_credentials_are_masked() {
    let vendor = FakeUpstream::start(|seen| async move {
        let quoted = format!("bad: {:?} {}", seen.header("authorization"), seen.body);
        json_response(401, json!({"code": 401000, "message": quoted}))
    })
    .await;
    let gateway = start(&format!(
        "[vendors.comm100]\nupstream = \"http://{0}\"\nauth = {{ bearer = \"THE-KEY\" }}\n\
         [vendors.digital99]\nupstream = \"http://{0}\"\nauth = {{ client_id = \"THE-ID\", client_secret = \"THE-WORD\" }}",
        vendor.address
    ))
    .await;
    let admin = gateway.admin().await;
    for path in ["/api/comm100/ticketing/channelAccounts", ACCOUNTS] {
        let answer = admin.get(path).await;
        assert_eq!((answer.status, answer.json()["code"].clone()), (401, json!(401_000)));
        for secret in ["THE-KEY", "THE-ID", "THE-WORD"] {
            assert!(!answer.text().contains(secret), "{}", answer.text());
        }
    }
}

#[tokio::test]
async fn echoed_credentials_are_masked_in_every_encoding() {
    for (auth, wrong) in [
        ("auth = { basic = { user = \"Aladdin\", password = \"open sesame\" } }", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ("auth = { header = \"token\", value = \"a/secret+word\" }", "secret"),
    ] {
        // Sobot's errors have status 200.
        let vendor = FakeUpstream::start(|seen| async move {
            let sent = seen.header("authorization").or(seen.header("token")).unwrap().to_owned();
            let body = format!("{{\"ret_code\":\"900\",\"ret_msg\":\"{} {}\"}}", sent, sent.replace('/', "\\/"));
            axum::http::Response::builder().header("content-type", "application/json").body(body.into()).unwrap()
        })
        .await;
        let gateway = start(&format!("[vendors.sobot]\nupstream = \"http://{}/q\"\n{auth}", vendor.address)).await;
        let answer = gateway.agent().await.post("/api/sobot/customer/query", &json!({"tel": "4917"})).await;
        assert_eq!((answer.status, answer.json()["ret_code"].as_str()), (200, Some("900")));
        assert!(!answer.text().contains(wrong), "{}", answer.text());
    }
}
