//! The demo data as a whole: distributions are skewed, as in a real centre, and no value is missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod test_sandbox;

use std::collections::BTreeMap;

use serde_json::Value;
use test_sandbox::{AGENT, TestSandbox};
use trunkline_api::Service::{Comm100, Jtel, Oneview};

/// Share of the rows with each value in percent, the most frequent first.
fn shares(rows: &[Value], value: impl Fn(&Value) -> String) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(value(row)).or_default() += 1;
    }
    let mut shares: Vec<_> = counts.into_iter().map(|(value, count)| (value, count * 100 / rows.len())).collect();
    shares.sort_by_key(|(_, share)| std::cmp::Reverse(*share));
    shares
}

/// Asserts the number of values, and the share of the first two in percent.
#[track_caller]
fn lopsided(shares: &[(String, usize)], values: usize, first_two: usize) {
    assert_eq!(shares.len(), values, "{shares:?}");
    assert!(shares[0].1 + shares[1].1 >= first_two, "{shares:?}");
}

#[tokio::test]
async fn two_types_dominate_events_and_most_come_by_day() {
    let kit = TestSandbox::default().await;
    let list = kit.ask(Jtel, "GET", "/acd/events", "").await.1;
    // The document's sample is years older.
    let events = &list["records"].as_array().unwrap()[1..];
    lopsided(&shares(events, |event| event["AcdEventTypesID"].to_string()), 6, 50);
    lopsided(&shares(events, |event| event["AcdGroupsID"].to_string()), 3, 80);
    let status = shares(events, |event| event["AcdEventStatusID"].to_string());
    assert_eq!(status.iter().map(|(status, _)| status.as_str()).collect::<Vec<_>>(), ["20", "1"], "{status:?}");
    let times: Vec<&str> = events.iter().map(|event| event["dtCreated"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "later numbers are later events");
    let hour = |time: &&str| time[11..13].parse::<u32>().unwrap();
    let by_day = times.iter().filter(|time| (8..18).contains(&hour(time))).count();
    assert!(by_day * 100 / times.len() >= 70, "{by_day} of {} from 8 to 18", times.len());
    let hours = shares(events, |event| event["dtCreated"].as_str().unwrap()[11..13].to_owned());
    assert!(hours.len() > 14, "a few come at any hour: {hours:?}");
}

#[tokio::test]
async fn one_queue_and_one_channel_dominate_tickets() {
    let kit = TestSandbox::default().await;
    let tickets = kit.ask(Oneview, "GET", &format!("/v1/{AGENT}/tickets"), "").await.1;
    let tickets = tickets.as_array().unwrap();
    let text = |pointer: &'static str| move |row: &Value| row.pointer(pointer).unwrap().to_string();
    let queues = shares(tickets, text("/queue"));
    lopsided(&queues, 5, 55);
    assert_eq!(queues[0].0, "\"english\"");
    lopsided(&shares(tickets, text("/channel")), 5, 65);
    lopsided(&shares(tickets, text("/priority")), 5, 55);
    let status = shares(tickets, text("/ticketStatus"));
    assert!(status[0].0 == "\"ASSIGNED\"" && status[0].1 >= 60, "{status:?}");
    let reasons = shares(tickets, text("/metadata/ccr"));
    assert!(reasons.len() >= 8 && reasons[0].1 >= 20, "{reasons:?}");
    let names = shares(tickets, |row| format!("{} {}", row["customer"]["firstName"], row["customer"]["lastName"]));
    assert!(names.len() >= 120, "{} names", names.len());
}

#[tokio::test]
async fn two_channels_dominate_accounts() {
    let kit = TestSandbox::default().await;
    let accounts = kit.ask(Comm100, "GET", "/ticketing/channelAccounts", "").await.1;
    let accounts = accounts.as_array().unwrap();
    lopsided(&shares(accounts, |account| account["appId"].to_string()), 7, 55);
    let default: Vec<_> = accounts.iter().filter(|account| account["isDefault"] == true).collect();
    assert_eq!((default.len(), default[0]["appId"].as_str()), (1, Some("Email")), "the default e-mail account");
}
