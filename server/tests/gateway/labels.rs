//! The operator's names for values without names.

use serde_json::json;

use crate::test_app::start;

#[tokio::test]
async fn configured_names_are_listed_for_everyone_signed_in() {
    let gateway = start("[vendors.jtel.statuses]\n20 = \"closed\"\n1 = \"open\"").await;
    let agent = gateway.agent().await;
    let names = agent.get("/api/labels/event-statuses").await.json();
    assert_eq!(names["records"], json!([{"ID": "1", "Name": "open"}, {"ID": "20", "Name": "closed"}]));
    assert_eq!(agent.get("/api/labels/customer-fields").await.json()["records"], json!([]));
    agent.get("/api/labels/others").await.assert_error(404, "not-allowed");
    gateway.anonymous().get("/api/labels/event-statuses").await.assert_error(401, "signed-out");
}
