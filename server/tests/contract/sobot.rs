//! The customer look-up by each of its four keys.

use trunkline_api::Role;
use trunkline_api::decode::LooseScalar;
use trunkline_api::sobot::{CustomerQuery, QueryCustomer};

use crate::test_app::TestApp;

/// The customer of the one-view document, in the demo data of both vendors.
const CUSTOMER: &str = "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2";

fn text(value: Option<&LooseScalar>) -> Option<String> {
    value.map(ToString::to_string)
}

#[tokio::test]
async fn customer_is_found_by_each_of_four_keys() {
    let (app, _data) = TestApp::new().await;
    for role in [Role::Admin, Role::Agent] {
        let client = app.client().demo(role).await;
        let find = async |query| client.send(QueryCustomer { query }).await.unwrap();
        let by_id = CustomerQuery { id: Some(CUSTOMER.to_owned()), ..CustomerQuery::default() };
        let found = find(by_id.clone()).await.unwrap();
        assert_eq!(found.id, Some(CUSTOMER.into()));
        for required in [&found.nick, &found.sex_name, &found.user_status_name, &found.is_black] {
            assert!(required.is_some());
        }
        assert!(!found.title().is_empty());

        let by_tel = CustomerQuery { tel: text(found.tel.as_ref()), ..CustomerQuery::default() };
        let by_email = CustomerQuery { email: text(found.email.as_ref()), ..CustomerQuery::default() };
        for query in [by_tel, by_email] {
            assert!(query.validate().is_ok());
            assert_eq!(find(query).await.as_ref(), Some(&found));
        }
        let third = [
            &found.partner_id,
            &found.wx_unionid,
            &found.wx_openid,
            &found.wx_external_userid,
            &found.whatsapp_id,
            &found.facebook_id,
            &found.instagram_id,
            &found.line_id,
            &found.telegram_id,
            &found.discord_id,
        ];
        let third: Vec<&LooseScalar> = third.into_iter().flatten().filter(|id| !id.is_blank()).collect();
        assert!(!third.is_empty());
        for id in third {
            let query = CustomerQuery { third_account_id: text(Some(id)), ..CustomerQuery::default() };
            assert_eq!(find(query).await.as_ref(), Some(&found), "{id}");
        }

        // No key, no match, and two keys that no single customer matches: null, not an error.
        assert_eq!(find(CustomerQuery::default()).await, None);
        assert_eq!(find(CustomerQuery { id: Some("nobody".to_owned()), ..CustomerQuery::default() }).await, None);
        assert_eq!(find(CustomerQuery { tel: Some("1".to_owned()), ..by_id }).await, None);
    }
    app.stop().await;
}
