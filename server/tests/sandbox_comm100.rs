//! Comm100's document against the sandbox: each sample request and response, each documented error.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod test_sandbox;

use serde_json::{Value, json};
use test_sandbox::{ACCOUNT, TestSandbox};
use trunkline_api::Service::Comm100;

const ACCOUNTS: &str = "/ticketing/channelAccounts";

/// The document's response to get, create, update and disableBot.
const SAMPLE: &str = r#"{
"appId": "WeChat",
"originalAccountId": "gh_be13d263test",
"name": "Comm100",
"id": "59c749f4-af8e-eb11-aacf-06c7a219a2ac",
"isEnabled": true,
"avatarUrl": "http://wx.qlogo.cn/mmopen/vsACyXq1DBiadwp2qnDRDuGbq5304PQsicgV39VfG3LRiaUZhy8AcF90icxIQGicbFHhpjLChoKhPxDNMnWXiaibdibPGFNSc6qImCM9/test",
"screenName": "Comm100",
"isBotEnabled": false,
"chatbotId": "980cce41-58ae-43b2-8de8-37eea94da4a4",
"percentageToBotWhenOnline": 0,
"percentageToBotWhenOffline": 0,
"isDefault": false,
"createdTime": "2021-01-27T03:13:04.866Z"
}"#;

/// The document's request to create and update.
const REQUEST: &str = r#"{"appId":"WeChat","originalAccountId":"gh_be13d263test","name":"Comm100","isEnabled":true,"avatarUrl":"http://wx.qlogo.cn/mmopen/vsACyXq1DBiadwp2qnDRDuGbq5304PQsicgV39VfG3LRiaUZhy8AcF90icxIQGicbFHhpjLChoKhPxDNMnWXiaibdibPGFNSc6qImCM9/test","screenName":"Comm100","isBotEnabled":false,"chatbotId":"980cce41-58ae-43b2-8de8-37eea94da4a4","percentageToBotWhenOnline":0,"percentageToBotWhenOffline":0,"isDefault":false,"channelIdentity":"{\"UserName\":null,\"Pwd\":null,\"AccountToken\":null,\"AccountSecret\":null,\"AccountTokenExp\":null,\"WebhookId\":null,\"AccountSid\":null,\"AuthToken\":null,\"PhoneNumberSid\":null,\"WeChatAppId\":\"test appid\",\"AccessToken\":\"test token\",\"RefreshToken\":\"test token2\",\"AccessTokenExp\":\"2021-04-22T05:11:58.6757145Z\",\"PageId\":null,\"PageAccessToken\":null}","accountExtInfo":"","filter":"[{\"ChannelId\":\"WeChat\",\"FilterName\":\"WeChat\",\"Enable\":true}]","createdTime":"2021-01-27T03:13:04.866Z","emailAccountInfo":"{\"Type\":0,\"UserName\":null,\"Password\":null,\"SenderName\":null,\"ServerAddress\":null,\"Port\":0,\"IfSSL\":false,\"ServerURL\":null,\"IfSmtpRequiredAuthentication\":false,\"SmtpServerAddress\":null,\"SmtpPort\":0,\"SmtpUserName\":null,\"SmtpPassword\":null,\"SmtpEncrytedConnectionType\":0,\"IfPollSuccess\":false,\"LastPollTime\":\"0001-01-01T00:00:00\",\"FailReason\":null,\"FirstPollStatus\":0}"}"#;

fn sample() -> Value {
    serde_json::from_str(SAMPLE).unwrap()
}

fn request(changes: &[(&str, Option<Value>)]) -> String {
    let mut request: Value = serde_json::from_str(REQUEST).unwrap();
    for (field, value) in changes {
        match value {
            Some(value) => request[*field] = value.clone(),
            None => drop(request.as_object_mut().unwrap().remove(*field)),
        }
    }
    request.to_string()
}

fn one() -> String {
    format!("{ACCOUNTS}/{ACCOUNT}")
}

