//! Property tests: no input makes a decoder panic, and path values round-trip.

use proptest::prelude::*;
use serde_json::{Map, Value};
use trunkline_api::decode::{LooseScalar, from_json};
use trunkline_api::endpoint::{Endpoint, Service, fill_path, match_path, percent_decode};
use trunkline_api::registry::ENDPOINTS;
use trunkline_api::response::vendor_error;
use trunkline_api::validate::{check_email, check_http_url, parse_e164};
use trunkline_api::{HttpResponse, comm100, digital99, gateway, jtel, oneview, parse_response, sobot};

/// Parses this status and body as one endpoint of each response type.
fn read_as_all(status: u16, body: &[u8]) {
    let answer = HttpResponse { status, body, ..HttpResponse::default() };
    let _ = parse_response::<comm100::ListChannelAccounts>(&answer);
    let _ = parse_response::<comm100::GetChannelAccount>(&answer);
    let _ = parse_response::<comm100::ListChatbots>(&answer);
    let _ = parse_response::<jtel::ListAcdEvents>(&answer);
    let _ = parse_response::<jtel::ListUsers>(&answer);
    let _ = parse_response::<oneview::ListTickets>(&answer);
    let _ = parse_response::<oneview::GoOnline>(&answer);
    let _ = parse_response::<sobot::QueryCustomer>(&answer)
        .ok()
        .flatten()
        .map(|customer| (customer.tags(), customer.title()));
    let _ = parse_response::<digital99::UpdateAccount>(&answer).ok().map(|account| account.is_active());
    let _ = parse_response::<digital99::ListAccounts>(&answer);
    let _ = parse_response::<digital99::ListAccountAgents>(&answer);
    let _ = parse_response::<digital99::GetAccessToken>(&answer);
    let _ = parse_response::<gateway::GetSession>(&answer);
    let _ = parse_response::<gateway::ListExternalApis>(&answer);
    let _ = parse_response::<gateway::ListTestRuns>(&answer);
    let _ = parse_response::<gateway::ListVendors>(&HttpResponse { gateway_error: Some("invalid"), ..answer });
    for vendor in Service::VENDORS.into_iter().chain([Service::Gateway]) {
        let _ = vendor_error(vendor, body);
    }
}

