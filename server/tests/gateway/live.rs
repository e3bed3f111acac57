//! The live stream.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::{Method, Response};
use serde_json::json;

use crate::kit::{AGENT, Browser, Upstream, reply, send, start, until};

struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    async fn open(who: &Browser) -> Self {
        Self::open_after(who, None).await
    }

    /// As a browser that comes back, with the last id it heard.
    async fn open_after(who: &Browser, heard: Option<&str>) -> Self {
        let request = who.request(Method::GET, "/api/live");
        let request = match heard {
            Some(id) => request.header("Last-Event-ID", id),
            None => request,
        };
        let response = request.send().await.unwrap();
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

    /// The id that a browser would give back.
    fn last_id(&self) -> String {
        self.text.lines().filter_map(|line| line.strip_prefix("id: ")).next_back().unwrap().to_owned()
    }

    /// The data of each event of a kind, in their order.
    fn data(&self, kind: &str) -> Vec<&str> {
        let events = self.text.split("\n\n").filter(|event| event.lines().any(|line| line == format!("event: {kind}")));
        events.filter_map(|event| event.lines().find_map(|line| line.strip_prefix("data: "))).collect()
    }
}

async fn rename(admin: &Browser, name: &str) {
    let change = json!({"account_id": 8, "server": "online", "account_name": name});
    assert_eq!(admin.post("/api/digital99/online/updateAccount", &change).await.status, 200);
}

