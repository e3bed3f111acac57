//! Saved views: kept per person, shared by admins.

use reqwest::Method;
use serde_json::{Value, json};

use crate::test_app::{Browser, send, start};

async fn names(who: &Browser) -> Vec<(String, bool)> {
    let response = who.get("/api/views").await;
    assert_eq!(response.status, 200, "{}", response.text());
    let views = response.json();
    let name = |view: &Value| (view["name"].as_str().unwrap().to_owned(), view["own"].as_bool().unwrap());
    views.as_array().unwrap().iter().map(name).collect()
}

fn view(name: &str, shared: bool) -> Value {
    json!({"name": name, "page": "/events", "query": "type=3", "shared": shared})
}

async fn save(who: &Browser, view: &Value) -> (u16, Value) {
    let response = send(who.request(Method::POST, "/api/views").json(view)).await;
    (response.status, response.json())
}

#[tokio::test]
async fn views_are_kept_per_person_and_shared_by_admins() {
    let gateway = start("demo_users = true").await;
    let (agent, admin) = (gateway.agent().await, gateway.admin().await);
    let (status, saved) = save(&agent, &view(" Callbacks ", false)).await;
    assert_eq!(
        (status, &saved["name"], &saved["query"], &saved["own"]),
        (200, &json!("Callbacks"), &json!("type=3"), &json!(true))
    );
    assert_eq!(names(&admin).await, []);
    assert_eq!(save(&agent, &view("For all", true)).await.0, 403);
    let (_, shared) = save(&admin, &view("For all", true)).await;
    assert_eq!(names(&agent).await, [("Callbacks".to_owned(), true), ("For all".to_owned(), false)]);

    // The same name on the same page is the same view.
    let changed = json!({"name": "Callbacks", "page": "/events", "query": "type=1"});
    assert_eq!(save(&agent, &changed).await.1["id"], saved["id"]);
    let remove = async |who: &Browser, id: &Value| {
        send(who.request(Method::DELETE, &format!("/api/views/{}", id.as_str().unwrap()))).await.status
    };
    assert_eq!(remove(&agent, &shared["id"]).await, 404, "an agent removes no shared view");
    assert_eq!(remove(&admin, &saved["id"]).await, 404, "nobody removes another person's own view");
    assert_eq!(remove(&admin, &shared["id"]).await, 204);
    let gateway = gateway.restart("demo_users = true").await;
    assert_eq!(names(&gateway.agent().await).await, [("Callbacks".to_owned(), true)], "after a restart");
}

#[tokio::test]
async fn views_are_checked() {
    let gateway = start("demo_users = true").await;
    let agent = gateway.agent().await;
    for body in [
        json!({"name": " ", "page": "/events", "query": ""}),
        json!({"name": "x", "page": "https://evil.example", "query": ""}),
        json!({"name": "x", "page": "//evil.example", "query": ""}),
    ] {
        assert_eq!(save(&agent, &body).await.0, 422, "{body}");
    }
    gateway.anonymous().get("/api/views").await.assert_error(401, "signed-out");
    for at in 0..100 {
        assert_eq!(save(&agent, &view(&format!("View {at}"), false)).await.0, 200);
    }
    assert_eq!(save(&agent, &view("One more", false)).await.0, 422);
    assert_eq!(names(&agent).await.len(), 100);
}
