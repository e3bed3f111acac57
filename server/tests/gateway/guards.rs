//! Who may do what, and what isn't there at all.

use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use trunkline_server::gateway::CSP;

use crate::kit::{AGENT, send, start};

const CHANGE: &str = r#"{"account_id":8,"server":"online"}"#;

#[tokio::test]
async fn roles() {
    let gateway = start("").await;
    let (admin, agent, nobody) = (gateway.admin().await, gateway.agent().await, gateway.nobody());
    for path in
        ["/api/comm100/ticketing/channelAccounts", "/api/digital99/online/getAccounts", "/api/sobot/external-apis"]
    {
        assert_eq!(admin.get(path).await.status, 200, "{path}");
        agent.get(path).await.is_refusal(403, "forbidden");
        nobody.get(path).await.is_refusal(401, "signed-out");
    }
    for path in ["/api/jtel/acd/events", "/api/jtel/acd/groups", "/api/jtel/users", "/api/vendors"] {
        assert_eq!(admin.get(path).await.status, 200, "{path}");
        assert_eq!(agent.get(path).await.status, 200, "{path}");
        nobody.get(path).await.is_refusal(401, "signed-out");
    }
    let query = json!({"tel": "1"});
    assert_eq!(agent.post("/api/sobot/customer/query", &query).await.status, 200);
    nobody.post("/api/sobot/customer/query", &query).await.is_refusal(401, "signed-out");
    agent.post("/api/digital99/online/updateAccount", &json!({})).await.is_refusal(403, "forbidden");
}

#[tokio::test]
async fn an_agent_sees_the_own_tickets_alone() {
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
        agent.get(path).await.is_refusal(403, "forbidden");
    }
    agent.put("/api/oneview/v1/someone-else/online", &json!({})).await.is_refusal(403, "forbidden");
    admin.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await.is_refusal(403, "forbidden");
}

#[tokio::test]
async fn the_last_confirmed_status_is_remembered() {
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
async fn other_sites_cannot_write() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let write = || {
        let request = admin.http.post(gateway.url("/api/digital99/online/updateAccount")).body(CHANGE);
        request.header("Cookie", admin.cookie.clone().unwrap())
    };
    send(write()).await.is_refusal(403, "csrf");
    send(write().header("X-Trunkline", "0")).await.is_refusal(403, "csrf");
    let own = || write().header("X-Trunkline", "1");
    for site in ["cross-site", "same-site"] {
        send(own().header("Sec-Fetch-Site", site)).await.is_refusal(403, "csrf");
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        send(own().header("Origin", origin)).await.is_refusal(403, "csrf");
    }
    assert_eq!(send(own()).await.status, 200);
    assert_eq!(send(own().header("Sec-Fetch-Site", "same-origin")).await.status, 200);
    assert_eq!(send(own().header("Origin", gateway.url(""))).await.status, 200);
    send(gateway.nobody().http.delete(gateway.url("/api/session"))).await.is_refusal(403, "csrf");
}

#[tokio::test]
async fn only_the_contracts_endpoints_are_there() {
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
        admin.get(path).await.is_refusal(404, "not-allowed");
    }
    gateway.nobody().get("/api/nothing").await.is_refusal(404, "not-allowed");
    let post = async |path: &str| admin.post(path, &json!({})).await;
    // The token is the gateway's own affair.
    post("/api/digital99/settings/accessToken").await.is_refusal(404, "not-allowed");
    post("/api/vendors").await.is_refusal(404, "not-allowed");
    for method in ["PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = send(admin.request(method, "/api/comm100/ticketing/channelAccounts")).await;
        answer.is_refusal(404, "not-allowed");
    }
}

/// Clients tidy `..` away before they send, so this one is written by hand.
#[tokio::test]
async fn climbing_paths_lead_nowhere() {
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
async fn every_answer_keeps_the_browser_in_bounds() {
    const EXPECTED: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    assert_eq!(CSP, EXPECTED);
    let gateway = start("").await;
    for path in ["/", "/inbox", "/missing.js", "/api/session", "/api/vendors", "/api/nothing"] {
        let answer = gateway.nobody().get(path).await;
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
async fn what_is_written_is_noted_without_values() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    admin.put("/api/comm100/ticketing/channelAccounts/an-id", &json!({"name": "a name"})).await;
    gateway.agent().await.post("/api/sobot/customer/query", &json!({"tel": "4917"})).await;
    gateway.state.books.settled().await;
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
async fn an_admin_reads_what_is_noted_newest_first() {
    let gateway = start("").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    agent.get("/api/audit").await.is_refusal(403, "forbidden");
    gateway.nobody().get("/api/audit").await.is_refusal(401, "signed-out");
    let unknown = "/api/sobot/external-apis/00000000-0000-0000-0000-000000000000";
    let removal = admin.delete(unknown).await;
    admin.post("/api/clean-html", &json!({"html": "<p>x"})).await;
    let told = admin.get("/api/audit").await.json();
    let told = told.as_array().unwrap();
    let lines: Vec<_> = told.iter().map(|entry| (&entry["user"], &entry["method"], &entry["status"])).collect();
    assert_eq!(
        lines,
        [
            (&json!("demo admin"), &json!("DELETE"), &json!(404)),
            (&json!("demo agent"), &json!("POST"), &json!(200)),
            (&json!("demo admin"), &json!("POST"), &json!(200)),
        ]
    );
    assert_eq!(told[0]["path"], "/api/sobot/external-apis/{id}");
    assert_eq!(told[0]["requestId"].as_str(), removal.header("trunkline-request-id"));
    assert!(told[0]["at"].as_i64().is_some_and(|at| at > 1_700_000_000));
}

#[tokio::test]
async fn what_is_noted_is_kept_for_a_while_and_strangers_do_not_fill_it() {
    let gateway = start("[audit]\ndays = 30").await;
    let pool = &gateway.state.pool;
    let nobody = gateway.nobody();
    nobody.post("/api/comm100/ticketing/channelAccounts", &json!({})).await.is_refusal(401, "signed-out");
    nobody.post("/api/nothing", &json!({})).await.is_refusal(404, "not-allowed");
    nobody.delete("/api/session").await;
    for (id, days) in [("old", 31_i64), ("young", 29)] {
        let insert = "INSERT INTO audit (id, at, method, path, status, request_id) \
                      VALUES ($1, unixepoch() - $2, 'PUT', '/', 200, '')";
        sqlx::query(insert).bind(id).bind(days * 86_400).execute(pool).await.unwrap();
    }
    // It looks at once, and then once a day.
    let again = tokio::spawn(trunkline_server::gateway::prune(gateway.state.clone()));
    let left = || async { sqlx::query_scalar::<_, String>("SELECT id FROM audit").fetch_all(pool).await.unwrap() };
    while left().await.len() > 1 {
        tokio::task::yield_now().await;
    }
    again.abort();
    assert_eq!(left().await, ["young"]);
}

#[tokio::test]
async fn html_is_cleaned_for_who_is_signed_in() {
    let gateway = start("").await;
    let html = json!({"html": "<p onclick=x>Hi<script>x</script><img src=x></p><a href=https://www.jtel.de>j</a>"});
    gateway.nobody().post("/api/clean-html", &html).await.is_refusal(401, "signed-out");
    let cleaned = gateway.agent().await.post("/api/clean-html", &html).await;
    assert_eq!(cleaned.status, 200);
    let text = cleaned.json()["html"].as_str().unwrap().to_owned();
    assert!(text.starts_with("<p>Hi</p>"), "{text}");
    for part in ["target=\"_blank\"", "noopener", "href=\"https://www.jtel.de\""] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
