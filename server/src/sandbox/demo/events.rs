//! jtel: ACD events of every type over the last thirty days, after the document's sample.

use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use rand::rngs::StdRng;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use trunkline_api::jtel::{AcdEvent, CALLBACK, NewAcdEvent, TICKET, event_data_xml, is_telephone};
use trunkline_api::wire::to_json;

use super::dice::{dice, early, nth, pick, weighted};
use super::directory::{SERVICE_NUMBERS, USERS};
use super::event_bodies;
use super::hours::moment;
use super::insert::ROWS;
use super::people::{Person, person};
use crate::sandbox::clock::jtel_local;
use crate::sandbox::jtel::event;

/// The ID of the document's event, the first of the demo data.
const SAMPLE: i64 = 2039;
const WINDOW: i64 = 30 * 86_400;
/// The types, with how many of a hundred events have them: mostly mail, then those who want to be called.
const SHARES: [(i64, u32); 6] = [(5, 39), (3, 22), (1, 17), (6, 13), (4, 7), (2, 2)];
/// The same for the groups.
const GROUP_SHARES: [(i64, u32); 3] = [(235, 58), (236, 29), (237, 13)];

/// Stores `count` events and the counter that numbers new ones.
pub async fn fill(db: &mut SqliteConnection, count: u32, customers: u32, now: Timestamp) -> Result<(), sqlx::Error> {
    let rows: Vec<(i64, AcdEvent)> = (0..i64::from(count))
        .zip(times(count, now))
        .map(|(number, created)| {
            let id = SAMPLE + number;
            let event = if number == 0 { sample() } else { demo(number, created, customers.into(), now) };
            (id, AcdEvent { id: Some(id.into()), ..event })
        })
        .collect();
    for rows in rows.chunks(ROWS) {
        QueryBuilder::<Sqlite>::new("INSERT INTO sandbox_acd_events (id, created, record) ")
            .push_values(rows, |mut values, (id, event)| {
                values.push_bind(*id).push_bind(event.created.clone().unwrap_or_default()).push_bind(to_json(event));
            })
            .build()
            .execute(&mut *db)
            .await?;
    }
    let last = rows.last().map_or(SAMPLE - 1, |(id, _)| *id);
    let sql = "INSERT INTO sandbox_counters (name, value) VALUES ('acd_events', $1)";
    sqlx::query(sql).bind(last).execute(&mut *db).await?;
    Ok(())
}

/// The record of the document's "create a ticket event".
fn sample() -> AcdEvent {
    let new = NewAcdEvent {
        type_id: TICKET,
        group_id: 235,
        user_id: None,
        sender: "info@example.com".to_owned(),
        receiver: Some("support@jtel.de".to_owned()),
        subject: "A new ticket 123456 has been created via the REST API. Congratulations!".to_owned(),
        body: None,
        crm_url: Some("https://www.jtel.de".to_owned()),
        user_data: Some("123456".to_owned()),
    };
    AcdEvent { last_modified: Some("2020-09-15T02:59:32.929".to_owned()), ..event(&new, "2020-09-15T02:59:32.794") }
}

/// When each came in, in their order: the later the number, the later the time.
fn times(count: u32, now: Timestamp) -> Vec<Timestamp> {
    let end = now.as_millisecond();
    let mut millis: Vec<i64> = (0..count)
        .map(|number| {
            let mut dice = dice(7, number.into());
            let second = moment(&mut dice, end / 1000 - WINDOW, end / 1000);
            second * 1000 + dice.random_range(0..1000)
        })
        .collect();
    millis.sort_unstable();
    millis.into_iter().map(|time| Timestamp::from_millisecond(time).unwrap_or(now)).collect()
}

/// The `number`th.
fn demo(number: i64, created: Timestamp, customers: u64, now: Timestamp) -> AcdEvent {
    let seed = number.unsigned_abs();
    let mut dice = dice(5, seed);
    let person = person(seed.wrapping_mul(11) % customers.max(1));
    let before = now.as_millisecond() - created.as_millisecond();
    let type_id = weighted(&mut dice, &SHARES);
    let mut record = event(&new(&mut dice, type_id, seed, &person), &jtel_local(created));
    if let Some(html) = event_bodies::html(type_id, seed, &person) {
        let text = |value: Option<String>| value.unwrap_or_default();
        let user_data = record.user_data.as_ref().map(ToString::to_string);
        record.event_data = Some(event_data_xml(&text(record.crm_url.clone()), &text(user_data), &html));
    }
    age(&mut dice, &mut record, before, created);
    record
}

fn new(dice: &mut StdRng, type_id: i64, seed: u64, person: &Person) -> NewAcdEvent {
    let phone = is_telephone(type_id) || type_id == 2 || type_id == 4;
    let name = person.full_name();
    let number = 100_000 + seed * 37 % 900_000;
    let message = pick(dice, person.words.messages);
    let subject = match type_id {
        1 => format!("Voice mail from {}", person.tel),
        2 => format!("Fax from {}, {} pages", person.tel, 1 + seed % 7),
        CALLBACK => format!("Callback request from {}", person.tel),
        4 => format!("SMS: {message}"),
        TICKET => format!("Ticket {number}: {message}"),
        _ => format!("{name}: {message}"),
    };
    NewAcdEvent {
        type_id,
        group_id: weighted(dice, &GROUP_SHARES),
        user_id: (dice.random_range(0..3) == 0).then(|| early(dice, &USERS)),
        sender: if phone { person.tel.clone() } else { person.email.clone() },
        receiver: match (phone, dice.random_range(0..8)) {
            (_, 0) => None,
            (true, _) => Some(nth(&SERVICE_NUMBERS, seed).to_owned()),
            (false, _) => Some("support@desk.example".to_owned()),
        },
        subject,
        body: Some(format!("{message}\r\n{name}\r\n")).filter(|_| type_id == CALLBACK),
        crm_url: (dice.random_range(0..4) != 0).then(|| format!("https://crm.example.com/customers/{}", person.id)),
        user_data: (type_id == TICKET || dice.random_range(0..2) == 0).then(|| number.to_string()),
    }
}

/// What has happened since: most older events are at 20, the other status that the document shows.
fn age(dice: &mut StdRng, record: &mut AcdEvent, before: i64, created: Timestamp) {
    let hours = before / 3_600_000;
    let done = dice.random_range(0..100)
        < if hours > 72 {
            96
        } else if hours > 6 {
            80
        } else {
            0
        };
    if !done {
        return;
    }
    let later = SignedDuration::from_millis(dice.random_range(60_000..6 * 3_600_000));
    let closed = jtel_local(created.checked_add(later).unwrap_or(created));
    record.status_id = Some(20.into());
    record.last_agent_time = Some(dice.random_range(15..1800));
    record.received = record.created.clone();
    record.modified = Some(closed.clone());
    record.last_modified = Some(closed);
    if record.user_id.is_none() {
        record.user_id = Some(early(dice, &USERS).into());
    }
    if dice.random_range(0..4) == 0 {
        record.chat_connectors_id = Some(1.into());
        record.skills_id1 = Some(dice.random_range(1..6_i64).into());
        record.skills_value1 = Some(dice.random_range(10..100_i64).into());
    }
}