fn key() -> impl Strategy<Value = String> {
    // Half of the keys are known ones, so that typed members are tested too.
    const KNOWN: &[&str] = &[
        "id",
        "ID",
        "records",
        "status",
        "reason",
        "list",
        "ret_code",
        "item",
        "error",
        "code",
        "message",
        "chatbots",
        "metadata",
        "customer",
        "isVip",
        "userLableName",
        "ticketStatus",
        "EventData",
        "account_id",
        "fields",
        "user",
    ];
    prop_oneof![prop::sample::select(KNOWN).prop_map(str::to_owned), ".{0,6}"]
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Fractions that every float parser parses exactly.
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        ".{0,12}".prop_map(Value::from),
        Just(Value::from("OK")),
        Just(Value::from("000000")),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// The expected result of `match_path` for a value: the value itself, `_` for dot segments, `None` if it is refused.
fn expected(value: &str, suffix: bool) -> Option<String> {
    match value {
        "" | "." | ".." => Some("_".to_owned()),
        _ if value.contains(['/', '\\', '\0']) || (!suffix && value.contains(':')) => None,
        _ => Some(value.to_owned()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_decoder_panic(body in prop::collection::vec(any::<u8>(), 0..200), status in 100u16..600) {
        read_as_all(200, &body);
        read_as_all(status, &body);
    }

    #[test]
    fn no_json_makes_a_decoder_panic(value in json(), status in 100u16..600) {
        let text = value.to_string();
        read_as_all(200, text.as_bytes());
        read_as_all(status, text.as_bytes());
    }

    #[test]
    fn no_cut_or_garbled_json_makes_a_decoder_panic(
        value in json(), cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut text = serde_json::to_vec_pretty(&value).unwrap();
        let place = at.index(text.len());
        text[place] = byte;
        text.truncate(cut.index(text.len() + 1));
        read_as_all(200, &text);
        let _ = from_json::<Vec<Vec<u8>>>(&text);
    }

    #[test]
    fn what_a_record_holds_comes_back(value in json()) {
        let record = match value { Value::Object(map) => map, other => Map::from_iter([("x".to_owned(), other)]) };
        let body = Value::Object(record).to_string();
        if let Ok(account) = comm100::GetChannelAccount::decode(body.as_bytes()) {
            let again = serde_json::to_vec(&account).unwrap();
            prop_assert_eq!(comm100::GetChannelAccount::decode(&again).unwrap(), account);
        }
        if let Ok(Some(customer)) = sobot::QueryCustomer::decode(body.as_bytes()) {
            let again = serde_json::to_vec(&customer).unwrap();
            prop_assert_eq!(sobot::QueryCustomer::decode(&again).unwrap(), Some(customer));
        }
    }

    #[test]
    fn path_values_round_trip_for_every_template(value in ".{0,24}") {
        for entry in ENDPOINTS.iter().filter(|entry| entry.path.contains('{')) {
            let (_, rest) = entry.path.split_once('{').unwrap();
            let (name, tail) = rest.split_once('}').unwrap();
            let path = fill_path(entry.path, &[(name, &value)]);
            prop_assert!(path.is_ascii() && !path.contains([' ', '?', '#', '\\']), "{}", path);
            let suffix = !tail.split('/').next().unwrap().is_empty();
            prop_assert_eq!(match_path(entry.path, &path), expected(&value, suffix).map(|value| vec![value]));
        }
    }

    #[test]
    fn awkward_path_values_round_trip(value in "[./\\\\:%_ a?#{}\u{0}é]{0,8}") {
        let path = fill_path("/a/{id}/b", &[("id", &value)]);
        prop_assert_eq!(match_path("/a/{id}/b", &path), expected(&value, false).map(|value| vec![value]));
        let acted = fill_path("/a/{id}:enableBot", &[("id", &value)]);
        prop_assert_eq!(match_path("/a/{id}:enableBot", &acted), expected(&value, true).map(|value| vec![value]));
    }

    #[test]
    fn any_path_is_safe(template in "[/{}a:]{0,12}", path in "[/{}a:%.2eF]{0,16}") {
        if let Some(values) = match_path(&template, &path) {
            for value in values {
                prop_assert!(!matches!(value.as_str(), "" | "." | ".."));
                prop_assert!(!value.contains('/'));
            }
        }
        let _ = fill_path(&template, &[("a", &path)]);
        let _ = percent_decode(&path);
    }

    #[test]
    fn e164_numbers_are_digits_for_any_input(typed in "[0-9+() ./x-]{0,24}", wild in ".{0,24}") {
        for text in [&typed, &wild] {
            if let Some(number) = parse_e164(text) {
                prop_assert!((7..=15).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert!(!number.starts_with('0'));
                prop_assert_eq!(parse_e164(&number), Some(number.clone()), "a number is its own spelling");
            }
            let _ = (check_http_url(text), check_email(text));
        }
    }

    #[test]
    fn url_check_is_safe_for_any_input(rest in ".{0,24}", odd in "[\\[\\]:@/?#.a0-9+-]{0,16}") {
        let _ = check_http_url(&format!("https://{rest}"));
        let _ = check_http_url(&format!("http://{odd}"));
    }

    #[test]
    fn ids_are_equal_as_number_and_as_string(number in any::<i64>()) {
        let (plain, quoted) = (LooseScalar::from(number), LooseScalar::from(number.to_string()));
        prop_assert_eq!(&plain, &quoted);
        prop_assert_eq!(plain.as_i64(), quoted.as_i64());
    }

    #[test]
    fn markup_in_an_event_is_escaped(url in ".{0,16}", data in ".{0,16}", body in ".{0,16}") {
        let xml = jtel::event_data_xml(&url, &data, &body);
        // Only the twelve tags of the frame: the values add no tags.
        prop_assert_eq!(xml.matches('<').count(), 12);
        prop_assert_eq!(xml.matches('>').count(), 12);
    }
}