#[tokio::test]
async fn documented_samples_are_served() {
    let kit = TestSandbox::default().await;
    let (status, list) = kit.ask(Comm100, "GET", ACCOUNTS, "").await;
    assert_eq!((status, list.as_array().unwrap().len()), (200, 60));
    assert!(list.as_array().unwrap().contains(&sample()));
    assert_eq!(kit.ask(Comm100, "GET", &one(), "").await, (200, sample()));
    // The bytes themselves, in the document's order.
    let reply = kit.send(Comm100, "GET", &one(), "").await;
    assert_eq!(reply.body, SAMPLE.replace('\n', "").replace("\": ", "\":"));

    let (status, mut created) = kit.ask(Comm100, "POST", ACCOUNTS, REQUEST).await;
    assert_eq!(status, 201);
    let id = created["id"].take();
    assert_ne!(id, ACCOUNT);
    assert_eq!(id.as_str().unwrap().len(), 36);
    created["id"] = ACCOUNT.into();
    assert_eq!(created, sample());

    assert_eq!(kit.ask(Comm100, "PUT", &one(), REQUEST).await, (200, sample()));
    let mut enabled = sample();
    enabled["isBotEnabled"] = true.into();
    assert_eq!(kit.ask(Comm100, "POST", &format!("{}:enableBot", one()), "").await, (200, enabled.clone()));
    assert_eq!(kit.ask(Comm100, "GET", &one(), "").await, (200, enabled));
    assert_eq!(kit.ask(Comm100, "POST", &format!("{}:disableBot", one()), "").await, (200, sample()));

    let removed = kit.send(Comm100, "DELETE", &one(), "").await;
    assert_eq!((removed.status, removed.content_type, removed.body.len()), (204, None, 0));
    let gone = json!({"code": 404000, "message": "Not Found."});
    assert_eq!(kit.ask(Comm100, "GET", &one(), "").await, (404, gone));
}

#[tokio::test]
async fn include_adds_the_chatbot_or_null() {
    let kit = TestSandbox::default().await;
    let (status, list) = kit.ask(Comm100, "GET", &format!("{ACCOUNTS}?include=chatbot"), "").await;
    assert_eq!(status, 200);
    let list = list.as_array().unwrap();
    for account in list {
        assert_eq!(account.as_object().unwrap().len(), 14);
        assert_eq!(account["chatbot"]["id"], account["chatbotId"], "{account}");
    }
    assert!(list.iter().any(|account| account["chatbot"].is_null()));
    let (_, account) = kit.ask(Comm100, "GET", &format!("{}?include=chatbot", one()), "").await;
    assert_eq!(account["chatbot"]["highConfidenceScore"], 40);
    let (status, _) = kit.ask(Comm100, "GET", &format!("{ACCOUNTS}?include=agents"), "").await;
    assert_eq!(status, 400);
    let (status, chatbots) = kit.ask(Comm100, "GET", "/bot/chatbots", "").await;
    assert_eq!((status, chatbots.as_array().unwrap().len()), (200, 4));
    assert!(chatbots.as_array().unwrap().iter().any(|bot| bot["id"] == "980cce41-58ae-43b2-8de8-37eea94da4a4"));
}

#[tokio::test]
async fn missing_required_field_is_named() {
    let kit = TestSandbox::default().await;
    for field in [
        "appId",
        "originalAccountId",
        "name",
        "isEnabled",
        "screenName",
        "isBotEnabled",
        "percentageToBotWhenOnline",
        "percentageToBotWhenOffline",
        "isDefault",
    ] {
        let said = json!({"code": 400000, "message": format!("Parameter '{field}' is required.")});
        for (method, target) in [("POST", ACCOUNTS.to_owned()), ("PUT", one())] {
            for value in [None, Some(Value::Null)] {
                let body = request(&[(field, value)]);
                assert_eq!(kit.ask(Comm100, method, &target, &body).await, (400, said.clone()));
            }
        }
    }
    let (_, said) = kit.ask(Comm100, "POST", ACCOUNTS, &request(&[("name", Some(" ".into()))])).await;
    assert_eq!(said["message"], "Parameter 'name' is required.");
}

#[tokio::test]
async fn wrong_value_is_named_and_changes_nothing() {
    let kit = TestSandbox::default().await;
    for (field, value) in [
        ("isEnabled", json!("true")),
        ("name", json!(7)),
        ("percentageToBotWhenOnline", json!(101)),
        ("percentageToBotWhenOffline", json!(-1)),
        ("percentageToBotWhenOnline", json!(12.5)),
        ("percentageToBotWhenOnline", json!("12")),
        ("chatbotId", json!("no guid")),
        ("chatbotId", json!("00000000-0000-0000-0000-000000000001")),
        ("createdTime", json!("yesterday")),
        ("avatarUrl", json!("not a url")),
        ("filter", json!([])),
    ] {
        let body = request(&[(field, Some(value.clone()))]);
        for (method, target) in [("POST", ACCOUNTS.to_owned()), ("PUT", one())] {
            let (status, said) = kit.ask(Comm100, method, &target, &body).await;
            assert_eq!((status, &said["code"]), (400, &json!(400000)), "{field} {value}");
            assert!(said["message"].as_str().unwrap().contains(field), "{said}");
        }
    }
    for body in ["", "null", "[]", "{", "{code: 400000}"] {
        assert_eq!(kit.ask(Comm100, "POST", ACCOUNTS, body).await.0, 400, "{body}");
    }
    assert_eq!(kit.ask(Comm100, "GET", &one(), "").await, (200, sample()));
    assert_eq!(kit.ask(Comm100, "GET", ACCOUNTS, "").await.1.as_array().unwrap().len(), 60);
}

