//! one-view: the two agents and their tickets.

use jiff::Timestamp;
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::json;
use sqlx::SqliteConnection;
use trunkline_api::oneview::{Customer, Metadata, Ticket, TicketStatus};
use trunkline_api::wire::to_json;

use super::dice::{dice, guid, hex, nth, pick, weighted};
use super::hours::moment;
use super::insert::{self, TicketRow};
use super::people::{Person, person};

/// The document's sample agentID, the demo agent's.
pub const DEMO_AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
/// The other agent.
const OTHER_AGENT: &str = "2b6f0c1e-7d0a-4c39-9a57-6f3c8f1d4e20";

/// Seconds that a ticket of the demo data waited for its agent at most.
const LONGEST_WAIT: i64 = 900;

/// Reasons and channels, with how many of a hundred tickets have them.
const REASONS: [(&str, u32); 10] = [
    ("delivery - wrong address", 14),
    ("delivery - late", 29),
    ("payment - refund not received", 16),
    ("order - item missing", 13),
    ("payment - charged twice", 8),
    ("order - change before dispatch", 7),
    ("account - locked", 5),
    ("product - defective", 4),
    ("product - question before purchase", 3),
    ("account - data access request", 1),
];
const CHANNELS: [(&str, u32); 5] = [("chat", 52), ("email", 24), ("whatsapp", 15), ("voice", 6), ("sms", 3)];
/// 1 is the most urgent.
const PRIORITIES: [(i64, u32); 5] = [(1, 5), (2, 15), (3, 48), (4, 22), (5, 10)];
/// How far back the tickets go, in seconds; what is still open came later than that.
const WINDOW: i64 = 5 * 86_400;
const OPEN: i64 = 2 * 86_400;

/// Stores the agents, offline, and their tickets.
pub async fn fill(db: &mut SqliteConnection, count: u32, customers: u32, now: Timestamp) -> Result<(), sqlx::Error> {
    let now = now.as_second();
    for (id, name, last_login) in
        [(DEMO_AGENT, "Dana Levin", now - 9 * 3600), (OTHER_AGENT, "Marek Novak", now - 33 * 3600)]
    {
        let sql = "INSERT INTO sandbox_agents (id, name, online, last_login_time, updated_at, arrived) \
            VALUES ($1, $2, $3, $4, $5, 0)";
        let query = sqlx::query(sql).bind(id).bind(name).bind(false).bind(last_login).bind(last_login + 7 * 3600);
        query.execute(&mut *db).await?;
    }
    // A tenth, but not more than 25, are the other agent's: a large inbox is for the demo agent.
    let others = u64::from(count / 10).min(25);
    let rows: Vec<TicketRow> = (0..u64::from(count))
        .map(|number| {
            let mut dice = dice(2, number);
            let agent = if number < others { OTHER_AGENT } else { DEMO_AGENT };
            let window = if dice.random_range(0..10) < 7 { OPEN } else { WINDOW };
            let created = moment(&mut dice, now - window + 1, now - LONGEST_WAIT);
            ticket(&mut dice, agent, &person(customer(number, customers.into())), created, number == others)
        })
        .collect();
    insert::tickets(db, &rows).await
}

/// The `number`th ticket of the shift that began at `since` (epoch seconds), one every `pace` seconds.
pub fn arriving(agent: &str, since: i64, number: i64, pace: i64, customers: i64) -> TicketRow {
    let shift = since.unsigned_abs().wrapping_mul(1000).wrapping_add(number.unsigned_abs());
    // The agent counts too (an FNV step per byte): two agents may go online within one second.
    let seed = agent.bytes().fold(shift, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut dice = dice(3, seed);
    let created = since + number * pace;
    let person = person(customer(dice.random(), customers.unsigned_abs()));
    let TicketRow { record, .. } = ticket(&mut dice, agent, &person, created, false);
    // A new ticket is assigned as it comes.
    let mut ticket: Ticket = serde_json::from_str(&record).unwrap_or_default();
    ticket.ticket_status = Some(TicketStatus::Assigned);
    ticket.status_reason = Some("Internal State Change by Workflow Server".to_owned());
    ticket.assigned_time = Some(created);
    let id = ticket.id.as_ref().map(ToString::to_string).unwrap_or_default();
    TicketRow { id, agent_id: agent.to_owned(), assigned_time: created, record: to_json(&ticket) }
}

/// Which customer: several tickets may be one customer's.
fn customer(number: u64, customers: u64) -> u64 {
    number.wrapping_mul(7) % customers.max(1)
}

fn ticket(dice: &mut StdRng, agent: &str, person: &Person, created: i64, sample: bool) -> TicketRow {
    let assigned = created + dice.random_range(5..LONGEST_WAIT);
    let (status, reason) = match dice.random_range(0..20) {
        0..=14 => (TicketStatus::Assigned, "Internal State Change by Workflow Server"),
        15..=16 => (TicketStatus::Escalated, pick(dice, &["Handed to second line", "Supervisor asked for"])),
        _ => (TicketStatus::Closed, pick(dice, &["Solved by agent", "Customer left the chat"])),
    };
    let id = guid(dice);
    let ccr = if sample { nth(&REASONS, 0).0 } else { weighted(dice, &REASONS) };
    let ticket = Ticket {
        id: Some(id.as_str().into()),
        ticket_status: Some(status),
        assigned_time: Some(assigned),
        created_at: Some(created),
        queue: Some(person.words.queue.to_owned()),
        channel: Some(weighted(dice, &CHANNELS).to_owned()),
        content: sometimes(dice, 9).then(|| {
            json!({"subject": ccr, "lastMessage": pick(dice, person.words.messages),
                "language": person.words.tag, "unread": dice.random_range(0..4)})
        }),
        metadata: Some(metadata(dice, agent, ccr, sample)),
        status_reason: sometimes(dice, 9).then(|| reason.to_owned()),
        priority: Some(weighted(dice, &PRIORITIES)),
        customer: Some(Customer {
            id: Some(person.id.as_str().into()),
            first_name: Some(person.first.to_owned()),
            // Some people give one name only.
            last_name: sometimes(dice, 19).then(|| person.last.to_owned()),
            ..Customer::default()
        }),
        ..Ticket::default()
    };
    TicketRow { id, agent_id: agent.to_owned(), assigned_time: assigned, record: to_json(&ticket) }
}

/// True `of` times out of `of + 1`.
fn sometimes(dice: &mut StdRng, of: u32) -> bool {
    dice.random_range(0..=of) != 0
}

fn metadata(dice: &mut StdRng, agent: &str, ccr: &str, sample: bool) -> Metadata {
    let room = hex(dice);
    let order =
        format!("{}-{:06}", nth(&["sdw", "frt", "bkk", "tlv", "szx"], dice.random()), dice.random_range(0..1_000_000));
    Metadata {
        ccr: Some(ccr.to_owned()),
        // Both are secrets in the real thing, so here too: whoever passes them on is caught.
        agent_jwt: Some(format!("demo-agent-jwt.{}.{}", agent, hex(dice))),
        room_subscription_token: Some(format!("demo-room-token.{}", hex(dice))),
        room_name: Some(format!("room-{}", room.chars().take(8).collect::<String>())),
        room_id: Some(room.into()),
        order_id: if sample { Some("sdw-srr".into()) } else { sometimes(dice, 6).then(|| order.into()) },
        agent_accesses: Some(
            ["chat.read", "chat.write", "order.read"]
                .into_iter()
                .take(dice.random_range(1..=3))
                .map(str::to_owned)
                .collect(),
        ),
        ..Metadata::default()
    }
}
