//! The checks that forms and sandbox share.

use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody};
use trunkline_api::digital99::{AccountChange, AccountId};
use trunkline_api::gateway::error::{self, Refusal};
use trunkline_api::gateway::{ExternalApiBody, HeaderParam, OutputParam, RequestParam};
use trunkline_api::jtel::{CALLBACK, NewAcdEvent, TICKET, VOICE_MAIL};
use trunkline_api::validate::{FieldError, Problem, e164, email, http_url, max_chars, optional, percent, required};

fn names(result: Result<(), Vec<FieldError>>) -> Vec<(String, Problem)> {
    result.err().unwrap_or_default().into_iter().map(|error| (error.field, error.problem)).collect()
}

fn problems(expected: &[(&str, Problem)]) -> Vec<(String, Problem)> {
    expected.iter().map(|(field, problem)| ((*field).to_owned(), problem.clone())).collect()
}

#[test]
fn a_blank_account_lacks_its_texts_and_nothing_else() {
    let blank = ChannelAccountBody::blank();
    assert!(blank.is_enabled && !blank.is_bot_enabled && !blank.is_default);
    let lacking = ["appId", "originalAccountId", "name", "screenName"].map(|name| (name, Problem::Required));
    assert_eq!(names(blank.validate(None)), problems(&lacking));
}

