//! Notes, pins, snoozes, "done" and "seen" of an agent's tickets.

use reqwest::Method;
use serde_json::{Value, json};
use trunkline_api::Role;
use trunkline_server::gateway::{NewUser, add_user};

use crate::live::{Stream, rename};
use crate::test_app::{Browser, TestApp, send, start};

const OTHER: &str = "2b6f0c1e-7d0a-4c39-9a57-6f3c8f1d4e20";

/// A signed-in user with another agentID.
async fn other_agent(gateway: &TestApp) -> Browser {
    let new = NewUser { name: "noor".to_owned(), role: Role::Agent, agent_id: Some(OTHER.to_owned()), users_id: None };
    add_user(&gateway.state.pool, &new, "correct horse battery").await.unwrap();
    gateway.anonymous().sign_in(json!({"name": "noor", "password": "correct horse battery"})).await
}

async fn marks(who: &Browser) -> Vec<Value> {
    let response = who.get("/api/inbox/marks").await;
    assert_eq!(response.status, 200, "{}", response.text());
    response.json().as_array().unwrap().clone()
}

async fn change(who: &Browser, ticket: &str, change: Value) -> Value {
    let response = who.put(&format!("/api/inbox/marks/{ticket}"), &change).await;
    assert_eq!(response.status, 200, "{}", response.text());
    response.json()
}

#[tokio::test]
async fn mark_keeps_what_was_set_and_ends_when_all_is_cleared() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    assert_eq!(marks(&agent).await, [json!(null); 0]);
    let noted = change(&agent, "7", json!({"note": " call back\r\nafter 3 ", "pinned": true})).await;
    assert_eq!((&noted["note"], &noted["pinned"]), (&json!("call back\nafter 3"), &json!(true)));
    assert!(noted["noteAt"].as_i64().unwrap() > 1_700_000_000 && noted["doneAt"].is_null());
    let snoozed = change(&agent, "7", json!({"snoozedUntil": 1_900_000_000})).await;
    assert_eq!((&snoozed["note"], &snoozed["snoozedUntil"]), (&noted["note"], &json!(1_900_000_000)));
    let done = change(&agent, "7", json!({"done": true, "seen": true})).await;
    assert!(done["doneAt"].is_i64() && done["seenAt"].is_i64());
    assert_eq!(marks(&agent).await, [done]);
    change(&agent, "7", json!({"snoozedUntil": null, "done": false, "seen": false, "pinned": false})).await;
    assert_eq!(marks(&agent).await.len(), 1, "the note is left");
    change(&agent, "7", json!({"note": "\u{200b} \n"})).await;
    assert_eq!(marks(&agent).await, [json!(null); 0]);
    assert_eq!(
        send(agent.request(Method::POST, "/api/inbox/seen").json(&json!({"ticketIds": ["1", "2", "1"]}))).await.status,
        204
    );
    assert_eq!(marks(&agent).await.len(), 2);
    let app = gateway.restart("").await;
    assert_eq!(marks(&app.agent().await).await.len(), 2, "after a restart");
}

#[tokio::test]
async fn marks_are_for_the_agent_alone() {
    let gateway = start("demo_users = true").await;
    let (agent, other, admin) = (gateway.agent().await, other_agent(&gateway).await, gateway.admin().await);
    change(&agent, "7", json!({"note": "mine"})).await;
    change(&other, "7", json!({"note": "theirs", "pinned": true})).await;
    assert_eq!((marks(&agent).await[0]["note"].clone(), marks(&agent).await.len()), (json!("mine"), 1));
    assert_eq!(marks(&other).await[0]["note"], "theirs");
    for path in ["/api/inbox/marks", "/api/inbox/history/7", "/api/inbox/shift?from=0"] {
        admin.get(path).await.assert_error(403, "forbidden");
        gateway.anonymous().get(path).await.assert_error(401, "signed-out");
    }
    for who in [&admin, &gateway.anonymous()] {
        let (status, code) = if who.cookie.is_some() { (403, "forbidden") } else { (401, "signed-out") };
        who.put("/api/inbox/marks/7", &json!({"note": "x"})).await.assert_error(status, code);
        who.post("/api/inbox/seen", &json!({"ticketIds": ["7"]})).await.assert_error(status, code);
    }
    // Another site can't write: its requests lack the header.
    let cookie = agent.cookie.clone().unwrap();
    for (method, path) in [(Method::PUT, "/api/inbox/marks/7"), (Method::POST, "/api/inbox/seen")] {
        let forged =
            agent.http.request(method, gateway.url(path)).header("Cookie", &cookie).json(&json!({"note": "x"}));
        send(forged).await.assert_error(403, "csrf");
    }
    assert_eq!(marks(&agent).await[0]["note"], "mine");
}

