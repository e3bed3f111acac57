//! The validation shared by forms and the sandbox.

use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody};
use trunkline_api::digital99::{AccountChange, AccountId};
use trunkline_api::gateway::error::{self, ErrorBody};
use trunkline_api::gateway::{ExternalApiBody, HeaderParam, OutputParam, RequestParam, ValueType};
use trunkline_api::jtel::{CALLBACK, NewAcdEvent, TICKET, VOICE_MAIL};
use trunkline_api::validate::{
    FieldError, ValidationError, check_email, check_http_url, check_max_chars, check_optional, check_percent,
    check_required, parse_e164,
};

fn errors(result: Result<(), Vec<FieldError>>) -> Vec<(String, ValidationError)> {
    result.err().unwrap_or_default().into_iter().map(|error| (error.field, error.problem)).collect()
}

fn expected_errors(expected: &[(&str, ValidationError)]) -> Vec<(String, ValidationError)> {
    expected.iter().map(|(field, problem)| ((*field).to_owned(), problem.clone())).collect()
}

#[test]
fn blank_account_lacks_only_its_texts() {
    let blank = ChannelAccountBody::blank();
    assert!(blank.is_enabled && !blank.is_bot_enabled && !blank.is_default);
    let lacking = ["appId", "originalAccountId", "name", "screenName"].map(|name| (name, ValidationError::Required));
    assert_eq!(errors(blank.validate(None)), expected_errors(&lacking));
}

#[test]
fn out_of_range_percentages_may_only_be_echoed() {
    let text = || "x".to_owned();
    let body = ChannelAccountBody {
        app_id: text(),
        original_account_id: text(),
        name: text(),
        screen_name: text(),
        percentage_to_bot_when_online: 250,
        percentage_to_bot_when_offline: -1,
        avatar_url: Some("not a url".to_owned()),
        ..ChannelAccountBody::blank()
    };
    let online = ("percentageToBotWhenOnline", ValidationError::NotPercent);
    let offline = ("percentageToBotWhenOffline", ValidationError::NotPercent);
    let avatar = ("avatarUrl", ValidationError::NotUrl);
    assert_eq!(errors(body.validate(None)), expected_errors(&[avatar.clone(), online.clone(), offline.clone()]));
    let was = ChannelAccount { percentage_to_bot_when_online: Some(250), ..ChannelAccount::default() };
    assert_eq!(errors(body.validate(Some(&was))), expected_errors(&[avatar, offline]));
    assert_eq!(
        (check_percent(0), check_percent(100), check_percent(101)),
        (None, None, Some(ValidationError::NotPercent))
    );
}

fn event(type_id: i64) -> NewAcdEvent {
    NewAcdEvent {
        type_id,
        group_id: 235,
        sender: "+49 (199) 123-456-789".to_owned(),
        receiver: Some("4919900112233".to_owned()),
        subject: "s".to_owned(),
        body: Some("b".to_owned()),
        crm_url: Some(" ".to_owned()),
        user_data: Some(String::new()),
        ..NewAcdEvent::default()
    }
}

#[test]
fn telephone_events_need_e164_numbers() {
    for type_id in [CALLBACK, VOICE_MAIL] {
        assert_eq!(event(type_id).validate(), Ok(()));
        let wrong =
            NewAcdEvent { sender: "info@example.com".to_owned(), receiver: Some("x".to_owned()), ..event(type_id) };
        assert_eq!(
            errors(wrong.validate()),
            expected_errors(&[("Sender", ValidationError::NotE164), ("Receiver", ValidationError::NotE164)])
        );
    }
    let mail = NewAcdEvent { sender: "info@example.com".to_owned(), receiver: None, ..event(TICKET) };
    assert_eq!(mail.validate(), Ok(()));
    let empty = NewAcdEvent { crm_url: Some("jtel.de".to_owned()), ..NewAcdEvent::default() };
    let required =
        ["AcdEventTypesID", "AcdGroupsID", "Sender", "Subject"].map(|name| (name, ValidationError::Required));
    let expected = [&required[..], &[("CrmURL", ValidationError::NotUrl)]].concat();
    assert_eq!(errors(empty.validate()), expected_errors(&expected));
}

