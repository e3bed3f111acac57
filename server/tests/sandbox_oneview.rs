//! one-view's document against the sandbox, and tickets that come in while an agent is online.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod sandbox_kit;

use std::collections::BTreeSet;

use sandbox_kit::{AGENT, Kit, START};
use serde_json::{Value, json};
use trunkline_api::Vendor::{Oneview, Sobot};
use trunkline_server::sandbox::SandboxConfig;

const NOW: i64 = START / 1000;

fn at(action: &str) -> String {
    format!("/v1/{AGENT}/{action}")
}

async fn tickets(kit: &Kit) -> Vec<Value> {
    let (status, body) = kit.ask(Oneview, "GET", &at("tickets"), "").await;
    assert_eq!(status, 200);
    body.as_array().unwrap().clone()
}

fn ids(tickets: &[Value]) -> BTreeSet<String> {
    tickets.iter().map(|ticket| ticket["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn tickets_have_the_documented_fields() {
    let kit = Kit::default().await;
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
    // Assigned times in the future would come before "now" in every list.
    assert!(tickets.iter().all(|ticket| ticket["assignedTime"].as_i64().unwrap() <= NOW));
}

#[tokio::test]
async fn a_tickets_customer_is_a_customer() {
    let kit = Kit::default().await;
    for ticket in tickets(&kit).await.iter().step_by(20) {
        let query = json!({"id": ticket["customer"]["id"]}).to_string();
        let (status, customer) = kit.ask(Sobot, "POST", "/customer/query", &query).await;
        assert_eq!(status, 200);
        assert_eq!((&customer["id"], &customer["nick"]), (&ticket["customer"]["id"], &ticket["customer"]["firstName"]));
    }
}

#[tokio::test]
async fn online_and_offline_answer_the_agent() {
    let kit = Kit::default().await;
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
    let kit = Kit::default().await;
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
    assert_eq!(tickets(&kit).await.len(), before.len() + 4 + 200, "no more than 200 in a shift");
    assert_eq!(tickets(&kit).await.len(), before.len() + 4 + 200);
}

#[tokio::test]
async fn two_agents_may_go_online_in_one_second() {
    let kit = Kit::new(SandboxConfig { tickets: 0, ..SandboxConfig::default() }).await;
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
async fn the_pace_can_be_set_and_stopped() {
    for (ticket_seconds, new) in [(0, 0), (1, 60), (60, 1)] {
        let kit = Kit::new(SandboxConfig { ticket_seconds, tickets: 0, ..SandboxConfig::default() }).await;
        assert_eq!(tickets(&kit).await.len(), 0);
        kit.ask(Oneview, "PUT", &at("online"), "").await;
        kit.pass_seconds(60);
        assert_eq!(tickets(&kit).await.len(), new, "{ticket_seconds}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn looking_twice_at_once_brings_a_ticket_in_once() {
    let (kit, _file) = Kit::on_file(SandboxConfig { tickets: 0, ..SandboxConfig::default() }).await;
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
async fn an_unknown_agent_is_not_found() {
    let kit = Kit::default().await;
    let said = json!({"errorCode": 404, "errorMessage": "not found"});
    for (method, action) in [("GET", "tickets"), ("PUT", "online"), ("PUT", "offline")] {
        let target = format!("/v1/00000000-0000-0000-0000-000000000000/{action}");
        assert_eq!(kit.ask(Oneview, method, &target, "").await, (404, said.clone()));
    }
}
