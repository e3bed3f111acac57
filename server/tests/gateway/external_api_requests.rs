//! External APIs: places of parameters, kinds of authentication, tests before saving, verdicts, and secrets in all their
//! places.

use serde_json::{Value, json};

use crate::test_app::{Browser, FakeUpstream, json_response, start};

const PATH: &str = "/api/sobot/external-apis";
const DRAFT: &str = "/api/sobot/external-apis/draft/tests";
const MASK: &str = "••••••••";
const OPEN: &str = "[external_apis]\nallow_private = true";
const SECRET: &str = "s3cret-value";

fn definition(url: &str, more: Value) -> Value {
    let mut api = json!({"name": "CRM", "method": "GET", "url": url});
    api.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api
}

async fn test_draft(admin: &Browser, api: &Value) -> Value {
    let answer = admin.post(DRAFT, &json!({ "definition": api })).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!answer.text().contains(SECRET), "{}", answer.text());
    answer.json()
}

/// Echoes the request, and gives tokens at `/token`.
async fn crm() -> FakeUpstream {
    FakeUpstream::start(|seen| async move {
        match seen.path.as_str() {
            "/token" => json_response(200, json!({"access_token": "t0ken-of-the-run", "token_type": "bearer"})),
            "/token-refused" => json_response(401, json!({"error": "invalid_client"})),
            "/token-odd" => json_response(200, json!({"access_token": "a\r\nb"})),
            _ => json_response(200, json!({"data": {"n": 7}, "auth": seen.header("authorization"), "body": seen.body})),
        }
    })
    .await
}

