//! Sessions.

use reqwest::Method;
use serde_json::json;
use trunkline_api::Role;
use trunkline_server::gateway::{NewUser, add_user, remove_user, set_password};

use crate::test_app::{AGENT, send, start};

#[tokio::test]
async fn signed_out_session_shows_only_the_demo_users() {
    let gateway = start("").await;
    let session = gateway.anonymous().get("/api/session").await;
    assert_eq!(session.status, 200);
    assert_eq!(session.json()["user"], json!(null));
    assert_eq!(session.json()["demo"], json!(["admin", "agent"]));
    assert_eq!(session.json()["sandbox"], json!([]), "which vendors there are is not for strangers");
    assert_eq!(session.json()["version"], "");
}

#[tokio::test]
async fn session_token_is_random_and_stored_as_a_hash() {
    let gateway = start("").await;
    let signed = gateway.anonymous().post("/api/session", &json!({"demo": "agent"})).await;
    let cookie = signed.header("set-cookie").unwrap();
    let (pair, flags) = cookie.split_once("; ").unwrap();
    assert_eq!(flags, "Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
    let token = pair.strip_prefix(&format!("trunkline-{}=", gateway.address.port())).unwrap();
    assert_eq!(token.len(), 64, "256 bits in hexadecimal");
    assert!(!signed.text().contains(token));
    let stored: String =
        sqlx::query_scalar("SELECT token_hash FROM sessions").fetch_one(&gateway.state.pool).await.unwrap();
    assert_ne!(stored, token, "the table holds no token");
}

#[tokio::test]
async fn demo_users_have_a_role_and_an_agent() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    let session = agent.get("/api/session").await.json();
    assert_eq!(session["sandbox"].as_array().unwrap().len(), 5);
    assert_ne!(session["version"], "");
    let user = session["user"].clone();
    assert_eq!(user["role"], "agent");
    assert_eq!(user["agentId"], AGENT);
    assert_eq!(user["usersId"], 3);
    assert_eq!(gateway.admin().await.get("/api/session").await.json()["user"]["agentId"], json!(null));
}

#[tokio::test]
async fn sign_out_ends_the_session() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    let out = agent.delete("/api/session").await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(agent.get("/api/session").await.json()["user"], json!(null));
    agent.get("/api/vendors").await.assert_error(401, "signed-out");
}

#[tokio::test]
async fn cookie_on_a_public_host_is_host_prefixed_and_secure() {
    let gateway = start("").await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    let request = gateway.anonymous().request(Method::POST, "/api/session").header("Host", "console.example");
    let answer = send(request.json(&json!({"name": "ruth", "password": "correct horse"}))).await;
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-trunkline="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
}

#[tokio::test]
async fn demo_users_are_refused_to_other_hosts_and_proxies() {
    let gateway = start("").await;
    let demo = json!({"demo": "admin"});
    let far = gateway.anonymous().request(Method::POST, "/api/session").header("Host", "console.example");
    send(far.json(&demo)).await.assert_error(403, "forbidden");

    for proxy in ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via"] {
        let passed = gateway.anonymous().request(Method::POST, "/api/session").header(proxy, "for=192.0.2.1");
        send(passed.json(&demo)).await.assert_error(403, "forbidden");
    }
}

#[tokio::test]
async fn demo_users_end_with_the_first_user() {
    let gateway = start("").await;
    let demo = json!({"demo": "admin"});
    let admin = gateway.admin().await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    gateway.anonymous().post("/api/session", &demo).await.assert_error(403, "forbidden");
    assert_eq!(gateway.anonymous().get("/api/session").await.json()["demo"], json!([]));
    admin.get("/api/vendors").await.assert_error(401, "signed-out");
}

#[tokio::test]
async fn demo_users_can_be_disabled() {
    let closed = start("demo_users = false").await;
    closed.anonymous().post("/api/session", &json!({"demo": "admin"})).await.assert_error(403, "forbidden");
}

#[tokio::test]
async fn only_failed_sign_ins_are_limited() {
    let gateway = start("").await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    let nobody = gateway.anonymous();
    let good = json!({"name": "Ruth", "password": "correct horse"});
    for _ in 0..7 {
        assert_eq!(nobody.post("/api/session", &good).await.status, 200);
    }
    for _ in 0..5 {
        let wrong = nobody.post("/api/session", &json!({"name": "RUTH", "password": "battery staple"})).await;
        wrong.assert_error(422, "invalid");
        assert_eq!(wrong.json()["fields"][0]["field"], "password");
        assert!(!wrong.text().contains("battery"));
    }
    let limited = nobody.post("/api/session", &good).await;
    limited.assert_error(429, "budget");
    assert!(limited.header("retry-after").unwrap().parse::<u32>().unwrap() <= 301);
    let other = nobody.post("/api/session", &json!({"name": "Nobody", "password": "whatever else"})).await;
    other.assert_error(422, "invalid");
}

