//! Comm100, jtel and one-view: members that are null, missing, unknown or of another type.

use serde::Serialize;
use serde_json::{Map, Value, json};
use trunkline_api::decode::LooseScalar;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::{comm100, digital99, jtel, oneview, sobot};

use crate::help::{assert_contains, round_trip, sample_value, undecodable};

/// Decodes a record with each field null and missing, with all null, with all missing, and with unknown members.
fn every_field<E: Endpoint>(record: &Value, wrap: impl Fn(Value) -> Value)
where
    E::Response: Serialize,
{
    let decode = |record: Value, why: &str| {
        let body = wrap(record).to_string();
        let decoded = E::decode(body.as_bytes()).unwrap_or_else(|failure| panic!("{why}: {failure:?} in {body}"));
        serde_json::to_value(decoded).unwrap()
    };
    let fields = record.as_object().unwrap();
    for name in fields.keys() {
        let mut rest = fields.clone();
        rest.insert(name.clone(), Value::Null);
        decode(Value::Object(rest.clone()), name);
        rest.remove(name);
        let again = decode(Value::Object(rest.clone()), name);
        assert_contains(&again, &wrap(Value::Object(rest)), "$");
    }
    let nulls: Map<String, Value> = fields.keys().map(|name| (name.clone(), Value::Null)).collect();
    decode(Value::Object(nulls), "all null");
    decode(json!({}), "all missing");
    let mut more = fields.clone();
    more.insert("aFieldOfTomorrow".to_owned(), json!({"deep": [1, 2.5, null, {"x": "ü"}]}));
    more.insert("another-one".to_owned(), Value::Null);
    let again = decode(Value::Object(more.clone()), "unknown fields");
    assert_contains(&again, &wrap(Value::Object(more)), "$");
}

#[test]
fn fields_may_be_null_or_missing_and_unknown_ones_are_preserved() {
    let in_list = |record: Value| json!([record]);
    let in_records = |record: Value| json!({"records": [record], "count": 1, "status": 200});
    let itself = |record: Value| record;
    every_field::<comm100::ListChannelAccounts>(&sample_value("comm100_get"), in_list);
    every_field::<comm100::GetChannelAccount>(&sample_value("comm100_get"), itself);
    let bot = json!({"id": "1", "name": "b", "languageId": "en", "trainingStatus": "failed"});
    every_field::<comm100::ListChatbots>(&bot, in_list);
    every_field::<comm100::GetChannelAccount>(&bot, |bot| json!({"id": "1", "chatbot": bot}));
    every_field::<jtel::ListAcdEvents>(&sample_value("jtel_created")["records"][0], in_records);
    let row = json!({"ID": 1, "Name": "n", "UID": "u", "ShortText": "AcdEventTypes.Fax"});
    every_field::<jtel::ListAcdEventTypes>(&row, in_records);
    every_field::<jtel::ListAcdGroups>(&row, in_records);
    every_field::<jtel::ListUsers>(&row, in_records);
    every_field::<oneview::GoOnline>(&sample_value("oneview_agent"), itself);
    let ticket = &sample_value("oneview_tickets")[0];
    every_field::<oneview::ListTickets>(ticket, in_list);
    every_field::<oneview::ListTickets>(&ticket["metadata"], |metadata| json!([{"metadata": metadata}]));
    every_field::<oneview::ListTickets>(&ticket["customer"], |customer| json!([{"customer": customer}]));
    every_field::<sobot::QueryCustomer>(&sample_value("sobot_customer"), itself);
    let account = json!({"account_id": "1", "account_name": "a", "server": "online", "account_status": "active",
                         "create_time": 1, "reference": "r"});
    let listed = |record| json!({"status": "OK", "reason": 1, "list": [record]});
    every_field::<digital99::ListAccounts>(&account, listed);
    let agent = json!({"id": 1, "create_time": 1, "email": "e", "agent_name": "n", "role": "agent",
                       "two_factor_type": "sms", "two_factor_phone": "1", "two_factor_email": "e"});
    every_field::<digital99::ListAccountAgents>(&agent, listed);
}

