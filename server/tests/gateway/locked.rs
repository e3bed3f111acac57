//! The database held by another process, or full: nobody who reads waits or fails.

use std::time::{Duration, Instant};

use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use crate::kit::{AGENT, start};

#[tokio::test]
async fn reads_answer_at_once_while_another_process_holds_the_lock() {
    let gateway = start("[external_apis]\nallow_private = true").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    assert_eq!(agent.put(&format!("/api/oneview/v1/{AGENT}/online"), &json!({})).await.status, 200);
    let definition = json!({
        "name": "CRM", "description": "", "method": "GET", "url": "http://127.0.0.1:1/", "format": "form", "headers": [],
        "request": [], "output": [{"name": "a", "path": "a"}]
    });
    let api = admin.post("/api/sobot/external-apis", &definition).await.json()["id"].as_str().unwrap().to_owned();
    gateway.state.books.settled().await;
    // Old enough for a touch, not old enough to end.
    sqlx::query("UPDATE sessions SET seen_at = seen_at - 600").execute(&gateway.state.pool).await.unwrap();
    // And long enough online for new tickets to be stored.
    sqlx::query("UPDATE sandbox_agents SET updated_at = updated_at - 600").execute(&gateway.state.pool).await.unwrap();

    let url = format!("sqlite://{}", gateway.folder.path().join("trunkline.db").display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    // Writes of somebody's wait; they must not take the connections that reads need.
    let stuck: Vec<_> = (0..12)
        .map(|number| {
            let admin = admin.clone();
            tokio::spawn(async move {
                admin.post("/api/sobot/external-apis", &json!({"name": format!("{number}")})).await;
                admin.post(&format!("/api/comm100/ticketing/channelAccounts/{number}:enableBot"), &json!({})).await;
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    for _ in 0..3 {
        for (browser, path) in [
            (&agent, "/api/session".to_owned()),
            (&agent, "/api/vendors".to_owned()),
            (&agent, format!("/api/oneview/v1/{AGENT}/tickets")),
            (&agent, "/api/jtel/acd/events".to_owned()),
            (&admin, "/api/comm100/ticketing/channelAccounts".to_owned()),
            (&admin, "/api/digital99/online/getAccounts".to_owned()),
            (&admin, "/api/sobot/external-apis".to_owned()),
            (&admin, "/api/audit".to_owned()),
        ] {
            let begun = Instant::now();
            let answer = browser.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            assert!(begun.elapsed() < Duration::from_millis(1500), "{path}: {:?}", begun.elapsed());
        }
    }
    let run = admin.post(&format!("/api/sobot/external-apis/{api}/tests"), &json!({"values": []})).await;
    assert_eq!(run.status, 200, "a test that was made is answered: {}", run.text());
    // What is noted counts before it is written: the session was used, and ends when it is ended.
    let left = agent.get("/api/session").await.json()["idleLeft"].as_u64().unwrap();
    assert!(left > 3590, "{left}");
    let begun = Instant::now();
    assert_eq!(agent.delete("/api/session").await.status, 204);
    agent.get("/api/vendors").await.is_refusal(401, "signed-out");
    let told = admin.get("/api/audit").await.json();
    assert_eq!((&told[0]["user"], &told[0]["method"]), (&json!("demo agent"), &json!("DELETE")));
    assert!(begun.elapsed() < Duration::from_millis(1500), "{:?}", begun.elapsed());

    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    gateway.state.books.settled().await;
    let rows = "SELECT COUNT(*) FROM audit WHERE method = 'DELETE' AND path = '/api/session'";
    assert_eq!(sqlx::query_scalar::<_, i64>(rows).fetch_one(&gateway.state.pool).await.unwrap(), 1);
    for write in stuck {
        write.abort();
    }
}
