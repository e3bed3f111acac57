//! An agent's tickets, without secrets, and the agent's status.

use std::collections::BTreeSet;

use serde_json::Value;
use trunkline_api::gateway::{Credentials, GetSession};
use trunkline_api::oneview::{GoOffline, GoOnline, ListTickets};
use trunkline_api::{ErrorKind, Role, Service};
use trunkline_server::gateway::{NewUser, add_user};

use crate::samples;
use crate::test_app::TestApp;

const AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";

fn agent_id() -> String {
    AGENT.to_owned()
}

#[tokio::test]
async fn tickets_have_no_secrets() {
    let (app, _data) = TestApp::new().await;
    let agent = app.client().demo(Role::Agent).await;
    let tickets = agent.send(ListTickets { agent_id: agent_id() }).await.unwrap();
    assert!(!tickets.is_empty());
    for ticket in &tickets {
        assert!(!ticket.id().is_empty() && !ticket.status().is_empty() && !ticket.title().is_empty());
        let whole = ticket.ticket();
        let metadata = whole.metadata.as_ref().unwrap();
        assert_eq!((&metadata.agent_jwt, &metadata.room_subscription_token), (&None, &None));
    }
    app.stop().await;
}

#[tokio::test]
async fn tickets_have_every_documented_member_but_the_secrets() {
    fn members(value: &Value, found: &mut BTreeSet<String>) {
        for (name, inner) in value.as_object().into_iter().flatten() {
            found.insert(name.clone());
            if matches!(name.as_str(), "metadata" | "customer") {
                members(inner, found);
            }
        }
    }
    let (app, _data) = TestApp::new().await;
    let agent = app.client().demo(Role::Agent).await;
    let tickets = agent.send(ListTickets { agent_id: agent_id() }).await.unwrap();
    let (mut served, mut documented) = (BTreeSet::new(), BTreeSet::new());
    for ticket in &tickets {
        members(&serde_json::to_value(ticket.ticket()).unwrap(), &mut served);
    }
    members(&samples::body::<Value>("oneview_tickets")[0], &mut documented);
    for secret in ["agentJwt", "roomSubscriptionToken"] {
        assert!(documented.remove(secret));
    }
    assert_eq!(served, documented);
    app.stop().await;
}

#[tokio::test]
async fn online_status_is_confirmed_and_stored() {
    let (app, _data) = TestApp::new().await;
    let agent = app.client().demo(Role::Agent).await;
    let status = async || agent.send(GetSession).await.unwrap().user.unwrap().status;
    for _ in 0..2 {
        let info = agent.send(GoOnline { agent_id: agent_id() }).await.unwrap();
        assert_eq!(info.id, Some(AGENT.into()));
        assert!(
            info.name.is_some()
                && info.last_login_time.is_some()
                && info.updated_at.is_some()
                && info.agent_time_in_status.is_some()
        );
        assert!(status().await.unwrap().online);
    }
    let info = agent.send(GoOffline { agent_id: agent_id() }).await.unwrap();
    assert_eq!(info.id, Some(AGENT.into()));
    assert!(!status().await.unwrap().online);
    app.stop().await;
}

#[tokio::test]
async fn foreign_agent_is_forbidden_and_unknown_agent_not_found() {
    let (app, _data) = TestApp::new().await;
    let agent = app.client().demo(Role::Agent).await;
    let other = || "0f4ba1af-365a-4ed1-a122-f4b8f8e5ef44".to_owned();
    for error in [
        agent.send(ListTickets { agent_id: other() }).await.unwrap_err(),
        agent.send(ListTickets { agent_id: "..".to_owned() }).await.unwrap_err(),
        agent.send(GoOnline { agent_id: other() }).await.unwrap_err(),
        agent.send(GoOffline { agent_id: other() }).await.unwrap_err(),
    ] {
        assert_eq!((error.kind, error.service, error.status), (ErrorKind::Forbidden, Service::Gateway, Some(403)));
    }

    let new = NewUser { name: "noor".to_owned(), role: Role::Agent, agent_id: Some(other()), users_id: None };
    add_user(&app.pool, &new, "correct horse battery").await.unwrap();
    let credentials = Credentials::Password { name: "noor".to_owned(), password: "correct horse battery".to_owned() };
    let (noor, session) = app.client().sign_in(credentials).await.unwrap();
    assert_eq!(session.user.unwrap().agent_id, Some(other()));
    for error in [
        noor.send(ListTickets { agent_id: other() }).await.unwrap_err(),
        noor.send(GoOnline { agent_id: other() }).await.unwrap_err(),
        noor.send(GoOffline { agent_id: other() }).await.unwrap_err(),
    ] {
        assert_eq!((error.kind, error.service, error.status), (ErrorKind::NotFound, Service::Oneview, Some(404)));
        assert_eq!((error.code.as_deref(), error.message.as_deref()), (Some("404"), Some("not found")));
    }
    app.stop().await;
}
