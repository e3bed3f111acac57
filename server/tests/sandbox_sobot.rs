//! Sobot's document against the sandbox: the look-up's four keys, and the fields it returns.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod test_sandbox;

use serde_json::{Value, json};
use test_sandbox::TestSandbox;
use trunkline_api::Service::Sobot;
use trunkline_server::sandbox::SandboxConfig;

/// The document's return parameters.
const FIELDS: [&str; 31] = [
    "id",
    "tel",
    "email",
    "partner_id",
    "wx_unionid",
    "wx_external_userid",
    "wx_openid",
    "faceBookid",
    "instagramid",
    "whatsappid",
    "lineid",
    "telegramid",
    "discordid",
    "visitorids",
    "nick",
    "uname",
    "sexName",
    "countryName",
    "provice_name",
    "city_name",
    "remark",
    "userStatusName",
    "isVip",
    "vipLevel",
    "vipLeveName",
    "isblack",
    "enterprise_name",
    "sourceName",
    "liableServiceName",
    "userLabel",
    "userLableName",
];
/// The ten kinds of third-party account, by their field.
const THIRD: [&str; 10] = [
    "partner_id",
    "wx_unionid",
    "wx_openid",
    "wx_external_userid",
    "whatsappid",
    "faceBookid",
    "instagramid",
    "lineid",
    "telegramid",
    "discordid",
];

async fn query(kit: &TestSandbox, query: &Value) -> Value {
    let (status, body) = kit.ask(Sobot, "POST", "/customer/query", &query.to_string()).await;
    assert_eq!(status, 200);
    body
}

/// All customers, read from the table.
async fn everyone(config: SandboxConfig) -> (TestSandbox, Vec<Value>) {
    let pool = trunkline_server::db::in_memory().await.unwrap();
    let kit = TestSandbox::at(pool.clone(), config, test_sandbox::START).await;
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT record FROM sandbox_customers ORDER BY number").fetch_all(&pool).await.unwrap();
    (kit, rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect())
}

#[tokio::test]
async fn each_key_finds_the_customer_alone_and_combined() {
    let (kit, all) = everyone(SandboxConfig::default()).await;
    assert_eq!(all.len(), 300);
    for customer in all.iter().step_by(13) {
        assert_eq!(query(&kit, &json!({"id": customer["id"]})).await, *customer);
        assert_eq!(query(&kit, &json!({"tel": customer["tel"]})).await, *customer);
        let typed = format!("+{}", customer["tel"].as_str().unwrap());
        assert_eq!(query(&kit, &json!({"tel": typed})).await, *customer);
        let email = customer["email"].as_str().unwrap().to_uppercase();
        assert_eq!(query(&kit, &json!({"email": email})).await, *customer);
        let both = json!({"id": customer["id"], "tel": customer["tel"], "email": customer["email"]});
        assert_eq!(query(&kit, &both).await, *customer);
    }
    let two = json!({"id": all[0]["id"], "email": all[1]["email"]});
    assert_eq!(query(&kit, &two).await, Value::Null, "every key must fit");
}

#[tokio::test]
async fn each_third_party_id_finds_its_customer() {
    let (kit, all) = everyone(SandboxConfig::default()).await;
    for kind in THIRD {
        let customer = all.iter().find(|customer| customer[kind].is_string()).unwrap();
        assert_eq!(query(&kit, &json!({"thirdAccountId": customer[kind]})).await, *customer, "{kind}");
    }
}

#[tokio::test]
async fn no_key_or_no_match_is_null() {
    let kit = TestSandbox::default().await;
    for keys in [
        json!({}),
        json!({"id": null, "tel": "", "email": " "}),
        json!({"name": "x"}),
        json!({"id": "nobody"}),
        json!({"tel": "no digits"}),
        json!({"tel": 1}),
    ] {
        assert_eq!(query(&kit, &keys).await, Value::Null, "{keys}");
    }
    let reply = kit.send(Sobot, "POST", "/customer/query", "").await;
    assert_eq!((reply.status, &reply.body[..]), (200, &b"null"[..]));
    for body in ["{", "[]", "7", r#"{"id":{}}"#] {
        let (status, said) = kit.ask(Sobot, "POST", "/customer/query", body).await;
        assert_eq!((status, &said["ret_code"]), (400, &json!("999999")), "{body}");
    }
}

#[tokio::test]
async fn customers_have_documented_and_custom_fields() {
    let (_, all) = everyone(SandboxConfig::default()).await;
    for customer in &all {
        for required in ["id", "nick", "sexName", "userStatusName", "isblack"] {
            assert!(!customer[required].is_null(), "{required}");
        }
        assert!(["Male", "Female"].contains(&customer["sexName"].as_str().unwrap()));
        let black = customer["isblack"].to_string().contains('1');
        assert_eq!(customer["userStatusName"], if black { "blacklist" } else { "normal" });
        let own = customer.as_object().unwrap().keys().filter(|key| !FIELDS.contains(&key.as_str())).count();
        assert!((1..=3).contains(&own), "custom fields have their ids for keys");
        let address = customer["email"].as_str().unwrap();
        assert!(
            ["@example.com", "@example.org", "@example.net", "@mail.example"].iter().any(|end| address.ends_with(end))
        );
    }
    for field in FIELDS {
        assert!(all.iter().any(|customer| !customer[field].is_null()), "{field}");
    }
    for field in ["isVip", "isblack"] {
        assert!(all.iter().any(|customer| customer[field].is_number()), "{field} as number");
        assert!(all.iter().any(|customer| customer[field].is_string()), "{field} as text");
    }
    let tagged =
        all.iter().find(|customer| customer["userLabel"].as_str().is_some_and(|ids| ids.contains(','))).unwrap();
    let customer: trunkline_api::sobot::Customer = serde_json::from_value(tagged.clone()).unwrap();
    assert_eq!(customer.tags().len(), 2);
    let unique = |field: &str| all.iter().map(|one| one[field].to_string()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!((unique("tel").len(), unique("email").len(), unique("id").len()), (300, 300, 300));
}
