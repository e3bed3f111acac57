//! The sample responses of the vendors' documents decode without loss.

use serde::Serialize;
use serde_json::{Value, json};
use trunkline_api::decode::LooseScalar;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::{ErrorKind, HttpResponse, comm100, digital99, jtel, oneview, parse_response, sobot};

use crate::help::{round_trip, sample, sample_value};

/// Parses the sample with its documented status, and round-trips it through `decode`.
fn golden<E: Endpoint>(name: &str, status: u16) -> E::Response
where
    E::Response: Serialize,
{
    let body = sample(name);
    let answer = HttpResponse { status, body: &body, ..HttpResponse::default() };
    assert!(parse_response::<E>(&answer).is_ok(), "{name}");
    round_trip::<E>(&sample_value(name))
}

#[test]
fn comm100() {
    let list = golden::<comm100::ListChannelAccounts>("comm100_list", 200);
    let one = golden::<comm100::GetChannelAccount>("comm100_get", 200);
    assert_eq!(list, vec![one.clone().into()]);
    assert_eq!(one.app_id.as_deref(), Some("WeChat"));
    assert_eq!(one.original_account_id.as_deref(), Some("gh_be13d263test"));
    assert_eq!(one.name.as_deref(), Some("Comm100"));
    assert_eq!(one.id, Some(LooseScalar::from("59c749f4-af8e-eb11-aacf-06c7a219a2ac")));
    assert_eq!(one.is_enabled, Some(true));
    assert!(one.avatar_url.as_deref().is_some_and(|url| url.starts_with("http://wx.qlogo.cn/")));
    assert_eq!(one.screen_name.as_deref(), Some("Comm100"));
    assert_eq!(one.is_bot_enabled, Some(false));
    assert_eq!(one.chatbot_id, Some(LooseScalar::from("980cce41-58ae-43b2-8de8-37eea94da4a4")));
    assert_eq!((one.percentage_to_bot_when_online, one.percentage_to_bot_when_offline), (Some(0), Some(0)));
    assert_eq!(one.is_default, Some(false));
    assert_eq!(one.created_time.as_deref(), Some("2021-01-27T03:13:04.866Z"));
    assert!(one.chatbot.is_none() && one.extra.is_empty());
    assert_eq!(golden::<comm100::CreateChannelAccount>("comm100_created", 201), one);
    assert_eq!(golden::<comm100::UpdateChannelAccount>("comm100_updated", 200), one);
    assert_eq!(golden::<comm100::DisableBot>("comm100_disabled", 200), one);
    assert_eq!(golden::<comm100::EnableBot>("comm100_enabled", 200).is_bot_enabled, Some(true));
    let gone =
        parse_response::<comm100::RemoveChannelAccount>(&HttpResponse { status: 204, ..HttpResponse::default() });
    for other in ["<html>Sign in to this network</html>", "null", "{}"] {
        let answer = HttpResponse { status: 200, body: other.as_bytes(), ..HttpResponse::default() };
        let error = parse_response::<comm100::RemoveChannelAccount>(&answer).unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Undecodable { .. }), "{other}: somebody else's success");
    }
    assert_eq!(gone, Ok(()));
}

#[test]
fn jtel() {
    let list = golden::<jtel::ListAcdEvents>("jtel_list", 200);
    assert_eq!((list.filter.as_deref(), list.limit_start, list.limit_page_size), (Some(""), Some(0), Some(-1)));
    assert_eq!((list.count, list.order_by.as_deref()), (Some(374), Some("dtCreated")));
    assert_eq!((list.ascending, list.status), (Some(true), Some(200)));
    let one = golden::<jtel::GetAcdEvent>("jtel_get", 200);
    assert_eq!(one.records[0], *list.records[0]);
    assert_eq!(one.records[0].status_id, Some(LooseScalar::from(20)));
    assert_eq!(one.filter, None);

    let created = golden::<jtel::CreateAcdEvent>("jtel_created", 200);
    let event = &created.records[0];
    assert!(event.extra.is_empty(), "a documented field has no place: {:?}", event.extra);
    assert_eq!(event.id, Some(LooseScalar::from(2039)));
    assert_eq!(event.type_id.as_ref().and_then(LooseScalar::as_i64), Some(jtel::TICKET));
    assert_eq!(event.user_id, None);
    assert_eq!(event.foreign_system_number, event.user_data);
    assert_eq!(event.close_by_foreign_system, Some(false));
    let xml = jtel::event_data_xml("https://www.jtel.de", "123456", "");
    assert_eq!(event.event_data.as_deref(), Some(xml.as_str()));
    // The record and its re-encoding have exactly the same keys, because the sample is the whole row.
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut wire = keys(&sample_value("jtel_created")["records"][0]);
    let mut ours = keys(&serde_json::to_value(event).unwrap());
    wire.sort();
    ours.sort();
    assert_eq!(ours, wire);
}

