//! Limits against guessed passwords and floods of sign-ins, and their effect on other users.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::Notify;
use trunkline_server::gateway::{add_user, set_password};

use crate::session::user;
use crate::test_app::{Browser, TestApp, TestResponse, send, start};

const PROXY: &str = "trusted_proxies = [\"127.0.0.0/8\"]";

/// Starts a gateway with a user Ruth.
async fn with_ruth(config: &str) -> TestApp {
    let gateway = start(config).await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    gateway
}

async fn sign_in(browser: &Browser, name: &str, password: &str, headers: &[(&str, &str)]) -> TestResponse {
    let request = browser.request(Method::POST, "/api/session").json(&json!({"name": name, "password": password}));
    send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

/// Returns all cookies of a response, as a browser sends them afterwards.
fn cookies(answer: &TestResponse) -> String {
    let all = answer.headers.get_all("set-cookie").iter();
    all.map(|value| value.to_str().unwrap().split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn concurrent_correct_sign_ins_all_succeed() {
    let gateway = with_ruth("").await;
    let all: Vec<_> = (0..8)
        .map(|_| {
            let nobody = gateway.anonymous();
            tokio::spawn(async move { sign_in(&nobody, "Ruth", "correct horse", &[]).await.status })
        })
        .collect();
    for one in all {
        assert_eq!(one.await.unwrap(), 200);
    }
}

#[tokio::test]
async fn login_throttle_is_per_forwarded_address_in_every_notation() {
    for (mine, others) in [
        ("203.0.113.7:51234", "203.0.113.8:51234"),
        ("[2001:db8:1::7]:443", "[2001:db8:2::7]:443"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7, 203.0.113.8"),
        ("  203.0.113.7  ", " 203.0.113.8 "),
        ("unknown, 203.0.113.7", "unknown, 203.0.113.8"),
    ] {
        let gateway = with_ruth(PROXY).await;
        let nobody = gateway.anonymous();
        for _ in 0..5 {
            sign_in(&nobody, "Ruth", "battery staple", &[("X-Forwarded-For", others)])
                .await
                .assert_error(422, "invalid");
        }
        sign_in(&nobody, "Ruth", "correct horse", &[("X-Forwarded-For", others)]).await.assert_error(429, "budget");
        assert_eq!(sign_in(&nobody, "Ruth", "correct horse", &[("X-Forwarded-For", mine)]).await.status, 200, "{mine}");
    }
}

#[tokio::test]
async fn last_address_of_two_forwarded_headers_counts() {
    let gateway = with_ruth(PROXY).await;
    let nobody = gateway.anonymous();
    for number in 0..5 {
        let headers = [("X-Forwarded-For", &*format!("198.51.100.{number}")), ("X-Forwarded-For", "203.0.113.8")];
        sign_in(&nobody, "Ruth", "battery staple", &headers).await.assert_error(422, "invalid");
    }
    let headers = [("X-Forwarded-For", "198.51.100.9"), ("X-Forwarded-For", "203.0.113.8")];
    sign_in(&nobody, "Ruth", "correct horse", &headers).await.assert_error(429, "budget");
}

#[tokio::test]
async fn login_throttle_without_an_address_locks_nobody_out() {
    let gateway = with_ruth(PROXY).await;
    let nobody = gateway.anonymous();
    for _ in 0..8 {
        sign_in(&nobody, "Ruth", "battery staple", &[("X-Forwarded-For", "unknown")])
            .await
            .assert_error(422, "invalid");
    }
    assert_eq!(sign_in(&nobody, "Ruth", "correct horse", &[("X-Forwarded-For", "unknown")]).await.status, 200);
}

#[tokio::test]
async fn forwarded_address_of_an_untrusted_proxy_is_ignored() {
    let gateway = with_ruth("").await;
    let nobody = gateway.anonymous();
    for number in 0..5 {
        let address = format!("203.0.113.{number}");
        sign_in(&nobody, "Ruth", "battery staple", &[("X-Forwarded-For", &address)]).await.assert_error(422, "invalid");
    }
    sign_in(&nobody, "Ruth", "battery staple", &[("X-Forwarded-For", "203.0.113.99")])
        .await
        .assert_error(429, "budget");
}

#[tokio::test]
async fn login_throttle_groups_the_subnets_of_one_site() {
    let gateway = with_ruth(PROXY).await;
    let nobody = gateway.anonymous();
    let attempt = async |address: &str| {
        let answer = sign_in(&nobody, "Ruth", "battery staple", &[("X-Forwarded-For", address)]).await;
        answer.header("retry-after").map(|seconds| seconds.parse::<u32>().unwrap())
    };
    let mut waits = Vec::new();
    for subnet in 0..25 {
        waits.push(attempt(&format!("2001:db8:7:{subnet:x}::1")).await);
    }
    assert_eq!(waits[..10], [None; 10]);
    // The name's own pause, which other sites have too, is a minute at most.
    assert!(waits[10..].iter().all(|wait| wait.is_some_and(|seconds| seconds > 60)), "{waits:?}");
    let other = attempt("2001:db8:8::1").await;
    assert!(other.is_none_or(|seconds| seconds <= 60), "{other:?}");
}

#[tokio::test]
async fn guessed_name_is_throttled_except_for_known_devices() {
    let gateway = with_ruth(PROXY).await;
    let nobody = gateway.anonymous();
    let first = sign_in(&nobody, "Ruth", "correct horse", &[("X-Forwarded-For", "192.0.2.1")]).await;
    let device = cookies(&first);
    add_user(&gateway.state.pool, &user("Ann"), "correct horse").await.unwrap();
    let others = cookies(&sign_in(&nobody, "Ann", "correct horse", &[("X-Forwarded-For", "192.0.2.2")]).await);
    let flags = first.headers.get_all("set-cookie").iter().nth(1).unwrap().to_str().unwrap();
    assert!(flags.starts_with("trunkline-device-") && flags.contains("HttpOnly; SameSite=Strict"), "{flags}");
    for number in 0..10 {
        let address = format!("203.0.113.{number}");
        sign_in(&nobody, "Ruth", "battery staple", &[("X-Forwarded-For", &address)]).await.assert_error(422, "invalid");
    }
    let held = sign_in(&nobody, "Ruth", "battery staple", &[("X-Forwarded-For", "198.51.100.1")]).await;
    held.assert_error(429, "budget");
    assert_eq!(held.header("retry-after"), Some("1"));
    // Neither an altered device cookie nor another user's lifts the limit.
    let (name, entry) = device
        .split(';')
        .find_map(|pair| pair.trim().split_once('=').filter(|(name, _)| name.starts_with("trunkline-device-")))
        .unwrap();
    let altered = if entry.ends_with('A') { 'B' } else { 'A' };
    let (kept, _) = entry.split_at(entry.len() - 1);
    let altered = format!("{name}={kept}{altered}");
    for cookie in [altered, others] {
        sign_in(&nobody, "Ruth", "battery staple", &[("Cookie", &cookie), ("X-Forwarded-For", "198.51.100.3")])
            .await
            .assert_error(429, "budget");
    }
    assert_eq!(
        sign_in(&nobody, "ruth", "correct horse", &[("Cookie", &device), ("X-Forwarded-For", "198.51.100.2")])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn password_change_ends_concurrent_sign_ins() {
    let gateway = with_ruth("[limits]\nsessions = 100").await;
    let mut under_way: Vec<_> = (0..40)
        .map(|_| {
            let nobody = gateway.anonymous();
            tokio::spawn(async move { sign_in(&nobody, "Ruth", "correct horse", &[]).await })
        })
        .collect();
    // Until one has signed in: others wait for their check then, with the hash that they have read.
    let mut answers: Vec<TestResponse> = Vec::new();
    while answers.last().is_none_or(|answer| answer.status != 200) {
        let (answer, _, rest) = futures_util::future::select_all(under_way).await;
        answers.push(answer.unwrap());
        under_way = rest;
    }
    set_password(&gateway.state.pool, "Ruth", "battery staple").await.unwrap();
    for answer in under_way {
        answers.push(answer.await.unwrap());
    }
    let mut alive = 0;
    for answer in answers {
        if answer.status == 200 {
            let browser = Browser { cookie: Some(cookies(&answer)), ..gateway.anonymous() };
            alive += u32::from(browser.get("/api/vendors").await.status == 200);
        }
    }
    assert_eq!(alive, 0);
}

#[tokio::test]
async fn session_requires_the_current_password() {
    let gateway = with_ruth("").await;
    for _ in 0..5 {
        let nobody = gateway.anonymous();
        let under_way = tokio::spawn(async move { sign_in(&nobody, "Ruth", "correct horse", &[]).await });
        // At a different point of the sign-in each time.
        set_password(&gateway.state.pool, "Ruth", "battery staple").await.unwrap();
        let answer = under_way.await.unwrap();
        let browser = Browser { cookie: Some(cookies(&answer)), ..gateway.anonymous() };
        browser.get("/api/vendors").await.assert_error(401, "signed-out");
        set_password(&gateway.state.pool, "Ruth", "correct horse").await.unwrap();
    }
}

#[tokio::test]
async fn sign_in_body_over_8_kib_is_413() {
    let gateway = with_ruth("").await;
    let nobody = gateway.anonymous();
    let answer = sign_in(&nobody, "Ruth", &"x".repeat(9000), &[]).await;
    answer.assert_error(413, "invalid");
    assert!(answer.text().contains("8 KiB"), "{}", answer.text());
    sign_in(&nobody, "Ruth", &"x".repeat(7000), &[]).await.assert_error(422, "invalid");
}

async fn rows(gateway: &TestApp) -> Vec<(Option<String>, Option<String>, String, i64)> {
    gateway.state.write_behind.flushed().await;
    let query = "SELECT user_name, address, path, status FROM audit ORDER BY at, id";
    sqlx::query_as(query).fetch_all(&gateway.state.pool).await.unwrap()
}

#[tokio::test]
async fn activity_has_wrong_passwords_but_no_malformed_bodies() {
    let gateway = with_ruth(PROXY).await;
    let before = rows(&gateway).await.len();
    let nobody = gateway.anonymous();
    for number in 0..1000 {
        let body = ["", "{", "[]", "null", "{\"name\":1}"][number % 5];
        send(nobody.request(Method::POST, "/api/session").body(body)).await.assert_error(422, "invalid");
    }
    sign_in(&nobody, "Ruth", &"x".repeat(9000), &[]).await.assert_error(413, "invalid");
    assert_eq!(rows(&gateway).await.len(), before, "1,001 malformed ones: no row");
    for _ in 0..20 {
        sign_in(&nobody, " RUTH", "battery staple", &[("X-Forwarded-For", "203.0.113.7")]).await;
    }
    let noted = rows(&gateway).await.split_off(before);
    let one = (Some("RUTH".to_owned()), Some("203.0.113.7".to_owned()), "/api/session".to_owned(), 422);
    assert_eq!(noted, vec![one; 5], "after the throttle");
    assert!(!format!("{noted:?}").contains("battery"));
}

#[tokio::test]
async fn activity_is_capped_and_keeps_changes_over_failed_sign_ins() {
    let gateway = with_ruth("demo_users = true\n[audit]\nrows = 20\n[limits]\nsessions = 100").await;
    let admin = gateway.admin().await;
    for _ in 0..30 {
        admin.put("/api/comm100/ticketing/channelAccounts/an-id", &json!({})).await;
    }
    let nobody = gateway.anonymous();
    for number in 0..6 {
        sign_in(&nobody, &format!("nobody {number}"), "battery staple", &[]).await.assert_error(422, "invalid");
    }
    let noted = rows(&gateway).await;
    assert!(noted.len() <= 20, "{noted:?}");
    let failed = noted.iter().filter(|row| row.3 == 422 && row.2 == "/api/session").count();
    assert_eq!(failed, 2, "a tenth: {noted:?}");
    assert!(noted.iter().any(|row| row.0.as_deref() == Some("nobody 5")), "the newest: {noted:?}");
}

#[tokio::test]
async fn command_line_changes_are_in_the_activity() {
    let gateway = with_ruth("").await;
    let pool = &gateway.state.pool;
    set_password(pool, "ruth", "battery staple").await.unwrap();
    trunkline_server::gateway::remove_user(pool, "Ruth").await.unwrap();
    let noted: Vec<(Option<String>, String)> = rows(&gateway).await.into_iter().map(|row| (row.0, row.2)).collect();
    let by = |what: &str| (Some("command line".to_owned()), what.to_owned());
    assert_eq!(noted, [by("user add Ruth"), by("user password ruth"), by("user remove Ruth")]);
}

#[tokio::test]
async fn correct_sign_in_is_fast_during_a_flood() {
    let gateway = with_ruth("").await;
    let mut waits = Vec::new();
    for distinct in [false, true, false, true] {
        let rejected = Arc::new(Notify::new());
        let flood: Vec<_> = (0..300)
            .map(|number| {
                let (nobody, rejected) = (gateway.anonymous(), Arc::clone(&rejected));
                let name = if distinct { format!("nobody {number}") } else { "somebody".to_owned() };
                tokio::spawn(async move {
                    let answer = sign_in(&nobody, &name, "battery staple", &[]).await;
                    if answer.status == 429 {
                        rejected.notify_one();
                    }
                    answer
                })
            })
            .collect();
        // The server has more of them than it checks.
        let one_rejected = tokio::time::timeout(Duration::from_secs(30), rejected.notified()).await;
        assert!(one_rejected.is_ok(), "none of 300 at once is rejected");
        let begun = Instant::now();
        let right = sign_in(&gateway.anonymous(), "Ruth", "correct horse", &[]).await;
        let waited = begun.elapsed();
        println!("a right sign-in behind 300 wrong ones (names differ: {distinct}): {} in {waited:?}", right.status);
        assert_eq!(right.status, 200);
        waits.push(waited);
        let mut checked = 0;
        for wrong in flood {
            let answer = wrong.await.unwrap();
            assert!(matches!(answer.status, 422 | 429), "{}", answer.status);
            if answer.status == 429 {
                assert!(answer.header("retry-after").is_some());
            } else {
                checked += 1;
            }
        }
        println!("{checked} of the 300 were checked");
    }
    // Other tests share the two processors, so the limit is loose.
    waits.sort_unstable();
    assert!(waits[1] < Duration::from_secs(1), "{waits:?}");
}

#[tokio::test]
async fn eleventh_session_ends_the_oldest() {
    let gateway = with_ruth("").await;
    let mut browsers = Vec::new();
    for _ in 0..11 {
        browsers.push(gateway.anonymous().sign_in(json!({"name": "Ruth", "password": "correct horse"})).await);
    }
    browsers[0].get("/api/vendors").await.assert_error(401, "signed-out");
    for browser in &browsers[1..] {
        assert_eq!(browser.get("/api/vendors").await.status, 200);
    }
}

#[tokio::test]
async fn look_ups_are_limited_per_user() {
    let gateway = start("").await;
    let (agent, admin) = (gateway.agent().await, gateway.admin().await);
    let look_up =
        |browser: Browser| async move { browser.post("/api/sobot/customer/query", &json!({"tel": "1"})).await };
    for number in 0..200 {
        assert_ne!(look_up(agent.clone()).await.status, 429, "look-up {number}");
    }
    let refused = look_up(agent.clone()).await;
    refused.assert_error(429, "budget");
    assert!((1..=601).contains(&refused.header("retry-after").unwrap().parse::<u32>().unwrap()));
    look_up(gateway.agent().await).await.assert_error(429, "budget");
    assert_ne!(look_up(admin).await.status, 429);
}

#[tokio::test]
async fn concurrent_tests_are_limited_per_user() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let gateway = start("[external_apis]\nallow_private = true").await;
    let admin = gateway.admin().await;
    let api: Value = admin.post("/api/sobot/external-apis", &definition(&url)).await.json();
    let path = format!("/api/sobot/external-apis/{}/tests", api["id"].as_str().unwrap_or_else(|| panic!("{api}")));
    let under_way: Vec<_> = (0..4)
        .map(|_| {
            let (admin, path) = (admin.clone(), path.clone());
            tokio::spawn(async move { admin.post(&path, &json!({"values": []})).await.status })
        })
        .collect();
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(tokio::time::timeout(Duration::from_secs(5), silent.accept()).await.unwrap().unwrap());
    }
    let refused = admin.post(&path, &json!({"values": []})).await;
    refused.assert_error(429, "budget");
    assert_eq!(refused.header("retry-after"), Some("1"));
    drop(held);
    for test in under_way {
        assert_eq!(test.await.unwrap(), 200);
    }
    assert_ne!(admin.post(&path, &json!({"values": []})).await.status, 429);
}

fn definition(url: &str) -> Value {
    json!({"name": "Slow", "description": "", "method": "GET", "url": url, "format": "form", "headers": [], "request": [], "output": [{"name": "a", "path": "a"}]})
}
