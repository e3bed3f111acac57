//! one-view's document against the sandbox, and new tickets while an agent is online.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod test_sandbox;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use test_sandbox::{AGENT, START, TestSandbox};
use trunkline_api::Service::{Oneview, Sobot};
use trunkline_server::sandbox::SandboxConfig;

const NOW: i64 = START / 1000;

fn at(action: &str) -> String {
    format!("/v1/{AGENT}/{action}")
}

async fn tickets(kit: &TestSandbox) -> Vec<Value> {
    let (status, body) = kit.ask(Oneview, "GET", &at("tickets"), "").await;
    assert_eq!(status, 200);
    body.as_array().unwrap().clone()
}

fn ids(tickets: &[Value]) -> BTreeSet<String> {
    tickets.iter().map(|ticket| ticket["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn tickets_have_the_documented_fields() {
    let kit = TestSandbox::default().await;
    let tickets = tickets(&kit).await;
    assert_eq!(tickets.len(), 225, "250, of which 25 are the other agent's");
    assert_eq!(ids(&tickets).len(), 225);
    let known = [
        "id",
        "ticketStatus",
        "assignedTime",
        "createdAt",
        "queue",
        "channel",
        "content",
        "metadata",
        "statusReason",
        "priority",
        "customer",
    ];
    let metadata = ["ccr", "agentJwt", "roomId", "roomName", "roomSubscriptionToken", "orderId", "agentAccesses"];
    for ticket in &tickets {
        assert!(ticket.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{ticket}");
        assert!(ticket["metadata"].as_object().unwrap().keys().all(|key| metadata.contains(&key.as_str())));
        assert!(ticket["metadata"]["agentJwt"].is_string() && ticket["metadata"]["roomSubscriptionToken"].is_string());
        assert!((1..=5).contains(&ticket["priority"].as_i64().unwrap()));
        assert!(ticket["createdAt"].as_i64().unwrap() <= ticket["assignedTime"].as_i64().unwrap());
        assert!(ticket["createdAt"].as_i64().unwrap() > NOW - 5 * 86_400 - 1);
    }
    let all = |field: &str| tickets.iter().filter_map(|ticket| ticket[field].as_str()).collect::<BTreeSet<_>>();
    assert_eq!(all("ticketStatus"), ["ASSIGNED", "CLOSED", "ESCALATED"].into());
    assert_eq!(all("queue"), ["english", "deutsch", "français", "עברית", "中文"].into());
    assert!(tickets.iter().any(|ticket| ticket.get("content").is_none()), "optional fields may be absent");
    assert!(
        tickets.iter().any(|ticket| ticket["metadata"]["ccr"] == "delivery - wrong address"
            && ticket["metadata"]["orderId"] == "sdw-srr")
    );
    // Times of assignment must not be in the future.
    assert!(tickets.iter().all(|ticket| ticket["assignedTime"].as_i64().unwrap() <= NOW));
}

#[tokio::test]
async fn ticket_customer_exists() {
    let kit = TestSandbox::default().await;
    for ticket in tickets(&kit).await.iter().step_by(20) {
        let query = json!({"id": ticket["customer"]["id"]}).to_string();
        let (status, customer) = kit.ask(Sobot, "POST", "/customer/query", &query).await;
        assert_eq!(status, 200);
        assert_eq!((&customer["id"], &customer["nick"]), (&ticket["customer"]["id"], &ticket["customer"]["firstName"]));
    }
}

#[tokio::test]
async fn online_and_offline_return_the_agent() {
    let kit = TestSandbox::default().await;
    let info = |login: i64, updated: i64, duration: i64| {
        json!({"id": AGENT, "name": "Dana Levin", "lastLoginTime": login, "updatedAt": updated,
            "agentTimeInStatus": duration})
    };
    assert_eq!(kit.ask(Oneview, "PUT", &at("online"), "").await, (200, info(NOW, NOW, 0)));
    kit.pass_seconds(30);
    assert_eq!(kit.ask(Oneview, "PUT", &at("online"), "").await, (200, info(NOW, NOW, 30)), "already online");
    assert_eq!(kit.ask(Oneview, "PUT", &at("offline"), "").await, (200, info(NOW, NOW + 30, 0)));
    kit.pass_seconds(5);
    assert_eq!(kit.ask(Oneview, "PUT", &at("offline"), "").await, (200, info(NOW, NOW + 30, 5)));
    assert_eq!(kit.ask(Oneview, "PUT", &at("online"), "").await, (200, info(NOW + 35, NOW + 35, 0)));
}

#[tokio::test]
async fn tickets_come_in_only_while_online() {
    let kit = TestSandbox::default().await;
    let before = ids(&tickets(&kit).await);
    kit.pass_seconds(1000);
    assert_eq!(tickets(&kit).await.len(), before.len(), "offline");

    kit.ask(Oneview, "PUT", &at("online"), "").await;
    kit.pass_seconds(19);
    assert_eq!(tickets(&kit).await.len(), before.len(), "every 20 seconds");
    kit.pass_seconds(1);
    let first = tickets(&kit).await;
    assert_eq!(first.len(), before.len() + 1);
    let new = first.iter().find(|ticket| !before.contains(ticket["id"].as_str().unwrap())).unwrap();
    assert_eq!((&new["ticketStatus"], &new["createdAt"]), (&json!("ASSIGNED"), &json!(NOW + 1020)));
    let query = json!({"id": new["customer"]["id"]}).to_string();
    assert!(kit.ask(Sobot, "POST", "/customer/query", &query).await.1.is_object());

    kit.pass_seconds(65);
    kit.ask(Oneview, "PUT", &at("offline"), "").await;
    kit.pass_seconds(1000);
    let after = tickets(&kit).await;
    assert_eq!(after.len(), before.len() + 4, "85 seconds online; what came before leaving stays");
    assert_eq!(after.len(), ids(&after).len());

    kit.ask(Oneview, "PUT", &at("online"), "").await;
    kit.pass_seconds(86_400);
    let shift = tickets(&kit).await.len() - before.len() - 4;
    assert!((20..120).contains(&shift), "{shift}: those of the last forty minutes, without the ones that left");
    assert_eq!(tickets(&kit).await.len(), before.len() + 4 + shift);
}

async fn online(pace: u64) -> TestSandbox {
    let kit = TestSandbox::new(SandboxConfig { ticket_seconds: pace, tickets: 0, ..SandboxConfig::default() }).await;
    kit.ask(Oneview, "PUT", &at("online"), "").await;
    kit
}

#[tokio::test]
async fn tickets_change_escalate_close_and_leave() {
    let kit = online(1).await;
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for second in 1..=300 {
        kit.pass_seconds(1);
        let list = tickets(&kit).await;
        let now: BTreeMap<String, Value> =
            list.into_iter().map(|ticket| (ticket["id"].as_str().unwrap().to_owned(), ticket)).collect();
        for (id, before) in &known {
            let Some(after) = now.get(id) else {
                let event = if before["ticketStatus"] == "CLOSED" { "left closed" } else { "taken away" };
                *seen.entry(event.to_owned()).or_default() += 1;
                continue;
            };
            for field in ["ticketStatus", "priority", "queue", "content"] {
                if before[field] != after[field] {
                    let to = if field == "ticketStatus" { after[field].as_str().unwrap() } else { field };
                    *seen.entry(to.to_owned()).or_default() += 1;
                }
            }
            assert!(before["ticketStatus"] != "CLOSED" || after["ticketStatus"] == "CLOSED", "{after}");
            assert_eq!((&before["customer"], &before["channel"]), (&after["customer"], &after["channel"]));
        }
        assert!(now.values().all(|ticket| ticket["createdAt"].as_i64().unwrap() > NOW + second - 120), "left in time");
        known = now;
    }
    let kinds: Vec<&str> = seen.keys().map(String::as_str).collect();
    let all = ["CLOSED", "ESCALATED", "content", "left closed", "priority", "queue", "taken away"];
    assert_eq!(kinds, all, "{seen:?}");
    assert!(seen["CLOSED"] > 100 && seen["ESCALATED"] > 10 && seen["content"] > 100, "{seen:?}");
}

#[tokio::test]
async fn what_happens_depends_on_the_clock_and_not_on_the_reads() {
    for pace in [1, 20] {
        let (often, once) = (online(pace).await, online(pace).await);
        for _ in 0..80 {
            often.pass_seconds(3 * i64::try_from(pace).unwrap());
            tickets(&often).await;
        }
        once.pass_seconds(240 * i64::try_from(pace).unwrap());
        assert_eq!(tickets(&often).await, tickets(&once).await);
    }
}

#[tokio::test]
async fn going_offline_keeps_the_tickets_as_they_are() {
    let kit = online(1).await;
    kit.pass_seconds(100);
    kit.ask(Oneview, "PUT", &at("offline"), "").await;
    let list = tickets(&kit).await;
    kit.pass_seconds(1000);
    assert_eq!(tickets(&kit).await, list);
}

#[tokio::test]
async fn conversations_have_both_sides_and_times() {
    let kit = TestSandbox::default().await;
    kit.ask(Oneview, "PUT", &at("online"), "").await;
    kit.pass_seconds(2000);
    let mut turns = BTreeSet::new();
    for ticket in tickets(&kit).await.iter().filter(|ticket| ticket.get("content").is_some()) {
        let content = &ticket["content"];
        assert_eq!(content["subject"], ticket["metadata"]["ccr"]);
        assert!(["en", "de", "fr", "he", "zh"].contains(&content["language"].as_str().unwrap()));
        let messages = content["messages"].as_array().unwrap();
        turns.insert(messages.len());
        assert_eq!((&messages[0]["from"], &messages[0]["at"]), (&json!("customer"), &ticket["createdAt"]), "{content}");
        let times: Vec<i64> = messages.iter().map(|message| message["at"].as_i64().unwrap()).collect();
        assert!(times.is_sorted() && *times.last().unwrap() <= NOW + 2000, "{times:?}");
        assert_eq!(content["lastMessage"], messages.last().unwrap()["text"]);
        let waiting = messages.iter().rev().take_while(|message| message["from"] == "customer").count();
        let is_closed = ticket["ticketStatus"] == "CLOSED" && ticket["createdAt"].as_i64().unwrap() > NOW;
        assert_eq!(content["unread"], if is_closed { 0 } else { waiting }, "{content}");
        assert!(messages.iter().all(|message| ["customer", "agent"].contains(&message["from"].as_str().unwrap())));
    }
    assert!(turns.contains(&1) && turns.contains(&4), "{turns:?}");
}

#[tokio::test]
async fn two_agents_going_online_in_one_second_get_different_tickets() {
    let kit = TestSandbox::new(SandboxConfig { tickets: 0, ..SandboxConfig::default() }).await;
    let other = "/v1/2b6f0c1e-7d0a-4c39-9a57-6f3c8f1d4e20";
    for agent in [at("online"), format!("{other}/online")] {
        assert_eq!(kit.ask(Oneview, "PUT", &agent, "").await.0, 200);
    }
    kit.pass_seconds(60);
    let theirs = kit.ask(Oneview, "GET", &format!("{other}/tickets"), "").await;
    assert_eq!((theirs.0, theirs.1.as_array().unwrap().len()), (200, 3));
    let both: BTreeSet<_> = ids(&tickets(&kit).await).union(&ids(theirs.1.as_array().unwrap())).cloned().collect();
    assert_eq!(both.len(), 6);
}

#[tokio::test]
async fn ticket_interval_is_configurable() {
    for (ticket_seconds, new) in [(0, 0), (1, 60), (60, 1)] {
        let kit = TestSandbox::new(SandboxConfig { ticket_seconds, tickets: 0, ..SandboxConfig::default() }).await;
        assert_eq!(tickets(&kit).await.len(), 0);
        kit.ask(Oneview, "PUT", &at("online"), "").await;
        kit.pass_seconds(60);
        assert_eq!(tickets(&kit).await.len(), new, "{ticket_seconds}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_reads_store_a_new_ticket_once() {
    let (kit, _file) = TestSandbox::on_file(SandboxConfig { tickets: 0, ..SandboxConfig::default() }).await;
    let kit = std::sync::Arc::new(kit);
    kit.ask(Oneview, "PUT", &at("online"), "").await;
    kit.pass_seconds(100);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let kit = kit.clone();
            tokio::spawn(async move { tickets(&kit).await.len() })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 5);
    }
}

#[tokio::test]
async fn unknown_agent_is_404() {
    let kit = TestSandbox::default().await;
    let said = json!({"errorCode": 404, "errorMessage": "not found"});
    for (method, action) in [("GET", "tickets"), ("PUT", "online"), ("PUT", "offline")] {
        let target = format!("/v1/00000000-0000-0000-0000-000000000000/{action}");
        assert_eq!(kit.ask(Oneview, method, &target, "").await, (404, said.clone()));
    }
}