#[test]
fn events_are_normalised_before_sending() {
    let callback = event(CALLBACK).normalised();
    assert_eq!(callback.sender, "49199123456789");
    assert_eq!((callback.body.as_deref(), callback.crm_url, callback.user_data), (Some("b"), None, None));
    let voice = event(VOICE_MAIL).normalised();
    assert_eq!((voice.sender.as_str(), voice.body), ("49199123456789", None), "a body is for callbacks alone");
    assert_eq!(event(TICKET).normalised().sender, "+49 (199) 123-456-789", "no number where none is promised");
}

#[test]
fn typed_telephone_numbers() {
    for (typed, expected) in [
        ("+49 199 123456789", "49199123456789"),
        ("(+49) 199 123 456 789", "49199123456789"),
        ("+49 (0)199 123456789", "49199123456789"),
        ("+49 (0) 199/123456789", "49199123456789"),
        ("+1.415.555.2671", "14155552671"),
        ("+972\u{a0}3\u{2011}123\u{202f}4567", "97231234567"),
    ] {
        assert_eq!(parse_e164(typed).as_deref(), Some(expected), "{typed}");
    }
    for wrong in [
        "0199 123456",
        "+0199 123456",
        "12+3456789",
        "++49199123456",
        "(0)199123456",
        "49 199 call",
        "+49(199",
        "()",
        "123456",
    ] {
        assert_eq!(parse_e164(wrong), None, "{wrong}");
    }
}

#[test]
fn url_validation() {
    for fine in
        ["http://a", "HTTPS://A.example/?q=1#x", "https://bücher.example/", "http://127.0.0.1:65535", "http://[::1]/"]
    {
        assert_eq!(check_http_url(fine), None, "{fine}");
    }
    for wrong in [
        "https://",
        "//a",
        "http:/a",
        "http://:80",
        "http://a:+80/",
        "http://a:",
        "http://a:65536",
        "http://[]",
        "http://[zz]/",
        "http://a\t",
        "http://u@h",
        "http://a\\b",
    ] {
        assert_eq!(check_http_url(wrong), Some(ValidationError::NotUrl), "{wrong}");
    }
}

#[test]
fn required_length_and_email() {
    assert_eq!((check_required(" \t"), check_required("x")), (Some(ValidationError::Required), None));
    assert_eq!(check_max_chars("üüü", 3), None, "characters, not bytes");
    assert_eq!(check_max_chars("üüüü", 3), Some(ValidationError::TooLong(3)));
    assert_eq!(check_optional("  ", check_required), None);
    assert_eq!((check_email("a@b.example"), check_email(" a@b ")), (None, None));
    for wrong in ["", "a", "@b", "a@", "a b@c", "a@.b"] {
        assert_eq!(check_email(wrong), Some(ValidationError::NotEmail), "{wrong}");
    }
}

#[test]
fn account_change() {
    let change = |id: &str, server: &str| AccountChange {
        account_id: AccountId::from_input(id),
        server: server.to_owned(),
        ..AccountChange::default()
    };
    assert_eq!(change("8", "online").validate(), Ok(()));
    assert_eq!(
        errors(change("", "").validate()),
        expected_errors(&[("account_id", ValidationError::Required), ("server", ValidationError::Required)])
    );
    assert_eq!(
        errors(change("12345678", "a.b").validate()),
        expected_errors(&[("account_id", ValidationError::TooLong(7)), ("server", ValidationError::NotAllowed)])
    );
    assert_eq!(
        errors(change("8a", &"x".repeat(51)).validate()),
        expected_errors(&[("account_id", ValidationError::NotNumber), ("server", ValidationError::TooLong(50))])
    );
    let rest = AccountChange {
        account_name: Some("x".repeat(101)),
        account_status: Some(2),
        builder_url: Some(format!("https://{}", "x".repeat(150))),
        ..change("8", "online")
    };
    let expected = [
        ("account_name", ValidationError::TooLong(100)),
        ("account_status", ValidationError::NotAllowed),
        ("builder_url", ValidationError::TooLong(150)),
    ];
    assert_eq!(errors(rest.validate()), expected_errors(&expected));
    let cleared =
        AccountChange { builder_url: Some(String::new()), account_name: Some(" ".to_owned()), ..change("8", "online") };
    assert_eq!(errors(cleared.validate()), expected_errors(&[("account_name", ValidationError::Required)]));
    for (typed, sent) in [("8", "8"), ("0", "\"0\""), ("007", "\"007\""), ("+8", "\"+8\""), ("a", "\"a\"")] {
        assert_eq!(serde_json::to_string(&AccountId::from_input(typed)).unwrap(), sent);
    }
}