#[test]
fn jtel_envelope_needs_only_the_records() {
    let list = sample_value("jtel_list");
    for name in ["filter", "limitStart", "limitPageSize", "count", "orderBy", "ascending", "status"] {
        let mut null = list.clone();
        null[name] = Value::Null;
        assert!(jtel::ListAcdEvents::decode(null.to_string().as_bytes()).is_ok(), "{name}");
    }
    assert_eq!(jtel::ListAcdEvents::decode(br#"{"records":[]}"#).unwrap().records, vec![]);
}

#[test]
fn ids_may_be_numbers_or_strings() {
    for (id, text) in [
        (json!(8), "8"),
        (json!("8"), "8"),
        (json!("f4b8"), "f4b8"),
        (json!(9_007_199_254_740_993_u64), "9007199254740993"),
    ] {
        let shown = |id: Option<LooseScalar>| id.unwrap().to_string();
        let account = round_trip::<comm100::GetChannelAccount>(&json!({"id": id, "chatbotId": id}));
        assert_eq!((shown(account.id), shown(account.chatbot_id)), (text.to_owned(), text.to_owned()));
        let event = json!({"ID": id, "AcdEventTypesID": id, "AcdGroupsID": id, "UsersID": id, "AcdEventStatusID": id});
        let events = round_trip::<jtel::GetAcdEvent>(&json!({"records": [event]}));
        assert_eq!(events.records[0].id, Some(LooseScalar::from(text)));
        let users = round_trip::<jtel::ListUsers>(&json!({"records": [{"ID": id, "UID": id}]}));
        assert_eq!(users.records[0].label(), text);
        round_trip::<oneview::ListTickets>(&json!([{"id": id, "metadata": {"orderId": id}, "customer": {"id": id}}]));
        round_trip::<oneview::GoOffline>(&json!({"id": id}));
    }
    // Equal if their text is equal, whatever their type.
    assert_eq!(LooseScalar::from(8), LooseScalar::from("8"));
    assert_ne!(LooseScalar::from(8), LooseScalar::from("08"));
}

#[test]
fn unknown_enum_values_are_preserved() {
    let tickets =
        round_trip::<oneview::ListTickets>(&json!([{"ticketStatus": "PARKED"}, {"ticketStatus": "assigned"}]));
    let words: Vec<String> = tickets.iter().map(|ticket| ticket.status().to_owned()).collect();
    assert_eq!(words, ["PARKED", "assigned"]);
    assert_eq!(tickets[0].ticket().ticket_status, Some(oneview::TicketStatus::Other("PARKED".to_owned())));
    round_trip::<comm100::GetChannelAccount>(&json!({"appId": "Telegram", "percentageToBotWhenOnline": 250}));
    let types =
        round_trip::<jtel::ListAcdEventTypes>(&json!({"records": [{"ID": 99, "ShortText": "AcdEventTypes.Video"}]}));
    assert_eq!((types.records[0].label().as_str(), jtel::event_type_name(99)), ("Video", None));
    let known: Vec<&str> = oneview::TicketStatus::KNOWN.iter().map(oneview::TicketStatus::as_str).collect();
    assert_eq!(known, ["ASSIGNED", "ESCALATED", "CLOSED"]);
}

/// Asserts that `null`, an empty body, the wrong type and a truncated text are not decoded as an empty list or record.
fn never_taken_for_empty<E: Endpoint>(wrong_shape: &[u8]) {
    for body in [&b""[..], b" \r\n", b"\xEF\xBB\xBF"] {
        assert_eq!(undecodable::<E>(body), ("$".to_owned(), "an empty body".to_owned()), "{}", E::PATH);
    }
    for body in [&b"null"[..], b"true", b"7", b"\"x\"", b"<html>", b"\xFF\xFE", wrong_shape] {
        assert_eq!(undecodable::<E>(body).0, "$", "{} {:?}", E::PATH, String::from_utf8_lossy(body));
    }
    undecodable::<E>(b"[{\"a\":");
    undecodable::<E>(b"{\"a\": 1} x");
}

#[test]
fn invalid_bodies_are_undecodable() {
    never_taken_for_empty::<comm100::ListChannelAccounts>(b"{}");
    never_taken_for_empty::<comm100::GetChannelAccount>(b"[]");
    never_taken_for_empty::<comm100::CreateChannelAccount>(b"[]");
    never_taken_for_empty::<comm100::UpdateChannelAccount>(b"[]");
    never_taken_for_empty::<comm100::EnableBot>(b"[]");
    never_taken_for_empty::<comm100::DisableBot>(b"[]");
    never_taken_for_empty::<comm100::ListChatbots>(b"{}");
    never_taken_for_empty::<jtel::ListAcdEvents>(b"[]");
    never_taken_for_empty::<jtel::GetAcdEvent>(b"{}");
    never_taken_for_empty::<jtel::CreateAcdEvent>(b"{}");
    never_taken_for_empty::<jtel::ListAcdEventTypes>(b"{}");
    never_taken_for_empty::<jtel::ListAcdGroups>(b"{}");
    never_taken_for_empty::<jtel::GetAcdGroup>(b"{}");
    never_taken_for_empty::<jtel::ListUsers>(b"{}");
    never_taken_for_empty::<jtel::GetUser>(b"{}");
    never_taken_for_empty::<oneview::ListTickets>(b"{}");
    never_taken_for_empty::<oneview::GoOnline>(b"[]");
    never_taken_for_empty::<oneview::GoOffline>(b"[]");
    never_taken_for_empty::<digital99::UpdateAccount>(b"[]");
    never_taken_for_empty::<digital99::ListAccounts>(b"{}");
    never_taken_for_empty::<digital99::ListAccountAgents>(b"{}");
    never_taken_for_empty::<digital99::GetAccessToken>(b"{}");
    // For Sobot, only null is a valid empty response.
    for body in [&b""[..], b"[]", b"7", b"\"x\"", b"nul"] {
        assert_eq!(undecodable::<sobot::QueryCustomer>(body).0, "$");
    }
}

#[test]
fn errors_name_the_path() {
    let path = |found: (String, String)| found.0;
    assert_eq!(path(undecodable::<comm100::ListChannelAccounts>(br#"[{},{"isEnabled":"yes"}]"#)), "$[1].isEnabled");
    assert_eq!(path(undecodable::<comm100::ListChannelAccounts>(b"[{}, null]")), "$[1]");
    assert_eq!(path(undecodable::<comm100::GetChannelAccount>(br#"{"chatbot":{"name":[]}}"#)), "$.chatbot.name");
    assert_eq!(path(undecodable::<jtel::ListAcdEvents>(br#"{"records":null,"count":0}"#)), "$.records");
    assert_eq!(path(undecodable::<jtel::GetAcdEvent>(br#"{"records":[{"Subject":7}]}"#)), "$.records[0].Subject");
    assert_eq!(
        path(undecodable::<oneview::ListTickets>(br#"[{"metadata":{"agentAccesses":[1]}}]"#)),
        "$[0].metadata.agentAccesses[0]"
    );
    assert_eq!(
        path(undecodable::<digital99::ListAccounts>(br#"{"list":[{"account_name":1}],"reason":1}"#)),
        "$.list[0].account_name"
    );
}

#[test]
fn errors_name_the_path_inside_an_envelope() {
    let path = |found: (String, String)| found.0;
    assert_eq!(
        path(undecodable::<comm100::ListChatbots>(br#"{"chatbots":[{"name":"a"},{"name":1}]}"#)),
        "$.chatbots[1].name"
    );
    assert_eq!(path(undecodable::<comm100::ListChatbots>(br#"{"chatbots":null}"#)), "$.chatbots");
    let item = br#"{"ret_code":"000000","item":{"nick":{}}}"#;
    assert_eq!(path(undecodable::<sobot::QueryCustomer>(item)), "$.item.nick");
}

#[test]
fn chatbots_may_be_bare_or_wrapped() {
    let bots = |body: &str| comm100::ListChatbots::decode(body.as_bytes()).unwrap().len();
    assert_eq!(bots(r#"[{"id":"1"}]"#), 1);
    assert_eq!(bots(r#"{"total":2,"chatbots":[{"id":"1"},{"id":"2"}],"nextPage":null}"#), 2);
    assert_eq!(bots(r#"{"list":[]}"#), 0);
}

#[test]
fn byte_order_mark_is_skipped() {
    assert_eq!(comm100::ListChannelAccounts::decode(b"\xEF\xBB\xBF[]"), Ok(vec![]));
}

#[test]
fn durations_and_epochs_are_distinguished() {
    let since = |status: Option<i64>, updated: Option<i64>| {
        oneview::AgentInfo { agent_time_in_status: status, updated_at: updated, ..Default::default() }
            .since(2_000_000_000)
    };
    assert_eq!(since(Some(60), None), Some(1_999_999_940));
    assert_eq!(since(Some(0), Some(5)), Some(2_000_000_000));
    assert_eq!(since(Some(1_572_499_999), None), Some(1_572_499_999));
    assert_eq!(since(None, Some(5)), Some(5));
    assert_eq!(since(Some(-1), Some(5)), Some(5));
    assert_eq!(since(None, None), None);
}

/// A value of the wrong type is quoted truncated, however long it is.
#[test]
fn huge_values_are_quoted_truncated() {
    let body = format!("\"{}\"", "x".repeat(10_000_000));
    let (path, found) = undecodable::<comm100::ListChannelAccounts>(body.as_bytes());
    assert_eq!(path, "$");
    assert!(found.starts_with("invalid type: string \"xxx") && found.chars().count() <= 201, "{}", found.len());
}

/// Each member of a record is decoded into the field that serialises it.
#[test]
fn members_are_decoded_into_the_fields_that_serialise_them() {
    fn check<T: serde::de::DeserializeOwned + serde::Serialize>(members: &[&str]) {
        let samples = [json!("text"), json!(7), json!(true), json!({ "a": 1 }), json!([]), json!([["a", "b"]])];
        for name in members {
            let fits = samples.iter().any(|sample| {
                let body = json!({ *name: sample });
                let Ok(record) = serde_json::from_value::<T>(body) else { return false };
                serde_json::to_value(&record).unwrap().get(*name) == Some(sample)
            });
            assert!(fits, "{}: {name}", std::any::type_name::<T>());
        }
    }
    use trunkline_api::{comm100, digital99, gateway, jtel, oneview, sobot};
    check::<comm100::Chatbot>(comm100::Chatbot::MEMBERS);
    check::<digital99::Account>(digital99::Account::MEMBERS);
    check::<gateway::OutputValue>(gateway::OutputValue::MEMBERS);
    check::<gateway::HeaderParam>(gateway::HeaderParam::MEMBERS);
    check::<gateway::OutputParam>(gateway::OutputParam::MEMBERS);
    check::<gateway::TestSummary>(gateway::TestSummary::MEMBERS);
    check::<jtel::AcdEvent>(jtel::AcdEvent::MEMBERS);
    check::<jtel::ReferenceRecord>(jtel::ReferenceRecord::MEMBERS);
    check::<oneview::AgentInfo>(oneview::AgentInfo::MEMBERS);
    check::<oneview::Customer>(oneview::Customer::MEMBERS);
    check::<sobot::Customer>(sobot::Customer::MEMBERS);
    // Skip members that are records, which these samples do not cover.
    let but = |members: &[&'static str], nested: &[&str]| {
        members.iter().copied().filter(|name| !nested.contains(name)).collect::<Vec<_>>()
    };
    check::<comm100::ChannelAccount>(&but(comm100::ChannelAccount::MEMBERS, &["chatbot"]));
    check::<oneview::Ticket>(&but(oneview::Ticket::MEMBERS, &["metadata", "customer"]));
    check::<oneview::Metadata>(oneview::Metadata::MEMBERS);
    check::<gateway::Session>(&but(gateway::Session::MEMBERS, &["user"]));
    check::<gateway::ExternalApi>(&but(gateway::ExternalApi::MEMBERS, &["lastTest", "auth"]));
    check::<gateway::ExternalAuth>(gateway::ExternalAuth::MEMBERS);
    check::<gateway::Variable>(gateway::Variable::MEMBERS);
    check::<gateway::TestRun>(gateway::TestRun::MEMBERS);
    // The older spelling of a type is read, never written.
    check::<gateway::RequestParam>(&but(gateway::RequestParam::MEMBERS, &["integer"]));
}
