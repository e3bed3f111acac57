//! The key with which a browser encrypts form drafts.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use trunkline_server::gateway::add_user;

use crate::session::user;
use crate::test_app::start;

#[tokio::test]
async fn draft_key_is_per_user_and_the_same_in_every_session() {
    let gateway = start("demo_users = true").await;
    let pool = &gateway.state.pool;
    for name in ["Ruth", "Ann"] {
        add_user(pool, &user(name), "correct horse").await.unwrap();
    }
    let mut keys = Vec::new();
    for credentials in [
        json!({"name": "Ruth", "password": "correct horse"}),
        json!({"name": "Ann", "password": "correct horse"}),
        json!({"demo": "admin"}),
        json!({"demo": "agent"}),
    ] {
        let begun = gateway.anonymous().post("/api/session", &credentials).await.json()["draftKey"].clone();
        let first = gateway.anonymous().sign_in(credentials.clone()).await;
        let read = first.get("/api/session").await.json()["draftKey"].clone();
        assert_eq!(begun, read, "the same in every session");
        assert_eq!(URL_SAFE_NO_PAD.decode(read.as_str().unwrap()).unwrap().len(), 32);
        keys.push(read.to_string());
    }
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 4, "one for each");
    let signed_out = gateway.anonymous().get("/api/session").await.json();
    assert!(signed_out.get("draftKey").is_none(), "{signed_out}");
}
