//! An agent's tickets and status; secrets stay behind.

use trunkline_api::gateway::{Credentials, GetSession};
use trunkline_api::oneview::{GoOffline, GoOnline, ListTickets};
use trunkline_api::{ErrorKind, Role, Vendor};
use trunkline_server::gateway::{NewUser, add_user};

use crate::running::Running;

const AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";

fn agent_id() -> String {
    AGENT.to_owned()
}

#[tokio::test]
async fn tickets_without_their_secrets() {
    let (running, _data) = Running::new().await;
    let agent = running.client().demo(Role::Agent).await;
    let tickets = agent.send(ListTickets { agent_id: agent_id() }).await.unwrap();
    assert!(!tickets.is_empty());
    for ticket in &tickets {
        assert!(!ticket.id().is_empty() && !ticket.status().is_empty() && !ticket.title().is_empty());
        let metadata = ticket.ticket().metadata.as_ref().unwrap();
        assert_eq!((&metadata.agent_jwt, &metadata.room_subscription_token), (&None, &None));
    }
    running.stop().await;
}

#[tokio::test]
async fn online_and_offline_are_confirmed_and_remembered() {
    let (running, _data) = Running::new().await;
    let agent = running.client().demo(Role::Agent).await;
    let status = async || agent.send(GetSession).await.unwrap().user.unwrap().status;
    for _ in 0..2 {
        let info = agent.send(GoOnline { agent_id: agent_id() }).await.unwrap();
        assert_eq!(info.id, Some(AGENT.into()));
        assert!(info.last_login_time.is_some() && info.updated_at.is_some() && info.agent_time_in_status.is_some());
        assert!(status().await.unwrap().online);
    }
    let info = agent.send(GoOffline { agent_id: agent_id() }).await.unwrap();
    assert_eq!(info.id, Some(AGENT.into()));
    assert!(!status().await.unwrap().online);
    running.stop().await;
}

#[tokio::test]
async fn only_the_users_own_agent_and_only_one_that_the_vendor_knows() {
    let (running, _data) = Running::new().await;
    let agent = running.client().demo(Role::Agent).await;
    let other = || "0f4ba1af-365a-4ed1-a122-f4b8f8e5ef44".to_owned();
    for error in [
        agent.send(ListTickets { agent_id: other() }).await.unwrap_err(),
        agent.send(ListTickets { agent_id: "..".to_owned() }).await.unwrap_err(),
        agent.send(GoOnline { agent_id: other() }).await.unwrap_err(),
        agent.send(GoOffline { agent_id: other() }).await.unwrap_err(),
    ] {
        assert_eq!((error.kind, error.vendor, error.status), (ErrorKind::Forbidden, Vendor::Gateway, Some(403)));
    }

    let new = NewUser { name: "noor".to_owned(), role: Role::Agent, agent_id: Some(other()), users_id: None };
    add_user(&running.pool, &new, "correct horse battery").await.unwrap();
    let credentials = Credentials::Password { name: "noor".to_owned(), password: "correct horse battery".to_owned() };
    let (noor, session) = running.client().sign_in(credentials).await.unwrap();
    assert_eq!(session.user.unwrap().agent_id, Some(other()));
    for error in [
        noor.send(ListTickets { agent_id: other() }).await.unwrap_err(),
        noor.send(GoOnline { agent_id: other() }).await.unwrap_err(),
        noor.send(GoOffline { agent_id: other() }).await.unwrap_err(),
    ] {
        assert_eq!((error.kind, error.vendor, error.status), (ErrorKind::NotFound, Vendor::Oneview, Some(404)));
        assert_eq!((error.code.as_deref(), error.message.as_deref()), (Some("404"), Some("not found")));
    }
    running.stop().await;
}
