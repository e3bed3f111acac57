//! What happened to an agent's tickets as the gateway saw it, and the figures of a shift.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};

use crate::live::Stream;
use crate::test_app::{AGENT, Browser, FakeUpstream, TestApp, json_response, start, wait_until};

/// An upstream whose list of tickets tests set.
#[derive(Clone)]
struct Tickets(Arc<Mutex<Value>>);

impl Tickets {
    fn set(&self, list: Value) {
        *self.0.lock().unwrap() = list;
    }
}

async fn upstream(list: Value) -> (Tickets, String) {
    let tickets = Tickets(Arc::new(Mutex::new(list)));
    let now = tickets.clone();
    let vendor = FakeUpstream::start(move |_| {
        let now = now.0.lock().unwrap().clone();
        async move { json_response(200, now) }
    })
    .await;
    let config = format!("demo_users = true\n[vendors.oneview]\nupstream = \"http://{}\"", vendor.address);
    (tickets, config)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn ticket(id: &str, assigned: i64) -> Value {
    json!({"id": id, "ticketStatus": "ASSIGNED", "assignedTime": assigned, "priority": 3, "queue": "english",
        "channel": "chat", "customer": {"id": "c", "firstName": "Ada"},
        "content": {"subject": "My card", "lastMessage": "it is 4111"}})
}

fn with(mut ticket: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        ticket[name] = value.clone();
    }
    ticket
}

/// Reads the list as a page does, and waits until its differences are written.
async fn read(gateway: &TestApp, agent: &Browser) {
    let before = gateway.state.live.lists_observed();
    assert_eq!(agent.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await.status, 200);
    wait_until("the list is compared", || gateway.state.live.lists_observed() > before).await;
    gateway.state.write_behind.flushed().await;
}

/// A ticket's history without its times: event, and field with its values.
async fn history(agent: &Browser, ticket: &str) -> Vec<String> {
    let response = agent.get(&format!("/api/inbox/history/{ticket}")).await;
    assert_eq!(response.status, 200, "{}", response.text());
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let describe = |entry: &Value| match entry["field"].as_str() {
        Some(field) => format!("{} {field} {}>{}", text(&entry["event"]), text(&entry["from"]), text(&entry["to"])),
        None => text(&entry["event"]),
    };
    response.json().as_array().unwrap().iter().map(describe).collect()
}

#[tokio::test]
async fn history_tells_what_came_changed_and_went_over_restarts() {
    let begun = now();
    let (a, b) = (ticket("a", begun - 600), ticket("b", begun - 60));
    let (tickets, config) = upstream(json!([a, b])).await;
    let gateway = start(&config).await;
    let agent = gateway.agent().await;
    assert_eq!(history(&agent, "a").await, [""; 0]);
    read(&gateway, &agent).await;
    assert_eq!(history(&agent, "a").await, ["came"]);
    let came = agent.get("/api/inbox/history/a").await.json()[0]["at"].as_i64();
    assert_eq!(came, Some(begun - 600), "it came when it was assigned");
    let urgent = with(a.clone(), json!({"priority": 1, "ticketStatus": "ESCALATED", "queue": "français"}));
    tickets.set(json!([urgent, b]));
    read(&gateway, &agent).await;
    let so_far =
        ["came", "changed status ASSIGNED>ESCALATED", "changed queue english>français", "changed priority 3>1"];
    assert_eq!(history(&agent, "a").await, so_far);

    let gateway = gateway.restart(&config).await;
    let agent = gateway.agent().await;
    read(&gateway, &agent).await;
    assert_eq!(history(&agent, "a").await, so_far, "a restart invents nothing");
    assert_eq!(history(&agent, "b").await, ["came"]);
    // Changed while no gateway ran.
    tickets.set(json!([with(urgent.clone(), json!({"content": {"subject": "other"}})), ticket("c", begun - 3000)]));
    let gateway = gateway.restart(&config).await;
    let agent = gateway.agent().await;
    read(&gateway, &agent).await;
    assert_eq!(history(&agent, "a").await.last().unwrap(), "changed content ->-");
    assert_eq!(history(&agent, "b").await, ["came", "gone"]);
    assert_eq!(history(&agent, "c").await, ["came"]);
    let came = agent.get("/api/inbox/history/c").await.json()[0]["at"].as_i64().unwrap();
    assert!(came >= begun, "assigned long ago, but to this agent only now");
    // Neither texts nor customers are stored.
    let file = std::fs::read(gateway.folder.path().join("trunkline.db")).unwrap();
    let log = std::fs::read(gateway.folder.path().join("trunkline.db-wal")).unwrap_or_default();
    for text in ["4111", "Ada", "My card"] {
        let found = [&file, &log].iter().any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()));
        assert!(!found, "{text} is in the database");
    }
}

