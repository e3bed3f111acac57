//! The database is locked by another process: reads neither wait nor fail.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use sqlx::{Connection, SqliteConnection};
use trunkline_api::Service;
use trunkline_server::sandbox::faults::{Fault, FaultKind, FaultPlan, RequestKind};

use crate::test_app::{AGENT, send, start, wait_until};

#[tokio::test]
async fn reads_do_not_wait_for_a_locked_database() {
    let gateway = start("[external_apis]\nallow_private = true").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    assert_eq!(agent.put(&format!("/api/oneview/v1/{AGENT}/online"), &json!({})).await.status, 200);
    let definition = json!({
        "name": "CRM", "description": "", "method": "GET", "url": "http://127.0.0.1:1/", "format": "form", "headers": [],
        "request": [], "output": [{"name": "a", "path": "a"}]
    });
    let api = admin.post("/api/sobot/external-apis", &definition).await.json()["id"].as_str().unwrap().to_owned();
    gateway.state.write_behind.flushed().await;
    // Old enough to be touched, not old enough to expire.
    sqlx::query("UPDATE sessions SET seen_at = seen_at - 600").execute(&gateway.state.pool).await.unwrap();
    // Online long enough for new tickets to be stored.
    sqlx::query("UPDATE sandbox_agents SET updated_at = updated_at - 600").execute(&gateway.state.pool).await.unwrap();

    let url = format!("sqlite://{}", gateway.folder.path().join("trunkline.db").display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    // Pending writes must not take the connections that reads need. The fault counts the sandbox's.
    let count_writes =
        FaultPlan(vec![Fault { after: true, only: Some(RequestKind::Writes), ..Fault::new(FaultKind::Empty) }]);
    gateway.state.sandbox.faults().set(Service::Comm100, &count_writes);
    let stuck: Vec<_> = (0..12)
        .map(|number| {
            let admin = admin.clone();
            tokio::spawn(async move {
                let account = format!("/api/comm100/ticketing/channelAccounts/{number}:enableBot");
                let definition = json!({"name": format!("{number}"), "url": "https://crm.example/"});
                let (define, enable) =
                    (admin.post("/api/sobot/external-apis", &definition), send(admin.request(Method::POST, &account)));
                futures_util::future::join(define, enable).await;
            })
        })
        .collect();
    let writes = &gateway.state.writes;
    wait_until("all connections for writes wait for the lock", || {
        writes.size() == writes.options().get_max_connections() && writes.num_idle() == 0
    })
    .await;
    let waiting = || gateway.state.sandbox.faults().list()["comm100"][0].hits;
    wait_until("the sandbox's writes wait for the lock", || waiting() == 4).await;
    for _ in 0..3 {
        for (browser, path) in [
            (&agent, "/api/session".to_owned()),
            (&agent, "/api/vendors".to_owned()),
            (&agent, format!("/api/oneview/v1/{AGENT}/tickets")),
            (&agent, "/api/jtel/acd/events".to_owned()),
            (&admin, "/api/comm100/ticketing/channelAccounts".to_owned()),
            (&admin, "/api/digital99/online/getAccounts".to_owned()),
            (&admin, "/api/sobot/external-apis".to_owned()),
            (&admin, "/api/activity".to_owned()),
        ] {
            let begun = Instant::now();
            let answer = browser.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            assert!(begun.elapsed() < Duration::from_millis(1500), "{path}: {:?}", begun.elapsed());
        }
    }
    let run = admin.post(&format!("/api/sobot/external-apis/{api}/tests"), &json!({"values": []})).await;
    assert_eq!(run.status, 200, "a test that was made is answered: {}", run.text());
    // Pending entries count before they are written: the session was used, and a sign-out ends it.
    let left = agent.get("/api/session").await.json()["idleLeft"].as_u64().unwrap();
    assert!(left > 3590, "{left}");
    let begun = Instant::now();
    assert_eq!(agent.delete("/api/session").await.status, 204);
    agent.get("/api/vendors").await.assert_error(401, "signed-out");
    let activity = admin.get("/api/activity").await.json();
    assert_eq!((&activity[0]["user"], &activity[0]["method"]), (&json!("demo agent"), &json!("DELETE")));
    assert!(begun.elapsed() < Duration::from_millis(1500), "{:?}", begun.elapsed());

    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    gateway.state.write_behind.flushed().await;
    let rows = "SELECT COUNT(*) FROM audit WHERE method = 'DELETE' AND path = '/api/session'";
    assert_eq!(sqlx::query_scalar::<_, i64>(rows).fetch_one(&gateway.state.pool).await.unwrap(), 1);
    for write in stuck {
        write.abort();
    }
}
