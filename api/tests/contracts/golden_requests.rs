//! The endpoints produce the sample requests of the vendors' documents: method, path, query and body.

use serde_json::{Value, json};
use trunkline_api::comm100::{ChannelAccountBody, ChannelIdentity, EmailAccountInfo, FilterEntry, Include};
use trunkline_api::endpoint::{Endpoint, request_target};
use trunkline_api::{comm100, digital99, gateway, jtel, oneview, sobot};

use crate::help::sample_value;

const ACCOUNT: &str = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
const AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";

/// Method and target, and the body as JSON.
fn line<E: Endpoint>(request: &E) -> (String, Option<Value>) {
    let body = request.body().map(|body| serde_json::from_str(&body).unwrap());
    (format!("{} {}", E::METHOD, request_target(request)), body)
}

fn bare(line: &str) -> (String, Option<Value>) {
    (line.to_owned(), None)
}

#[test]
fn comm100_without_a_body() {
    let id = || ACCOUNT.to_owned();
    let base = "/ticketing/channelAccounts";
    assert_eq!(line(&comm100::ListChannelAccounts::default()), bare(&format!("GET {base}")));
    let chatbot = Some(Include::Chatbot);
    assert_eq!(line(&comm100::ListChannelAccounts { include: chatbot }), bare(&format!("GET {base}?include=chatbot")));
    assert_eq!(line(&comm100::GetChannelAccount { id: id(), include: None }), bare(&format!("GET {base}/{ACCOUNT}")));
    assert_eq!(
        line(&comm100::GetChannelAccount { id: id(), include: chatbot }),
        bare(&format!("GET {base}/{ACCOUNT}?include=chatbot"))
    );
    assert_eq!(line(&comm100::DisableBot { id: id() }), bare(&format!("POST {base}/{ACCOUNT}:disableBot")));
    assert_eq!(line(&comm100::EnableBot { id: id() }), bare(&format!("POST {base}/{ACCOUNT}:enableBot")));
    assert_eq!(line(&comm100::RemoveChannelAccount { id: id() }), bare(&format!("DELETE {base}/{ACCOUNT}")));
    assert_eq!(line(&comm100::ListChatbots), bare("GET /bot/chatbots"));
}

/// The document's body, built from typed values. The three JSON texts equal the sample's byte for byte.
fn sample_account() -> ChannelAccountBody {
    let identity = ChannelIdentity {
        wechat_app_id: Some("test appid".to_owned()),
        access_token: Some("test token".to_owned()),
        refresh_token: Some("test token2".to_owned()),
        access_token_exp: Some("2021-04-22T05:11:58.6757145Z".to_owned()),
        ..ChannelIdentity::default()
    };
    let filter = [FilterEntry { channel_id: "WeChat".to_owned(), filter_name: "WeChat".to_owned(), enable: true }];
    let avatar = sample_value("comm100_get")["avatarUrl"].as_str().unwrap().to_owned();
    ChannelAccountBody {
        app_id: "WeChat".to_owned(),
        original_account_id: "gh_be13d263test".to_owned(),
        name: "Comm100".to_owned(),
        is_enabled: true,
        avatar_url: Some(avatar),
        screen_name: "Comm100".to_owned(),
        is_bot_enabled: false,
        chatbot_id: Some("980cce41-58ae-43b2-8de8-37eea94da4a4".to_owned()),
        percentage_to_bot_when_online: 0,
        percentage_to_bot_when_offline: 0,
        is_default: false,
        channel_identity: Some(serde_json::to_string(&identity).unwrap()),
        account_ext_info: Some(String::new()),
        filter: Some(serde_json::to_string(&filter).unwrap()),
        created_time: Some("2021-01-27T03:13:04.866Z".to_owned()),
        email_account_info: Some(serde_json::to_string(&EmailAccountInfo::default()).unwrap()),
        extra: Default::default(),
    }
}