#[test]
fn percentages_are_bounded_but_the_vendors_own_may_go_back() {
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
    let online = ("percentageToBotWhenOnline", Problem::NotPercent);
    let offline = ("percentageToBotWhenOffline", Problem::NotPercent);
    let avatar = ("avatarUrl", Problem::NotUrl);
    assert_eq!(names(body.validate(None)), problems(&[avatar.clone(), online.clone(), offline.clone()]));
    let was = ChannelAccount { percentage_to_bot_when_online: Some(250), ..ChannelAccount::default() };
    assert_eq!(names(body.validate(Some(&was))), problems(&[avatar, offline]));
    assert_eq!((percent(0), percent(100), percent(101)), (None, None, Some(Problem::NotPercent)));
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
fn telephone_events_want_numbers() {
    for type_id in [CALLBACK, VOICE_MAIL] {
        assert_eq!(event(type_id).validate(), Ok(()));
        let wrong =
            NewAcdEvent { sender: "info@example.com".to_owned(), receiver: Some("x".to_owned()), ..event(type_id) };
        assert_eq!(names(wrong.validate()), problems(&[("Sender", Problem::NotE164), ("Receiver", Problem::NotE164)]));
    }
    let mail = NewAcdEvent { sender: "info@example.com".to_owned(), receiver: None, ..event(TICKET) };
    assert_eq!(mail.validate(), Ok(()));
    let empty = NewAcdEvent { crm_url: Some("jtel.de".to_owned()), ..NewAcdEvent::default() };
    let required = ["AcdEventTypesID", "AcdGroupsID", "Sender", "Subject"].map(|name| (name, Problem::Required));
    let expected = [&required[..], &[("CrmURL", Problem::NotUrl)]].concat();
    assert_eq!(names(empty.validate()), problems(&expected));
}

#[test]
fn an_event_goes_out_as_the_vendor_writes_it() {
    let callback = event(CALLBACK).normalised();
    assert_eq!(callback.sender, "49199123456789");
    assert_eq!((callback.body.as_deref(), callback.crm_url, callback.user_data), (Some("b"), None, None));
    let voice = event(VOICE_MAIL).normalised();
    assert_eq!((voice.sender.as_str(), voice.body), ("49199123456789", None), "a body is for callbacks alone");
    assert_eq!(event(TICKET).normalised().sender, "+49 (199) 123-456-789", "no number where none is promised");
}

#[test]
fn numbers_as_people_type_them() {
    for (typed, expected) in [
        ("+49 199 123456789", "49199123456789"),
        ("(+49) 199 123 456 789", "49199123456789"),
        ("+49 (0)199 123456789", "49199123456789"),
        ("+49 (0) 199/123456789", "49199123456789"),
        ("+1.415.555.2671", "14155552671"),
        ("+972\u{a0}3\u{2011}123\u{202f}4567", "97231234567"),
    ] {
        assert_eq!(e164(typed).as_deref(), Some(expected), "{typed}");
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
        assert_eq!(e164(wrong), None, "{wrong}");
    }
}

#[test]
fn urls() {
    for fine in
        ["http://a", "HTTPS://A.example/?q=1#x", "https://bücher.example/", "http://127.0.0.1:65535", "http://[::1]/"]
    {
        assert_eq!(http_url(fine), None, "{fine}");
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
        assert_eq!(http_url(wrong), Some(Problem::NotUrl), "{wrong}");
    }
}

#[test]
fn the_small_checks() {
    assert_eq!((required(" \t"), required("x")), (Some(Problem::Required), None));
    assert_eq!(max_chars("üüü", 3), None, "characters, not bytes");
    assert_eq!(max_chars("üüüü", 3), Some(Problem::TooLong(3)));
    assert_eq!(optional("  ", required), None);
    assert_eq!((email("a@b.example"), email(" a@b ")), (None, None));
    for wrong in ["", "a", "@b", "a@", "a b@c", "a@.b"] {
        assert_eq!(email(wrong), Some(Problem::NotEmail), "{wrong}");
    }
}

#[test]
fn an_accounts_change() {
    let change = |id: &str, server: &str| AccountChange {
        account_id: AccountId::typed(id),
        server: server.to_owned(),
        ..AccountChange::default()
    };
    assert_eq!(change("8", "online").validate(), Ok(()));
    assert_eq!(
        names(change("", "").validate()),
        problems(&[("account_id", Problem::Required), ("server", Problem::Required)])
    );
    assert_eq!(
        names(change("12345678", "a.b").validate()),
        problems(&[("account_id", Problem::TooLong(7)), ("server", Problem::NotAllowed)])
    );
    assert_eq!(
        names(change("8a", &"x".repeat(51)).validate()),
        problems(&[("account_id", Problem::NotNumber), ("server", Problem::TooLong(50))])
    );
    let rest = AccountChange {
        account_name: Some("x".repeat(101)),
        account_status: Some(2),
        builder_url: Some(format!("https://{}", "x".repeat(150))),
        ..change("8", "online")
    };
    let expected = [
        ("account_name", Problem::TooLong(100)),
        ("account_status", Problem::NotAllowed),
        ("builder_url", Problem::TooLong(150)),
    ];
    assert_eq!(names(rest.validate()), problems(&expected));
    let cleared =
        AccountChange { builder_url: Some(String::new()), account_name: Some(" ".to_owned()), ..change("8", "online") };
    assert_eq!(names(cleared.validate()), problems(&[("account_name", Problem::Required)]));
    for (typed, sent) in [("8", "8"), ("0", "\"0\""), ("007", "\"007\""), ("+8", "\"+8\""), ("a", "\"a\"")] {
        assert_eq!(serde_json::to_string(&AccountId::typed(typed)).unwrap(), sent);
    }
}

#[test]
fn an_external_api() {
    let text = |value: &str| value.to_owned();
    let fine = ExternalApiBody { name: text("a"), url: text("https://crm.example/q"), ..ExternalApiBody::default() };
    assert_eq!(fine.validate(), Ok(()));
    assert_eq!(
        names(ExternalApiBody::default().validate()),
        problems(&[("name", Problem::Required), ("url", Problem::Required)])
    );
    let output = |number| OutputParam { name: format!("o{number}"), path: text("a") };
    let most = ExternalApiBody { output: (0..100).map(output).collect(), ..fine.clone() };
    assert_eq!(most.validate(), Ok(()));
    let more = ExternalApiBody { output: (0..101).map(output).collect(), ..fine.clone() };
    assert_eq!(names(more.validate()), problems(&[("output.100.name", Problem::NotAllowed)]));
    let header = |name: &str, value: &str| HeaderParam { name: text(name), value: text(value), secret: true };
    let full = ExternalApiBody {
        method: "PATCH".into(),
        format: "xml".into(),
        headers: vec![
            header("X-Key", "s"),
            header("x-key", "s"),
            header("Host", ""),
            header("a b", "x\r\ny"),
            header("", ""),
        ],
        request: vec![
            RequestParam { name: text("tel"), integer: true, default: text("x"), ..Default::default() },
            RequestParam { name: text("tel"), ..Default::default() },
        ],
        output: vec![OutputParam { name: String::new(), path: String::new() }],
        ..fine
    };
    let expected = [
        ("method", Problem::NotAllowed),
        ("format", Problem::NotAllowed),
        ("headers.1.name", Problem::Duplicate),
        ("headers.2.name", Problem::NotAllowed),
        ("headers.3.name", Problem::NotAllowed),
        ("headers.3.value", Problem::NotAllowed),
        ("headers.4.name", Problem::Required),
        ("request.1.name", Problem::Duplicate),
        ("output.0.name", Problem::Required),
        ("request.0.default", Problem::NotNumber),
        ("output.0.path", Problem::Required),
    ];
    assert_eq!(names(full.validate()), problems(&expected));
    let shown = format!("{:?}", header("X-Key", "hunter2"));
    assert!(shown.contains("X-Key") && !shown.contains("hunter2"), "a secret is printed: {shown}");
}

#[test]
fn problems_survive_the_wire() {
    let all = [
        Problem::Required,
        Problem::TooLong(7),
        Problem::NotPercent,
        Problem::NotNumber,
        Problem::NotE164,
        Problem::NotUrl,
        Problem::NotAllowed,
        Problem::NotJson,
        Problem::NotEmail,
        Problem::NeedsOne,
        Problem::Duplicate,
        Problem::Said("x".to_owned()),
    ];
    let fields: Vec<FieldError> =
        all.into_iter().map(|problem| FieldError { field: "output.0.path".to_owned(), problem }).collect();
    let refusal = Refusal { error: "invalid".to_owned(), fields: fields.clone(), ..Refusal::default() };
    assert_eq!(error::fields(&serde_json::to_vec(&refusal).unwrap()), fields);
}
