//! ACD events: the document's three examples, the lists for the form's selects, and the errors of "Return Codes".

use trunkline_api::decode::LooseScalar;
use trunkline_api::jtel::{
    AcdEvent, CALLBACK, CreateAcdEvent, GetAcdEvent, GetAcdGroup, GetUser, ListAcdEventTypes, ListAcdEvents,
    ListAcdGroups, ListUsers, NewAcdEvent, TICKET,
};
use trunkline_api::{Error, ErrorKind, FieldError, Role, Service, ValidationError};

use crate::samples;
use crate::test_app::TestApp;

fn callback() -> NewAcdEvent {
    samples::body("jtel_callback")
}

fn ticket() -> NewAcdEvent {
    samples::body("jtel_ticket")
}

fn check(event: &AcdEvent, new: &NewAcdEvent) {
    assert_eq!(event.type_id, Some(new.type_id.into()));
    assert_eq!(event.group_id, Some(new.group_id.into()));
    assert_eq!(event.user_id, new.user_id.map(LooseScalar::from));
    assert_eq!(event.status_id, Some(1.into()));
    assert_eq!(event.sender, Some(new.sender.as_str().into()));
    assert_eq!(event.receiver, new.receiver.as_deref().map(LooseScalar::from));
    assert_eq!(event.subject.as_ref(), Some(&new.subject));
    assert_eq!(event.user_data, new.user_data.as_deref().map(LooseScalar::from));
    assert_eq!(event.crm_url, new.crm_url);
    assert_eq!(event.foreign_system_number, event.user_data.clone().filter(|_| new.type_id == TICKET));
    let xml = event.event_data.as_deref().unwrap();
    assert!(xml.starts_with("<eventData><urls><url><urlPath>https://www.jtel.de</urlPath>"), "{xml}");
    assert_eq!(xml.contains("Congratulations!"), new.body.is_some(), "{xml}");
    for time in [&event.created, &event.modified, &event.last_modified] {
        let time = time.as_deref().unwrap();
        assert!(time.parse::<jiff::civil::DateTime>().is_ok() && time.parse::<jiff::Timestamp>().is_err(), "{time}");
        assert_eq!(time.len(), "2020-09-15T02:59:32.794".len(), "local time with milliseconds: {time}");
    }
}

#[tokio::test]
async fn documented_events_are_created_and_read() {
    let (app, _data) = TestApp::new().await;
    for role in [Role::Admin, Role::Agent] {
        let client = app.client().demo(role).await;
        let before = client.send(ListAcdEvents).await.unwrap();
        assert_eq!(
            (before.filter.as_deref(), before.limit_start, before.limit_page_size),
            (Some(""), Some(0), Some(-1))
        );
        assert_eq!(
            (before.order_by.as_deref(), before.ascending, before.status),
            (Some("dtCreated"), Some(true), Some(200))
        );
        assert_eq!(before.count, i64::try_from(before.records.len()).ok());
        for new in [callback(), samples::body("jtel_callback_user"), ticket()] {
            let (status, created) = client.send_with_status(CreateAcdEvent { event: new.clone() }).await;
            let created = created.unwrap();
            assert_eq!((status, created.count, created.status), (200, Some(1), Some(200)));
            check(&created.records[0], &new);
            let id = created.records[0].id.clone().unwrap().to_string();
            assert_eq!(client.send(GetAcdEvent { id }).await, Ok(created.clone()));
            let list = client.send(ListAcdEvents).await.unwrap();
            assert!(list.records.iter().any(|event| **event == created.records[0]));
        }
        assert_eq!(client.send(ListAcdEvents).await.unwrap().records.len(), before.records.len() + 3);
    }
    app.stop().await;
}

#[tokio::test]
async fn documented_ticket_is_served_and_created_as_documented() {
    let (app, _data) = TestApp::new().await;
    let agent = app.client().demo(Role::Agent).await;
    let documented = samples::response::<GetAcdEvent>("jtel_created");
    let id = documented.records[0].id.clone().unwrap().to_string();
    assert_eq!(agent.send(GetAcdEvent { id }).await, Ok(documented.clone()));
    let created = agent.send(CreateAcdEvent { event: ticket() }).await.unwrap();
    // Only the ID and the times are new.
    let [was, new] = [&documented.records[0], &created.records[0]];
    let expected = AcdEvent {
        id: new.id.clone(),
        created: new.created.clone(),
        modified: new.modified.clone(),
        last_modified: new.last_modified.clone(),
        ..was.clone()
    };
    assert_eq!(*new, expected);
    app.stop().await;
}

