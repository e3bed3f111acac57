//! Permissions, and paths that do not exist.

use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use trunkline_server::gateway::CSP;

use crate::test_app::{AGENT, send, start};

const CHANGE: &str = r#"{"account_id":8,"server":"online"}"#;

#[tokio::test]
async fn roles_limit_endpoints() {
    let gateway = start("").await;
    let (admin, agent, nobody) = (gateway.admin().await, gateway.agent().await, gateway.anonymous());
    for path in
        ["/api/comm100/ticketing/channelAccounts", "/api/digital99/online/getAccounts", "/api/sobot/external-apis"]
    {
        assert_eq!(admin.get(path).await.status, 200, "{path}");
        agent.get(path).await.assert_error(403, "forbidden");
        nobody.get(path).await.assert_error(401, "signed-out");
    }
    for path in ["/api/jtel/acd/events", "/api/jtel/acd/groups", "/api/jtel/users", "/api/vendors"] {
        assert_eq!(admin.get(path).await.status, 200, "{path}");
        assert_eq!(agent.get(path).await.status, 200, "{path}");
        nobody.get(path).await.assert_error(401, "signed-out");
    }
    let query = json!({"tel": "1"});
    assert_eq!(agent.post("/api/sobot/customer/query", &query).await.status, 200);
    nobody.post("/api/sobot/customer/query", &query).await.assert_error(401, "signed-out");
    agent.post("/api/digital99/online/updateAccount", &json!({})).await.assert_error(403, "forbidden");
}

#[tokio::test]
async fn agent_reads_only_own_tickets() {
    let gateway = start("").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    let own = agent.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await;
    assert_eq!(own.status, 200);
    assert!(own.header("trunkline-error").is_none());
    for secret in ["agentJwt", "roomSubscriptionToken"] {
        assert!(!own.text().contains(secret), "{secret}");
    }
    for path in ["/api/oneview/v1/someone-else/tickets", "/api/oneview/v1/F4B8F8E5-365a-4ed1-a122-0f4ba1afef44/tickets"]
    {
        agent.get(path).await.assert_error(403, "forbidden");
    }
    agent.put("/api/oneview/v1/someone-else/online", &json!({})).await.assert_error(403, "forbidden");
    admin.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await.assert_error(403, "forbidden");
}

#[tokio::test]
async fn last_confirmed_status_is_stored() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    let before = agent.get("/api/session").await.json();
    for (word, online) in [("online", true), ("offline", false)] {
        let path = format!("/api/oneview/v1/{AGENT}/{word}");
        assert_eq!(send(agent.request(Method::PUT, &path)).await.status, 200);
        let status = gateway.agent().await.get("/api/session").await.json()["user"]["status"].clone();
        assert_eq!(status["online"], online, "{before}");
        assert!(status["since"].as_i64().unwrap() > 1_500_000_000);
    }
}

#[tokio::test]
async fn cross_site_writes_are_refused() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let write = || {
        let request = admin.http.post(gateway.url("/api/digital99/online/updateAccount")).body(CHANGE);
        request.header("Cookie", admin.cookie.clone().unwrap())
    };
    send(write()).await.assert_error(403, "csrf");
    send(write().header("X-Trunkline", "0")).await.assert_error(403, "csrf");
    let own = || write().header("X-Trunkline", "1");
    for site in ["cross-site", "same-site"] {
        send(own().header("Sec-Fetch-Site", site)).await.assert_error(403, "csrf");
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        send(own().header("Origin", origin)).await.assert_error(403, "csrf");
    }
    assert_eq!(send(own()).await.status, 200);
    assert_eq!(send(own().header("Sec-Fetch-Site", "same-origin")).await.status, 200);
    assert_eq!(send(own().header("Origin", gateway.url(""))).await.status, 200);
    send(gateway.anonymous().http.delete(gateway.url("/api/session"))).await.assert_error(403, "csrf");
}

#[tokio::test]
async fn paths_outside_the_contract_are_404() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/comm100",
        "/api/comm100/",
        "/api/comm100/global/agents",
        "/api/comm100/ticketing/channelAccounts/",
        "/api/comm100//ticketing/channelAccounts",
        "/api/nobody/ticketing/channelAccounts",
        "/api/jtel/acd/events/event/..%2F..%2Fusers",
        "/api/jtel/acd/events/event/%2e%2e",
        "/api/jtel/acd/events/event/a%5C..%5Cb",
        "/api/comm100/ticketing/channelAccounts/x%00",
        "/api/digital99/settings/accessToken",
    ] {
        admin.get(path).await.assert_error(404, "not-allowed");
    }
    gateway.anonymous().get("/api/nothing").await.assert_error(404, "not-allowed");
    let post = async |path: &str| admin.post(path, &json!({})).await;
    // The gateway obtains the token itself.
    post("/api/digital99/settings/accessToken").await.assert_error(404, "not-allowed");
    post("/api/vendors").await.assert_error(404, "not-allowed");
    for method in ["PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = send(admin.request(method, "/api/comm100/ticketing/channelAccounts")).await;
        answer.assert_error(404, "not-allowed");
    }
}

/// HTTP clients normalise `..` away, so this request is written by hand.
#[tokio::test]
async fn path_traversal_is_404() {
    let gateway = start("").await;
    std::fs::write(gateway.folder.path().join("secret.txt"), "the secret").unwrap();
    let cookie = gateway.admin().await.cookie.unwrap();
    for (path, status) in [
        ("/api/jtel/acd/events/../users", 404),
        ("/api/comm100/../digital99/online/getAccounts", 404),
        ("/../secret.txt", 404),
        ("/%2e%2e/secret.txt", 404),
        ("/..%2fsecret.txt", 404),
        ("/a/..%5c..%5csecret.txt", 404),
        ("//etc/hostname.txt", 404),
    ] {
        let mut stream = tokio::net::TcpStream::connect(gateway.address).await.unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
        assert!(!answer.contains("the secret"), "{path}");
    }
}

