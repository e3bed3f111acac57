//! jtel: the document's sample event, then ACD events of every type over the last thirty days.

use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use rand::rngs::StdRng;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use trunkline_api::decode::to_json;
use trunkline_api::jtel::{AcdEvent, CALLBACK, NewAcdEvent, TICKET, event_data_xml, is_telephone};

use super::directory::{SERVICE_NUMBERS, USERS};
use super::event_bodies;
use super::insert::ROWS;
use super::people::{Person, person};
use super::rng::{nth, pick, pick_early, rng_for, weighted};
use super::traffic::random_second;
use crate::sandbox::clock::jtel_local;
use crate::sandbox::jtel::event::build_event;

/// ID of the document's event, the first of the demo data.
const SAMPLE: i64 = 2039;
const WINDOW_SECONDS: i64 = 30 * 86_400;
/// Event types with their share in percent: mostly mail, then callbacks.
const SHARES: [(i64, u32); 6] = [(5, 39), (3, 22), (1, 17), (6, 13), (4, 7), (2, 2)];
/// Groups with their share in percent.
const GROUP_SHARES: [(i64, u32); 3] = [(235, 58), (236, 29), (237, 13)];

/// Inserts `count` events and the counter for new IDs.
pub async fn fill(db: &mut SqliteConnection, count: u32, customers: u32, now: Timestamp) -> Result<(), sqlx::Error> {
    let rows: Vec<(i64, AcdEvent)> = (0..i64::from(count))
        .zip(times(count, now))
        .map(|(number, created)| {
            let id = SAMPLE + number;
            let event = if number == 0 { sample_event() } else { demo_event(number, created, customers.into(), now) };
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

/// Builds the event of the document's "create a ticket event".
fn sample_event() -> AcdEvent {
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
    AcdEvent {
        last_modified: Some("2020-09-15T02:59:32.929".to_owned()),
        ..build_event(&new, "2020-09-15T02:59:32.794")
    }
}

/// Draws the creation times, in ascending order.
fn times(count: u32, now: Timestamp) -> Vec<Timestamp> {
    let end = now.as_millisecond();
    let mut millis: Vec<i64> = (0..count)
        .map(|number| {
            let mut rng = rng_for(7, number.into());
            let second = random_second(&mut rng, end / 1000 - WINDOW_SECONDS, end / 1000);
            second * 1000 + rng.random_range(0..1000)
        })
        .collect();
    millis.sort_unstable();
    millis.into_iter().map(|time| Timestamp::from_millisecond(time).unwrap_or(now)).collect()
}

/// Builds the `number`th event.
fn demo_event(number: i64, created: Timestamp, customers: u64, now: Timestamp) -> AcdEvent {
    let seed = number.unsigned_abs();
    let mut rng = rng_for(5, seed);
    let person = person(seed.wrapping_mul(11) % customers.max(1));
    let before = now.as_millisecond() - created.as_millisecond();
    let type_id = weighted(&mut rng, &SHARES);
    let mut record = build_event(&new_event(&mut rng, type_id, seed, &person), &jtel_local(created));
    if let Some(html) = event_bodies::html(type_id, seed, &person) {
        let text = |value: Option<String>| value.unwrap_or_default();
        let user_data = record.user_data.as_ref().map(ToString::to_string);
        record.event_data = Some(event_data_xml(&text(record.crm_url.clone()), &text(user_data), &html));
    }
    apply_age(&mut rng, &mut record, before, created);
    record
}

fn new_event(rng: &mut StdRng, type_id: i64, seed: u64, person: &Person) -> NewAcdEvent {
    let phone = is_telephone(type_id) || type_id == 2 || type_id == 4;
    let name = person.full_name();
    let number = 100_000 + seed * 37 % 900_000;
    let message = pick(rng, person.locale.messages);
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
        group_id: weighted(rng, &GROUP_SHARES),
        user_id: (rng.random_range(0..3) == 0).then(|| pick_early(rng, &USERS)),
        sender: if phone { person.tel.clone() } else { person.email.clone() },
        receiver: match (phone, rng.random_range(0..8)) {
            (_, 0) => None,
            (true, _) => Some(nth(&SERVICE_NUMBERS, seed).to_owned()),
            (false, _) => Some("support@desk.example".to_owned()),
        },
        subject,
        body: Some(format!("{message}\r\n{name}\r\n")).filter(|_| type_id == CALLBACK),
        crm_url: (rng.random_range(0..4) != 0).then(|| format!("https://crm.example.com/customers/{}", person.id)),
        user_data: (type_id == TICKET || rng.random_range(0..2) == 0).then(|| number.to_string()),
    }
}

/// Adds what has happened since: most older events have status 20, the other one in the document.
fn apply_age(rng: &mut StdRng, record: &mut AcdEvent, before: i64, created: Timestamp) {
    let hours = before / 3_600_000;
    let done = rng.random_range(0..100)
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
    let later = SignedDuration::from_millis(rng.random_range(60_000..6 * 3_600_000));
    let closed = jtel_local(created.checked_add(later).unwrap_or(created));
    record.status_id = Some(20.into());
    record.last_agent_time = Some(rng.random_range(15..1800));
    record.received = record.created.clone();
    record.modified = Some(closed.clone());
    record.last_modified = Some(closed);
    if record.user_id.is_none() {
        record.user_id = Some(pick_early(rng, &USERS).into());
    }
    if rng.random_range(0..4) == 0 {
        record.chat_connectors_id = Some(1.into());
        record.skills_id1 = Some(rng.random_range(1..6_i64).into());
        record.skills_value1 = Some(rng.random_range(10..100_i64).into());
    }
}