#[tokio::test]
async fn each_place_is_sent_where_it_belongs() {
    let crm = crm().await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let url = format!("http://{}/customers/{{id}}?v={{{{tel}}}}", crm.address);
    let api = definition(
        &url,
        json!({
            "method": "PATCH",
            "request": [
                {"name": "id", "place": "path", "default": "a/b"},
                {"name": "X-Number", "place": "header", "default": "{{tel}}"},
                {"name": "q", "place": "query", "default": "1"},
                {"name": "n", "place": "json", "type": "integer", "default": "7"}
            ],
            "variables": [{"name": "tel", "sample": "+49 1"}],
            "output": [{"name": "n", "path": "/data/n", "type": "integer", "required": true}]
        }),
    );
    let run = test_draft(&admin, &api).await;
    assert_eq!((&run["verdict"], &run["outputs"][0]["value"]), (&json!("passed"), &json!("7")));
    let seen = crm.requests().pop().unwrap();
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("PATCH", "/customers/a%2Fb"));
    assert_eq!((seen.query.as_str(), seen.body.as_str()), ("v=%2B49%201&q=1", r#"{"n":7}"#));
    assert_eq!((seen.header("x-number"), seen.header("content-type")), (Some("+49 1"), Some("application/json")));
}

#[tokio::test]
async fn each_kind_of_authentication_signs_in() {
    let crm = crm().await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let base = format!("http://{}", crm.address);
    let oauth = |path: &str| json!({"kind": "oauth", "name": "client", "secret": SECRET, "tokenUrl": format!("{base}{path}"), "scope": "crm"});
    for (auth, header, value) in [
        (json!({"kind": "none"}), "authorization", None),
        (json!({"kind": "bearer", "secret": SECRET}), "authorization", Some("Bearer s3cret-value")),
        (
            json!({"kind": "basic", "name": "ada", "secret": SECRET}),
            "authorization",
            Some("Basic YWRhOnMzY3JldC12YWx1ZQ=="),
        ),
        (json!({"kind": "header", "name": "X-Key", "secret": SECRET}), "x-key", Some(SECRET)),
        (oauth("/token"), "authorization", Some("Bearer t0ken-of-the-run")),
    ] {
        let run = test_draft(&admin, &definition(&format!("{base}/q"), json!({ "auth": auth }))).await;
        assert_eq!(run["verdict"], "passed", "{run}");
        assert_eq!(crm.requests().pop().unwrap().header(header), value, "{auth}");
        let text = run.to_string();
        // The server echoes what it got: neither the secret nor the token comes back, in any spelling.
        for hidden in ["t0ken-of-the-run", "YWRhOnMzY3JldC12YWx1ZQ"] {
            assert!(!text.contains(hidden), "{text}");
        }
    }
    let token = crm.requests().into_iter().find(|seen| seen.path == "/token").unwrap();
    assert_eq!(token.body, "grant_type=client_credentials&scope=crm");
    assert_eq!(token.header("authorization"), Some("Basic Y2xpZW50OnMzY3JldC12YWx1ZQ=="));

    let before = crm.requests().iter().filter(|seen| seen.path == "/q").count();
    for path in ["/token-refused", "/token-odd", "/no-json-here/token"] {
        let run = test_draft(&admin, &definition(&format!("{base}/q"), json!({ "auth": oauth(path) }))).await;
        assert_eq!((&run["error"], &run["verdict"]), (&json!("token"), &json!("noResponse")), "{path}: {run}");
    }
    assert_eq!(crm.requests().iter().filter(|seen| seen.path == "/q").count(), before, "nothing is called without");
}

#[tokio::test]
async fn the_token_endpoint_is_guarded_like_the_api() {
    let inside = crm().await;
    let gateway = start("[external_apis]\nallow_private = [\"127.0.0.1\"]").await;
    let admin = gateway.admin().await;
    let redirecting = FakeUpstream::start(|_| async {
        axum::response::Response::builder()
            .status(307)
            .header("location", "http://169.254.169.254/token")
            .body(axum::body::Body::empty())
            .unwrap()
    })
    .await;
    let run = async |token_url: String| {
        let auth = json!({"kind": "oauth", "name": "client", "secret": SECRET, "tokenUrl": token_url});
        test_draft(&admin, &definition(&format!("http://{}/q", inside.address), json!({ "auth": auth }))).await
    };
    assert_eq!(run("http://169.254.169.254/token".to_owned()).await["error"], "private");
    assert_eq!(run("http://1.1.1.1:22/token".to_owned()).await["error"], "port");
    assert_eq!(
        run(format!("http://{}/token", redirecting.address)).await["error"],
        "token",
        "redirects are not followed"
    );
    assert!(inside.requests().is_empty());
    let auth = json!({"kind": "oauth", "name": "client", "secret": SECRET, "tokenUrl": format!("http://{}/token", inside.address)});
    let run = test_draft(&admin, &definition("http://10.0.0.1/q", json!({ "auth": auth }))).await;
    assert_eq!(run["error"], "private");
    assert!(inside.requests().is_empty(), "no token for an address that may not be called");
}

#[tokio::test]
async fn secrets_of_all_places_are_stored_kept_and_never_shown() {
    let crm = crm().await;
    let gateway = start(&format!("{OPEN}\nsecrets_key = \"{}\"", "0123456789abcdef".repeat(2))).await;
    let admin = gateway.admin().await;
    let url = format!("http://{}/q", crm.address);
    let api = definition(
        &url,
        json!({
            "method": "POST",
            "auth": {"kind": "bearer", "secret": SECRET},
            "request": [{"name": "key", "place": "form", "secret": true, "default": format!("p-{SECRET}")}]
        }),
    );
    let created = admin.post(PATH, &api).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let id = created.json()["id"].as_str().unwrap().to_owned();
    let one = format!("{PATH}/{id}");
    let stored: String =
        sqlx::query_scalar("SELECT body FROM external_apis").fetch_one(&gateway.state.pool).await.unwrap();
    assert!(!stored.contains(SECRET), "{stored}");
    for text in [created.text(), admin.get(&one).await.text(), admin.get(PATH).await.text()] {
        assert!(!text.contains(SECRET), "{text}");
    }
    let mut edit = admin.get(&one).await.json();
    assert_eq!((&edit["auth"]["secret"], &edit["request"][0]["default"]), (&json!(MASK), &json!(MASK)));

    // Kept by an edit, used by a test of the edit before it is saved, and by a test of what is saved.
    edit["name"] = json!("CRM 2");
    let draft = admin.post(DRAFT, &json!({"id": id, "definition": edit})).await;
    assert_eq!(draft.json()["verdict"], "passed", "{}", draft.text());
    assert_eq!(admin.put(&one, &edit).await.status, 200);
    let run = admin.post(&format!("{one}/tests"), &json!({"values": []})).await;
    for text in [draft.text(), run.text(), admin.get(&format!("{one}/tests")).await.text()] {
        assert!(!text.contains(SECRET), "{text}");
    }
    for seen in crm.requests() {
        assert_eq!(seen.header("authorization"), Some("Bearer s3cret-value"));
        assert_eq!(seen.body, "key=p-s3cret-value");
    }
    assert_eq!(crm.requests().len(), 2);

    // Not for another server, before or after saving.
    edit["url"] = json!("http://evil.example/q");
    for answer in [admin.put(&one, &edit).await, admin.post(DRAFT, &json!({"id": id, "definition": edit})).await] {
        answer.assert_error(422, "invalid");
        let fields: Vec<Value> =
            answer.json()["fields"].as_array().unwrap().iter().map(|field| field["field"].clone()).collect();
        assert_eq!(fields, ["request.0.default", "auth.secret"]);
    }
    let activity = admin.get("/api/activity").await;
    assert!(!activity.text().contains(SECRET), "{}", activity.text());
}

#[tokio::test]
async fn a_secret_body_is_not_repeated_for_another_server() {
    let elsewhere = crm().await;
    let away = format!("http://{}/there", elsewhere.address);
    let crm = FakeUpstream::start(move |_| {
        let away = away.clone();
        async move {
            let response = axum::response::Response::builder().status(307).header("location", away);
            response.body(axum::body::Body::empty()).unwrap()
        }
    })
    .await;
    let gateway = start(OPEN).await;
    let api = definition(
        &format!("http://{}/start", crm.address),
        json!({
            "method": "POST", "format": "json", "auth": {"kind": "bearer", "secret": SECRET},
            "request": [
                {"name": "key", "secret": true, "default": SECRET}, {"name": "n", "default": "1"},
                {"name": "X-Key", "place": "header", "default": "7"}
            ]
        }),
    );
    assert_eq!(test_draft(&gateway.admin().await, &api).await["status"], 200);
    assert_eq!(crm.requests()[0].body, r#"{"key":"s3cret-value","n":"1"}"#);
    let there = elsewhere.requests().remove(0);
    assert_eq!((there.body.as_str(), there.method.as_str()), (r#"{"n":"1"}"#, "POST"));
    assert_eq!((there.header("authorization"), there.header("x-key")), (None, None));
}

#[tokio::test]
async fn verdicts_name_what_failed() {
    let crm = FakeUpstream::start(|seen| async move {
        if seen.path == "/slow" {
            tokio::time::sleep(std::time::Duration::from_secs(20)).await;
        }
        json_response(if seen.path == "/broken" { 503 } else { 200 }, json!({"n": "x"}))
    })
    .await;
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let run = async |path: &str, more: Value| {
        test_draft(&admin, &definition(&format!("http://{}{path}", crm.address), more)).await
    };
    assert_eq!(run("/q", json!({})).await["verdict"], "passed");
    assert_eq!(run("/broken", json!({})).await["verdict"], "status");
    let typed = run("/q", json!({"output": [{"name": "n", "path": "/n", "type": "integer"}]})).await;
    assert_eq!((&typed["verdict"], &typed["outputs"][0]["problem"]), (&json!("outputs"), &json!("type")));
    let missing = run("/q", json!({"output": [{"name": "m", "path": "/m", "required": true}]})).await;
    assert_eq!((&missing["verdict"], &missing["outputs"][0]["problem"]), (&json!("outputs"), &json!("missing")));
    let late = run("/slow", json!({"timeout": 1})).await;
    assert_eq!((&late["verdict"], &late["error"]), (&json!("noResponse"), &json!("late")));
    // The activity has the outcome of the call, and a draft enters no history.
    let activity = admin.get("/api/activity").await.json();
    assert_eq!((&activity[0]["refusal"], &activity[0]["recordName"]), (&json!("noResponse"), &json!("CRM")));
    assert_eq!(admin.get(PATH).await.json(), json!([]));
}

#[tokio::test]
async fn broken_values_are_refused_by_field() {
    let gateway = start(OPEN).await;
    let admin = gateway.admin().await;
    let fields = async |more: Value| -> Vec<String> {
        let answer = admin.post(DRAFT, &json!({ "definition": definition("https://crm.example/{{a}}", more) })).await;
        answer.assert_error(422, "invalid");
        let json = answer.json();
        json["fields"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(fields(json!({})).await, ["variables.a"]);
    assert_eq!(fields(json!({"variables": [{"name": "a", "sample": ".."}]})).await, ["variables.a"]);
    assert_eq!(fields(json!({"timeout": 600})).await, ["timeout"]);
    assert_eq!(fields(json!({"method": "TRACE"})).await, ["method"]);
    assert_eq!(fields(json!({"headers": [{"name": "X", "value": "a\r\nb"}]})).await, ["headers.0.value"]);
    assert_eq!(fields(json!({"auth": {"kind": "bearer", "secret": MASK}})).await, ["auth.secret"], "nothing is stored");
}
