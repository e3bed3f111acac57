//! Names and passwords in different Unicode forms, and the cookies of two consoles.

use reqwest::Method;
use serde_json::json;
use trunkline_server::gateway::{add_user, remove_user, set_password};

use crate::session::user;
use crate::test_app::{Browser, TestApp, send, start};

const NAME: &str = "Ärzte";
const PASSWORD: &str = "Zwölf Körbe am Tor";
const NAME_APART: &str = "A\u{308}rzte";
const PASSWORD_APART: &str = "Zwo\u{308}lf Ko\u{308}rbe am Tor";

async fn status(gateway: &TestApp, name: &str, password: &str) -> u16 {
    gateway.anonymous().post("/api/session", &json!({"name": name, "password": password})).await.status
}

#[tokio::test]
async fn sign_in_accepts_every_unicode_form() {
    let gateway = start("").await;
    add_user(&gateway.state.pool, &user(NAME), PASSWORD).await.unwrap();
    for name in [NAME, NAME_APART, "ärzte", "ÄRZTE", " Ärzte\u{200b}", "\u{202a}Ärzte\u{202c}"] {
        for password in [PASSWORD, PASSWORD_APART] {
            assert_eq!(status(&gateway, name, password).await, 200, "{name:?} {password:?}");
        }
    }
    assert_eq!(status(&gateway, "Arzte", PASSWORD).await, 422);
    assert_eq!(status(&gateway, NAME, "Zwolf Korbe am Tor").await, 422);
}

#[tokio::test]
async fn user_created_in_nfd_signs_in_in_nfc() {
    let gateway = start("").await;
    add_user(&gateway.state.pool, &user(NAME_APART), PASSWORD_APART).await.unwrap();
    let signed = gateway.anonymous().sign_in(json!({"name": NAME, "password": PASSWORD})).await;
    assert_eq!(signed.get("/api/session").await.json()["user"]["name"], NAME);
}

#[tokio::test]
async fn name_that_differs_only_in_form_is_taken() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    add_user(pool, &user(NAME), PASSWORD).await.unwrap();
    for name in ["ärzte", NAME_APART, "ÄRZTE", "Är\u{200b}zte", "\u{200f}Ärzte "] {
        let refused = add_user(pool, &user(name), PASSWORD).await.unwrap_err();
        assert!(refused.starts_with("There already is a user named"), "{name:?}: {refused}");
    }
    add_user(pool, &user("Arzte"), PASSWORD).await.unwrap();
    add_user(pool, &user("\u{200b}"), PASSWORD).await.unwrap_err();
    set_password(pool, "a\u{308}rzte", "ein anderes Wort").await.unwrap();
    assert_eq!(status(&gateway, NAME, "ein anderes Wort").await, 200);
    remove_user(pool, "ÄRZTE").await.unwrap();
    assert_eq!(status(&gateway, NAME, "ein anderes Wort").await, 422);
}

/// As an older version stored users: no name key, and a hash of the raw password.
#[tokio::test]
async fn users_of_an_older_version_can_sign_in() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    add_user(pool, &user(NAME), PASSWORD).await.unwrap();
    let hash = old_hash(PASSWORD_APART);
    let older = "UPDATE users SET name_key = NULL, name = $1, password_hash = $2, password_normalised = FALSE";
    sqlx::query(older).bind("Ärzte").bind(hash).execute(pool).await.unwrap();
    let again = trunkline_server::db::open(&gateway.folder.path().join("trunkline.db")).await.unwrap();
    again.close().await;
    for name in ["Ärzte", "ärzte"] {
        for password in [PASSWORD, PASSWORD_APART] {
            assert_eq!(status(&gateway, name, password).await, 200, "{name:?} {password:?}");
        }
    }
}

fn old_hash(password: &str) -> String {
    use argon2::password_hash::{PasswordHasher, SaltString};
    let salt = SaltString::encode_b64(&[9; 16]).unwrap();
    argon2::Argon2::default().hash_password(password.as_bytes(), &salt).unwrap().to_string()
}

#[tokio::test]
async fn common_passwords_are_refused() {
    let gateway = start("").await;
    let pool = &gateway.state.pool;
    for password in ["password1", "Ruth1234", "aaaaaaaa", "12345678", "short"] {
        assert!(add_user(pool, &user("Ruth"), password).await.is_err(), "{password}");
    }
    add_user(pool, &user("Ruth"), "correct horse").await.unwrap();
    for password in ["password1", "ruthruth", "qwertyui"] {
        assert!(set_password(pool, "Ruth", password).await.is_err(), "{password}");
    }
}

#[tokio::test]
async fn consoles_on_two_ports_of_one_host_keep_their_sessions() {
    let (one, two) = (start("").await, start("").await);
    let (at_one, at_two) = (one.admin().await, two.agent().await);
    // A browser sends a host's cookies to all its ports.
    let both = format!("{}; {}", at_one.cookie.clone().unwrap(), at_two.cookie.clone().unwrap());
    let with_both = |browser: Browser| Browser { cookie: Some(both.clone()), ..browser };
    let name = |session: serde_json::Value| session["user"]["name"].clone();
    assert_eq!(name(with_both(at_one.clone()).get("/api/session").await.json()), "demo admin");
    assert_eq!(name(with_both(at_two.clone()).get("/api/session").await.json()), "demo agent");
    let out = with_both(at_one).delete("/api/session").await;
    let gone = out.header("set-cookie").unwrap();
    assert!(gone.starts_with(&format!("trunkline-{}=;", one.address.port())), "{gone}");
    assert_eq!(name(with_both(at_two).get("/api/session").await.json()), "demo agent");
}

#[tokio::test]
async fn cookie_of_an_older_version_is_accepted() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let token = admin.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let old = Browser { cookie: Some(format!("trunkline={token}")), ..admin };
    assert_eq!(old.get("/api/vendors").await.status, 200);
}

#[tokio::test]
async fn cookie_is_secure_if_any_forwarded_scheme_is_https() {
    let gateway = start("").await;
    add_user(&gateway.state.pool, &user("Ruth"), "correct horse").await.unwrap();
    for schemes in ["https", "HTTPS", "https, http", "http, https"] {
        let request = gateway.anonymous().request(Method::POST, "/api/session").header("X-Forwarded-Proto", schemes);
        let answer = send(request.json(&json!({"name": "ruth", "password": "correct horse"}))).await;
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.starts_with("__Host-trunkline") && cookie.ends_with("; Secure"), "{schemes}: {cookie}");
    }
}

#[tokio::test]
async fn upstream_hosts_are_hidden_from_agents_and_version_from_strangers() {
    let gateway = start("[vendors.jtel]\nupstream = \"http://127.0.0.1:1\"").await;
    let host = |list: serde_json::Value| list[1]["host"].clone();
    assert_eq!(host(gateway.admin().await.get("/api/vendors").await.json()), "127.0.0.1:1");
    assert_eq!(host(gateway.agent().await.get("/api/vendors").await.json()), json!(null));
    assert_eq!(gateway.anonymous().get("/api/health").await.json(), json!({"ok": true}));
    assert!(gateway.agent().await.get("/api/health").await.json()["version"].is_string());
}
