//! Conditions under which demo users are offered.

use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use trunkline_server::gateway::{add_user, remove_user};

use crate::session::user;
use crate::test_app::{TestApp, send, start, start_exactly};

/// Sends a raw request and returns the response.
async fn send_raw(gateway: &TestApp, request: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(gateway.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Sends a demo sign-in with another request line and other headers.
async fn demo_sign_in(gateway: &TestApp, target: &str, version: &str, headers: &str) -> String {
    let body = r#"{"demo":"admin"}"#;
    let head = format!("POST {target} HTTP/{version}\r\n{headers}X-Trunkline: 1\r\nContent-Length: {}\r\n", body.len());
    send_raw(gateway, &format!("{head}Connection: close\r\n\r\n{body}")).await
}

#[tokio::test]
async fn demo_users_are_not_offered_behind_a_bare_proxy_pass() {
    let gateway = start("demo_users = true").await;
    let host = format!("Host: {}\r\n", gateway.address);
    // The request that nginx 1.28 sends upstream for `proxy_pass http://127.0.0.1:8080;` alone.
    let asked =
        send_raw(&gateway, &format!("GET /api/session HTTP/1.0\r\n{host}Connection: close\r\nAccept: */*\r\n\r\n"))
            .await;
    assert!(asked.contains("200 OK") && asked.contains(r#""demo":[]"#), "{asked}");
    let answer = demo_sign_in(&gateway, "/api/session", "1.0", &host).await;
    assert!(answer.contains(" 403 ") && answer.contains("trunkline-error: forbidden"), "{answer}");
    let direct = demo_sign_in(&gateway, "/api/session", "1.1", &host).await;
    assert!(direct.starts_with("HTTP/1.1 200 "), "a browser at this machine is: {direct}");
}

#[tokio::test]
async fn demo_users_are_not_offered_behind_a_proxy_or_to_another_origin() {
    let gateway = start("demo_users = true").await;
    let own = gateway.address.to_string();
    let host = format!("Host: {own}\r\n");
    for added in [
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Host: localhost",
        "X-Forwarded-Proto: http",
        "X-Forwarded-Port: 80",
        "X-Forwarded-Server: a",
        "Forwarded: for=127.0.0.1",
        "CF-Connecting-IP: 127.0.0.1",
        "CF-Ray: 1",
        "X-Real-IP: 127.0.0.1",
        "X-Client-IP: 127.0.0.1",
        "True-Client-IP: 127.0.0.1",
        "X-Envoy-External-Address: 127.0.0.1",
        "X-Original-For: 127.0.0.1",
        "X-Original-Host: localhost",
        "Via: 1.1 a",
        "Origin: https://console.example",
        "Origin: null",
        "Origin: http://localhost.console.example",
        "Host: localhost",
    ] {
        // `Sec-Fetch-Site` as a browser sends it for its own page; without it the foreign origin would be refused
        // earlier.
        let headers = format!("{host}{added}\r\nSec-Fetch-Site: same-origin\r\n");
        let answer = demo_sign_in(&gateway, "/api/session", "1.1", &headers).await;
        assert!(answer.starts_with("HTTP/1.1 403 ") || answer.starts_with("HTTP/1.1 400 "), "{added}: {answer}");
        let asked =
            send_raw(&gateway, &format!("GET /api/session HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).await;
        assert!(asked.contains(r#""demo":[]"#) || asked.starts_with("HTTP/1.1 400 "), "{added}: {asked}");
    }
    let absolute = demo_sign_in(&gateway, "http://console.example/api/session", "1.1", &host).await;
    assert!(!absolute.starts_with("HTTP/1.1 200 "), "{absolute}");
    for origin in [format!("http://{own}"), "http://localhost:8081".to_owned()] {
        let headers = format!("{host}Origin: {origin}\r\nSec-Fetch-Site: same-origin\r\n");
        let answer = demo_sign_in(&gateway, "/api/session", "1.1", &headers).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{origin}: {answer}");
    }
}

#[tokio::test]
async fn upstream_disables_demo_users_unless_configured() {
    let vendor = "[vendors.jtel]\nupstream = \"http://127.0.0.1:1\"";
    let gateway = start_exactly(vendor).await;
    assert_eq!(gateway.anonymous().get("/api/session").await.json()["demo"], json!([]));
    gateway.anonymous().post("/api/session", &json!({"demo": "admin"})).await.assert_error(403, "forbidden");
    let said = start_exactly(&format!("demo_users = true\n{vendor}")).await;
    assert_eq!(said.anonymous().post("/api/session", &json!({"demo": "admin"})).await.status, 200);
}

#[tokio::test]
async fn removing_the_last_user_does_not_restore_demo_users() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    let before = gateway.admin().await;
    add_user(pool, &user("Ruth"), "correct horse").await.unwrap();
    remove_user(pool, "Ruth").await.unwrap();
    before.get("/api/vendors").await.assert_error(401, "signed-out");
    assert_eq!(gateway.anonymous().get("/api/session").await.json()["demo"], json!([]));
    gateway.anonymous().post("/api/session", &json!({"demo": "admin"})).await.assert_error(403, "forbidden");
}

#[tokio::test]
async fn removing_the_last_user_ends_demo_sessions() {
    let gateway = start("demo_users = true").await;
    let pool = &gateway.state.pool;
    add_user(pool, &user("Ruth"), "correct horse").await.unwrap();
    let demo = gateway.admin().await;
    assert_eq!(demo.get("/api/vendors").await.status, 200);
    remove_user(pool, "Ruth").await.unwrap();
    demo.get("/api/vendors").await.assert_error(401, "signed-out");
}

#[tokio::test]
async fn demo_sign_ins_are_limited() {
    let gateway = start("[limits]\ndemo_sign_ins = 3").await;
    let demo = || async {
        send(gateway.anonymous().request(Method::POST, "/api/session").json(&json!({"demo": "agent"}))).await
    };
    for _ in 0..3 {
        assert_eq!(demo().await.status, 200);
    }
    let refused = demo().await;
    refused.assert_error(429, "budget");
    assert!((1..=600).contains(&refused.header("retry-after").unwrap().parse::<u32>().unwrap()));
}