#[tokio::test]
async fn unknown_account_is_404() {
    let kit = TestSandbox::default().await;
    let unknown = format!("{ACCOUNTS}/00000000-0000-0000-0000-000000000000");
    for (method, target, body) in [
        ("GET", unknown.clone(), ""),
        ("PUT", unknown.clone(), REQUEST),
        ("DELETE", unknown.clone(), ""),
        ("POST", format!("{unknown}:enableBot"), ""),
        ("POST", format!("{unknown}:disableBot"), ""),
        ("GET", format!("{ACCOUNTS}/x"), ""),
    ] {
        let (status, said) = kit.ask(Comm100, method, &target, body).await;
        assert_eq!((status, &said["code"]), (404, &json!(404000)), "{method} {target}");
    }
    let (status, _) = kit.ask(Comm100, "GET", &format!("{ACCOUNTS}/{}", ACCOUNT.to_uppercase()), "").await;
    assert_eq!(status, 200, "a guid's case of letters means nothing");
}

#[tokio::test]
async fn put_clears_omitted_fields_except_write_only_ones() {
    let pool = trunkline_server::db::in_memory().await.unwrap();
    let kit =
        TestSandbox::at(pool.clone(), trunkline_server::sandbox::SandboxConfig::default(), test_sandbox::START).await;
    let hidden = async || {
        let sql = "SELECT channel_identity, account_ext_info, filter, email_account_info \
            FROM sandbox_channel_accounts WHERE id = $1";
        sqlx::query_as::<_, (Option<String>, Option<String>, Option<String>, Option<String>)>(sql)
            .bind(ACCOUNT)
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    kit.ask(Comm100, "PUT", &one(), REQUEST).await;
    let sent: Value = serde_json::from_str(REQUEST).unwrap();
    let stored = hidden().await;
    assert_eq!(stored.0.as_deref(), sent["channelIdentity"].as_str());
    assert_eq!(stored.1.as_deref(), Some(""));

    let without = ["channelIdentity", "accountExtInfo", "emailAccountInfo", "chatbotId", "avatarUrl", "createdTime"];
    let mut changes: Vec<_> = without.map(|field| (field, None)).to_vec();
    changes.push(("filter", Some(json!(""))));
    let (status, account) = kit.ask(Comm100, "PUT", &one(), &request(&changes)).await;
    assert_eq!(status, 200);
    assert_eq!((&account["chatbotId"], &account["avatarUrl"]), (&Value::Null, &Value::Null));
    assert_eq!(account["createdTime"], "2021-01-27T03:13:04.866Z");
    let kept = hidden().await;
    assert_eq!((kept.0, kept.1, kept.3), (stored.0, stored.1, stored.3));
    assert_eq!(kept.2.as_deref(), Some(""), "an empty text clears");
}

#[tokio::test]
async fn account_without_creation_time_is_created_now() {
    let kit = TestSandbox::default().await;
    let (_, account) = kit.ask(Comm100, "POST", ACCOUNTS, &request(&[("createdTime", None)])).await;
    assert_eq!(account["createdTime"], "2026-03-04T05:06:07.891Z");
    assert_eq!(account.as_object().unwrap().len(), 13);
}

#[tokio::test]
async fn demo_accounts_have_seven_channels_and_valid_percentages() {
    let kit = TestSandbox::default().await;
    let (_, list) = kit.ask(Comm100, "GET", ACCOUNTS, "").await;
    let channels: std::collections::BTreeSet<_> =
        list.as_array().unwrap().iter().map(|account| account["appId"].as_str().unwrap()).collect();
    assert_eq!(channels.len(), 7);
    let names: std::collections::BTreeSet<_> =
        list.as_array().unwrap().iter().map(|account| account["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 60, "people find an account by its name");
    for account in list.as_array().unwrap() {
        assert!((0..=100).contains(&account["percentageToBotWhenOnline"].as_i64().unwrap()));
        assert!((0..=100).contains(&account["percentageToBotWhenOffline"].as_i64().unwrap()));
    }
}
