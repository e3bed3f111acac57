//! Who is signed in.

use reqwest::Method;
use serde_json::json;
use trunkline_api::Role;
use trunkline_server::gateway::{NewUser, add_user, remove_user, set_password};

use crate::kit::{AGENT, send, start};

#[tokio::test]
async fn a_demo_user_comes_and_goes() {
    let gateway = start("").await;
    let nobody = gateway.nobody();
    let session = nobody.get("/api/session").await;
    assert_eq!(session.status, 200);
    assert_eq!(session.json()["user"], json!(null));
    assert_eq!(session.json()["demo"], json!(["admin", "agent"]));
    assert_eq!(session.json()["sandbox"], json!([]), "which vendors there are is not for strangers");
    assert_eq!(session.json()["version"], "");

    let signed = nobody.post("/api/session", &json!({"demo": "agent"})).await;
    let cookie = signed.header("set-cookie").unwrap();
    let (pair, flags) = cookie.split_once("; ").unwrap();
    assert_eq!(flags, "Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
    let token = pair.strip_prefix(&format!("trunkline-{}=", gateway.address.port())).unwrap();
    assert_eq!(token.len(), 64, "256 bits in hexadecimal");
    assert!(!signed.text().contains(token));
    let stored: String =
        sqlx::query_scalar("SELECT token_hash FROM sessions").fetch_one(&gateway.state.pool).await.unwrap();
    assert_ne!(stored, token, "the table holds no token");

    let agent = gateway.agent().await;
    let session = agent.get("/api/session").await.json();
    assert_eq!(session["sandbox"].as_array().unwrap().len(), 5);
    assert_ne!(session["version"], "");
    let user = session["user"].clone();
    assert_eq!(user["role"], "agent");
    assert_eq!(user["agentId"], AGENT);
    assert_eq!(user["usersId"], 3);
    assert_eq!(gateway.admin().await.get("/api/session").await.json()["user"]["agentId"], json!(null));

    let out = agent.delete("/api/session").await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(agent.get("/api/session").await.json()["user"], json!(null));
    agent.get("/api/vendors").await.is_refusal(401, "signed-out");
}

#[tokio::test]
async fn over_another_name_the_cookie_is_bound_to_host_and_tls() {
    let gateway = start("").await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    let request = gateway.nobody().request(Method::POST, "/api/session").header("Host", "console.example");
    let answer = send(request.json(&json!({"name": "ruth", "password": "correct horse"}))).await;
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-trunkline="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
}

#[tokio::test]
async fn demo_users_are_for_this_machine_only_and_until_there_are_real_ones() {
    let gateway = start("").await;
    let demo = json!({"demo": "admin"});
    let far = gateway.nobody().request(Method::POST, "/api/session").header("Host", "console.example");
    send(far.json(&demo)).await.is_refusal(403, "forbidden");

    for proxy in ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via"] {
        let passed = gateway.nobody().request(Method::POST, "/api/session").header(proxy, "for=192.0.2.1");
        send(passed.json(&demo)).await.is_refusal(403, "forbidden");
    }

    let admin = gateway.admin().await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    gateway.nobody().post("/api/session", &demo).await.is_refusal(403, "forbidden");
    assert_eq!(gateway.nobody().get("/api/session").await.json()["demo"], json!([]));
    admin.get("/api/vendors").await.is_refusal(401, "signed-out");

    let closed = start("demo_users = false").await;
    closed.nobody().post("/api/session", &demo).await.is_refusal(403, "forbidden");
}

#[tokio::test]
async fn failed_sign_ins_are_limited_and_good_ones_are_not() {
    let gateway = start("").await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    let nobody = gateway.nobody();
    let good = json!({"name": "Ruth", "password": "correct horse"});
    for _ in 0..7 {
        assert_eq!(nobody.post("/api/session", &good).await.status, 200);
    }
    for _ in 0..5 {
        let wrong = nobody.post("/api/session", &json!({"name": "RUTH", "password": "battery staple"})).await;
        wrong.is_refusal(422, "invalid");
        assert_eq!(wrong.json()["fields"][0]["field"], "password");
        assert!(!wrong.text().contains("battery"));
    }
    let limited = nobody.post("/api/session", &good).await;
    limited.is_refusal(429, "budget");
    assert!(limited.header("retry-after").unwrap().parse::<u32>().unwrap() <= 301);
    let other = nobody.post("/api/session", &json!({"name": "Nobody", "password": "whatever else"})).await;
    other.is_refusal(422, "invalid");
}