#[test]
fn comm100_with_a_body() {
    let account = sample_account();
    assert_eq!(account.validate(None), Ok(()));
    assert_eq!(
        line(&comm100::CreateChannelAccount { account: account.clone() }),
        ("POST /ticketing/channelAccounts".to_owned(), Some(sample_value("comm100_create_body")))
    );
    assert_eq!(
        line(&comm100::UpdateChannelAccount { id: ACCOUNT.to_owned(), account: account.clone() }),
        (format!("PUT /ticketing/channelAccounts/{ACCOUNT}"), Some(sample_value("comm100_update_body")))
    );
    let read: ChannelAccountBody = serde_json::from_value(sample_value("comm100_update_body")).unwrap();
    assert!(read == account);
    let shown = format!("{account:?}");
    assert!(!shown.contains("test token") && !shown.contains("test appid"), "credentials are printed: {shown}");
}

#[test]
fn comm100_nested_json_round_trips() {
    let body = sample_value("comm100_create_body");
    let text = |field: &str| body[field].as_str().unwrap().to_owned();
    let identity: ChannelIdentity = serde_json::from_str(&text("channelIdentity")).unwrap();
    assert_eq!(serde_json::to_string(&identity).unwrap(), text("channelIdentity"));
    let filter: Vec<FilterEntry> = serde_json::from_str(&text("filter")).unwrap();
    assert_eq!(serde_json::to_string(&filter).unwrap(), text("filter"));
    let email: EmailAccountInfo = serde_json::from_str(&text("emailAccountInfo")).unwrap();
    assert_eq!(serde_json::to_string(&email).unwrap(), text("emailAccountInfo"));
}

#[test]
fn comm100_echo_preserves_unknown_members() {
    let mut sent = sample_value("comm100_get");
    let sent = sent.as_object_mut().unwrap();
    sent.insert("siteId".to_owned(), serde_json::json!(10_000_123));
    sent.insert("tags".to_owned(), serde_json::json!([{"name": "vip", "score": 0.5}, null]));
    // Even if a vendor returned a write-only field, an echo omits it: only the user may set it.
    sent.insert("filter".to_owned(), serde_json::json!("[]"));
    let account: comm100::ChannelAccount = serde_json::from_value(serde_json::json!(sent)).unwrap();
    let mut expected = sent.clone();
    expected.remove("id");
    expected.remove("filter");
    assert_eq!(serde_json::to_value(ChannelAccountBody::echo(&account)).unwrap(), serde_json::json!(expected));
}

#[test]
fn comm100_no_chatbot_is_sent_as_null() {
    let none = ChannelAccountBody { chatbot_id: Some(String::new()), ..ChannelAccountBody::blank() };
    let body = serde_json::to_value(&none).unwrap();
    assert_eq!(body.get("chatbotId"), Some(&serde_json::Value::Null));
    assert_eq!(serde_json::to_value(ChannelAccountBody::blank()).unwrap().get("chatbotId"), None);
}

#[test]
fn comm100_echo_is_the_account_without_write_only_fields() {
    let account: comm100::ChannelAccount = serde_json::from_value(sample_value("comm100_get")).unwrap();
    let mut expected = sample_value("comm100_get");
    expected.as_object_mut().unwrap().remove("id");
    assert_eq!(serde_json::to_value(ChannelAccountBody::echo(&account)).unwrap(), expected);
}

#[test]
fn jtel() {
    for name in ["jtel_callback", "jtel_callback_user", "jtel_ticket"] {
        let event: jtel::NewAcdEvent = serde_json::from_value(sample_value(name)).unwrap();
        assert_eq!(event.validate(), Ok(()), "{name}");
        assert_eq!(event.clone().normalised(), event, "{name} goes out as it is");
        let expected = ("POST /acd/events/create".to_owned(), Some(sample_value(name)));
        assert_eq!(line(&jtel::CreateAcdEvent { event }), expected);
    }
    let id = || "2039".to_owned();
    assert_eq!(line(&jtel::ListAcdEvents), bare("GET /acd/events"));
    assert_eq!(line(&jtel::GetAcdEvent { id: id() }), bare("GET /acd/events/event/2039"));
    assert_eq!(line(&jtel::ListAcdEventTypes), bare("GET /acd/events/types"));
    assert_eq!(line(&jtel::ListAcdGroups), bare("GET /acd/groups"));
    assert_eq!(line(&jtel::GetAcdGroup { id: "235".to_owned() }), bare("GET /acd/groups/group/235"));
    assert_eq!(line(&jtel::ListUsers), bare("GET /users"));
    assert_eq!(line(&jtel::GetUser { id: "3".to_owned() }), bare("GET /users/user/3"));
}

