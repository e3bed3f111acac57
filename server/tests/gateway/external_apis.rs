//! External APIs: storage, tests from the gateway, and the protection of internal addresses.

use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};
use trunkline_api::gateway::{ListExternalApis, ListTestRuns};
use trunkline_api::lenient;

use crate::test_app::{Browser, FakeUpstream, TestApp, json_response, start};

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
async fn definition_is_stored_edited_and_removed() {
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let id = create(&admin, &definition("https://crm.example/a")).await;
    let one = format!("{PATH}/{id}");
    let stored = admin.get(&one).await;
    assert!(!stored.text().contains("s3cret-value"));
    assert_eq!(stored.json()["headers"][0]["value"], MASK);
    assert_eq!(stored.json()["headers"][1]["value"], "plain");
    assert_eq!(admin.get(PATH).await.json().as_array().unwrap().len(), 1);

    // Sending the mask keeps the stored secret.
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

    // For another address the secret has to be entered again.
    edit["url"] = json!("https://evil.example/b");
    let refused = admin.put(&one, &edit).await;
    refused.assert_error(422, "invalid");
    assert_eq!(refused.json()["fields"][0]["field"], "headers.0.value");

    let wrong = admin.post(PATH, &json!({"name": "", "url": "ftp://x"})).await;
    wrong.assert_error(422, "invalid");
    let fields: Vec<_> = wrong.json()["fields"].as_array().unwrap().iter().map(|f| f["field"].clone()).collect();
    assert_eq!(fields, ["name", "url"]);

    assert_eq!(admin.delete(&one).await.status, 204);
    for answer in [admin.get(&one).await, admin.delete(&one).await, admin.get(&format!("{one}/tests")).await] {
        answer.assert_error(404, "not-found");
    }
}

#[tokio::test]
async fn stale_version_is_409_and_changes_nothing() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let one = format!("{PATH}/{}", create(&admin, &definition("https://crm.example/a")).await);
    let (mut first, mut second) = (admin.get(&one).await.json(), admin.get(&one).await.json());
    first["name"] = json!("First");
    second["description"] = json!("Second");
    // Both in the same second, which a time stamp could not tell apart.
    let saved = admin.put(&one, &first).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    admin.put(&one, &second).await.assert_error(409, "conflict");
    assert_eq!(admin.get(&one).await.json()["name"], "First");

    second["version"] = saved.json()["version"].clone();
    let merged = admin.put(&one, &second).await;
    assert_eq!((merged.status, &merged.json()["description"]), (200, &json!("Second")));
    // An update without a version always replaces.
    first.as_object_mut().unwrap().remove("version");
    assert_eq!(admin.put(&one, &first).await.status, 200);
    let gone = format!("{PATH}/no-such-id");
    admin.put(&gone, &second).await.assert_error(404, "not-found");
}

#[tokio::test]
async fn test_sends_the_definition_and_masks_secrets() {
    let crm = FakeUpstream::start(|seen| async move {
        let echo = seen.header("authorization").unwrap_or("").to_owned();
        let mut answer = json_response(200, json!({"data": [{"vipLevel": 3}], "echo": echo}));
        answer.headers_mut().insert("x-echo", echo.parse().unwrap());
        answer
    })
    .await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let id = create(&admin, &definition(&format!("http://{}/look-up", crm.address))).await;
    let tests = format!("{PATH}/{id}/tests");

    let missing = admin.post(&tests, &json!({"values": [["limit", "x"]]})).await;
    missing.assert_error(422, "invalid");
    let fields: Vec<_> = missing.json()["fields"].as_array().unwrap().iter().map(|f| f["field"].clone()).collect();
    assert_eq!(fields, ["values.tel", "values.limit"]);

    let result = run(&admin, &id).await;
    assert_eq!((&result["status"], &result["error"]), (&json!(200), &json!(null)));
    assert_eq!(result["outputs"], json!([{"name": "level", "value": "3"}, {"name": "gone", "value": null}]));
    assert!(result["url"].as_str().unwrap().ends_with("/look-up?tel=%2B49+1&limit=5"));
    assert!(result["body"].as_str().unwrap().contains(MASK));
    assert!(!result.to_string().contains("s3cret-value"));
    let seen = &crm.requests()[0];
    assert_eq!((seen.method.as_str(), seen.query.as_str()), ("GET", "tel=%2B49+1&limit=5"));
    assert_eq!((seen.header("authorization"), seen.header("x-kind")), (Some("Bearer s3cret-value"), Some("plain")));

    let history = admin.get(&tests).await;
    assert!(!history.text().contains("s3cret-value"));
    assert_eq!(history.json()[0]["id"], result["id"]);
    assert_eq!(admin.get(PATH).await.json()[0]["lastTest"]["status"], 200);
}

