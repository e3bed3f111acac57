//! Channel accounts: create, get, list, update, switch the bot, remove.

use trunkline_api::comm100::{
    ChannelAccount, ChannelAccountBody, CreateChannelAccount, DisableBot, EnableBot, GetChannelAccount, Include,
    ListChannelAccounts, ListChatbots, RemoveChannelAccount, UpdateChannelAccount,
};
use trunkline_api::{Error, ErrorKind, FieldError, Role, Service, ValidationError};

use crate::samples;
use crate::test_app::TestApp;

const SAMPLE: &str = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
const CHATBOT: &str = "980cce41-58ae-43b2-8de8-37eea94da4a4";

/// The body of the document's create sample, with another name.
fn body(name: &str) -> ChannelAccountBody {
    ChannelAccountBody {
        app_id: "WeChat".to_owned(),
        original_account_id: "gh_be13d263test".to_owned(),
        name: name.to_owned(),
        screen_name: "Comm100".to_owned(),
        chatbot_id: Some(CHATBOT.to_owned()),
        created_time: Some("2021-01-27T03:13:04.866Z".to_owned()),
        account_ext_info: Some(String::new()),
        filter: Some(r#"[{"ChannelId":"WeChat","FilterName":"WeChat","Enable":true}]"#.to_owned()),
        ..ChannelAccountBody::blank()
    }
}

/// The account that is read back after a create with this body.
fn expected(id: &str, body: &ChannelAccountBody) -> ChannelAccount {
    ChannelAccount {
        id: Some(id.into()),
        app_id: Some(body.app_id.clone()),
        original_account_id: Some(body.original_account_id.clone()),
        name: Some(body.name.clone()),
        is_enabled: Some(body.is_enabled),
        avatar_url: body.avatar_url.clone(),
        screen_name: Some(body.screen_name.clone()),
        is_bot_enabled: Some(body.is_bot_enabled),
        chatbot_id: body.chatbot_id.as_deref().map(Into::into),
        percentage_to_bot_when_online: Some(body.percentage_to_bot_when_online),
        percentage_to_bot_when_offline: Some(body.percentage_to_bot_when_offline),
        is_default: Some(body.is_default),
        created_time: body.created_time.clone(),
        ..ChannelAccount::default()
    }
}

fn error_parts(error: &Error) -> (Option<u16>, Option<&str>, Option<&str>) {
    assert_eq!(error.service, Service::Comm100);
    (error.status, error.code.as_deref(), error.message.as_deref())
}

#[tokio::test]
async fn account_is_created_read_updated_switched_and_removed() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let before = admin.send(ListChannelAccounts::default()).await.unwrap().len();

    let (status, created) = admin.send_with_status(CreateChannelAccount { account: body("First") }).await;
    assert_eq!(status, 201);
    let created = created.unwrap();
    let id = created.id.clone().unwrap().to_string();
    assert_eq!(created, expected(&id, &body("First")));
    assert_eq!(admin.send(GetChannelAccount { id: id.clone(), include: None }).await, Ok(created.clone()));
    let list = admin.send(ListChannelAccounts::default()).await.unwrap();
    assert_eq!(list.len(), before + 1);
    assert!(list.iter().any(|account| **account == created));

    let with = admin.send(GetChannelAccount { id: id.clone(), include: Some(Include::Chatbot) }).await.unwrap();
    assert_eq!(with.chatbot.unwrap().id, Some(CHATBOT.into()));
    let with = admin.send(ListChannelAccounts { include: Some(Include::Chatbot) }).await.unwrap();
    assert!(with.iter().all(|account| account.chatbot_id == account.chatbot.as_ref().and_then(|bot| bot.id.clone())));

    let changed = ChannelAccountBody { is_default: true, percentage_to_bot_when_offline: 100, ..body("Renamed") };
    let (status, updated) =
        admin.send_with_status(UpdateChannelAccount { id: id.clone(), account: changed.clone() }).await;
    assert_eq!((status, updated), (200, Ok(expected(&id, &changed))));
    let on = admin.send(EnableBot { id: id.clone() }).await.unwrap();
    assert_eq!(on, ChannelAccount { is_bot_enabled: Some(true), ..expected(&id, &changed) });
    assert_eq!(admin.send(DisableBot { id: id.clone() }).await, Ok(expected(&id, &changed)));

    assert_eq!(admin.send_with_status(RemoveChannelAccount { id: id.clone() }).await, (204, Ok(())));
    let gone = admin.send(GetChannelAccount { id, include: None }).await.unwrap_err();
    assert_eq!(gone.kind, ErrorKind::NotFound);
    assert_eq!(admin.send(ListChannelAccounts::default()).await.unwrap().len(), before);
    app.stop().await;
}

