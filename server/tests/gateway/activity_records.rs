//! The activity names what was changed: record, fields, bulk run.

use reqwest::Method;
use serde_json::{Value, json};

use crate::test_app::{Browser, send, start};

const ACCOUNTS: &str = "/api/comm100/ticketing/channelAccounts";

async fn activity(admin: &Browser) -> Vec<Value> {
    admin.get("/api/activity").await.json().as_array().unwrap().clone()
}

#[tokio::test]
async fn changed_records_and_fields_are_named_without_values() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let first = admin.get(ACCOUNTS).await.json()[0].clone();
    let (id, name) = (first["id"].as_str().unwrap(), first["name"].as_str().unwrap());
    let one = format!("{ACCOUNTS}/{id}");
    assert_eq!(admin.post(&format!("{one}:enableBot"), &json!(null)).await.status, 200);
    let entry = activity(&admin).await.remove(0);
    assert_eq!((&entry["recordId"], &entry["recordName"]), (&json!(id), &json!(name)));

    let mut account = admin.get(&one).await.json();
    for read_only in ["id", "createdTime", "chatbot"] {
        account.as_object_mut().unwrap().remove(read_only);
    }
    account["name"] = json!("Renamed in secret");
    account["percentageToBotWhenOnline"] = json!(41);
    let updated = admin.put(&one, &account).await;
    assert_eq!(updated.status, 200, "{}", updated.text());
    let entry = activity(&admin).await.remove(0);
    let mut fields: Vec<&str> =
        entry["fields"].as_array().unwrap().iter().map(|field| field.as_str().unwrap()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["name", "percentageToBotWhenOnline"]);
    assert_eq!(entry["recordName"], "Renamed in secret");
    assert!(!entry.to_string().contains("41,") && entry.get("run").is_none());

    // A removal has the last known name; what never existed has none.
    assert_eq!(admin.delete(&one).await.status, 204);
    assert_eq!(admin.delete(&format!("{ACCOUNTS}/somebody-typed-this")).await.status, 404);
    let entries = activity(&admin).await;
    assert_eq!(entries[0].get("recordId"), None);
    assert_eq!((&entries[1]["recordId"], &entries[1]["recordName"]), (&json!(id), &json!("Renamed in secret")));

    let own = admin.get(&format!("/api/activity/records/comm100/{id}")).await.json();
    let methods: Vec<&str> = own.as_array().unwrap().iter().map(|entry| entry["method"].as_str().unwrap()).collect();
    assert_eq!(methods, ["DELETE", "PUT", "POST"]);
    assert_eq!(admin.get(&format!("/api/activity/records/jtel/{id}")).await.json(), json!([]));
    gateway.agent().await.get(&format!("/api/activity/records/comm100/{id}")).await.assert_error(403, "forbidden");
}

#[tokio::test]
async fn a_bulk_run_is_marked_by_its_header() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let ids: Vec<String> = admin
        .get(ACCOUNTS)
        .await
        .json()
        .as_array()
        .unwrap()
        .iter()
        .take(2)
        .map(|account| account["id"].as_str().unwrap().to_owned())
        .collect();
    for (id, run) in [(&ids[0], "1764-22"), (&ids[1], "1764-22"), (&ids[0], "not a run <id>")] {
        let request =
            admin.request(Method::POST, &format!("{ACCOUNTS}/{id}:disableBot")).header("X-Trunkline-Run", run);
        assert_eq!(send(request).await.status, 200);
    }
    let runs: Vec<Value> = activity(&admin).await.iter().take(3).map(|entry| entry["run"].clone()).collect();
    assert_eq!(runs, [json!(null), json!("1764-22"), json!("1764-22")]);
}

#[tokio::test]
async fn external_apis_name_their_changed_members() {
    let gateway = start("").await;
    let admin = gateway.admin().await;
    let path = "/api/sobot/external-apis";
    let created = admin.post(path, &json!({"name": "CRM", "url": "https://crm.example/a"})).await.json();
    let one = format!("{path}/{}", created["id"].as_str().unwrap());
    let edit = json!({"name": "CRM", "url": "https://crm.example/b", "method": "PUT"});
    assert_eq!(admin.put(&one, &edit).await.status, 200);
    assert_eq!(admin.delete(&one).await.status, 204);
    let entries = activity(&admin).await;
    assert_eq!(entries[1]["fields"], json!(["method", "url"]));
    for entry in &entries[..3] {
        assert_eq!((&entry["recordId"], &entry["recordName"]), (&created["id"], &json!("CRM")));
    }
}