#[tokio::test]
async fn second_tab_receives_a_mark_and_no_other_agent() {
    let gateway = start("demo_users = true").await;
    let (agent, other, admin) = (gateway.agent().await, other_agent(&gateway).await, gateway.admin().await);
    let (mut tab, mut theirs) = (Stream::open(&agent).await, Stream::open(&other).await);
    let mut watching = Stream::open(&admin).await;
    change(&agent, "7", json!({"snoozedUntil": 1_900_000_000})).await;
    tab.wait_for(r#"{"resource":"/inbox/marks","vendor":"gateway"}"#).await;
    // Something that all may know follows, so what they did not get by then they never get.
    let event = json!({"AcdEventTypesID": 6, "AcdGroupsID": 235, "Sender": "a@example.com", "Subject": "a sign"});
    assert_eq!(admin.post("/api/jtel/acd/events/create", &event).await.status, 200);
    rename(&admin, "a sign").await;
    for stream in [&mut theirs, &mut watching] {
        stream.wait_for("/acd/events").await;
        assert!(!stream.text.contains("inbox"), "{}", stream.text);
    }
}

#[tokio::test]
async fn wrong_values_are_refused_by_field() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    let long = "é".repeat(10_000);
    assert_eq!(change(&agent, "7", json!({"note": long})).await["note"], long);
    let refused = async |ticket: &str, change: Value| {
        let response = agent.put(&format!("/api/inbox/marks/{ticket}"), &change).await;
        response.assert_error(422, "invalid");
        response.json()["fields"][0].clone()
    };
    let too_long = refused("7", json!({"note": "é".repeat(10_001)})).await;
    assert_eq!(too_long, json!({"field": "note", "problem": {"tooLong": 10_000}}));
    assert_eq!(refused("7", json!({"snoozedUntil": -1})).await["field"], "snoozedUntil");
    for wrong in
        [json!({"pinned": "yes"}), json!({"unknown": 1}), json!([]), json!({"note": 7}), json!({"done": null, "x": 1})]
    {
        assert_eq!(refused("7", wrong).await, Value::Null);
    }
    assert_eq!(refused(&"x".repeat(201), json!({"pinned": true})).await["field"], "ticketID");
    for id in ["%20", "a%00b", "a%0Ab", "%E2%80%8B"] {
        assert_eq!(refused(id, json!({"pinned": true})).await["field"], "ticketID", "{id}");
    }
    agent.put("/api/inbox/marks/%FF", &json!({"pinned": true})).await.assert_error(400, "invalid");
    agent.put("/api/inbox/marks/7", &json!({"note": "x".repeat(1 << 20)})).await.assert_error(413, "invalid");
    agent.put("/api/inbox/marks/", &json!({})).await.assert_error(404, "not-allowed");
    agent.get("/api/inbox/marks/7").await.assert_error(404, "not-allowed");
    for ids in [json!([""]), json!(["x".repeat(201)]), json!(vec!["7"; 20_001])] {
        let response = agent.post("/api/inbox/seen", &json!({"ticketIds": ids})).await;
        response.assert_error(422, "invalid");
        assert_eq!(response.json()["fields"][0]["field"], "ticketIds");
    }
    for from in ["", "?from=", "?from=today", "?from=0", "?from=99999999999999999999"] {
        let response = agent.get(&format!("/api/inbox/shift{from}")).await;
        response.assert_error(422, "invalid");
        assert_eq!(response.json()["fields"][0]["field"], "from", "{from}");
    }
    assert_eq!(marks(&agent).await.len(), 1);
}

#[tokio::test]
async fn text_of_any_script_and_sql_comes_back_as_it_was() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    let notes = [
        "'; DROP TABLE ticket_marks; --",
        "100 % _ \\ \" ' ` $1 ?1 :a",
        "שלום – call «מחר» ‎at 9",
        "👩‍🔧👨‍👩‍👧 客户说“好”",
        "<script>alert(1)</script> {{x}} {\"json\": [1]}",
    ];
    for (number, note) in notes.iter().enumerate() {
        let id = format!("{number}'; DELETE FROM ticket_marks WHERE '1'='1 票/");
        let path: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20");
        let mark = change(&agent, &path, json!({"note": note})).await;
        assert_eq!((mark["note"].as_str(), mark["ticketId"].as_str()), (Some(*note), Some(id.as_str())));
    }
    let mut stored: Vec<_> = marks(&agent).await.iter().map(|mark| mark["note"].as_str().unwrap().to_owned()).collect();
    stored.sort_by_key(|note| notes.iter().position(|each| each == note));
    assert_eq!(stored, notes);
}

#[tokio::test]
async fn concurrent_changes_of_one_mark_lose_nothing() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    for round in 0..10 {
        let ticket = format!("ticket-{round}");
        let changes = [
            json!({"note": format!("note {round}")}),
            json!({"pinned": true}),
            json!({"snoozedUntil": 1_900_000_000 + round}),
            json!({"done": true}),
            json!({"seen": true}),
        ];
        let tasks: Vec<_> = changes
            .into_iter()
            .map(|each| {
                let (agent, ticket) = (agent.clone(), ticket.clone());
                tokio::spawn(async move { change(&agent, &ticket, each).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let all = marks(&agent).await;
        let mark = all.iter().find(|mark| mark["ticketId"] == *ticket).unwrap();
        assert_eq!(mark["note"], format!("note {round}"));
        assert_eq!((&mark["pinned"], &mark["snoozedUntil"]), (&json!(true), &json!(1_900_000_000 + round)));
        assert!(mark["doneAt"].is_i64() && mark["seenAt"].is_i64(), "{mark}");
    }
}

#[tokio::test]
async fn too_many_marks_cost_the_oldest_seen_and_no_note() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    change(&agent, "noted", json!({"note": "keep"})).await;
    for half in 0..2 {
        let ids: Vec<String> = (0..10_000).map(|number| format!("{half}-{number:05}")).collect();
        assert_eq!(agent.post("/api/inbox/seen", &json!({"ticketIds": ids})).await.status, 204);
    }
    let all = marks(&agent).await;
    assert_eq!(all.len(), 19_000, "one too many: the thousand oldest make room");
    assert!(all.iter().any(|mark| mark["note"] == "keep"));
}
