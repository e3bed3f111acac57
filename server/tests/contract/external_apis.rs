//! External APIs: create, test against a real address, update, remove.

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use trunkline_api::gateway::{
    CreateExternalApi, ExternalApiBody, GetExternalApi, HeaderParam, ListExternalApis, ListTestRuns, MASK, OutputParam,
    RemoveExternalApi, RequestParam, TestExternalApi, TestValues, UpdateExternalApi,
};
use trunkline_api::{ErrorKind, Role, ValidationError};

use crate::test_app::TestApp;

/// A customer's own system: responds with the request that it received.
async fn crm() -> String {
    let answer = |Query(query): Query<Value>, headers: HeaderMap| async move {
        let key = headers.get("x-key").map(|value| value.to_str().unwrap().to_owned());
        Json(json!({"data": [{"vip": "gold", "tel": query["tel"], "key": key}]}))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/q", get(answer))).await.unwrap() });
    format!("http://{address}/q")
}

pub fn definition(url: &str) -> ExternalApiBody {
    let text = |value: &str| value.to_owned();
    ExternalApiBody {
        name: text("VIP level"),
        description: text("For the IVR"),
        url: text(url),
        headers: vec![HeaderParam { name: text("X-Key"), value: text("hunter2"), secret: true }],
        request: vec![RequestParam { name: text("tel"), required: true, ..RequestParam::default() }],
        output: vec![OutputParam { name: text("level"), path: text("data.0.vip"), ..Default::default() }],
        ..ExternalApiBody::default()
    }
}

#[tokio::test]
async fn definition_is_created_tested_updated_and_removed() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let url = crm().await;
    let (status, created) = admin.send_with_status(CreateExternalApi { api: definition(&url) }).await;
    let created = created.unwrap();
    assert_eq!(status, 201);
    assert_eq!(created.body.headers[0].value, MASK);
    let id = || created.id.clone();
    assert_eq!(admin.send(GetExternalApi { id: id() }).await, Ok(created.clone()));
    assert_eq!(admin.send(ListExternalApis).await, Ok(vec![created.clone()]));

    let values = TestValues { values: vec![("tel".to_owned(), "49199 1".to_owned())], ..Default::default() };
    let run = admin.send(TestExternalApi { id: id(), values }).await.unwrap();
    assert_eq!((run.summary.status, &run.summary.error), (Some(200), &None));
    assert_eq!(run.url, format!("{url}?tel=49199+1"));
    assert_eq!((run.outputs[0].name.as_str(), run.outputs[0].value.as_deref()), ("level", Some("gold")));
    assert!(run.body.contains(MASK) && !run.body.contains("hunter2"), "sent, and masked: {}", run.body);
    assert_eq!(admin.send(ListTestRuns { id: id() }).await, Ok(vec![run.clone()]));
    assert_eq!(admin.send(GetExternalApi { id: id() }).await.unwrap().last_test, Some(run.summary));

    let renamed = ExternalApiBody { name: "Level".to_owned(), ..created.body.clone() };
    let updated = admin.send(UpdateExternalApi { id: id(), version: None, api: renamed }).await.unwrap();
    assert_eq!((updated.body.name.as_str(), updated.body.headers[0].value.as_str()), ("Level", MASK));
    assert_eq!(admin.send_with_status(RemoveExternalApi { id: id() }).await, (204, Ok(())));
    assert_eq!(admin.send(ListExternalApis).await, Ok(vec![]));
    app.stop().await;
}

#[tokio::test]
async fn errors_are_the_documented_ones() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let id = || "nobody".to_owned();
    for kind in [
        admin.send(GetExternalApi { id: id() }).await.unwrap_err().kind,
        admin
            .send(UpdateExternalApi { id: id(), version: None, api: definition("http://127.0.0.1:1/") })
            .await
            .unwrap_err()
            .kind,
        admin.send(RemoveExternalApi { id: id() }).await.unwrap_err().kind,
        admin.send(ListTestRuns { id: id() }).await.unwrap_err().kind,
        admin.send(TestExternalApi { id: id(), values: TestValues::default() }).await.unwrap_err().kind,
    ] {
        assert_eq!(kind, ErrorKind::NotFound);
    }
    let wrong = admin.send(CreateExternalApi { api: ExternalApiBody::default() }).await.unwrap_err();
    let fields: Vec<&str> = wrong.fields().iter().map(|error| error.field.as_str()).collect();
    assert_eq!((fields, wrong.status), (vec!["name", "url"], Some(422)));

    // Nothing listens on that port: the test has a result, the gateway does not fail.
    let created = admin.send(CreateExternalApi { api: definition("http://127.0.0.1:1/") }).await.unwrap();
    let id = || created.id.clone();
    let empty = admin.send(TestExternalApi { id: id(), values: TestValues::default() }).await.unwrap_err();
    assert_eq!(
        (empty.fields()[0].field.as_str(), &empty.fields()[0].problem),
        ("values.tel", &ValidationError::Required)
    );
    let values = TestValues { values: vec![("tel".to_owned(), "1".to_owned())], ..Default::default() };
    let run = admin.send(TestExternalApi { id: id(), values }).await.unwrap();
    assert!(run.summary.status.is_none() && run.summary.error.is_some(), "{run:?}");
    let agent = app.client().demo(Role::Agent).await;
    assert_eq!(agent.send(ListExternalApis).await.unwrap_err().kind, ErrorKind::Forbidden);
    app.stop().await;
}