#[test]
fn oneview() {
    let tickets = golden::<oneview::ListTickets>("oneview_tickets", 200);
    let ticket = tickets[0].ticket();
    assert!(ticket.extra.is_empty());
    assert_eq!(ticket.ticket_status, Some(oneview::TicketStatus::Assigned));
    assert_eq!(ticket.content, Some(json!({})));
    assert_eq!((ticket.assigned_time, ticket.priority), (Some(1_572_499_999), Some(1)));
    let metadata = ticket.metadata.as_ref().unwrap();
    assert!(metadata.extra.is_empty());
    assert_eq!(metadata.agent_accesses.as_deref(), Some(&["token".to_owned()][..]));
    assert!(!format!("{tickets:?} {ticket:?}").contains("agent_jwt"), "a secret's field is printed");
    let customer = ticket.customer.as_ref().unwrap();
    assert!(customer.extra.is_empty());
    assert_eq!(tickets[0].title(), "hugo dan");
    for agent in [golden::<oneview::GoOnline>("oneview_agent", 200), golden::<oneview::GoOffline>("oneview_agent", 200)]
    {
        assert!(agent.extra.is_empty());
        // The sample's "duration" is an epoch, so it is the time of the status change.
        assert_eq!(agent.since(1_600_000_000), Some(1_572_499_999));
    }
}

#[test]
fn sobot() {
    let customer = golden::<sobot::QueryCustomer>("sobot_customer", 200).unwrap();
    assert_eq!(customer.custom.len(), 2, "a documented field has no place: {:?}", customer.custom);
    assert!(customer.is_vip() && !customer.is_blacklisted());
    assert_eq!(customer.title(), "Hugo Dan");
    assert_eq!(customer.tags(), vec![("Tag group".to_owned(), vec!["Tag 1".to_owned(), "Tag 2".to_owned()])]);
    // Another page of the vendor has the same members as numbers.
    let ivr = round_trip::<sobot::QueryCustomer>(
        &json!({"isVip": 1, "vipLevel": "xxxxx", "userLabel": "xxxx", "isblack": 0}),
    );
    assert!(ivr.unwrap().is_vip());
    assert_eq!(sobot::QueryCustomer::decode(b"null"), Ok(None));
}

#[test]
fn digital99() {
    let body = sample("digital99_updated");
    let answer = HttpResponse { status: 200, body: &body, ..HttpResponse::default() };
    let updated = parse_response::<digital99::UpdateAccount>(&answer).unwrap();
    let expected = digital99::UpdatedAccount {
        call_status: Some("OK".to_owned()),
        reason: Some(1.into()),
        account_id: Some(8.into()),
        server: Some("online".into()),
        account_name: Some("account name".to_owned()),
        account_status: Some(1.into()),
        builder_url: Some("https://builder..".to_owned()),
        extra: serde_json::Map::new(),
    };
    assert_eq!(updated, expected);
    assert_eq!(updated.is_active(), Some(true));

    let list = round_trip::<digital99::ListAccounts>(&json!({
        "status": "OK", "reason": 1, "totalOnline": 1,
        "list": [{"create_time": 1_690_000_000, "account_name": "a", "account_id": "1", "server": "online",
                  "account_status": "active", "reference": ""}]
    }));
    assert_eq!(list.list[0].is_active(), Some(true));
    assert_eq!(list.list[0].account_id, Some(1.into()), "one id, as number and as string");
    let agents = round_trip::<digital99::ListAccountAgents>(&json!({
        "status": "OK", "reason": 1,
        "list": [
            {"id": 1, "create_time": 1_690_000_000, "email": "a@example.com", "agent_name": "A", "role": "agent",
             "two_factor_type": "sms", "two_factor_phone": "+972555500001"},
            {"id": "2", "two_factor_type": "emai", "two_factor_email": "b@example.com"},
            {"id": 3, "two_factor_type": ""},
            {"id": 4},
            {"id": 5, "two_factor_type": "totp"}
        ]
    }));
    let factors: Vec<_> = agents.list.iter().map(digital99::AccountAgent::second_factor).collect();
    use digital99::SecondFactor::{Email, None as NoFactor, Other, Sms};
    assert_eq!(factors, [Sms, Email, NoFactor, NoFactor, Other("totp")]);
    round_trip::<digital99::GetAccessToken>(&json!({
        "access_token": "12345", "expiration_time": "1731842931", "token_type": "Bearer", "reason": 1
    }));
}
