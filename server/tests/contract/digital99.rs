//! The vendor account. Success and failure both have HTTP status 200.

use trunkline_api::digital99::error::{Reason, reason_for_code};
use trunkline_api::digital99::{
    AccountChange, AccountId, AgentsQuery, GetAccessToken, ListAccountAgents, ListAccounts, SecondFactor, UpdateAccount,
};
use trunkline_api::{ErrorKind, FieldError, Role, Service, ValidationError};

use crate::test_app::TestApp;

fn change(id: &str, server: &str) -> AccountChange {
    AccountChange { account_id: AccountId::from_input(id), server: server.to_owned(), ..AccountChange::default() }
}

#[tokio::test]
async fn documented_account_is_updated_and_listed() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let list = admin.send(ListAccounts).await.unwrap();
    let eight = list.list.iter().find(|account| account.account_id == Some(8.into())).unwrap();
    assert_eq!((eight.server.clone(), eight.is_active()), (Some("online".into()), Some(true)));
    assert_eq!(list.total_online.unwrap().as_i64(), i64::try_from(list.list.len()).ok());

    // An update with the two mandatory fields alone changes nothing and returns all values.
    let now = admin.send(UpdateAccount { change: change("8", "online") }).await.unwrap();
    assert_eq!((now.account_id.clone(), now.server.clone()), (Some(8.into()), Some("online".into())));
    assert_eq!((now.account_name.as_ref(), now.is_active()), (eight.account_name.as_ref(), Some(true)));
    assert!(now.builder_url.is_some() && now.is_ok());

    let change =
        AccountChange { account_name: Some("Renamed".to_owned()), account_status: Some(0), ..change("8", "online") };
    admin.send(UpdateAccount { change }).await.unwrap();
    let list = admin.send(ListAccounts).await.unwrap();
    let eight = list.list.iter().find(|account| account.account_id == Some(8.into())).unwrap();
    assert_eq!((eight.account_name.as_deref(), eight.is_active()), (Some("Renamed"), Some(false)));
    app.stop().await;
}

fn agents_of(id: &str, server: &str) -> ListAccountAgents {
    ListAccountAgents { query: AgentsQuery { account_id: AccountId::from_input(id), server: server.to_owned() } }
}

#[tokio::test]
async fn agents_of_an_account_are_listed_for_admins() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let agents = admin.send(agents_of("8", "online")).await.unwrap().list;
    let first = agents.first().unwrap();
    assert_eq!((first.agent_name.as_deref(), first.role.as_deref()), (Some("Dana Levin"), Some("administrator")));
    for agent in &agents {
        let (phone, email) = (agent.two_factor_phone.is_some(), agent.two_factor_email.is_some());
        let expected = match agent.second_factor() {
            SecondFactor::Sms => (true, false),
            SecondFactor::Email => (false, true),
            _ => (false, false),
        };
        assert_eq!((phone, email), expected, "{agent:?}");
    }
    assert!(agents.iter().any(|agent| agent.second_factor() == SecondFactor::None));

    for (request, meaning) in
        [(agents_of("9999", "online"), Reason::AccountInvalid), (agents_of("8", "elsewhere"), Reason::ServerInvalid)]
    {
        let refused = admin.send(request).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Refused);
        assert_eq!(reason_for_code(refused.code.as_deref().unwrap()), Some(meaning));
    }
    let refused = admin.send(agents_of("8", "")).await.unwrap_err();
    let field = FieldError { field: "server".to_owned(), problem: ValidationError::Required };
    assert_eq!((refused.service, refused.kind), (Service::Gateway, ErrorKind::Invalid(vec![field])));
    let agent = app.client().demo(Role::Agent).await;
    assert_eq!(agent.send(agents_of("8", "online")).await.unwrap_err().kind, ErrorKind::Forbidden);
    app.stop().await;
}

#[tokio::test]
async fn each_field_is_updated_alone() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let mut expected = admin.send(UpdateAccount { change: change("8", "online") }).await.unwrap();
    let name = "Another name".to_owned();
    let url = "https://builder.example/login".to_owned();
    let named = AccountChange { account_name: Some(name.clone()), ..change("8", "online") };
    expected.account_name = Some(name);
    assert_eq!(admin.send(UpdateAccount { change: named }).await.as_ref(), Ok(&expected));
    let moved = AccountChange { builder_url: Some(url.clone()), ..change("8", "online") };
    expected.builder_url = Some(url);
    assert_eq!(admin.send(UpdateAccount { change: moved }).await.as_ref(), Ok(&expected));
    let suspended = AccountChange { account_status: Some(0), ..change("8", "online") };
    expected.account_status = Some(0.into());
    assert_eq!(admin.send(UpdateAccount { change: suspended }).await, Ok(expected));
    app.stop().await;
}

#[tokio::test]
async fn errors_are_the_documented_ones() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    for (change, meaning) in
        [(change("9999", "online"), Reason::AccountInvalid), (change("8", "elsewhere"), Reason::ServerInvalid)]
    {
        let (status, refused) = admin.send_with_status(UpdateAccount { change }).await;
        let refused = refused.unwrap_err();
        assert_eq!((status, &refused.kind, refused.service), (200, &ErrorKind::Refused, Service::Digital99));
        assert_eq!(reason_for_code(refused.code.as_deref().unwrap()), Some(meaning));
    }
    // The gateway refuses what breaks the contract's rules, before the vendor is asked.
    let long = AccountChange { account_name: Some("x".repeat(101)), ..change("8", "online") };
    for (change, field, problem) in [
        (change("x", "online"), "account_id", ValidationError::NotNumber),
        (change("8", ""), "server", ValidationError::Required),
        (long, "account_name", ValidationError::TooLong(100)),
    ] {
        let refused = admin.send(UpdateAccount { change }).await.unwrap_err();
        let field = FieldError { field: field.to_owned(), problem };
        assert_eq!((refused.service, refused.kind), (Service::Gateway, ErrorKind::Invalid(vec![field])));
    }

    // The gateway obtains the token itself.
    let token = GetAccessToken { client_id: "a".to_owned(), client_secret: "b".to_owned() };
    let kept = admin.send(token).await.map(|_| ()).unwrap_err();
    assert_eq!((kept.kind, kept.service), (ErrorKind::NotAllowed, Service::Gateway));
    let agent = app.client().demo(Role::Agent).await;
    assert_eq!(agent.send(ListAccounts).await.unwrap_err().kind, ErrorKind::Forbidden);
    app.stop().await;
}