#[tokio::test]
async fn who_comes_back_hears_what_it_missed() {
    let gateway = start("").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    let (mut first, mut others) = (Stream::open(&admin).await, Stream::open(&agent).await);
    assert_eq!(first.data("hello"), [r#"{"missed":true}"#], "nobody knows what it holds");
    rename(&admin, "One").await;
    first.wait_for("event: changed").await;
    let (heard, others_heard) = (first.last_id(), others.last_id());
    drop(first);
    rename(&admin, "Two").await;
    assert_eq!(
        admin
            .post(
                "/api/jtel/acd/events/create",
                &json!({"AcdEventTypesID": 6, "AcdGroupsID": 235,
        "Sender": "a@example.com", "Subject": "missed"})
            )
            .await
            .status,
        200
    );
    let mut again = Stream::open_after(&admin, Some(&heard)).await;
    assert!(again.wait_for("/acd/events").await);
    assert_eq!(again.data("hello"), [r#"{"missed":false}"#]);
    assert_eq!(
        again.data("changed"),
        [r#"{"resource":"/online/","vendor":"digital99"}"#, r#"{"resource":"/acd/events","vendor":"jtel"}"#]
    );
    // An id that a new EventSource gives in the query, as it can't set the header.
    let response = admin.request(Method::GET, &format!("/api/live?last-event-id={}", again.last_id())).send().await;
    let mut by_query = Stream { response: response.unwrap(), text: String::new() };
    by_query.wait_for("event: hello").await;
    assert_eq!(by_query.data("hello"), [r#"{"missed":false}"#]);
    // What somebody may not know isn't made up for either.
    others.wait_for("/acd/events").await;
    let mut others = Stream::open_after(&agent, Some(&others_heard)).await;
    others.wait_for("/acd/events").await;
    assert_eq!(others.data("changed"), [r#"{"resource":"/acd/events","vendor":"jtel"}"#]);
    // Ids of another start of the server say nothing.
    let restarted = start("").await;
    let stranger = Stream::open_after(&restarted.admin().await, Some(&heard)).await;
    assert_eq!(stranger.data("hello"), [r#"{"missed":true}"#]);
}

#[tokio::test]
async fn a_stream_says_that_it_lives() {
    let gateway = start("").await;
    let mut stream = Stream::open(&gateway.admin().await).await;
    assert!(stream.text.contains("retry: "), "{}", stream.text);
    let begun = Instant::now();
    assert!(stream.wait_for("event: beat").await);
    assert!(begun.elapsed() <= Duration::from_secs(15), "{:?}", begun.elapsed());
    assert_eq!(stream.data("beat"), ["{}"]);
}

#[tokio::test]
async fn a_seventh_stream_of_a_session_takes_the_oldests_place() {
    let gateway = start("").await;
    let (admin, other) = (gateway.admin().await, gateway.admin().await);
    let mut elsewhere = Stream::open(&other).await;
    let mut streams = Vec::new();
    for _ in 0..7 {
        streams.push(Stream::open(&admin).await);
    }
    assert!(streams[0].wait_for("event: replaced").await);
    assert!(streams[0].text.contains("retry: 60000"), "it isn't to come back at once");
    assert!(!streams[0].wait_for("never").await, "it has ended");
    rename(&admin, "Told").await;
    for stream in streams.iter_mut().skip(1).chain([&mut elsewhere]) {
        assert!(stream.wait_for("event: changed").await);
        assert_eq!(stream.data("replaced").len(), 0);
    }
}

#[tokio::test]
async fn an_agents_tickets_are_looked_at_once_for_all_its_streams() {
    let tickets = Arc::new(Mutex::new(json!([])));
    let now = Arc::clone(&tickets);
    let vendor = Upstream::start(move |_| {
        let now = now.lock().unwrap().clone();
        async move { reply(200, now) }
    })
    .await;
    let gateway =
        start(&format!("[live]\ntickets_seconds = 1\n[vendors.oneview]\nupstream = \"http://{}\"", vendor.address))
            .await;
    let agent = gateway.agent().await;
    let mut streams = Vec::new();
    for _ in 0..5 {
        streams.push(Stream::open(&agent).await);
    }
    let begun = Instant::now();
    let looks = vendor.seen().len();
    until("three more looks", || vendor.seen().len() >= looks + 3).await;
    assert!(begun.elapsed() >= Duration::from_millis(1800), "five streams, one look a second: {:?}", begun.elapsed());
    *tickets.lock().unwrap() = json!([{"id": "new"}]);
    for stream in &mut streams {
        assert!(stream.wait_for(r#"{"resource":"/v1/","vendor":"oneview"}"#).await);
    }
    // A client that still waits for the answer, and a stream that has just ended, may yet be seen once.
    drop(streams);
    until("no one is watched", || !gateway.state.live.is_watching()).await;
}

#[tokio::test]
async fn a_vendors_list_is_looked_at_while_somebody_listens_and_reads() {
    let accounts = Arc::new(Mutex::new(json!([])));
    let now = Arc::clone(&accounts);
    let vendor = Upstream::start(move |_| {
        let now = now.lock().unwrap().clone();
        async move { reply(200, now) }
    })
    .await;
    let gateway = start(&format!(
        "[live]\nlists_seconds = 1\n[vendors.comm100]\nupstream = \"http://{0}\"\nbudget = {{ calls = 20, seconds = 300 }}",
        vendor.address
    ))
    .await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    let (mut to_admin, mut to_agent) = (Stream::open(&admin).await, Stream::open(&agent).await);
    assert_eq!(vendor.seen().len(), 0, "nobody has read from it");
    let list = "/api/comm100/ticketing/channelAccounts?include=chatbot";
    assert_eq!(admin.get(list).await.status, 200);
    until("a look", || vendor.seen().len() >= 2).await;
    assert_eq!(
        (vendor.seen()[1].path.as_str(), vendor.seen()[1].query.as_str()),
        ("/ticketing/channelAccounts", "include=chatbot")
    );
    *accounts.lock().unwrap() = json!([{"id": "made elsewhere"}]);
    assert!(to_admin.wait_for(r#"{"resource":"/ticketing/channelAccounts","vendor":"comm100"}"#).await);
    // The looks leave half of the budget to people.
    while vendor.seen().len() < 11 {
        assert_eq!(admin.get(list).await.status, 200);
    }
    rename(&admin, "a sign").await;
    assert_eq!(
        admin
            .post(
                "/api/jtel/acd/events/create",
                &json!({"AcdEventTypesID": 6, "AcdGroupsID": 235,
        "Sender": "a@example.com", "Subject": "a sign"})
            )
            .await
            .status,
        200
    );
    to_agent.wait_for("/acd/events").await;
    assert!(!to_agent.text.contains("comm100"), "{}", to_agent.text);
    drop((to_admin, to_agent));
    until("no one is watched", || !gateway.state.live.is_watching()).await;
    let spent = vendor.seen().len();
    assert!(spent <= 12, "{spent} calls of 20");
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
