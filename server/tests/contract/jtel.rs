//! ACD events: the document's three, the lists that the pickers need, and the refusals of "Return Codes".

use trunkline_api::jtel::{
    AcdEvent, CALLBACK, CreateAcdEvent, GetAcdEvent, GetAcdGroup, GetUser, ListAcdEventTypes, ListAcdEvents,
    ListAcdGroups, ListUsers, NewAcdEvent, TICKET,
};
use trunkline_api::wire::Scalar;
use trunkline_api::{Error, ErrorKind, FieldError, Problem, Role, Vendor};

use crate::running::Running;

fn callback(user_id: Option<i64>) -> NewAcdEvent {
    NewAcdEvent {
        type_id: CALLBACK,
        group_id: 235,
        user_id,
        sender: "49199123456789".to_owned(),
        receiver: Some("4919900112233".to_owned()),
        subject: "Callback request from 49199123456789 on 2020.08.09 at 09:00".to_owned(),
        body: Some("An automatic request.\r\nCongratulations!\r\n".to_owned()),
        crm_url: Some("https://www.jtel.de".to_owned()),
        user_data: Some("987654".to_owned()),
    }
}

fn ticket() -> NewAcdEvent {
    NewAcdEvent {
        type_id: TICKET,
        sender: "info@example.com".to_owned(),
        receiver: Some("support@jtel.de".to_owned()),
        subject: "A new ticket".to_owned(),
        body: None,
        user_data: Some("123456".to_owned()),
        ..callback(None)
    }
}

fn check(event: &AcdEvent, new: &NewAcdEvent) {
    assert_eq!(event.type_id, Some(new.type_id.into()));
    assert_eq!(event.group_id, Some(new.group_id.into()));
    assert_eq!(event.user_id, new.user_id.map(Scalar::from));
    assert_eq!(event.status_id, Some(1.into()));
    assert_eq!(event.sender, Some(new.sender.as_str().into()));
    assert_eq!(event.receiver, new.receiver.as_deref().map(Scalar::from));
    assert_eq!(event.subject.as_ref(), Some(&new.subject));
    assert_eq!(event.user_data, new.user_data.as_deref().map(Scalar::from));
    assert_eq!(event.crm_url, new.crm_url);
    assert_eq!(event.foreign_system_number, event.user_data.clone().filter(|_| new.type_id == TICKET));
    let xml = event.event_data.as_deref().unwrap();
    assert!(xml.starts_with("<eventData><urls><url><urlPath>https://www.jtel.de</urlPath>"), "{xml}");
    assert_eq!(xml.contains("Congratulations!"), new.body.is_some(), "{xml}");
    // Local time without a zone.
    let created = event.created.as_deref().unwrap();
    assert!(created.contains('T') && !created.ends_with('Z') && !created.contains('+'), "{created}");
}

#[tokio::test]
async fn the_documents_three_events() {
    let (running, _data) = Running::new().await;
    for role in [Role::Admin, Role::Agent] {
        let client = running.client().demo(role).await;
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
        for new in [callback(None), callback(Some(3)), ticket()] {
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
    running.stop().await;
}

#[tokio::test]
async fn types_groups_and_users() {
    let (running, _data) = Running::new().await;
    let agent = running.client().demo(Role::Agent).await;
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
    running.stop().await;
}

#[tokio::test]
async fn refusals() {
    let (running, _data) = Running::new().await;
    let agent = running.client().demo(Role::Agent).await;
    let told = |error: Error| {
        assert_eq!(error.vendor, Vendor::Jtel);
        // A body came with it: the endpoint is there, and says why.
        assert!(error.message.is_some(), "{error:?}");
        (error.kind, error.status, error.code)
    };
    let expected = |kind, status: u16| (kind, Some(status), Some(status.to_string()));
    for error in [
        agent.send(GetAcdEvent { id: "999999999".to_owned() }).await.unwrap_err(),
        agent.send(GetAcdGroup { id: "999999999".to_owned() }).await.unwrap_err(),
        agent.send(GetUser { id: "999999999".to_owned() }).await.unwrap_err(),
    ] {
        assert_eq!(told(error), expected(ErrorKind::NotFound, 404));
    }
    let invalid = || ErrorKind::Invalid(vec![]);
    // What the contract's own rules refuse does not get as far as the vendor.
    for (event, field, problem) in [
        (NewAcdEvent { sender: String::new(), ..ticket() }, "Sender", Problem::Required),
        (NewAcdEvent { subject: " ".to_owned(), ..ticket() }, "Subject", Problem::Required),
        (NewAcdEvent { sender: "info@example.com".to_owned(), ..callback(None) }, "Sender", Problem::NotE164),
        (NewAcdEvent { crm_url: Some("jtel".to_owned()), ..ticket() }, "CrmURL", Problem::NotUrl),
    ] {
        let error = agent.send(CreateAcdEvent { event }).await.unwrap_err();
        let field = FieldError { field: field.to_owned(), problem };
        assert_eq!(
            (error.status, error.vendor, error.kind),
            (Some(422), Vendor::Gateway, ErrorKind::Invalid(vec![field]))
        );
    }
    for event in [NewAcdEvent { group_id: 999_999, ..ticket() }, NewAcdEvent { user_id: Some(999_999), ..ticket() }] {
        assert_eq!(told(agent.send(CreateAcdEvent { event }).await.unwrap_err()), expected(ErrorKind::Conflict, 409));
    }
    let missing = agent.send(GetAcdEvent { id: "..".to_owned() }).await.unwrap_err();
    assert_eq!(told(missing), expected(invalid(), 400));
    running.stop().await;
}
