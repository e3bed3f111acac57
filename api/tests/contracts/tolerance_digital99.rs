//! 99digital: success and failure have the same HTTP status; the body tells them apart, with the member `status` twice.

use trunkline_api::decode::LooseScalar;
use trunkline_api::digital99::error::{Reason, reason_for_code};
use trunkline_api::digital99::{GetAccessToken, ListAccounts, UpdateAccount, UpdatedAccount};
use trunkline_api::endpoint::Endpoint;

use crate::help::{refused, undecodable};

fn updated(body: &str) -> UpdatedAccount {
    UpdateAccount::decode(body.as_bytes()).unwrap_or_else(|failure| panic!("{body}: {failure:?}"))
}

#[test]
fn status_twice_in_either_order() {
    for body in [
        r#"{"status":"OK","reason":1,"status":1}"#,
        r#"{"status":1,"reason":1,"status":"OK"}"#,
        r#"{"status":"ok","reason":"1","status":"1"}"#,
        r#"{"status":"OK","reason":1,"account_status":1}"#,
        r#"{"status":"OK","reason":1,"account_status":"1","status":null}"#,
        r#"{"status":"OK","reason":1,"status":1,"account_status":null}"#,
        r#"{"status":"OK","reason":1,"status":"active"}"#,
        r#"{"status":"Active","reason":1,"status":"Ok"}"#,
    ] {
        assert_eq!(updated(body).is_active(), Some(true), "{body}");
    }
    for body in [
        r#"{"status":"OK","reason":1,"status":0}"#,
        r#"{"status":0,"status":"OK"}"#,
        r#"{"status":"OK","account_status":"suspended"}"#,
    ] {
        assert_eq!(updated(body).is_active(), Some(false), "{body}");
    }
    assert_eq!(updated(r#"{"status":"OK"}"#).is_active(), None);
    assert_eq!(updated(r#"{"status":"OK","account_status":"frozen"}"#).is_active(), None);
}

#[test]
fn success_by_status_or_reason_one() {
    assert!(updated(r#"{"reason":1,"account_id":8}"#).is_ok());
    assert!(updated(r#"{"reason":"1","status":0}"#).is_ok());
    assert!(
        updated(
            r#"{"status":"OK","reason":null,"account_id":null,"server":null,"account_name":null,
        "builder_url":null}"#
        )
        .is_ok()
    );
}

#[test]
fn failure_by_status_or_reason() {
    let code = |code: &str| (Some(code.to_owned()), None);
    for word in ["FAIL", "Fail", "fail", "ERROR"] {
        assert_eq!(refused::<UpdateAccount>(&format!(r#"{{"status":"{word}","reason":34}}"#)), code("34"));
        assert_eq!(refused::<UpdateAccount>(&format!(r#"{{"reason":34,"status":"{word}"}}"#)), code("34"));
        assert_eq!(refused::<ListAccounts>(&format!(r#"{{"status":"{word}","reason":3}}"#)), code("3"));
    }
    assert_eq!(refused::<UpdateAccount>(r#"{"reason":"33"}"#), code("33"));
    assert_eq!(refused::<UpdateAccount>(r#"{"status":"FAIL"}"#), (None, None));
    let words = (Some("2".to_owned()), Some("wrong".to_owned()));
    assert_eq!(refused::<UpdateAccount>(r#"{"status":"FAIL","reason":2,"message":"wrong"}"#), words);
    assert_eq!(refused::<ListAccounts>(r#"{"reason":2,"list":[]}"#), code("2"));
    assert_eq!(refused::<ListAccounts>(r#"{"status":"FAIL"}"#), (None, None));
    assert_eq!(refused::<GetAccessToken>(r#"{"status":"FAIL","reason":2}"#), code("2"));
    assert_eq!(refused::<GetAccessToken>(r#"{"reason":3,"access_token":""}"#), code("3"));
}

#[test]
fn neither_status_nor_reason_is_undecodable() {
    for body in ["{}", r#"{"account_id":8,"server":"online"}"#, r#"{"status":1}"#] {
        assert_eq!(undecodable::<UpdateAccount>(body.as_bytes()).0, "$", "{body}");
    }
    assert_eq!(undecodable::<UpdateAccount>(br#"{"status":["OK"]}"#).0, "$.status");
    // A success without its content is undecodable, not a refusal with reason 1.
    assert_eq!(undecodable::<GetAccessToken>(br#"{"reason":1,"token_type":"Bearer"}"#).0, "$");
    assert_eq!(undecodable::<ListAccounts>(br#"{"reason":1,"status":"OK"}"#).0, "$");
    assert_eq!(undecodable::<ListAccounts>(br#"{"reason":1,"list":null}"#).0, "$.list");
}

#[test]
fn unknown_members_are_preserved_and_ids_have_either_type() {
    let account = updated(r#"{"status":"OK","account_id":"8","server":1,"tier":"gold"}"#);
    assert_eq!(account.account_id, Some(LooseScalar::from(8)));
    assert_eq!(account.server, Some(LooseScalar::from("1")));
    assert_eq!(account.extra["tier"], "gold");
}

#[test]
fn documented_reason_codes() {
    assert_eq!(reason_for_code("2"), Some(Reason::WrongCredentials));
    assert_eq!(reason_for_code("3"), Some(Reason::TokenExpired));
    assert_eq!(reason_for_code("13"), Some(Reason::MustUsePost));
    assert_eq!(
        (reason_for_code("29"), reason_for_code("33")),
        (Some(Reason::AccountInvalid), Some(Reason::AccountInvalid))
    );
    assert_eq!(reason_for_code("32"), Some(Reason::Suspended));
    assert_eq!(reason_for_code("34"), Some(Reason::ServerInvalid));
    for code in ["1", "0", "4", "", "x"] {
        assert_eq!(reason_for_code(code), None, "{code}");
    }
}
