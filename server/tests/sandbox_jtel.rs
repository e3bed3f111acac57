//! jtel's document against the sandbox: each sample request and response, each documented return code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod test_sandbox;

use serde_json::{Value, json};
use test_sandbox::TestSandbox;
use trunkline_api::Service::Jtel;
use trunkline_server::sandbox::SandboxConfig;

/// The document's example response to create.
const SAMPLE: &str = r#"{
    "records": [
        {
            "SkillsValue2": null,
            "SkillsValue1": null,
            "ChatConnectorsID": null,
            "UserData": "123456",
            "SkillsValue3": null,
            "dtReceived": null,
            "AcdGroupsID": 235,
            "dtRemind": null,
            "EventData": "<eventData><urls><url><urlPath>https://www.jtel.de</urlPath><displayName>123456</displayName></url></urls><body html=\"true\"></body></eventData>",
            "AcdWorkFlowConnectorsID": null,
            "AcdInboxesID": null,
            "ID": 2039,
            "LastAgentTime": 0,
            "CrmURL": "https://www.jtel.de",
            "WorkFlowMonitorPointsID": null,
            "AcdReplyingTypesID": null,
            "AcdEventTypesID": 6,
            "dtModified": "2020-09-15T02:59:32.794",
            "bCloseByForeignSystem": false,
            "Receiver": "support@jtel.de",
            "Subject": "A new ticket 123456 has been created via the REST API. Congratulations!",
            "UsersID": null,
            "Sender": "info@example.com",
            "ForeignSystemNumber": "123456",
            "dtCreated": "2020-09-15T02:59:32.794",
            "UserData2": null,
            "UserData3": null,
            "SkillsID3": null,
            "SkillsID1": null,
            "SkillsID2": null,
            "AcdEventStatusID": 1,
            "dtLastModified": "2020-09-15T02:59:32.929"
        }
    ],
    "count": 1,
    "status": 200
}"#;

const CALLBACK: &str = r#"{
	"AcdEventTypesID": 3,
	"AcdGroupsID": 235,
	"UsersID": null,
	"Sender" : "49199123456789",
	"Receiver" : "4919900112233",
	"Subject": "Callback request from 49199123456789 on 2020.08.09 at 09:00",
	"Body": "This is an automatically generated callback request via the REST API.\r\nCongratulations!\r\n",
	"CrmURL": "https://www.jtel.de",
	"UserData": "987654"
}"#;

const TICKET: &str = r#"{
	"AcdEventTypesID": 6,
	"AcdGroupsID": 235,
	"UsersID": null,
	"Sender" : "info@example.com",
	"Receiver" : "support@jtel.de",
	"Subject": "A new ticket 123456 has been created via the REST API. Congratulations!",
	"CrmURL": "https://www.jtel.de",
	"UserData": "123456"
}"#;

fn with(changes: &[(&str, Option<Value>)]) -> String {
    let mut body: Value = serde_json::from_str(CALLBACK).unwrap();
    for (field, value) in changes {
        match value {
            Some(value) => body[*field] = value.clone(),
            None => drop(body.as_object_mut().unwrap().remove(*field)),
        }
    }
    body.to_string()
}

async fn create(kit: &TestSandbox, body: &str) -> (u16, Value) {
    kit.ask(Jtel, "POST", "/acd/events/create", body).await
}

#[tokio::test]
async fn documented_event_is_served_verbatim() {
    let kit = TestSandbox::default().await;
    let sample: Value = serde_json::from_str(SAMPLE).unwrap();
    assert_eq!(kit.ask(Jtel, "GET", "/acd/events/event/2039", "").await, (200, sample));
}

#[tokio::test]
async fn documented_ticket_is_created() {
    let kit = TestSandbox::default().await;
    let (status, created) = create(&kit, TICKET).await;
    let mut expected: Value = serde_json::from_str(SAMPLE).unwrap();
    // 400 demo events begin at 2039; the clock is stopped at 05:06:07.891 UTC in winter.
    expected["records"][0]["ID"] = 2439.into();
    for time in ["dtCreated", "dtModified", "dtLastModified"] {
        expected["records"][0][time] = "2026-03-04T06:06:07.891".into();
    }
    assert_eq!((status, &created), (200, &expected));
    assert_eq!(kit.ask(Jtel, "GET", "/acd/events/event/2439", "").await, (200, expected));
    let (_, next) = create(&kit, TICKET).await;
    assert_eq!(next["records"][0]["ID"], 2440);
    let (_, list) = kit.ask(Jtel, "GET", "/acd/events", "").await;
    assert_eq!(list["count"], 402);
    assert_eq!(list["records"][401]["ID"], 2440);
}

