//! The gateway's own endpoints: sessions, the vendors' health, sanitised HTML, and their errors.

use trunkline_api::comm100::{EnableBot, ListChannelAccounts};
use trunkline_api::gateway::{CleanHtml, Credentials, GetSession, Html, ListVendors, Mode, SignOut};
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::{ErrorKind, Role, Service, ValidationError};

use crate::test_app::TestApp;

#[tokio::test]
async fn session_lasts_from_sign_in_to_sign_out() {
    let (app, _data) = TestApp::new().await;
    let nobody = app.client();
    let session = nobody.send(GetSession).await.unwrap();
    assert_eq!((session.user, session.demo), (None, vec![Role::Admin, Role::Agent]));
    assert!(session.idle_seconds > 0);
    assert!(session.sandbox.is_empty() && session.version.is_empty(), "no more than the sign-in page needs");

    let agent = app.client().demo(Role::Agent).await;
    let session = agent.send(GetSession).await.unwrap();
    assert!(session.sandbox.len() == 5 && !session.version.is_empty());
    let user = session.user.unwrap();
    assert_eq!((user.role, user.users_id), (Role::Agent, Some(3)));
    assert_eq!(user.agent_id.as_deref(), Some("f4b8f8e5-365a-4ed1-a122-0f4ba1afef44"));
    assert_eq!(agent.send_with_status(SignOut).await, (204, Ok(())));
    assert_eq!(agent.send(GetSession).await.unwrap().user, None, "the old cookie is worth nothing");
    app.stop().await;
}

#[tokio::test]
async fn signed_out_request_is_refused_with_its_code() {
    let (app, _data) = TestApp::new().await;
    let nobody = app.client();
    let error = nobody.send(ListChannelAccounts::default()).await.unwrap_err();
    assert_eq!((error.kind, error.service, error.status), (ErrorKind::SignedOut, Service::Gateway, Some(401)));
    assert_eq!(error.code.as_deref(), Some("signed-out"));
    assert!(error.message.is_some() && error.request_id.is_some());
    assert_eq!(nobody.send(ListVendors).await.unwrap_err().kind, ErrorKind::SignedOut);
    app.stop().await;
}

#[tokio::test]
async fn write_of_another_site_is_refused_and_read_is_not() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let bot = EnableBot { id: "59c749f4-af8e-eb11-aacf-06c7a219a2ac".to_owned() };
    let error = admin.send_as_another_site(bot).await.unwrap_err();
    assert_eq!((error.kind, error.code.as_deref()), (ErrorKind::NotAllowed, Some("csrf")));
    assert!(admin.send_as_another_site(ListAcdEvents).await.is_ok(), "a read needs no header");
    app.stop().await;
}

#[tokio::test]
async fn wrong_password_is_an_error_of_its_field() {
    let (app, _data) = TestApp::new().await;
    let wrong = Credentials::Password { name: "nobody".to_owned(), password: "wrong".to_owned() };
    let error = app.client().sign_in(wrong).await.map(|_| ()).unwrap_err();
    assert_eq!((error.fields()[0].field.as_str(), error.status), ("password", Some(422)));
    assert!(matches!(error.fields()[0].problem, ValidationError::Said(_)));
    app.stop().await;
}

#[tokio::test]
async fn vendor_health_is_reported_without_a_call() {
    let (app, _data) = TestApp::new().await;
    let admin = app.client().demo(Role::Admin).await;
    let vendors = admin.send(ListVendors).await.unwrap();
    assert_eq!(vendors.iter().map(|health| health.vendor).collect::<Vec<_>>(), Service::VENDORS);
    for health in &vendors {
        assert_eq!((health.mode, &health.host, health.last_ok), (Mode::Sandbox, &None, None), "{health:?}");
    }
    app.stop().await;
}

#[tokio::test]
async fn html_is_sanitised() {
    let (app, _data) = TestApp::new().await;
    let agent = app.client().demo(Role::Agent).await;
    let html = "<p onclick=\"x()\">Hello <b>you</b><script>x()</script><img src=x></p>".to_owned();
    let clean = agent.send(CleanHtml { html: Html { html } }).await.unwrap();
    assert_eq!(clean.html, "<p>Hello <b>you</b></p>");
    app.stop().await;
}
