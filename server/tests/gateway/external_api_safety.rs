//! Tests of external APIs on untrusted hosts: allowed targets, and the protection of secrets.

use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};
use trunkline_server::config::Config;
use trunkline_server::gateway::App;

use crate::test_app::{Browser, FakeUpstream, json_response, start};

const PATH: &str = "/api/sobot/external-apis";
const MASK: &str = "••••••••";
const SECRET: &str = "k/e&y\"-s3cret+value";

async fn create(admin: &Browser, url: &str) -> String {
    let api = json!({
        "name": "CRM", "description": "", "method": "GET", "url": url, "format": "form", "request": [],
        "headers": [{"name": "X-Key", "value": format!("Bearer {SECRET}"), "secret": true}],
        "output": [{"name": "echo", "path": "echo"}]
    });
    let created = admin.post(PATH, &api).await;
    assert_eq!(created.status, 201, "{}", created.text());
    created.json()["id"].as_str().unwrap().to_owned()
}

async fn test(admin: &Browser, url: &str) -> Value {
    let id = create(admin, url).await;
    admin.post(&format!("{PATH}/{id}/tests"), &json!({"values": []})).await.json()
}

#[tokio::test]
async fn allow_private_allows_listed_hosts_and_networks_only() {
    let crm = FakeUpstream::start(|_| async { json_response(200, json!({})) }).await;
    let port = crm.address.port();
    let (by_address, by_name) = (format!("http://127.0.0.1:{port}/"), format!("http://localhost:{port}/"));
    for (list, address_opens, name_opens) in [
        (r#"["127.0.0.0/8", "::1"]"#.to_owned(), true, true),
        (r#"["127.0.0.1", "::1/128"]"#.to_owned(), true, true),
        (r#"["localhost"]"#.to_owned(), false, true),
        (format!(r#"["localhost:{port}"]"#), false, true),
        (r#"["localhost:1", "10.0.0.0/8", "crm.internal"]"#.to_owned(), false, false),
        ("[]".to_owned(), false, false),
        ("true".to_owned(), true, true),
        ("false".to_owned(), false, false),
    ] {
        let gateway = start(&format!("[external_apis]\nallow_private = {list}")).await;
        let admin = gateway.admin().await;
        for (url, opens) in [(&by_address, address_opens), (&by_name, name_opens)] {
            let run = test(&admin, url).await;
            let wanted = if opens { (json!(200), json!(null)) } else { (json!(null), json!("private")) };
            assert_eq!((run["status"].clone(), run["error"].clone()), wanted, "{list} {url}");
        }
        if list != "true" {
            // Refused before anything is sent.
            assert_eq!(test(&admin, "http://169.254.169.254/").await["error"], "private", "{list}");
        }
    }
}

#[test]
fn allow_private_is_read_from_the_environment() {
    let opens = |text: &str, address: &str| {
        let vars = [("TRUNKLINE_EXTERNAL_APIS_ALLOW_PRIVATE".to_owned(), text.to_owned())];
        let config = Config::parse("", vars.into_iter()).unwrap();
        config.external_apis.allow_private.allows("crm.internal", 80, address.parse().unwrap())
    };
    assert!(opens("10.1.0.0/16, 192.168.7.7", "10.1.9.9") && opens("10.1.0.0/16,192.168.7.7", "192.168.7.7"));
    assert!(opens("crm.internal", "172.16.0.1") && opens("true", "127.0.0.1"));
    assert!(!opens("10.1.0.0/16", "10.2.0.1") && !opens("false", "10.1.0.1") && !opens("", "10.1.0.1"));
}

#[tokio::test]
async fn unusual_ports_are_refused() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    for port in [22, 25, 3306, 6379] {
        assert_eq!(test(&admin, &format!("http://1.1.1.1:{port}/")).await["error"], "port", "{port}");
    }
}

#[tokio::test]
async fn secrets_are_not_resent_after_a_redirect_to_another_host_and_back() {
    let home = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let back = std::sync::Arc::clone(&home);
    let elsewhere = FakeUpstream::start(move |_| {
        let to = format!("{}/chosen-elsewhere", back.lock().unwrap());
        async move { Response::builder().status(307).header("location", to).body(Body::empty()).unwrap() }
    })
    .await;
    let away = format!("http://{}/there", elsewhere.address);
    let crm = FakeUpstream::start(move |seen| {
        let away = away.clone();
        async move {
            match seen.path.as_str() {
                "/start" => Response::builder().status(307).header("location", away).body(Body::empty()).unwrap(),
                _ => json_response(200, json!({})),
            }
        }
    })
    .await;
    *home.lock().unwrap() = format!("http://{}", crm.address);
    let gateway = start("[external_apis]\nallow_private = true").await;
    let run = test(&gateway.admin().await, &format!("http://{}/start", crm.address)).await;
    assert_eq!(run["status"], 200, "{run}");
    let keys: Vec<_> =
        crm.requests().into_iter().map(|seen| (seen.path.clone(), seen.header("x-key").is_some())).collect();
    assert_eq!(keys, [("/start".to_owned(), true), ("/chosen-elsewhere".to_owned(), false)]);
    assert!(elsewhere.requests()[0].header("x-key").is_none());
}

#[tokio::test]
async fn escaped_secrets_are_masked() {
    let slashed = serde_json::to_string(SECRET).unwrap().replace('/', "\\/");
    let unicode = SECRET.replace('&', "\\u0026").replace('"', "\\u0022");
    let html = SECRET.replace('&', "&amp;").replace('"', "&#34;").replace('/', "&#x2F;");
    let inner = serde_json::to_string(&json!({"key": SECRET}).to_string()).unwrap();
    let percent = "k%2fe%26y%22-s3cret%2bvalue";
    use base64::Engine;
    let base64 = base64::engine::general_purpose::STANDARD.encode(format!("user:{SECRET}"));
    let answers = [
        format!("{{\"echo\":{slashed}}}"),
        format!("{{\"echo\":\"{unicode}\"}}"),
        format!("<p>{html}</p>"),
        format!("{{\"echo\":{inner}}}"),
        format!("?key={percent}"),
        base64.clone(),
    ];
    for answer in answers {
        let sent = answer.clone();
        let crm = FakeUpstream::start(move |_| {
            let body = sent.clone();
            async move { Response::new(Body::from(body)) }
        })
        .await;
        let gateway = start("[external_apis]\nallow_private = true").await;
        let run = test(&gateway.admin().await, &format!("http://{}/", crm.address)).await;
        let text = run.to_string();
        assert!(run["body"].as_str().unwrap().contains(MASK), "{answer}: {text}");
        for part in ["s3cret", base64.get(8..20).unwrap()] {
            assert!(!text.contains(part), "{answer}: {text}");
        }
    }
}

#[tokio::test]
async fn secrets_are_encrypted_in_the_database_if_a_key_is_set() {
    let crm = FakeUpstream::start(|_| async { json_response(200, json!({})) }).await;
    let url = format!("http://{}/", crm.address);
    let open = "[external_apis]\nallow_private = true\n";
    let key = format!("{open}secrets_key = \"{}\"", "0123456789abcdef".repeat(2));
    let stored = async |state: &trunkline_server::gateway::AppState| -> String {
        sqlx::query_scalar("SELECT body FROM external_apis").fetch_one(&state.pool).await.unwrap()
    };

    let gateway = start(&key).await;
    let admin = gateway.admin().await;
    let id = create(&admin, &url).await;
    assert!(!stored(&gateway.state).await.contains("s3cret"));
    let run = admin.post(&format!("{PATH}/{id}/tests"), &json!({"values": []})).await;
    assert_eq!(run.json()["status"], 200, "{}", run.text());
    assert_eq!(crm.requests()[0].header("x-key"), Some(format!("Bearer {SECRET}").as_str()));

    // With another key the definition is still there; its secret is neither used nor lost.
    let other = format!("{open}secrets_key = \"{}\"", "fedcba9876543210".repeat(2));
    let config = Config::parse(&other, std::iter::empty()).unwrap();
    let before = stored(&gateway.state).await;
    let state = App::new(gateway.state.pool.clone(), config, gateway.address, None).await.unwrap();
    assert_eq!(stored(&state).await, before);

    // A secret stored in clear text is encrypted at the next start with a key.
    let clear = start(open).await;
    create(&clear.admin().await, &url).await;
    assert!(stored(&clear.state).await.contains("s3cret"));
    let config = Config::parse(&key, std::iter::empty()).unwrap();
    let state = App::new(clear.state.pool.clone(), config, clear.address, None).await.unwrap();
    assert!(!stored(&state).await.contains("s3cret"));

    assert!(Config::parse("[external_apis]\nsecrets_key = \"short\"", std::iter::empty()).is_err());
}
