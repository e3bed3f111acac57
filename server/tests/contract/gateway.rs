//! The gateway's own: sessions, the vendors' health, cleaned HTML, and who may not.

use trunkline_api::comm100::{EnableBot, ListChannelAccounts};
use trunkline_api::gateway::{CleanHtml, Credentials, GetSession, Html, ListVendors, Mode, SignOut};
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::{ErrorKind, Problem, Role, Vendor};

use crate::running::Running;

#[tokio::test]
async fn a_session_from_sign_in_to_sign_out() {
    let (running, _data) = Running::new().await;
    let nobody = running.client();
    let session = nobody.send(GetSession).await.unwrap();
    assert_eq!((session.user, session.demo), (None, vec![Role::Admin, Role::Agent]));
    assert!(session.idle_seconds > 0);
    assert!(session.sandbox.is_empty() && session.version.is_empty(), "no more than the sign-in page needs");

    let agent = running.client().demo(Role::Agent).await;
    let session = agent.send(GetSession).await.unwrap();
    assert!(session.sandbox.len() == 5 && !session.version.is_empty());
    let user = session.user.unwrap();
    assert_eq!((user.role, user.users_id), (Role::Agent, Some(3)));
    assert_eq!(user.agent_id.as_deref(), Some("f4b8f8e5-365a-4ed1-a122-0f4ba1afef44"));
    assert_eq!(agent.send_with_status(SignOut).await, (204, Ok(())));
    assert_eq!(agent.send(GetSession).await.unwrap().user, None, "the old cookie is worth nothing");
    running.stop().await;
}

#[tokio::test]
async fn refusals_carry_the_gateways_word() {
    let (running, _data) = Running::new().await;
    let nobody = running.client();
    let error = nobody.send(ListChannelAccounts::default()).await.unwrap_err();
    assert_eq!((error.kind, error.vendor, error.status), (ErrorKind::SignedOut, Vendor::Gateway, Some(401)));
    assert_eq!(error.code.as_deref(), Some("signed-out"));
    assert!(error.message.is_some() && error.request_id.is_some());
    assert_eq!(nobody.send(ListVendors).await.unwrap_err().kind, ErrorKind::SignedOut);

    let admin = running.client().demo(Role::Admin).await;
    let bot = EnableBot { id: "59c749f4-af8e-eb11-aacf-06c7a219a2ac".to_owned() };
    let error = admin.send_as_another_site(bot).await.unwrap_err();
    assert_eq!((error.kind, error.code.as_deref()), (ErrorKind::NotAllowed, Some("csrf")));
    assert!(admin.send_as_another_site(ListAcdEvents).await.is_ok(), "a read needs no header");

    let wrong = Credentials::Password { name: "nobody".to_owned(), password: "wrong".to_owned() };
    let error = running.client().sign_in(wrong).await.map(|_| ()).unwrap_err();
    assert_eq!((error.fields()[0].field.as_str(), error.status), ("password", Some(422)));
    assert!(matches!(error.fields()[0].problem, Problem::Said(_)));
    running.stop().await;
}

#[tokio::test]
async fn the_health_of_five_vendors_costs_no_call() {
    let (running, _data) = Running::new().await;
    let admin = running.client().demo(Role::Admin).await;
    let vendors = admin.send(ListVendors).await.unwrap();
    assert_eq!(vendors.iter().map(|health| health.vendor).collect::<Vec<_>>(), Vendor::ALL);
    for health in &vendors {
        assert_eq!((health.mode, &health.host, health.last_ok), (Mode::Sandbox, &None, None), "{health:?}");
    }
    running.stop().await;
}

#[tokio::test]
async fn html_comes_back_clean() {
    let (running, _data) = Running::new().await;
    let agent = running.client().demo(Role::Agent).await;
    let html = "<p onclick=\"x()\">Hello <b>you</b><script>x()</script><img src=x></p>".to_owned();
    let clean = agent.send(CleanHtml { html: Html { html } }).await.unwrap();
    assert_eq!(clean.html, "<p>Hello <b>you</b></p>");
    running.stop().await;
}
