//! The vendor account: success and failure both with HTTP 200.

use trunkline_api::digital99::error::{Reason, reason};
use trunkline_api::digital99::{AccountChange, AccountId, GetAccessToken, ListAccounts, UpdateAccount};
use trunkline_api::{ErrorKind, FieldError, Problem, Role, Vendor};

use crate::running::Running;

fn change(id: &str, server: &str) -> AccountChange {
    AccountChange { account_id: AccountId::typed(id), server: server.to_owned(), ..AccountChange::default() }
}

#[tokio::test]
async fn the_documents_account() {
    let (running, _data) = Running::new().await;
    let admin = running.client().demo(Role::Admin).await;
    let list = admin.send(ListAccounts).await.unwrap();
    let eight = list.list.iter().find(|account| account.account_id == Some(8.into())).unwrap();
    assert_eq!((eight.server.clone(), eight.is_active()), (Some("online".into()), Some(true)));
    assert_eq!(list.total_online.unwrap().as_i64(), i64::try_from(list.list.len()).ok());

    // Nothing but the two mandatory fields changes nothing, and tells all values.
    let now = admin.send(UpdateAccount { change: change("8", "online") }).await.unwrap();
    assert_eq!((now.account_id.clone(), now.server.clone()), (Some(8.into()), Some("online".into())));
    assert_eq!((now.account_name.as_ref(), now.is_active()), (eight.account_name.as_ref(), Some(true)));
    assert!(now.builder_url.is_some() && now.is_ok());

    let renamed = AccountChange { account_name: Some("Renamed".to_owned()), ..change("8", "online") };
    let after = admin.send(UpdateAccount { change: renamed }).await.unwrap();
    assert_eq!(after.account_name.as_deref(), Some("Renamed"));
    assert_eq!((&after.builder_url, after.is_active()), (&now.builder_url, Some(true)), "the rest stays");
    let off = AccountChange {
        account_status: Some(0),
        builder_url: Some("https://builder.example/login".to_owned()),
        ..change("8", "online")
    };
    let after = admin.send(UpdateAccount { change: off }).await.unwrap();
    assert_eq!(after.is_active(), Some(false));
    assert_eq!(after.builder_url.as_deref(), Some("https://builder.example/login"));
    let list = admin.send(ListAccounts).await.unwrap();
    let eight = list.list.iter().find(|account| account.account_id == Some(8.into())).unwrap();
    assert_eq!((eight.account_name.as_deref(), eight.is_active()), (Some("Renamed"), Some(false)));
    running.stop().await;
}

#[tokio::test]
async fn refusals() {
    let (running, _data) = Running::new().await;
    let admin = running.client().demo(Role::Admin).await;
    for (change, meaning) in
        [(change("9999", "online"), Reason::AccountInvalid), (change("8", "elsewhere"), Reason::ServerInvalid)]
    {
        let (status, refused) = admin.send_with_status(UpdateAccount { change }).await;
        let refused = refused.unwrap_err();
        assert_eq!((status, &refused.kind, refused.vendor), (200, &ErrorKind::Refused, Vendor::Digital99));
        assert_eq!(reason(refused.code.as_deref().unwrap()), Some(meaning));
    }
    // What the contract's own rules refuse does not get as far as the vendor.
    let long = AccountChange { account_name: Some("x".repeat(101)), ..change("8", "online") };
    for (change, field, problem) in [
        (change("x", "online"), "account_id", Problem::NotNumber),
        (change("8", ""), "server", Problem::Required),
        (long, "account_name", Problem::TooLong(100)),
    ] {
        let refused = admin.send(UpdateAccount { change }).await.unwrap_err();
        let field = FieldError { field: field.to_owned(), problem };
        assert_eq!((refused.vendor, refused.kind), (Vendor::Gateway, ErrorKind::Invalid(vec![field])));
    }

    // The token is the gateway's affair.
    let token = GetAccessToken { client_id: "a".to_owned(), client_secret: "b".to_owned() };
    let kept = admin.send(token).await.map(|_| ()).unwrap_err();
    assert_eq!((kept.kind, kept.vendor), (ErrorKind::NotAllowed, Vendor::Gateway));
    let agent = running.client().demo(Role::Agent).await;
    assert_eq!(agent.send(ListAccounts).await.unwrap_err().kind, ErrorKind::Forbidden);
    running.stop().await;
}
