//! The live stream.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::test_app::{AGENT, Browser, FakeUpstream, json_response, send, start, wait_until};

/// Time limit for each wait: longer than the interval of heartbeats.
const LIMIT: Duration = Duration::from_secs(20);

pub struct Stream {
    response: Response,
    pub text: String,
}

impl Stream {
    pub async fn open(who: &Browser) -> Self {
        let response = who.request(Method::GET, "/api/live").send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = Self { response, text: String::new() };
        stream.wait_for("event: hello").await;
        stream
    }

    /// Reads until a text has arrived. Fails if the stream ends before.
    pub async fn wait_for(&mut self, text: &str) {
        self.wait_for_times(text, 1).await;
    }

    /// Reads until a text has arrived a number of times.
    pub async fn wait_for_times(&mut self, text: &str, times: usize) {
        let read = async {
            while self.text.matches(text).count() < times {
                let chunk = self.response.chunk().await.unwrap();
                let chunk = chunk.unwrap_or_else(|| panic!("the stream ended before {text:?}: {}", self.text));
                self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        };
        let arrived = tokio::time::timeout(LIMIT, read).await.is_ok();
        assert!(arrived, "{text:?} has not arrived: {}", self.text);
    }

    /// Reads until the stream ends.
    async fn wait_for_end(&mut self) {
        let read = async {
            while let Ok(Some(chunk)) = self.response.chunk().await {
                self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        };
        let ended = tokio::time::timeout(LIMIT, read).await.is_ok();
        assert!(ended, "the stream is still open: {}", self.text);
    }

    /// The ID that a browser would send as `Last-Event-ID`.
    fn last_id(&self) -> String {
        self.text.lines().filter_map(|line| line.strip_prefix("id: ")).next_back().unwrap().to_owned()
    }

    /// The data of each event of a type, in order.
    fn data(&self, kind: &str) -> Vec<&str> {
        let events = self.text.split("\n\n").filter(|event| event.lines().any(|line| line == format!("event: {kind}")));
        events.filter_map(|event| event.lines().find_map(|line| line.strip_prefix("data: "))).collect()
    }
}

pub async fn rename(admin: &Browser, name: &str) {
    let change = json!({"account_id": 8, "server": "online", "account_name": name});
    assert_eq!(admin.post("/api/digital99/online/updateAccount", &change).await.status, 200);
}

/// The number in an id such as `0a1b2c3d4e5f-7`.
fn change_number(id: &str) -> u64 {
    id.rsplit_once('-').unwrap().1.parse().unwrap()
}

/// The changes that a stream's first event reports: resource, and number of its last change.
fn reported_changes(stream: &Stream) -> Vec<(String, u64)> {
    let hello: Value = serde_json::from_str(stream.data("hello")[0]).unwrap();
    let list = hello["moved"].as_array().unwrap();
    list.iter()
        .map(|entry| (entry["resource"].as_str().unwrap().to_owned(), change_number(entry["id"].as_str().unwrap())))
        .collect()
}

#[tokio::test]
async fn stream_starts_with_the_last_change_of_each_resource() {
    let gateway = start("").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    assert_eq!(reported_changes(&Stream::open(&admin).await), []);
    let list = admin.get("/api/jtel/acd/events").await;
    rename(&admin, "One").await;
    let event = json!({"AcdEventTypesID": 6, "AcdGroupsID": 235, "Sender": "a@example.com", "Subject": "missed"});
    assert_eq!(admin.post("/api/jtel/acd/events/create", &event).await.status, 200);
    let stream = Stream::open(&admin).await;
    let expected = [("/online/".to_owned(), 1), ("/acd/events".to_owned(), 2)];
    assert_eq!(reported_changes(&stream), expected);
    // A browser compares them with its responses.
    let before = list.header("trunkline-change").unwrap();
    let after = admin.get("/api/jtel/acd/events").await;
    let after = after.header("trunkline-change").unwrap();
    assert_eq!((change_number(before), change_number(after), after), (0, 2, stream.last_id().as_str()));
    // The last of the streams: an agent's lets the gateway read the agent's tickets, whose history is a change too.
    assert_eq!(reported_changes(&Stream::open(&agent).await), expected[1..], "an agent may not know of the account");
    // After a restart the IDs are different.
    let restarted = start("").await.admin().await.get("/api/vendors").await;
    assert_ne!(restarted.header("trunkline-change").unwrap().split('-').next(), after.split('-').next());
    let nobody = gateway.anonymous().get("/api/session").await;
    assert_eq!(nobody.header("trunkline-change"), None);
}

#[tokio::test]
async fn change_between_page_load_and_stream_is_reported() {
    let events = Arc::new(Mutex::new(json!([])));
    let now = Arc::clone(&events);
    let vendor = FakeUpstream::start(move |_| {
        let now = now.lock().unwrap().clone();
        async move { json_response(200, now) }
    })
    .await;
    let upstream = format!("[live]\nlists_seconds = 1\n[vendors.jtel]\nupstream = \"http://{}\"", vendor.address);
    let gateway = start(&upstream).await;
    let admin = gateway.admin().await;
    let as_of = async || change_number(admin.get("/api/jtel/acd/events").await.header("trunkline-change").unwrap());
    let page = as_of().await;
    *events.lock().unwrap() = json!([{"AcdEventsID": 1}]);
    let mut stream = Stream::open(&admin).await;
    stream.wait_for("event: changed").await;
    assert!(change_number(&stream.last_id()) > page);
    // It was reported once, and a read is now as recent.
    assert_eq!(as_of().await, change_number(&stream.last_id()));
    let looks = vendor.requests().len();
    wait_until("two more looks", || vendor.requests().len() >= looks + 2).await;
    stream.wait_for("event: beat").await;
    assert_eq!(stream.data("changed").len(), 1);
}

#[tokio::test]
async fn write_is_reported_once() {
    let events = Arc::new(Mutex::new(json!([])));
    let now = Arc::clone(&events);
    let vendor = FakeUpstream::start(move |seen| {
        let mut now = now.lock().unwrap();
        if seen.method == "POST" {
            *now = json!([{"AcdEventsID": 1}]);
        }
        let now = now.clone();
        async move {
            if seen.method == "POST" { json_response(200, json!({"AcdEventsID": 1})) } else { json_response(200, now) }
        }
    })
    .await;
    let upstream = format!("[live]\nlists_seconds = 1\n[vendors.jtel]\nupstream = \"http://{}\"", vendor.address);
    let gateway = start(&upstream).await;
    let admin = gateway.admin().await;
    assert_eq!(admin.get("/api/jtel/acd/events").await.status, 200);
    let mut stream = Stream::open(&admin).await;
    let event = json!({"AcdEventTypesID": 6, "AcdGroupsID": 235, "Sender": "a@example.com", "Subject": "new"});
    assert_eq!(admin.post("/api/jtel/acd/events/create", &event).await.status, 200);
    stream.wait_for("event: changed").await;
    assert_eq!(admin.get("/api/jtel/acd/events").await.json(), json!([{"AcdEventsID": 1}]));
    let looks = vendor.requests().len();
    wait_until("two more looks", || vendor.requests().len() >= looks + 2).await;
    stream.wait_for("event: beat").await;
    assert_eq!(stream.data("changed").len(), 1);
}

#[tokio::test]
async fn thirteenth_stream_of_a_user_replaces_the_oldest() {
    let gateway = start("").await;
    // Three sessions, because one session has at most six streams.
    let admins = [gateway.admin().await, gateway.admin().await, gateway.admin().await];
    let mut streams = Vec::new();
    for at in 0..13 {
        streams.push(Stream::open(&admins[at / 6]).await);
    }
    streams[0].wait_for("event: replaced").await;
    rename(&admins[0], "Told").await;
    for stream in streams.iter_mut().skip(1) {
        stream.wait_for("event: changed").await;
    }
}

#[tokio::test]
async fn stream_sends_heartbeats() {
    let gateway = start("").await;
    let mut stream = Stream::open(&gateway.admin().await).await;
    assert!(stream.text.contains("retry: "), "{}", stream.text);
    let begun = Instant::now();
    stream.wait_for("event: beat").await;
    assert!(begun.elapsed() <= Duration::from_secs(15), "{:?}", begun.elapsed());
    assert_eq!(stream.data("beat"), ["{}"]);
}

#[tokio::test]
async fn seventh_stream_of_a_session_replaces_the_oldest() {
    let gateway = start("").await;
    let (admin, other) = (gateway.admin().await, gateway.admin().await);
    let mut elsewhere = Stream::open(&other).await;
    let mut streams = Vec::new();
    for _ in 0..7 {
        streams.push(Stream::open(&admin).await);
    }
    streams[0].wait_for("event: replaced").await;
    assert!(streams[0].text.contains("retry: 60000"), "it isn't to come back at once");
    streams[0].wait_for_end().await;
    rename(&admin, "Told").await;
    for stream in streams.iter_mut().skip(1).chain([&mut elsewhere]) {
        stream.wait_for("event: changed").await;
        assert_eq!(stream.data("replaced").len(), 0);
    }
}

#[tokio::test]
async fn streams_of_an_agent_share_one_poller() {
    let tickets = Arc::new(Mutex::new(json!([])));
    let now = Arc::clone(&tickets);
    let vendor = FakeUpstream::start(move |_| {
        let now = now.lock().unwrap().clone();
        async move { json_response(200, now) }
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
    let looks = vendor.requests().len();
    wait_until("three more looks", || vendor.requests().len() >= looks + 3).await;
    assert!(begun.elapsed() >= Duration::from_millis(1800), "five streams, one look a second: {:?}", begun.elapsed());
    *tickets.lock().unwrap() = json!([{"id": "new"}]);
    for stream in &mut streams {
        stream.wait_for(r#"{"resource":"/v1/","vendor":"oneview"}"#).await;
    }
    // A client that still waits for its response, and a stream that has just ended, may cause one more poll.
    drop(streams);
    wait_until("no one is watched", || !gateway.state.live.is_polling()).await;
}

#[tokio::test]
async fn read_list_is_polled_while_a_stream_is_open() {
    let accounts = Arc::new(Mutex::new(json!([])));
    let now = Arc::clone(&accounts);
    let vendor = FakeUpstream::start(move |_| {
        let now = now.lock().unwrap().clone();
        async move { json_response(200, now) }
    })
    .await;
    let gateway = start(&format!(
        "[live]\nlists_seconds = 1\n[vendors.comm100]\nupstream = \"http://{0}\"\nbudget = {{ calls = 20, seconds = 300 }}",
        vendor.address
    ))
    .await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    let (mut to_admin, mut to_agent) = (Stream::open(&admin).await, Stream::open(&agent).await);
    assert_eq!(vendor.requests().len(), 0, "nobody has read from it");
    let list = "/api/comm100/ticketing/channelAccounts?include=chatbot";
    assert_eq!(admin.get(list).await.status, 200);
    wait_until("a look", || vendor.requests().len() >= 2).await;
    assert_eq!(
        (vendor.requests()[1].path.as_str(), vendor.requests()[1].query.as_str()),
        ("/ticketing/channelAccounts", "include=chatbot")
    );
    *accounts.lock().unwrap() = json!([{"id": "made elsewhere"}]);
    to_admin.wait_for(r#"{"resource":"/ticketing/channelAccounts","vendor":"comm100"}"#).await;
    // Polls leave half of the budget to users.
    while vendor.requests().len() < 11 {
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
    wait_until("no one is watched", || !gateway.state.live.is_polling()).await;
    let spent = vendor.requests().len();
    assert!(spent <= 12, "{spent} calls of 20");
}

#[tokio::test]
async fn writes_are_reported_to_permitted_roles_only() {
    let gateway = start("").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    gateway.anonymous().get("/api/live").await.assert_error(401, "signed-out");
    let (mut to_admin, mut to_agent) = (Stream::open(&admin).await, Stream::open(&agent).await);
    let change = json!({"account_id": 8, "server": "online", "account_name": "New"});
    assert_eq!(admin.post("/api/digital99/online/updateAccount", &change).await.status, 200);
    assert_eq!(send(agent.request(Method::PUT, &format!("/api/oneview/v1/{AGENT}/online"))).await.status, 200);
    to_admin.wait_for(r#"{"resource":"/online/","vendor":"digital99"}"#).await;
    let api = json!({"name": "CRM", "url": "https://crm.example/"});
    assert_eq!(admin.post("/api/sobot/external-apis", &api).await.status, 201);
    to_admin.wait_for(r#"{"resource":"/sobot/external-apis","vendor":"gateway"}"#).await;
    to_agent.wait_for(r#"{"resource":"/v1/","vendor":"oneview"}"#).await;
    assert!(!to_agent.text.contains("digital99"), "{}", to_agent.text);
}

#[tokio::test]
async fn stream_ends_with_the_session() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    let mut stream = Stream::open(&agent).await;
    assert_eq!(agent.delete("/api/session").await.status, 204);
    stream.wait_for("event: signed-out").await;
    stream.wait_for_end().await;
}

#[tokio::test]
async fn stream_ends_with_the_server() {
    let gateway = start("").await;
    let mut stream = Stream::open(&gateway.agent().await).await;
    gateway.stop.cancel();
    stream.wait_for_end().await;
    tokio::time::timeout(Duration::from_secs(5), gateway.ended).await.unwrap().unwrap().unwrap();
}
