//! The live stream.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::kit::{AGENT, Browser, Upstream, reply, send, start, until};

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

/// The number in an id such as `0a1b2c3d4e5f-7`.
fn number(id: &str) -> u64 {
    id.rsplit_once('-').unwrap().1.parse().unwrap()
}

/// What a stream's first event says has changed: the resource, and the number of its last change.
fn moved(stream: &Stream) -> Vec<(String, u64)> {
    let hello: Value = serde_json::from_str(stream.data("hello")[0]).unwrap();
    let list = hello["moved"].as_array().unwrap();
    list.iter()
        .map(|entry| (entry["resource"].as_str().unwrap().to_owned(), number(entry["id"].as_str().unwrap())))
        .collect()
}

#[tokio::test]
async fn a_stream_begins_with_the_last_change_of_each_resource() {
    let gateway = start("").await;
    let (admin, agent) = (gateway.admin().await, gateway.agent().await);
    assert_eq!(moved(&Stream::open(&admin).await), []);
    let list = admin.get("/api/jtel/acd/events").await;
    rename(&admin, "One").await;
    let event = json!({"AcdEventTypesID": 6, "AcdGroupsID": 235, "Sender": "a@example.com", "Subject": "missed"});
    assert_eq!(admin.post("/api/jtel/acd/events/create", &event).await.status, 200);
    let stream = Stream::open(&admin).await;
    let expected = [("/online/".to_owned(), 1), ("/acd/events".to_owned(), 2)];
    assert_eq!(moved(&stream), expected);
    assert_eq!(moved(&Stream::open(&agent).await), expected[1..], "an agent may not know of the account");
    // A browser compares them with its answers.
    let before = list.header("trunkline-change").unwrap();
    let after = admin.get("/api/jtel/acd/events").await;
    let after = after.header("trunkline-change").unwrap();
    assert_eq!((number(before), number(after), after), (0, 2, stream.last_id().as_str()));
    // Another start of the server has other ids.
    let restarted = start("").await.admin().await.get("/api/vendors").await;
    assert_ne!(restarted.header("trunkline-change").unwrap().split('-').next(), after.split('-').next());
    let nobody = gateway.nobody().get("/api/session").await;
    assert_eq!(nobody.header("trunkline-change"), None);
}

#[tokio::test]
async fn what_a_vendor_changed_between_a_page_and_its_stream_is_told() {
    let events = Arc::new(Mutex::new(json!([])));
    let now = Arc::clone(&events);
    let vendor = Upstream::start(move |_| {
        let now = now.lock().unwrap().clone();
        async move { reply(200, now) }
    })
    .await;
    let upstream = format!("[live]\nlists_seconds = 1\n[vendors.jtel]\nupstream = \"http://{}\"", vendor.address);
    let gateway = start(&upstream).await;
    let admin = gateway.admin().await;
    let as_of = async || number(admin.get("/api/jtel/acd/events").await.header("trunkline-change").unwrap());
    let page = as_of().await;
    *events.lock().unwrap() = json!([{"AcdEventsID": 1}]);
    let mut stream = Stream::open(&admin).await;
    assert!(stream.wait_for("event: changed").await);
    assert!(number(&stream.last_id()) > page);
    // It was told once, and what is read now is as new.
    assert_eq!(as_of().await, number(&stream.last_id()));
    let looks = vendor.seen().len();
    until("two more looks", || vendor.seen().len() >= looks + 2).await;
    assert!(stream.wait_for("event: beat").await);
    assert_eq!(stream.data("changed").len(), 1);
}

#[tokio::test]
async fn a_write_is_told_once_though_the_list_reads_differently_after_it() {
    let events = Arc::new(Mutex::new(json!([])));
    let now = Arc::clone(&events);
    let vendor = Upstream::start(move |seen| {
        let mut now = now.lock().unwrap();
        if seen.method == "POST" {
            *now = json!([{"AcdEventsID": 1}]);
        }
        let now = now.clone();
        async move { if seen.method == "POST" { reply(200, json!({"AcdEventsID": 1})) } else { reply(200, now) } }
    })
    .await;
    let upstream = format!("[live]\nlists_seconds = 1\n[vendors.jtel]\nupstream = \"http://{}\"", vendor.address);
    let gateway = start(&upstream).await;
    let admin = gateway.admin().await;
    assert_eq!(admin.get("/api/jtel/acd/events").await.status, 200);
    let mut stream = Stream::open(&admin).await;
    let event = json!({"AcdEventTypesID": 6, "AcdGroupsID": 235, "Sender": "a@example.com", "Subject": "new"});
    assert_eq!(admin.post("/api/jtel/acd/events/create", &event).await.status, 200);
    assert!(stream.wait_for("event: changed").await);
    assert_eq!(admin.get("/api/jtel/acd/events").await.json(), json!([{"AcdEventsID": 1}]));
    let looks = vendor.seen().len();
    until("two more looks", || vendor.seen().len() >= looks + 2).await;
    assert!(stream.wait_for("event: beat").await);
    assert_eq!(stream.data("changed").len(), 1);
}

#[tokio::test]
async fn a_users_thirteenth_stream_takes_the_oldests_place() {
    let gateway = start("").await;
    // Three sessions: one alone has six at most.
    let admins = [gateway.admin().await, gateway.admin().await, gateway.admin().await];
    let mut streams = Vec::new();
    for at in 0..13 {
        streams.push(Stream::open(&admins[at / 6]).await);
    }
    assert!(streams[0].wait_for("event: replaced").await);
    rename(&admins[0], "Told").await;
    for stream in streams.iter_mut().skip(1) {
        assert!(stream.wait_for("event: changed").await);
    }
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
