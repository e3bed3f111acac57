//! Whatever arrives, nothing panics; whatever is filled in is found again.

use proptest::prelude::*;
use serde_json::{Map, Value};
use trunkline_api::answer::complaint;
use trunkline_api::endpoint::{Endpoint, Vendor, decode, fill, matches};
use trunkline_api::registry::ENDPOINTS;
use trunkline_api::validate::{e164, email, http_url};
use trunkline_api::wire::{Scalar, from_json};
use trunkline_api::{Answer, comm100, digital99, gateway, jtel, oneview, read, sobot};

/// One endpoint of each response type, through `read` with this status and body.
fn read_as_all(status: u16, body: &[u8]) {
    let answer = Answer { status, body, ..Answer::default() };
    let _ = read::<comm100::ListChannelAccounts>(&answer);
    let _ = read::<comm100::GetChannelAccount>(&answer);
    let _ = read::<comm100::ListChatbots>(&answer);
    let _ = read::<jtel::ListAcdEvents>(&answer);
    let _ = read::<jtel::ListUsers>(&answer);
    let _ = read::<oneview::ListTickets>(&answer);
    let _ = read::<oneview::GoOnline>(&answer);
    let _ = read::<sobot::QueryCustomer>(&answer).ok().flatten().map(|customer| (customer.tags(), customer.title()));
    let _ = read::<digital99::UpdateAccount>(&answer).ok().map(|account| account.is_active());
    let _ = read::<digital99::ListAccounts>(&answer);
    let _ = read::<digital99::GetAccessToken>(&answer);
    let _ = read::<gateway::GetSession>(&answer);
    let _ = read::<gateway::ListExternalApis>(&answer);
    let _ = read::<gateway::ListTestRuns>(&answer);
    let _ = read::<gateway::ListVendors>(&Answer { gateway_error: Some("invalid"), ..answer });
    for vendor in Vendor::ALL.into_iter().chain([Vendor::Gateway]) {
        let _ = complaint(vendor, body);
    }
}

fn key() -> impl Strategy<Value = String> {
    // Half of the keys mean something, so that types and not only maps are tried.
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
        // Fractions that every float parser reads exactly.
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

/// What `matches` gives for a value: itself, `_` for what would vanish, nothing for what must not pass.
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
    fn values_of_every_template_are_found_again(value in ".{0,24}") {
        for entry in ENDPOINTS.iter().filter(|entry| entry.path.contains('{')) {
            let (_, rest) = entry.path.split_once('{').unwrap();
            let (name, tail) = rest.split_once('}').unwrap();
            let path = fill(entry.path, &[(name, &value)]);
            prop_assert!(path.is_ascii() && !path.contains([' ', '?', '#', '\\']), "{}", path);
            let suffix = !tail.split('/').next().unwrap().is_empty();
            prop_assert_eq!(matches(entry.path, &path), expected(&value, suffix).map(|value| vec![value]));
        }
    }

    #[test]
    fn awkward_values_are_found_again(value in "[./\\\\:%_ a?#{}\u{0}é]{0,8}") {
        let path = fill("/a/{id}/b", &[("id", &value)]);
        prop_assert_eq!(matches("/a/{id}/b", &path), expected(&value, false).map(|value| vec![value]));
        let acted = fill("/a/{id}:enableBot", &[("id", &value)]);
        prop_assert_eq!(matches("/a/{id}:enableBot", &acted), expected(&value, true).map(|value| vec![value]));
    }

    #[test]
    fn any_path_is_safe(template in "[/{}a:]{0,12}", path in "[/{}a:%.2eF]{0,16}") {
        if let Some(values) = matches(&template, &path) {
            for value in values {
                prop_assert!(!matches!(value.as_str(), "" | "." | ".."));
                prop_assert!(!value.contains('/'));
            }
        }
        let _ = fill(&template, &[("a", &path)]);
        let _ = decode(&path);
    }

    #[test]
    fn a_number_is_digits_whatever_was_typed(typed in "[0-9+() ./x-]{0,24}", wild in ".{0,24}") {
        for text in [&typed, &wild] {
            if let Some(number) = e164(text) {
                prop_assert!((7..=15).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert!(!number.starts_with('0'));
                prop_assert_eq!(e164(&number), Some(number.clone()), "a number is its own spelling");
            }
            let _ = (http_url(text), email(text));
        }
    }

    #[test]
    fn any_url_check_is_safe(rest in ".{0,24}", odd in "[\\[\\]:@/?#.a0-9+-]{0,16}") {
        let _ = http_url(&format!("https://{rest}"));
        let _ = http_url(&format!("http://{odd}"));
    }

    #[test]
    fn one_id_however_it_is_written(number in any::<i64>()) {
        let (plain, quoted) = (Scalar::from(number), Scalar::from(number.to_string()));
        prop_assert_eq!(&plain, &quoted);
        prop_assert_eq!(plain.as_i64(), quoted.as_i64());
    }

    #[test]
    fn markup_in_an_event_stays_text(url in ".{0,16}", data in ".{0,16}", body in ".{0,16}") {
        let xml = jtel::event_data_xml(&url, &data, &body);
        // Nothing but the twelve tags of the frame: what was put in opens and closes none.
        prop_assert_eq!(xml.matches('<').count(), 12);
        prop_assert_eq!(xml.matches('>').count(), 12);
    }
}