#[tokio::test]
async fn documented_callbacks_are_created() {
    let kit = TestSandbox::default().await;
    let (status, created) = create(&kit, CALLBACK).await;
    assert_eq!(status, 200);
    let event = &created["records"][0];
    assert_eq!(
        event["EventData"],
        "<eventData><urls><url><urlPath>https://www.jtel.de</urlPath><displayName>987654</displayName></url></urls>\
         <body html=\"true\">This is an automatically generated callback request via the REST API.&lt;br&gt;\
         Congratulations!&lt;br&gt;</body></eventData>"
    );
    assert_eq!((&event["ForeignSystemNumber"], &event["UserData"]), (&Value::Null, &json!("987654")));
    assert_eq!((&event["UsersID"], &event["AcdEventStatusID"]), (&Value::Null, &json!(1)));
    let (_, created) = create(&kit, &with(&[("UsersID", Some(json!(3)))])).await;
    assert_eq!(created["records"][0]["UsersID"], 3);
}

#[tokio::test]
async fn only_callbacks_have_a_body_and_it_is_escaped() {
    let kit = TestSandbox::default().await;
    let hostile = [("Body", Some(json!("<script>a & b</script>")))];
    let (_, created) = create(&kit, &with(&hostile)).await;
    let data = created["records"][0]["EventData"].as_str().unwrap();
    assert!(data.contains(">&amp;lt;script&amp;gt;a &amp;amp; b&amp;lt;/script&amp;gt;</body>"), "{data}");
    let (_, created) = create(&kit, &with(&[("AcdEventTypesID", Some(json!(5))), hostile[0].clone()])).await;
    assert!(created["records"][0]["EventData"].as_str().unwrap().contains("<body html=\"true\"></body>"));
}

