//! The live stream.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::json;

use crate::kit::{AGENT, Browser, send, start};

struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    async fn open(who: &Browser) -> Self {
        let response = who.request(Method::GET, "/api/live").send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = Self { response, text: String::new() };
        stream.wait_for("event: hello").await;
        stream
    }

    /// Reads until a text has come; false if the stream ends before.
    async fn wait_for(&mut self, text: &str) -> bool {
        let read = async {
            while !self.text.contains(text) {
                match self.response.chunk().await {
                    Ok(Some(chunk)) => self.text.push_str(std::str::from_utf8(&chunk).unwrap()),
                    _ => return false,
                }
            }
            true
        };
        tokio::time::timeout(Duration::from_secs(20), read).await.unwrap()
    }
}

#[tokio::test]
async fn writes_are_told_to_who_may_know() {
    let gateway = start("").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    gateway.nobody().get("/api/live").await.is_refusal(401, "signed-out");
    let (mut to_admin, mut to_agent) = (Stream::open(&admin).await, Stream::open(&agent).await);
    let change = json!({"account_id": 8, "server": "online", "account_name": "New"});
    assert_eq!(admin.post("/api/digital99/online/updateAccount", &change).await.status, 200);
    assert_eq!(send(agent.request(Method::PUT, &format!("/api/oneview/v1/{AGENT}/online"))).await.status, 200);
    assert!(to_admin.wait_for(r#"{"resource":"/online/","vendor":"digital99"}"#).await);
    let api = json!({"name": "CRM", "url": "https://crm.example/"});
    assert_eq!(admin.post("/api/sobot/external-apis", &api).await.status, 201);
    assert!(to_admin.wait_for(r#"{"resource":"/sobot/external-apis","vendor":"gateway"}"#).await);
    assert!(to_agent.wait_for(r#"{"resource":"/v1/","vendor":"oneview"}"#).await);
    assert!(!to_agent.text.contains("digital99"), "{}", to_agent.text);
}

#[tokio::test]
async fn the_stream_ends_with_the_session() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    let mut stream = Stream::open(&agent).await;
    assert_eq!(agent.delete("/api/session").await.status, 204);
    assert!(stream.wait_for("event: signed-out").await);
    assert!(!stream.wait_for("never").await, "it has ended");
}

#[tokio::test]
async fn the_stream_ends_with_the_server() {
    let gateway = start("").await;
    let mut stream = Stream::open(&gateway.agent().await).await;
    gateway.stop.cancel();
    assert!(!stream.wait_for("never").await);
    tokio::time::timeout(Duration::from_secs(5), gateway.ended).await.unwrap().unwrap().unwrap();
}