#[tokio::test]
async fn every_response_has_security_headers() {
    const EXPECTED: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    assert_eq!(CSP, EXPECTED);
    let gateway = start("").await;
    for path in ["/", "/inbox", "/missing.js", "/api/session", "/api/vendors", "/api/nothing"] {
        let answer = gateway.anonymous().get(path).await;
        assert_eq!(answer.header("content-security-policy"), Some(EXPECTED), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
        for name in ["referrer-policy", "permissions-policy"] {
            assert!(answer.header(name).is_some(), "{path} {name}");
        }
        let api = path.starts_with("/api");
        assert_eq!(answer.header("trunkline-request-id").is_some(), api, "{path}");
        if api {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        }
    }
}

#[tokio::test]
async fn activity_has_writes_without_values() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    admin.put("/api/comm100/ticketing/channelAccounts/an-id", &json!({"name": "a name"})).await;
    gateway.agent().await.post("/api/sobot/customer/query", &json!({"tel": "4917"})).await;
    gateway.state.write_behind.flushed().await;
    let rows: Vec<(Option<String>, String, String)> =
        sqlx::query_as("SELECT user_name, method, path FROM audit ORDER BY id")
            .fetch_all(&gateway.state.pool)
            .await
            .unwrap();
    let named = |user: &str, method: &str, path: &str| {
        rows.contains(&(Some(user.to_owned()), method.to_owned(), path.to_owned()))
    };
    assert!(named("demo admin", "POST", "/api/session"), "{rows:?}");
    assert!(named("demo admin", "PUT", "/api/comm100/ticketing/channelAccounts/{id}"), "{rows:?}");
    assert!(!named("demo agent", "POST", "/api/sobot/customer/query"), "a look-up changes nothing: {rows:?}");
}

#[tokio::test]
async fn admin_reads_the_activity_newest_first() {
    let gateway = start("").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    agent.get("/api/activity").await.assert_error(403, "forbidden");
    gateway.anonymous().get("/api/activity").await.assert_error(401, "signed-out");
    let unknown = "/api/sobot/external-apis/00000000-0000-0000-0000-000000000000";
    let removal = admin.delete(unknown).await;
    admin.post("/api/clean-html", &json!({"html": "<p>x"})).await;
    let activity = admin.get("/api/activity").await.json();
    let entries = activity.as_array().unwrap();
    let lines: Vec<_> = entries.iter().map(|entry| (&entry["user"], &entry["method"], &entry["status"])).collect();
    assert_eq!(
        lines,
        [
            (&json!("demo admin"), &json!("DELETE"), &json!(404)),
            (&json!("demo agent"), &json!("POST"), &json!(200)),
            (&json!("demo admin"), &json!("POST"), &json!(200)),
        ]
    );
    assert_eq!(entries[0]["path"], "/api/sobot/external-apis/{id}");
    assert_eq!(entries[0]["requestId"].as_str(), removal.header("trunkline-request-id"));
    assert!(entries[0]["at"].as_i64().is_some_and(|at| at > 1_700_000_000));
}

#[tokio::test]
async fn activity_is_pruned_by_age_and_not_filled_by_strangers() {
    let gateway = start("[audit]\ndays = 30").await;
    let pool = &gateway.state.pool;
    let nobody = gateway.anonymous();
    nobody.post("/api/comm100/ticketing/channelAccounts", &json!({})).await.assert_error(401, "signed-out");
    nobody.post("/api/nothing", &json!({})).await.assert_error(404, "not-allowed");
    nobody.delete("/api/session").await;
    for (id, days) in [("old", 31_i64), ("young", 29)] {
        let insert = "INSERT INTO audit (id, at, method, path, status, request_id) \
                      VALUES ($1, unixepoch() - $2, 'PUT', '/', 200, '')";
        sqlx::query(insert).bind(id).bind(days * 86_400).execute(pool).await.unwrap();
    }
    // It prunes immediately, and then once a day.
    let again = tokio::spawn(trunkline_server::gateway::prune(gateway.state.clone()));
    let left = || async { sqlx::query_scalar::<_, String>("SELECT id FROM audit").fetch_all(pool).await.unwrap() };
    let begun = std::time::Instant::now();
    while left().await.len() > 1 {
        assert!(begun.elapsed().as_secs() < 5, "{:?}", left().await);
        tokio::task::yield_now().await;
    }
    again.abort();
    assert_eq!(left().await, ["young"]);
}

#[tokio::test]
async fn html_is_sanitised_for_signed_in_users() {
    let gateway = start("").await;
    let html = json!({"html": "<p onclick=x>Hi<script>x</script><img src=x></p><a href=https://www.jtel.de>j</a>"});
    gateway.anonymous().post("/api/clean-html", &html).await.assert_error(401, "signed-out");
    let cleaned = gateway.agent().await.post("/api/clean-html", &html).await;
    assert_eq!(cleaned.status, 200);
    let text = cleaned.json()["html"].as_str().unwrap().to_owned();
    assert!(text.starts_with("<p>Hi</p>"), "{text}");
    for part in ["target=\"_blank\"", "noopener", "href=\"https://www.jtel.de\""] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