#[tokio::test]
async fn list_has_the_long_envelope_oldest_first() {
    let kit = TestSandbox::default().await;
    let (status, list) = kit.ask(Jtel, "GET", "/acd/events", "").await;
    let mut envelope = list.clone();
    envelope["records"] = json!([]);
    assert_eq!(
        (status, envelope),
        (
            200,
            json!({"filter": "", "limitStart": 0, "limitPageSize": -1, "records": [], "count": 400,
                "orderBy": "dtCreated", "ascending": true, "status": 200})
        )
    );
    let records = list["records"].as_array().unwrap();
    assert_eq!(records.len(), 400);
    let times: Vec<_> = records.iter().map(|event| event["dtCreated"].as_str().unwrap()).collect();
    assert!(times.is_sorted());
    assert_eq!(records[0]["ID"], 2039);
    let spread =
        |field: &str| records.iter().map(|event| event[field].to_string()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(spread("AcdEventTypesID"), ["1", "2", "3", "4", "5", "6"].map(str::to_owned).into());
    assert_eq!(spread("AcdGroupsID"), ["235", "236", "237"].map(str::to_owned).into());
    assert!(spread("UsersID").len() == 13, "twelve users and none");
    // Thirty days, up to the second before the first start; the sample is older.
    assert!(times[1] >= "2026-02-02T06:06:07" && times[399] <= "2026-03-04T06:06:08", "{} {}", times[1], times[399]);
    // Some bodies contain HTML that a client must sanitise.
    let hostile = records.iter().filter(|event| event["EventData"].as_str().unwrap().contains("&lt;script&gt;"));
    assert!(hostile.count() > 3);
}

#[tokio::test]
async fn return_codes_are_the_documented_ones() {
    let kit = TestSandbox::default().await;
    let error = |status: u16, error: &str| (status, json!({"status": status, "error": error}));
    for unknown in ["1", "0", "99999999999999999999999"] {
        let target = format!("/acd/events/event/{unknown}");
        assert_eq!(kit.ask(Jtel, "GET", &target, "").await, error(404, "AcdEvent not found"));
    }
    for target in ["/acd/events/event/x", "/acd/events/event/-1", "/acd/groups/group/x", "/users/user/1e3"] {
        assert_eq!(kit.ask(Jtel, "GET", target, "").await.0, 400, "{target}");
    }
    assert_eq!(kit.ask(Jtel, "GET", "/acd/groups/group/1", "").await, error(404, "AcdGroup not found"));
    assert_eq!(kit.ask(Jtel, "GET", "/users/user/1", "").await, error(404, "User not found"));

    for field in ["AcdEventTypesID", "AcdGroupsID", "Sender", "Subject"] {
        for value in [None, Some(Value::Null)] {
            let said = error(400, &format!("Required parameter missing: {field}"));
            assert_eq!(create(&kit, &with(&[(field, value)])).await, said);
        }
    }
    for (field, value) in [
        ("AcdGroupsID", json!("235")),
        ("UsersID", json!(1.5)),
        ("Sender", json!(49)),
        ("Sender", json!("nobody")),
        ("Receiver", json!("0190")),
        ("CrmURL", json!("www.jtel.de")),
        ("UserData", json!(987654)),
    ] {
        let (status, said) = create(&kit, &with(&[(field, Some(value))])).await;
        assert_eq!((status, &said["status"]), (400, &json!(400)));
        assert!(said["error"].as_str().unwrap().contains(field), "{said}");
    }
    for (field, value) in [("AcdEventTypesID", 99), ("AcdGroupsID", 1), ("UsersID", 1)] {
        let (status, said) = create(&kit, &with(&[(field, Some(json!(value)))])).await;
        assert_eq!((status, &said["status"]), (409, &json!(409)), "{field}");
    }
    for body in ["", "null", "{", "[1]"] {
        assert_eq!(create(&kit, body).await.0, 400, "{body}");
    }
    assert_eq!(kit.ask(Jtel, "GET", "/acd/events", "").await.1["count"], 400, "nothing was made");
}

#[tokio::test]
async fn types_groups_and_users_are_listed_and_read() {
    let kit = TestSandbox::default().await;
    let (_, types) = kit.ask(Jtel, "GET", "/acd/events/types", "").await;
    let keys: Vec<_> = types["records"].as_array().unwrap().iter().map(|row| row["ShortText"].clone()).collect();
    let expected = ["VoiceMail", "Fax", "Callback", "SMS", "Email", "Ticket"];
    assert_eq!(keys, expected.map(|name| json!(format!("AcdEventTypes.{name}"))));
    let (_, groups) = kit.ask(Jtel, "GET", "/acd/groups", "").await;
    assert_eq!(
        (&groups["count"], &groups["orderBy"], &groups["limitPageSize"]),
        (&json!(3), &json!("Name"), &json!(-1))
    );
    let names: Vec<_> = groups["records"].as_array().unwrap().iter().map(|row| row["Name"].as_str().unwrap()).collect();
    assert!(names.is_sorted());
    let (_, users) = kit.ask(Jtel, "GET", "/users", "").await;
    assert_eq!((&users["count"], &users["orderBy"]), (&json!(12), &json!("UID")));
    let (status, user) = kit.ask(Jtel, "GET", "/users/user/3", "").await;
    assert_eq!((status, &user["count"], &user["records"][0]["ID"]), (200, &json!(1), &json!(3)));
    assert!(user.get("orderBy").is_none(), "one record comes in the short envelope");
    for group in [235, 236, 237] {
        let (status, row) = kit.ask(Jtel, "GET", &format!("/acd/groups/group/{group}"), "").await;
        assert_eq!((status, &row["records"][0]["ID"]), (200, &json!(group)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_creates_get_different_ids() {
    let (kit, _file) = TestSandbox::on_file(SandboxConfig { events: 1, ..SandboxConfig::default() }).await;
    let kit = std::sync::Arc::new(kit);
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let kit = kit.clone();
            tokio::spawn(async move { create(&kit, TICKET).await.1["records"][0]["ID"].as_i64().unwrap() })
        })
        .collect();
    let mut ids = Vec::new();
    for task in tasks {
        ids.push(task.await.unwrap());
    }
    ids.sort_unstable();
    assert_eq!(ids, (2040..2060).collect::<Vec<_>>());
}