#[tokio::test]
async fn session_ends_when_idle_or_old() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    let settled = || gateway.state.write_behind.flushed();
    for (column, age) in [("seen_at", 3600), ("created_at", 12 * 3600)] {
        let admin = gateway.admin().await;
        let age_it = |seconds: i64| format!("UPDATE sessions SET {column} = {column} - {seconds}");
        sqlx::query(&age_it(age - 60)).execute(pool).await.unwrap();
        assert_eq!(admin.get("/api/vendors").await.status, 200, "{column}");
        settled().await;
        sqlx::query(&age_it(age + 60)).execute(pool).await.unwrap();
        admin.get("/api/vendors").await.assert_error(401, "signed-out");
    }
}

#[tokio::test]
async fn background_requests_do_not_extend_a_session() {
    let gateway = start("").await;
    let nobody = gateway.anonymous().get("/api/session").await.json();
    assert_eq!((&nobody["idleLeft"], &nobody["absoluteLeft"]), (&json!(0), &json!(0)));
    let admin = gateway.admin().await;
    let age = |column: &str, seconds: i64| {
        let query = format!("UPDATE sessions SET {column} = {column} - {seconds}");
        let pool = gateway.state.pool.clone();
        async move { sqlx::query(&query).execute(&pool).await.unwrap() }
    };
    // Allow for a few seconds in between.
    let is_near = |session: &serde_json::Value, idle: i64, absolute: i64| {
        let left = |name: &str| session[name].as_i64().unwrap();
        assert!((idle - 5..=idle).contains(&left("idleLeft")), "{session}");
        assert!((absolute - 5..=absolute).contains(&left("absoluteLeft")), "{session}");
    };
    is_near(&admin.get("/api/session").await.json(), 3600, 43_200);

    age("seen_at", 1000).await;
    for path in ["/api/session", "/api/vendors", "/api/session"] {
        let looked = send(admin.request(Method::GET, path).header("X-Trunkline-Background", "1")).await;
        assert_eq!(looked.status, 200);
        if path == "/api/session" {
            is_near(&looked.json(), 2600, 43_200);
        }
    }
    is_near(&admin.get("/api/session").await.json(), 3600, 43_200);

    gateway.state.write_behind.flushed().await;
    age("created_at", 43_000).await;
    is_near(&admin.get("/api/session").await.json(), 200, 200);
    let again = admin.post("/api/session", &json!({"demo": "admin"})).await.json();
    assert_eq!((&again["idleLeft"], &again["absoluteLeft"]), (&json!(3600), &json!(43_200)));
}

#[tokio::test]
async fn signing_in_again_ends_the_previous_session() {
    let gateway = start("").await;
    let first = gateway.agent().await;
    let second = first.clone().sign_in(json!({"demo": "admin"})).await;
    assert_ne!(first.cookie, second.cookie);
    first.get("/api/vendors").await.assert_error(401, "signed-out");
    assert_eq!(second.get("/api/vendors").await.status, 200);
}

#[tokio::test]
async fn password_change_and_removal_end_sessions() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    add_user(pool, &user("Ruth"), "correct horse").await.unwrap();
    add_user(pool, &user("Ann"), "another horse").await.unwrap();
    let (old, new) =
        (json!({"name": "ruth", "password": "correct horse"}), json!({"name": "ruth", "password": "battery staple"}));
    let first = gateway.anonymous().sign_in(old.clone()).await;
    assert!(set_password(pool, "Ruth", "short").await.is_err());
    set_password(pool, " RUTH", "battery staple").await.unwrap();
    first.get("/api/vendors").await.assert_error(401, "signed-out");
    gateway.anonymous().post("/api/session", &old).await.assert_error(422, "invalid");
    let second = gateway.anonymous().sign_in(new.clone()).await;
    remove_user(pool, "Ruth").await.unwrap();
    second.get("/api/vendors").await.assert_error(401, "signed-out");
    gateway.anonymous().post("/api/session", &new).await.assert_error(422, "invalid");
    assert!(remove_user(pool, "Ruth").await.unwrap_err().contains("no user named Ruth"));
}

#[tokio::test]
async fn login_throttle_uses_the_forwarded_address() {
    let gateway = start("trusted_proxies = [\"127.0.0.1\"]").await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    let from = |address: &str, password: &str| {
        let request = gateway.anonymous().request(Method::POST, "/api/session").header("X-Forwarded-For", address);
        send(request.json(&json!({"name": "Ruth", "password": password})))
    };
    for _ in 0..5 {
        from("192.0.2.66", "battery staple").await.assert_error(422, "invalid");
    }
    from("192.0.2.66", "correct horse").await.assert_error(429, "budget");
    assert_eq!(from("192.0.2.7", "correct horse").await.status, 200);
}

#[tokio::test]
async fn duplicate_names_and_short_passwords_are_refused() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    add_user(pool, &user("Ruth"), "correct horse").await.unwrap();
    assert!(add_user(pool, &user("ruth"), "correct horse").await.is_err());
    assert!(add_user(pool, &user(" "), "correct horse").await.is_err());
    assert!(add_user(pool, &user("Ann"), "short").await.is_err());
}

pub fn user(name: &str) -> NewUser {
    NewUser { name: name.to_owned(), role: Role::Admin, agent_id: None, users_id: None }
}