#[test]
fn external_api() {
    let text = |value: &str| value.to_owned();
    let fine = ExternalApiBody { name: text("a"), url: text("https://crm.example/q"), ..ExternalApiBody::default() };
    assert_eq!(fine.validate(), Ok(()));
    assert_eq!(
        errors(ExternalApiBody::default().validate()),
        expected_errors(&[("name", ValidationError::Required), ("url", ValidationError::Required)])
    );
    let output = |number| OutputParam { name: format!("o{number}"), path: text("a"), ..Default::default() };
    let most = ExternalApiBody { output: (0..100).map(output).collect(), ..fine.clone() };
    assert_eq!(most.validate(), Ok(()));
    let more = ExternalApiBody { output: (0..101).map(output).collect(), ..fine.clone() };
    assert_eq!(errors(more.validate()), expected_errors(&[("output.100.name", ValidationError::NotAllowed)]));
    let header = |name: &str, value: &str| HeaderParam { name: text(name), value: text(value), secret: true };
    let full = ExternalApiBody {
        method: "HEAD".into(),
        format: "xml".into(),
        headers: vec![
            header("X-Key", "s"),
            header("x-key", "s"),
            header("Host", ""),
            header("a b", "x\r\ny"),
            header("", ""),
        ],
        request: vec![
            RequestParam { name: text("tel"), kind: ValueType::Integer, default: text("x"), ..Default::default() },
            RequestParam { name: text("tel"), ..Default::default() },
        ],
        output: vec![OutputParam::default()],
        ..fine
    };
    let expected = [
        ("method", ValidationError::NotAllowed),
        ("format", ValidationError::NotAllowed),
        ("headers.1.name", ValidationError::Duplicate),
        ("headers.2.name", ValidationError::NotAllowed),
        ("headers.3.name", ValidationError::NotAllowed),
        ("headers.3.value", ValidationError::NotAllowed),
        ("headers.4.name", ValidationError::Required),
        ("request.1.name", ValidationError::Duplicate),
        ("output.0.name", ValidationError::Required),
        ("request.0.default", ValidationError::NotNumber),
        ("output.0.path", ValidationError::Required),
    ];
    assert_eq!(errors(full.validate()), expected_errors(&expected));
    let shown = format!("{:?}", header("X-Key", "hunter2"));
    assert!(shown.contains("X-Key") && !shown.contains("hunter2"), "a secret is printed: {shown}");
}

#[test]
fn validation_errors_round_trip() {
    let all = [
        ValidationError::Required,
        ValidationError::TooLong(7),
        ValidationError::NotPercent,
        ValidationError::NotNumber,
        ValidationError::NotE164,
        ValidationError::NotUrl,
        ValidationError::NotAllowed,
        ValidationError::NotJson,
        ValidationError::NotEmail,
        ValidationError::NeedsOne,
        ValidationError::Duplicate,
        ValidationError::Said("x".to_owned()),
    ];
    let fields: Vec<FieldError> =
        all.into_iter().map(|problem| FieldError { field: "output.0.path".to_owned(), problem }).collect();
    let refusal = ErrorBody { error: "invalid".to_owned(), fields: fields.clone(), ..ErrorBody::default() };
    assert_eq!(error::field_errors(&serde_json::to_vec(&refusal).unwrap()), fields);
}