#[tokio::test]
async fn types_groups_and_users_are_listed_and_read() {
    let (app, _data) = TestApp::new().await;
    let agent = app.client().demo(Role::Agent).await;
    let types = agent.send(ListAcdEventTypes).await.unwrap();
    let ids: Vec<i64> = types.records.iter().filter_map(|kind| kind.id.as_ref()?.as_i64()).collect();
    assert!(ids.contains(&CALLBACK) && ids.contains(&TICKET), "{ids:?}");
    assert!(types.records.iter().all(|kind| kind.short_text.as_deref().unwrap().starts_with("AcdEventTypes.")));
    let groups = agent.send(ListAcdGroups).await.unwrap();
    for group in &groups.records {
        let id = group.id.clone().unwrap().to_string();
        assert_eq!(agent.send(GetAcdGroup { id }).await.unwrap().records, std::slice::from_ref(group));
    }
    assert!(groups.records.iter().any(|group| group.id == Some(235.into()) && !group.label().is_empty()));
    let users = agent.send(ListUsers).await.unwrap();
    let three = users.records.iter().find(|user| user.id == Some(3.into())).unwrap();
    assert_eq!(agent.send(GetUser { id: "3".to_owned() }).await.unwrap().records, std::slice::from_ref(three));
    app.stop().await;
}

#[tokio::test]
async fn errors_are_the_documented_ones() {
    let (app, _data) = TestApp::new().await;
    let agent = app.client().demo(Role::Agent).await;
    let error_parts = |error: Error| {
        assert_eq!(error.service, Service::Jtel);
        // The response has a body: the endpoint exists and explains the error.
        assert!(error.message.is_some(), "{error:?}");
        (error.kind, error.status, error.code)
    };
    let expected = |kind, status: u16| (kind, Some(status), Some(status.to_string()));
    for error in [
        agent.send(GetAcdEvent { id: "999999999".to_owned() }).await.unwrap_err(),
        agent.send(GetAcdGroup { id: "999999999".to_owned() }).await.unwrap_err(),
        agent.send(GetUser { id: "999999999".to_owned() }).await.unwrap_err(),
    ] {
        assert_eq!(error_parts(error), expected(ErrorKind::NotFound, 404));
    }
    let invalid = || ErrorKind::Invalid(vec![]);
    // The gateway refuses what breaks the contract's rules, before the vendor is asked.
    for (event, field, problem) in [
        (NewAcdEvent { sender: String::new(), ..ticket() }, "Sender", ValidationError::Required),
        (NewAcdEvent { subject: " ".to_owned(), ..ticket() }, "Subject", ValidationError::Required),
        (NewAcdEvent { sender: "info@example.com".to_owned(), ..callback() }, "Sender", ValidationError::NotE164),
        (NewAcdEvent { crm_url: Some("jtel".to_owned()), ..ticket() }, "CrmURL", ValidationError::NotUrl),
    ] {
        let error = agent.send(CreateAcdEvent { event }).await.unwrap_err();
        let field = FieldError { field: field.to_owned(), problem };
        assert_eq!(
            (error.status, error.service, error.kind),
            (Some(422), Service::Gateway, ErrorKind::Invalid(vec![field]))
        );
    }
    for event in [NewAcdEvent { group_id: 999_999, ..ticket() }, NewAcdEvent { user_id: Some(999_999), ..ticket() }] {
        assert_eq!(
            error_parts(agent.send(CreateAcdEvent { event }).await.unwrap_err()),
            expected(ErrorKind::Conflict, 409)
        );
    }
    let missing = agent.send(GetAcdEvent { id: "..".to_owned() }).await.unwrap_err();
    assert_eq!(error_parts(missing), expected(invalid(), 400));
    app.stop().await;
}