#[test]
fn oneview() {
    let agent_id = || AGENT.to_owned();
    assert_eq!(line(&oneview::ListTickets { agent_id: agent_id() }), bare(&format!("GET /v1/{AGENT}/tickets")));
    assert_eq!(line(&oneview::GoOnline { agent_id: agent_id() }), bare(&format!("PUT /v1/{AGENT}/online")));
    assert_eq!(line(&oneview::GoOffline { agent_id: agent_id() }), bare(&format!("PUT /v1/{AGENT}/offline")));
}

#[test]
fn sobot() {
    let text = |value: &str| Some(value.to_owned());
    let all = sobot::CustomerQuery {
        id: text("c1"),
        tel: text("13800000000"),
        email: text("a@example.com"),
        third_account_id: text("u-1"),
    };
    let given = [("id", "c1"), ("tel", "13800000000"), ("email", "a@example.com"), ("thirdAccountId", "u-1")];
    assert_eq!(all.provided(), given);
    let body = json!({"id": "c1", "tel": "13800000000", "email": "a@example.com", "thirdAccountId": "u-1"});
    assert_eq!(line(&sobot::QueryCustomer { query: all }), ("POST /customer/query".to_owned(), Some(body)));
    let one = sobot::CustomerQuery { tel: text(" 138 "), email: text("  "), ..Default::default() };
    assert_eq!(one.provided(), [("tel", "138")]);
    let none = sobot::CustomerQuery::default();
    assert!(none.validate().is_err());
    assert_eq!(line(&sobot::QueryCustomer { query: none }).1, Some(json!({})));
    let kinds = "partnerId, wxUnionId, wxOpenId, wxExternalUserId, whatsappId, faceBookId, instagramId, lineId, \
                 telegramId, discordId";
    assert_eq!(sobot::THIRD_ACCOUNT_KINDS.join(", "), kinds);
}

#[test]
fn digital99() {
    let change = digital99::AccountChange {
        account_id: digital99::AccountId::from_input(" 8 "),
        server: "online".to_owned(),
        account_name: Some("My Account".to_owned()),
        account_status: Some(0),
        builder_url: Some("https://".to_owned()),
    };
    assert_eq!(
        line(&digital99::UpdateAccount { change: change.clone() }),
        ("POST /online/updateAccount".to_owned(), Some(sample_value("digital99_update_body")))
    );
    let least = digital99::AccountChange { account_name: None, account_status: None, builder_url: None, ..change };
    assert!(least.is_empty());
    let body = Some(json!({"account_id": 8, "server": "online"}));
    assert_eq!(line(&digital99::UpdateAccount { change: least }).1, body, "only what changes is sent");
    assert_eq!(line(&digital99::ListAccounts), bare("GET /online/getAccounts"));
    let query =
        digital99::AgentsQuery { account_id: digital99::AccountId::from_input("8"), server: "online".to_owned() };
    assert_eq!(
        line(&digital99::ListAccountAgents { query }),
        ("POST /online/getAgents".to_owned(), Some(json!({"accountID": 8, "server": "online"})))
    );
    let token = digital99::GetAccessToken { client_id: "i".to_owned(), client_secret: "s".to_owned() };
    assert_eq!(
        line(&token),
        ("POST /settings/accessToken".to_owned(), Some(json!({"client_id": "i", "client_secret": "s"})))
    );
}

#[test]
fn gateway_requests() {
    let demo = gateway::Credentials::Demo { demo: trunkline_api::Role::Admin };
    assert_eq!(
        line(&gateway::SignIn { credentials: demo }),
        ("POST /session".to_owned(), Some(json!({"demo": "admin"})))
    );
    let real = gateway::Credentials::Password { name: "a".to_owned(), password: "b".to_owned() };
    assert_eq!(line(&gateway::SignIn { credentials: real }).1, Some(json!({"name": "a", "password": "b"})));
    assert_eq!(line(&gateway::SignOut), bare("DELETE /session"));
    let run = gateway::TestExternalApi { id: "7".to_owned(), values: Default::default() };
    assert_eq!(
        line(&run),
        ("POST /sobot/external-apis/7/tests".to_owned(), Some(json!({"values": [], "variables": []})))
    );
    assert_eq!(serde_json::from_value::<gateway::Session>(json!({"user": null})).unwrap(), gateway::Session::default());
}
