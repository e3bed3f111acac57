//! A second start on the same folder finds the data of the first.

use trunkline_api::comm100::{
    ChannelAccountBody, CreateChannelAccount, EnableBot, GetChannelAccount, ListChannelAccounts, RemoveChannelAccount,
};
use trunkline_api::digital99::{AccountChange, AccountId, UpdateAccount};
use trunkline_api::gateway::{
    CreateExternalApi, GetSession, ListExternalApis, ListTestRuns, Session, TestExternalApi, TestValues,
};
use trunkline_api::jtel::{CreateAcdEvent, GetAcdEvent, ListAcdEvents, NewAcdEvent, TICKET};
use trunkline_api::oneview::{GoOnline, ListTickets};
use trunkline_api::{ErrorKind, Role};

use crate::client::Client;
use crate::external_apis::definition;
use crate::test_app::TestApp;

const SAMPLE: &str = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
const AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";

#[tokio::test]
async fn all_data_survives_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let first = TestApp::on(data.path()).await;
    let admin = first.client().demo(Role::Admin).await;
    let agent = first.client().demo(Role::Agent).await;

    let all = admin.send(ListChannelAccounts::default()).await.unwrap();
    let doomed = all.last().unwrap().id.clone().unwrap().to_string();
    admin.send(RemoveChannelAccount { id: doomed.clone() }).await.unwrap();
    let text = |value: &str| value.to_owned();
    let account = ChannelAccountBody {
        app_id: text("Email"),
        original_account_id: text("a@example.com"),
        name: text("Kept"),
        screen_name: text("Kept"),
        ..ChannelAccountBody::blank()
    };
    let created = admin.send(CreateChannelAccount { account }).await.unwrap();
    let switched = admin.send(EnableBot { id: text(SAMPLE) }).await.unwrap();
    let event = NewAcdEvent {
        type_id: TICKET,
        group_id: 235,
        sender: text("a@example.com"),
        subject: text("kept"),
        ..NewAcdEvent::default()
    };
    let event = agent.send(CreateAcdEvent { event }).await.unwrap();
    let change = AccountChange { account_id: AccountId::from_input("8"), server: text("online"), ..Default::default() };
    let renamed = AccountChange { account_name: Some(text("Renamed")), account_status: Some(0), ..change.clone() };
    let vendor_account = admin.send(UpdateAccount { change: renamed }).await.unwrap();
    let api = admin.send(CreateExternalApi { api: definition("http://127.0.0.1:1/") }).await.unwrap();
    let values = TestValues { values: vec![(text("tel"), text("1"))], ..Default::default() };
    admin.send(TestExternalApi { id: api.id.clone(), values }).await.unwrap();
    agent.send(GoOnline { agent_id: text(AGENT) }).await.unwrap();

    let accounts = admin.send(ListChannelAccounts::default()).await.unwrap();
    let events = agent.send(ListAcdEvents).await.unwrap();
    let tickets = agent.send(ListTickets { agent_id: text(AGENT) }).await.unwrap();
    let apis = admin.send(ListExternalApis).await.unwrap();
    let runs = admin.send(ListTestRuns { id: api.id.clone() }).await.unwrap();
    let session = agent.send(GetSession).await.unwrap();
    assert_eq!(runs.len(), 1);
    first.stop().await;

    // The cookies are still valid; their names contain the port, which is another one after this start.
    let second = TestApp::on(data.path()).await;
    let again = |old: Client| {
        let token = old.cookie.unwrap().split_once('=').unwrap().1.to_owned();
        Client { cookie: Some(format!("trunkline-{}={token}", second.address.port())), ..second.client() }
    };
    let (admin, agent) = (again(admin), again(agent));
    assert_eq!(admin.send(ListChannelAccounts::default()).await.unwrap(), accounts);
    let get = |id: String| GetChannelAccount { id, include: None };
    assert_eq!(admin.send(get(created.id.clone().unwrap().to_string())).await.unwrap(), created);
    assert_eq!(admin.send(get(text(SAMPLE))).await.unwrap(), switched);
    assert_eq!(admin.send(get(doomed)).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(agent.send(ListAcdEvents).await.unwrap(), events);
    let id = event.records[0].id.clone().unwrap().to_string();
    assert_eq!(agent.send(GetAcdEvent { id }).await.unwrap(), event);
    assert_eq!(admin.send(UpdateAccount { change }).await.unwrap(), vendor_account);
    assert_eq!(agent.send(ListTickets { agent_id: text(AGENT) }).await.unwrap(), tickets);
    assert_eq!(admin.send(ListExternalApis).await.unwrap(), apis);
    assert_eq!(admin.send(ListTestRuns { id: api.id }).await.unwrap(), runs);
    let again = agent.send(GetSession).await.unwrap();
    // The remaining lifetime differs by a second; the rest is the same.
    let then = Session { idle_left: session.idle_left, absolute_left: session.absolute_left, ..again.clone() };
    assert_eq!(then, session);
    assert!(again.user.unwrap().status.unwrap().online);
    second.stop().await;
}