#[tokio::test]
async fn post_sends_a_form_or_json() {
    let crm = FakeUpstream::start(|_| async { json_response(200, json!({})) }).await;
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
        let seen = crm.requests().pop().unwrap();
        assert_eq!((seen.header("content-type"), seen.body.as_str(), seen.query.as_str()), (Some(media), body, ""));
    }
}

async fn refused(gateway: &TestApp, url: &str) {
    let admin = gateway.admin().await;
    let result = run(&admin, &create(&admin, &definition(url)).await).await;
    assert_eq!(result["status"], json!(null), "{url}");
    assert_eq!(result["error"], "private", "{url}: {result}");
}

#[tokio::test]
async fn tests_can_not_reach_internal_addresses() {
    let inside = FakeUpstream::start(|_| async { json_response(200, json!({})) }).await;
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
    assert!(inside.requests().is_empty(), "{:?}", inside.requests());
}

#[tokio::test]
async fn redirects_are_followed_five_times_without_secrets_to_other_hosts() {
    let other = FakeUpstream::start(|_| async { json_response(200, json!({})) }).await;
    let away = format!("http://{}/there", other.address);
    let crm = FakeUpstream::start(move |seen| {
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
    assert_eq!((other.requests()[0].path.as_str(), other.requests()[0].header("authorization")), ("/there", None));
    let looped = test("/loop").await;
    assert_eq!(looped["error"], "redirects", "{looped}");
    assert_eq!(crm.requests().iter().filter(|seen| seen.path == "/loop").count(), 6);
    assert_eq!(test("/file").await["error"], "address");
}

#[tokio::test]
async fn large_response_is_truncated_and_fifty_tests_are_kept() {
    let crm = FakeUpstream::start(|_| async { Response::new(Body::from("ä".repeat(700_000))) }).await;
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

async fn break_row(gateway: &TestApp, update: &str, id: &str) {
    let done = sqlx::query(update).bind(id).execute(&gateway.state.pool).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
}

#[tokio::test]
async fn broken_definition_is_named_and_hides_no_other() {
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let mut ids = Vec::new();
    for number in 0..4 {
        ids.push(create(&admin, &definition(&format!("https://crm.example/{number}"))).await);
    }
    for (id, body) in [(&ids[1], "'{\"name\": \"s3cret-value'"), (&ids[2], "CAST(X'22FF22' AS TEXT)")] {
        break_row(&gateway, &format!("UPDATE external_apis SET body = {body} WHERE id = $1"), id).await;
    }
    let list = admin.get(PATH).await;
    assert_eq!(list.status, 200, "{}", list.text());
    assert!(!list.text().contains("s3cret-value"));
    let (apis, unreadable) = lenient::decode::<ListExternalApis>(&list.body).unwrap();
    assert_eq!(apis.iter().map(|api| &api.id).collect::<Vec<_>>(), [&ids[0], &ids[3]]);
    assert_eq!(unreadable.count, 2);
    for (record, id) in unreadable.records.iter().zip(&ids[1..3]) {
        assert!(record.raw.contains(id.as_str()) && record.raw.contains("line 1, column "), "{}", record.raw);
    }
    let broken = format!("{PATH}/{}", ids[1]);
    let change = definition("https://crm.example/new");
    for answer in
        [admin.get(&broken).await, admin.put(&broken, &change).await, admin.get(&format!("{broken}/tests")).await]
    {
        answer.assert_error(422, "invalid");
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(ids[1].as_str()) && message.contains("line 1, column "), "{message}");
        assert!(!message.contains("s3cret-value"));
    }
    assert_eq!(admin.delete(&format!("{PATH}/{}", ids[1])).await.status, 204);
    assert_eq!(admin.get(PATH).await.json().as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn broken_test_run_hides_neither_its_definition_nor_other_runs() {
    let crm = FakeUpstream::start(|_| async { json_response(200, json!({"data": []})) }).await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let id = create(&admin, &definition(&format!("http://{}/", crm.address))).await;
    let (first, second) = (run(&admin, &id).await, run(&admin, &id).await);
    let broken = second["id"].as_str().unwrap();
    break_row(&gateway, "UPDATE external_api_tests SET run = '{' WHERE id = $1", broken).await;
    let list = admin.get(PATH).await.json();
    assert_eq!((&list[0]["name"], &list[0]["lastTest"]["error"]), (&json!("CRM"), &json!("unreadable")));
    assert!(list[0]["lastTest"]["at"].is_i64());
    let history = admin.get(&format!("{PATH}/{id}/tests")).await;
    let (runs, unreadable) = lenient::decode::<ListTestRuns>(&history.body).unwrap();
    assert_eq!(runs.iter().map(|run| run.id.as_str()).collect::<Vec<_>>(), [first["id"].as_str().unwrap()]);
    assert_eq!(unreadable.count, 1);
    assert!(unreadable.records[0].raw.contains(broken));
}