#[tokio::test]
async fn an_idle_session_and_an_old_one_end() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    let settled = || gateway.state.books.settled();
    for (column, age) in [("seen_at", 3600), ("created_at", 12 * 3600)] {
        let admin = gateway.admin().await;
        let age_it = |seconds: i64| format!("UPDATE sessions SET {column} = {column} - {seconds}");
        sqlx::query(&age_it(age - 60)).execute(pool).await.unwrap();
        assert_eq!(admin.get("/api/vendors").await.status, 200, "{column}");
        settled().await;
        sqlx::query(&age_it(age + 60)).execute(pool).await.unwrap();
        admin.get("/api/vendors").await.is_refusal(401, "signed-out");
    }
}

#[tokio::test]
async fn a_session_says_when_it_ends_and_only_a_person_makes_it_longer() {
    let gateway = start("").await;
    let nobody = gateway.nobody().get("/api/session").await.json();
    assert_eq!((&nobody["idleLeft"], &nobody["absoluteLeft"]), (&json!(0), &json!(0)));
    let admin = gateway.admin().await;
    let age = |column: &str, seconds: i64| {
        let query = format!("UPDATE sessions SET {column} = {column} - {seconds}");
        let pool = gateway.state.pool.clone();
        async move { sqlx::query(&query).execute(&pool).await.unwrap() }
    };
    // A second or two may pass meanwhile.
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

    gateway.state.books.settled().await;
    age("created_at", 43_000).await;
    is_near(&admin.get("/api/session").await.json(), 200, 200);
    let again = admin.post("/api/session", &json!({"demo": "admin"})).await.json();
    assert_eq!((&again["idleLeft"], &again["absoluteLeft"]), (&json!(3600), &json!(43_200)));
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before() {
    let gateway = start("").await;
    let first = gateway.agent().await;
    let second = first.clone().sign_in(json!({"demo": "admin"})).await;
    assert_ne!(first.cookie, second.cookie);
    first.get("/api/vendors").await.is_refusal(401, "signed-out");
    assert_eq!(second.get("/api/vendors").await.status, 200);
}

#[tokio::test]
async fn another_password_and_a_removal_end_the_sessions() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    add_user(pool, &user("Ruth"), "correct horse").await.unwrap();
    add_user(pool, &user("Ann"), "another horse").await.unwrap();
    let (old, new) =
        (json!({"name": "ruth", "password": "correct horse"}), json!({"name": "ruth", "password": "battery staple"}));
    let first = gateway.nobody().sign_in(old.clone()).await;
    assert!(set_password(pool, "Ruth", "short").await.is_err());
    set_password(pool, " RUTH", "battery staple").await.unwrap();
    first.get("/api/vendors").await.is_refusal(401, "signed-out");
    gateway.nobody().post("/api/session", &old).await.is_refusal(422, "invalid");
    let second = gateway.nobody().sign_in(new.clone()).await;
    remove_user(pool, "Ruth").await.unwrap();
    second.get("/api/vendors").await.is_refusal(401, "signed-out");
    gateway.nobody().post("/api/session", &new).await.is_refusal(422, "invalid");
    assert!(remove_user(pool, "Ruth").await.unwrap_err().contains("no user named Ruth"));
}

#[tokio::test]
async fn failures_are_counted_by_the_address_that_a_proxy_tells() {
    let gateway = start("trusted_proxies = [\"127.0.0.1\"]").await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    let from = |address: &str, password: &str| {
        let request = gateway.nobody().request(Method::POST, "/api/session").header("X-Forwarded-For", address);
        send(request.json(&json!({"name": "Ruth", "password": password})))
    };
    for _ in 0..5 {
        from("192.0.2.66", "battery staple").await.is_refusal(422, "invalid");
    }
    from("192.0.2.66", "correct horse").await.is_refusal(429, "budget");
    assert_eq!(from("192.0.2.7", "correct horse").await.status, 200);
}

#[tokio::test]
async fn names_are_taken_once_and_passwords_are_not_short() {
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