#[tokio::test]
async fn documented_account_is_served_as_documented() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let id = || SAMPLE.to_owned();
    let documented = samples::response::<GetChannelAccount>("comm100_get");
    assert_eq!(admin.send(GetChannelAccount { id: id(), include: None }).await, Ok(documented.clone()));
    let list = admin.send(ListChannelAccounts::default()).await.unwrap();
    assert!(list.contains(&samples::response::<ListChannelAccounts>("comm100_list")[0]));
    let with_chatbots = admin.send(ListChannelAccounts { include: Some(Include::Chatbot) }).await.unwrap();
    let with_chatbot = with_chatbots.iter().find(|account| account.id == Some(SAMPLE.into())).unwrap();
    assert_eq!(ChannelAccount { chatbot: None, ..(**with_chatbot).clone() }, documented);
    let enabled = samples::response::<EnableBot>("comm100_enabled");
    assert_eq!(admin.send(EnableBot { id: id() }).await, Ok(enabled));
    let disabled = samples::response::<DisableBot>("comm100_disabled");
    assert_eq!(admin.send(DisableBot { id: id() }).await, Ok(disabled));
    app.stop().await;
}

#[tokio::test]
async fn documented_bodies_get_the_documented_responses() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let update = UpdateChannelAccount { id: SAMPLE.to_owned(), account: samples::body("comm100_update_body") };
    let updated = samples::response::<UpdateChannelAccount>("comm100_updated");
    assert_eq!(admin.send_with_status(update).await, (200, Ok(updated)));
    let create = CreateChannelAccount { account: samples::body("comm100_create_body") };
    let (status, created) = admin.send_with_status(create).await;
    let created = created.unwrap();
    let id = created.id.clone().unwrap().to_string();
    assert_eq!((status, uuid::Uuid::parse_str(&id).is_ok()), (201, true), "{id}");
    let documented = samples::response::<CreateChannelAccount>("comm100_created");
    assert_eq!(ChannelAccount { id: None, ..created }, ChannelAccount { id: None, ..documented });
    app.stop().await;
}

#[tokio::test]
async fn documented_account_is_unchanged_by_an_echo() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let get = || GetChannelAccount { id: SAMPLE.to_owned(), include: None };
    let account = admin.send(get()).await.unwrap();
    assert_eq!(account.original_account_id.as_deref(), Some("gh_be13d263test"));
    let echo = UpdateChannelAccount { id: SAMPLE.to_owned(), account: ChannelAccountBody::echo(&account) };
    assert_eq!(admin.send(echo).await, Ok(account.clone()));
    assert_eq!(admin.send(get()).await, Ok(account));
    assert!(admin.send(ListChatbots).await.unwrap().iter().any(|bot| bot.id == Some(CHATBOT.into())));
    app.stop().await;
}

#[tokio::test]
async fn errors_are_the_documented_ones() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let id = || "00000000-0000-4000-8000-000000000000".to_owned();
    let not_found = [
        admin.send(GetChannelAccount { id: id(), include: None }).await.unwrap_err(),
        admin.send(UpdateChannelAccount { id: id(), account: body("x") }).await.unwrap_err(),
        admin.send(EnableBot { id: id() }).await.unwrap_err(),
        admin.send(DisableBot { id: id() }).await.unwrap_err(),
        admin.send(RemoveChannelAccount { id: id() }).await.unwrap_err(),
        // An ID that would vanish from the path matches no account.
        admin.send(GetChannelAccount { id: "..".to_owned(), include: None }).await.unwrap_err(),
    ];
    for error in &not_found {
        assert_eq!(
            (&error.kind, error_parts(error).0, error_parts(error).1),
            (&ErrorKind::NotFound, Some(404), Some("404000"))
        );
    }
    let (status, wrong) = admin.send_with_status(CreateChannelAccount { account: body("") }).await;
    let wrong = wrong.unwrap_err();
    // The gateway refuses what breaks the contract's rules, before the vendor is asked.
    let name = FieldError { field: "name".to_owned(), problem: ValidationError::Required };
    assert_eq!((status, wrong.service, wrong.kind), (422, Service::Gateway, ErrorKind::Invalid(vec![name])));
    let percent = ChannelAccountBody { percentage_to_bot_when_online: 101, ..body("x") };
    let wrong = admin.send(UpdateChannelAccount { id: SAMPLE.to_owned(), account: percent }).await.unwrap_err();
    assert_eq!(error_parts(&wrong).1, Some("400000"));
    let agent = app.client().demo(Role::Agent).await;
    let forbidden = agent.send(ListChannelAccounts::default()).await.unwrap_err();
    assert_eq!((forbidden.kind, forbidden.service), (ErrorKind::Forbidden, Service::Gateway));
    app.stop().await;
}
