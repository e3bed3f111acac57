//! External APIs: stored, tested from the gateway, kept off the inside.

use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};

use crate::kit::{Browser, Gateway, Upstream, reply, start};

const PATH: &str = "/api/sobot/external-apis";
const MASK: &str = "••••••••";
const OPEN: &str = "[external_apis]\nallow_private = true";

fn definition(url: &str) -> Value {
    json!({
        "name": "CRM", "description": "", "method": "GET", "url": url, "format": "form",
        "headers": [{"name": "Authorization", "value": "Bearer s3cret-value", "secret": true}, {"name": "X-Kind", "value": "plain", "secret": false}],
        "request": [
            {"name": "tel", "integer": false, "required": true, "default": ""},
            {"name": "limit", "integer": true, "required": false, "default": "5"}
        ],
        "output": [{"name": "level", "path": "data.0.vipLevel"}, {"name": "gone", "path": "data.1.vipLevel"}]
    })
}

async fn create(admin: &Browser, body: &Value) -> String {
    let created = admin.post(PATH, body).await;
    assert_eq!(created.status, 201, "{}", created.text());
    created.json()["id"].as_str().unwrap().to_owned()
}

async fn run(admin: &Browser, id: &str) -> Value {
    let answer = admin.post(&format!("{PATH}/{id}/tests"), &json!({"values": [["tel", "+49 1"]]})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_definition_is_stored_edited_and_removed() {
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let id = create(&admin, &definition("https://crm.example/a")).await;
    let one = format!("{PATH}/{id}");
    let stored = admin.get(&one).await;
    assert!(!stored.text().contains("s3cret-value"));
    assert_eq!(stored.json()["headers"][0]["value"], MASK);
    assert_eq!(stored.json()["headers"][1]["value"], "plain");
    assert_eq!(admin.get(PATH).await.json().as_array().unwrap().len(), 1);

    // The mask keeps the secret, and the secret a secret.
    let mut edit = stored.json();
    edit["name"] = json!("CRM 2");
    edit["url"] = json!("https://crm.example/b");
    edit["headers"][0]["secret"] = json!(false);
    let updated = admin.put(&one, &edit).await;
    assert_eq!((updated.status, &updated.json()["name"]), (200, &json!("CRM 2")));
    assert!(!updated.text().contains("s3cret-value"));
    let kept: String =
        sqlx::query_scalar("SELECT body FROM external_apis").fetch_one(&gateway.state.pool).await.unwrap();
    assert!(kept.contains("Bearer s3cret-value"));

    // To another address it has to be typed again.
    edit["url"] = json!("https://evil.example/b");
    let refused = admin.put(&one, &edit).await;
    refused.is_refusal(422, "invalid");
    assert_eq!(refused.json()["fields"][0]["field"], "headers.0.value");

    let wrong = admin.post(PATH, &json!({"name": "", "url": "ftp://x"})).await;
    wrong.is_refusal(422, "invalid");
    let fields: Vec<_> = wrong.json()["fields"].as_array().unwrap().iter().map(|f| f["field"].clone()).collect();
    assert_eq!(fields, ["name", "url"]);

    assert_eq!(admin.delete(&one).await.status, 204);
    for answer in [admin.get(&one).await, admin.delete(&one).await, admin.get(&format!("{one}/tests")).await] {
        answer.is_refusal(404, "not-found");
    }
}

#[tokio::test]
async fn a_change_to_a_version_that_is_gone_is_refused_and_changes_nothing() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let one = format!("{PATH}/{}", create(&admin, &definition("https://crm.example/a")).await);
    let (mut first, mut second) = (admin.get(&one).await.json(), admin.get(&one).await.json());
    first["name"] = json!("First");
    second["description"] = json!("Second");
    // Within the same second: a time stamp would not tell.
    let saved = admin.put(&one, &first).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    admin.put(&one, &second).await.is_refusal(409, "conflict");
    assert_eq!(admin.get(&one).await.json()["name"], "First");

    second["version"] = saved.json()["version"].clone();
    let merged = admin.put(&one, &second).await;
    assert_eq!((merged.status, &merged.json()["description"]), (200, &json!("Second")));
    // Who names no version replaces what is there.
    first.as_object_mut().unwrap().remove("version");
    assert_eq!(admin.put(&one, &first).await.status, 200);
    let gone = format!("{PATH}/no-such-id");
    admin.put(&gone, &second).await.is_refusal(404, "not-found");
}

#[tokio::test]
async fn a_test_sends_what_is_defined_and_shows_no_secret() {
    let crm = Upstream::start(|seen| async move {
        let echo = seen.header("authorization").unwrap_or("").to_owned();
        let mut answer = reply(200, json!({"data": [{"vipLevel": 3}], "echo": echo}));
        answer.headers_mut().insert("x-echo", echo.parse().unwrap());
        answer
    })
    .await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let id = create(&admin, &definition(&format!("http://{}/look-up", crm.address))).await;
    let tests = format!("{PATH}/{id}/tests");

    let missing = admin.post(&tests, &json!({"values": [["limit", "x"]]})).await;
    missing.is_refusal(422, "invalid");
    let fields: Vec<_> = missing.json()["fields"].as_array().unwrap().iter().map(|f| f["field"].clone()).collect();
    assert_eq!(fields, ["values.tel", "values.limit"]);

    let result = run(&admin, &id).await;
    assert_eq!((&result["status"], &result["error"]), (&json!(200), &json!(null)));
    assert_eq!(result["outputs"], json!([{"name": "level", "value": "3"}, {"name": "gone", "value": null}]));
    assert!(result["url"].as_str().unwrap().ends_with("/look-up?tel=%2B49+1&limit=5"));
    assert!(result["body"].as_str().unwrap().contains(MASK));
    assert!(!result.to_string().contains("s3cret-value"));
    let seen = &crm.seen()[0];
    assert_eq!((seen.method.as_str(), seen.query.as_str()), ("GET", "tel=%2B49+1&limit=5"));
    assert_eq!((seen.header("authorization"), seen.header("x-kind")), (Some("Bearer s3cret-value"), Some("plain")));

    let history = admin.get(&tests).await;
    assert!(!history.text().contains("s3cret-value"));
    assert_eq!(history.json()[0]["id"], result["id"]);
    assert_eq!(admin.get(PATH).await.json()[0]["lastTest"]["status"], 200);
}

#[tokio::test]
async fn a_post_sends_a_form_or_json() {
    let crm = Upstream::start(|_| async { reply(200, json!({})) }).await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    for (format, media, body) in [
        ("form", "application/x-www-form-urlencoded", "tel=%2B49+1&limit=5"),
        ("json", "application/json", r#"{"limit":5,"tel":"+49 1"}"#),
    ] {
        let mut api = definition(&format!("http://{}/x", crm.address));
        api["method"] = json!("POST");
        api["format"] = json!(format);
        run(&admin, &create(&admin, &api).await).await;
        let seen = crm.seen().pop().unwrap();
        assert_eq!((seen.header("content-type"), seen.body.as_str(), seen.query.as_str()), (Some(media), body, ""));
    }
}

async fn refused(gateway: &Gateway, url: &str) {
    let admin = gateway.admin().await;
    let result = run(&admin, &create(&admin, &definition(url)).await).await;
    assert_eq!(result["status"], json!(null), "{url}");
    assert_eq!(result["error"], "private", "{url}: {result}");
}

#[tokio::test]
async fn tests_stay_off_the_inside() {
    let inside = Upstream::start(|_| async { reply(200, json!({})) }).await;
    let gateway = start("").await;
    let port = inside.address.port();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://127.1:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://192.168.1.1/".to_owned(),
        "http://100.64.0.1/".to_owned(),
    ] {
        refused(&gateway, &url).await;
    }
    assert!(inside.seen().is_empty(), "{:?}", inside.seen());
}

#[tokio::test]
async fn redirects_are_followed_five_times_and_secrets_stay_at_home() {
    let other = Upstream::start(|_| async { reply(200, json!({})) }).await;
    let away = format!("http://{}/there", other.address);
    let crm = Upstream::start(move |seen| {
        let to = match seen.path.as_str() {
            "/away" => away.clone(),
            "/loop" => "/loop".to_owned(),
            _ => "file:///etc/passwd".to_owned(),
        };
        async move { Response::builder().status(302).header("location", to).body(Body::empty()).unwrap() }
    })
    .await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let base = format!("http://{}", crm.address);
    let test = async |path: &str| run(&admin, &create(&admin, &definition(&format!("{base}{path}"))).await).await;

    assert_eq!(test("/away").await["status"], 200);
    assert_eq!((other.seen()[0].path.as_str(), other.seen()[0].header("authorization")), ("/there", None));
    let looped = test("/loop").await;
    assert_eq!(looped["error"], "redirects", "{looped}");
    assert_eq!(crm.seen().iter().filter(|seen| seen.path == "/loop").count(), 6);
    assert_eq!(test("/file").await["error"], "address");
}

#[tokio::test]
async fn a_large_answer_is_cut_and_only_fifty_tests_are_kept() {
    let crm = Upstream::start(|_| async { Response::new(Body::from("ä".repeat(700_000))) }).await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let id = create(&admin, &definition(&format!("http://{}/", crm.address))).await;
    let result = run(&admin, &id).await;
    assert_eq!(result["truncated"], true);
    assert!(result["body"].as_str().unwrap().len() <= (1 << 20) + 3);
    for _ in 0..51 {
        run(&admin, &id).await;
    }
    let history = admin.get(&format!("{PATH}/{id}/tests")).await.json();
    assert_eq!(history.as_array().unwrap().len(), 50);
    assert!(history[0]["body"].as_str().unwrap().len() <= 64 * 1024);
}