#[tokio::test]
async fn new_content_clears_done_and_seen_and_escalation_the_snooze() {
    let a = ticket("a", now() - 60);
    let (tickets, config) = upstream(json!([a])).await;
    let gateway = start(&config).await;
    let agent = gateway.agent().await;
    read(&gateway, &agent).await;
    let all = json!({"note": "n", "done": true, "seen": true, "snoozedUntil": 1_900_000_000});
    let mark = async || agent.get("/api/inbox/marks").await.json()[0].clone();
    let mut tab = Stream::open(&agent).await;
    agent.put("/api/inbox/marks/a", &all).await;
    let urgent = with(a, json!({"priority": 1}));
    tickets.set(json!([urgent]));
    read(&gateway, &agent).await;
    assert!(mark().await["doneAt"].is_i64(), "a priority clears nothing");
    let answered = with(urgent, json!({"content": {"lastMessage": "hello?"}}));
    tickets.set(json!([answered]));
    read(&gateway, &agent).await;
    let cleared = mark().await;
    assert!(cleared["doneAt"].is_null() && cleared["seenAt"].is_null(), "{cleared}");
    assert_eq!((&cleared["snoozedUntil"], &cleared["note"]), (&json!(1_900_000_000), &json!("n")));
    tickets.set(json!([with(answered, json!({"ticketStatus": "ESCALATED"}))]));
    read(&gateway, &agent).await;
    assert_eq!((&mark().await["snoozedUntil"], &mark().await["note"]), (&Value::Null, &json!("n")));
    // Told to the agent's tabs: by the change of the note, and by each clearing.
    tab.wait_for_times(r#"{"resource":"/inbox/history","vendor":"gateway"}"#, 3).await;
    tab.wait_for_times(r#"{"resource":"/inbox/marks","vendor":"gateway"}"#, 3).await;
}

#[tokio::test]
async fn shift_counts_what_came_and_was_done() {
    let begun = now();
    let list = |statuses: [&str; 4]| -> Value {
        let one = |(number, status): (usize, &&str)| {
            let queue = if number < 3 { "english" } else { "deutsch" };
            with(
                ticket(&format!("t{number}"), begun - 100 * (4 - number as i64)),
                json!({"ticketStatus": status, "queue": queue}),
            )
        };
        statuses.iter().enumerate().map(one).collect::<Vec<_>>().into()
    };
    let (tickets, config) = upstream(list(["ASSIGNED"; 4])).await;
    let gateway = start(&config).await;
    let agent = gateway.agent().await;
    read(&gateway, &agent).await;
    tickets.set(list(["ASSIGNED", "CLOSED", "ASSIGNED", "ASSIGNED"]));
    read(&gateway, &agent).await;
    // Called done twice, one taken back, one closed by the vendor too: two are done.
    for (ticket, done) in [("t3", true), ("t3", true), ("t2", true), ("t2", false), ("t1", true)] {
        assert_eq!(agent.put(&format!("/api/inbox/marks/{ticket}"), &json!({"done": done})).await.status, 200);
    }
    // Two hours ago, and a week before that.
    let row = "INSERT INTO ticket_history (id, agent_id, ticket_id, at, event, queue, wait_seconds) \
               VALUES ($1, $2, $1, $3, $4, 'english', $5)";
    let from = begun - 3 * 3600 - 1;
    for (id, at, event, wait) in [
        ("early", begun - 2 * 3600 - 60, "came", None),
        ("before", from - 1, "came", None),
        ("week", from + 60 - 7 * 86_400, "came", None),
        ("week done", from + 60 - 7 * 86_400, "done", Some(77)),
        ("week later", now() + 3600 - 7 * 86_400, "came", None),
    ] {
        let query = sqlx::query(row).bind(id).bind(AGENT).bind(at).bind(event).bind(wait);
        query.execute(&gateway.state.writes).await.unwrap();
    }
    let shift = agent.get(&format!("/api/inbox/shift?from={from}")).await.json();
    assert_eq!((&shift["came"], &shift["done"], &shift["gone"]), (&json!(5), &json!(2), &json!(0)), "{shift}");
    let hour = (begun - 2 * 3600 - 60 - from) / 3600;
    assert_eq!(shift["hours"][0], json!({"hour": hour, "came": 1, "done": 0}));
    let total: i64 = shift["hours"].as_array().unwrap().iter().map(|hour| hour["came"].as_i64().unwrap()).sum();
    assert_eq!(total, 5);
    assert_eq!(
        shift["queues"],
        json!([{"queue": "deutsch", "came": 1, "done": 1}, {"queue": "english", "came": 4, "done": 1}])
    );
    let wait = shift["longestWaitSeconds"].as_i64().unwrap();
    assert!((400..460).contains(&wait), "t0 still waits: {wait}");
    assert_eq!(shift["lastWeek"], json!({"came": 1, "done": 1, "longestWaitSeconds": 77}));
    tickets.set(json!([]));
    read(&gateway, &agent).await;
    let shift = agent.get(&format!("/api/inbox/shift?from={from}")).await.json();
    assert_eq!((&shift["gone"], &shift["done"]), (&json!(4), &json!(2)));
    assert!((400..460).contains(&shift["longestWaitSeconds"].as_i64().unwrap()), "t0 waited until it left");
}

#[tokio::test]
async fn locked_database_delays_the_history_and_no_read() {
    let a = ticket("a", now() - 60);
    let (tickets, config) = upstream(json!([a])).await;
    let gateway = start(&config).await;
    let agent = gateway.agent().await;
    read(&gateway, &agent).await;
    let url = format!("sqlite://{}", gateway.folder.path().join("trunkline.db").display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    for priority in 4..8 {
        tickets.set(json!([with(a.clone(), json!({"priority": priority}))]));
        let begun = std::time::Instant::now();
        let before = gateway.state.live.lists_observed();
        assert_eq!(agent.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await.status, 200);
        assert!(begun.elapsed().as_millis() < 1500, "{:?}", begun.elapsed());
        wait_until("the list is compared", || gateway.state.live.lists_observed() > before).await;
    }
    assert_eq!(history(&agent, "a").await, ["came"]);
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    gateway.state.write_behind.flushed().await;
    let steps =
        ["came", "changed priority 3>4", "changed priority 4>5", "changed priority 5>6", "changed priority 6>7"];
    assert_eq!(history(&agent, "a").await, steps);
}

#[tokio::test]
async fn history_is_bounded_by_rows() {
    let a = ticket("a", now() - 60);
    let (tickets, config) = upstream(json!([])).await;
    let gateway = start(&format!("{config}\n[history]\nrows = 100")).await;
    let agent = gateway.agent().await;
    read(&gateway, &agent).await;
    let many = |count: usize| -> Value { (0..count).map(|number| with(a.clone(), json!({"id": number}))).collect() };
    tickets.set(many(1000));
    read(&gateway, &agent).await;
    let count = "SELECT COUNT(*) FROM ticket_history";
    let rows: i64 = sqlx::query_scalar(count).fetch_one(&gateway.state.pool).await.unwrap();
    assert_eq!(rows, 100);
    let states: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM ticket_states").fetch_one(&gateway.state.pool).await.unwrap();
    assert_eq!(states, 1000);
}
