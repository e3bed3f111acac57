//! one-view: the two agents and their tickets.

use jiff::Timestamp;
use rand::Rng;
use rand::rngs::StdRng;
use sqlx::SqliteConnection;
use trunkline_api::decode::to_json;
use trunkline_api::oneview::{Customer, Metadata, Ticket, TicketStatus};

use super::conversation::Conversation;
use super::insert::{self, TicketRow};
use super::life::Life;
use super::people::{Person, person};
use super::rng::{guid, hex, nth, pick, rng_for, weighted};
use super::traffic::random_second;

/// The agentID of the document's sample, also the demo agent's.
pub const DEMO_AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
/// The other agent.
const OTHER_AGENT: &str = "2b6f0c1e-7d0a-4c39-9a57-6f3c8f1d4e20";
/// The agents' names.
const AGENT_NAMES: [(&str, &str); 2] = [(DEMO_AGENT, "Dana Levin"), (OTHER_AGENT, "Marek Novak")];

/// Maximum wait for an agent in the demo data, in seconds.
const MAX_WAIT_SECONDS: i64 = 900;

/// Reasons and channels, with their share of the tickets in percent.
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
/// Priorities with their share in percent; 1 is the most urgent.
const PRIORITIES: [(i64, u32); 5] = [(1, 5), (2, 15), (3, 48), (4, 22), (5, 10)];
/// Maximum ages of tickets, in seconds: 30 % of them within `WINDOW`, the others within the shorter one.
const WINDOW: i64 = 5 * 86_400;
const RECENT_WINDOW: i64 = 2 * 86_400;

/// Inserts the agents, offline, and their tickets.
pub async fn fill(db: &mut SqliteConnection, count: u32, customers: u32, now: Timestamp) -> Result<(), sqlx::Error> {
    let now = now.as_second();
    for ((id, name), last_login) in AGENT_NAMES.into_iter().zip([now - 9 * 3600, now - 33 * 3600]) {
        let sql = "INSERT INTO sandbox_agents (id, name, online, last_login_time, updated_at, arrived) \
            VALUES ($1, $2, $3, $4, $5, 0)";
        let query = sqlx::query(sql).bind(id).bind(name).bind(false).bind(last_login).bind(last_login + 7 * 3600);
        query.execute(&mut *db).await?;
    }
    // A tenth, at most 25, belong to the other agent, so that the demo agent has the large inbox.
    let others = u64::from(count / 10).min(25);
    let rows: Vec<TicketRow> = (0..u64::from(count))
        .map(|number| {
            let mut rng = rng_for(2, number);
            let agent = if number < others { OTHER_AGENT } else { DEMO_AGENT };
            let window = if rng.random_range(0..10) < 7 { RECENT_WINDOW } else { WINDOW };
            let created = random_second(&mut rng, now - window + 1, now - MAX_WAIT_SECONDS);
            ticket(&mut rng, agent, &person(customer_number(number, customers.into())), created, number == others).0
        })
        .collect();
    insert::tickets(db, &rows).await
}

/// The `number`th ticket of a shift, one every `pace` seconds.
pub struct NewTicket<'a> {
    agent: &'a str,
    seed: u64,
    created: i64,
    pace: i64,
    life: Life,
}

impl<'a> NewTicket<'a> {
    /// The ticket of the shift that began at `since` (epoch seconds).
    pub fn new(agent: &'a str, since: i64, number: i64, pace: i64) -> Self {
        let seed = seed(agent, since, number);
        Self { agent, seed, created: since + number * pace, pace, life: Life::new(&mut rng_for(7, seed)) }
    }

    /// Its row at `now` (epoch seconds); `None` if it has left the list.
    pub fn at(&self, now: i64, customers: i64) -> Option<TicketRow> {
        let age = self.age(now);
        (!self.life.is_over(age)).then(|| {
            let (person, row, conversation) = new_ticket(self.agent, self.seed, self.created, customers);
            self.life.apply(&mut rng_for(9, self.seed), (row, conversation), &person, self.pace, age)
        })
    }

    /// The ticket's id.
    pub fn id(&self, customers: i64) -> String {
        new_ticket(self.agent, self.seed, self.created, customers).1.id
    }

    /// Returns true if anything happens to it after one time and up to another.
    pub fn has_event(&self, after: i64, until: i64) -> bool {
        self.life.has_event(self.age(after), self.age(until))
    }

    /// Age in the sandbox's pace.
    fn age(&self, at: i64) -> i64 {
        (at - self.created).div_euclid(self.pace.max(1))
    }
}

fn seed(agent: &str, since: i64, number: i64) -> u64 {
    let shift = since.unsigned_abs().wrapping_mul(1000).wrapping_add(number.unsigned_abs());
    // Hash the agent too (an FNV step per byte), because two agents may go online within one second.
    agent.bytes().fold(shift, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A ticket as it arrives, with its customer and conversation.
fn new_ticket(agent: &str, seed: u64, created: i64, customers: i64) -> (Person, TicketRow, Option<Conversation>) {
    let mut rng = rng_for(3, seed);
    let person = person(customer_number(rng.random(), customers.unsigned_abs()));
    let (TicketRow { record, .. }, _) = ticket(&mut rng, agent, &person, created, false);
    // A new ticket is assigned immediately.
    let mut ticket: Ticket = serde_json::from_str(&record).unwrap_or_default();
    ticket.ticket_status = Some(TicketStatus::Assigned);
    ticket.status_reason = Some("Internal State Change by Workflow Server".to_owned());
    ticket.assigned_time = Some(created);
    let id = ticket.id.as_ref().map(ToString::to_string).unwrap_or_default();
    // What the customer wrote opens the conversation; the rest is yet to come.
    let ccr = ticket.metadata.as_ref().and_then(|metadata| metadata.ccr.clone()).unwrap_or_default();
    let opening = pick(&mut rng, person.locale.messages);
    let conversation =
        ticket.content.is_some().then(|| Conversation::new(&ccr, &person, agent_name(agent), opening, created));
    let row = TicketRow { id, agent_id: agent.to_owned(), assigned_time: created, record: to_json(&ticket) };
    (person, row, conversation)
}

fn agent_name(agent: &str) -> &'static str {
    AGENT_NAMES.iter().find(|(id, _)| *id == agent).map_or("Agent", |(_, name)| name)
}

/// Maps a ticket's number to a customer's; several tickets may have the same customer.
fn customer_number(number: u64, customers: u64) -> u64 {
    number.wrapping_mul(7) % customers.max(1)
}

fn ticket(
    rng: &mut StdRng,
    agent: &str,
    person: &Person,
    created: i64,
    sample: bool,
) -> (TicketRow, Option<Conversation>) {
    let assigned = created + rng.random_range(5..MAX_WAIT_SECONDS);
    let (status, reason) = match rng.random_range(0..20) {
        0..=14 => (TicketStatus::Assigned, "Internal State Change by Workflow Server"),
        15..=16 => (TicketStatus::Escalated, pick(rng, &["Handed to second line", "Supervisor asked for"])),
        _ => (TicketStatus::Closed, pick(rng, &["Solved by agent", "Customer left the chat"])),
    };
    let id = guid(rng);
    let ccr = if sample { nth(&REASONS, 0).0 } else { weighted(rng, &REASONS) };
    let channel = weighted(rng, &CHANNELS).to_owned();
    let conversation = sometimes(rng, 9).then(|| {
        let (opening, unread) = (pick(rng, person.locale.messages), rng.random_range(0..4));
        // Draws of its own, so that a longer conversation changes no other value.
        let mut own = rng_for(8, created.unsigned_abs() ^ number_of(&id));
        let mut conversation = Conversation::new(ccr, person, agent_name(agent), opening, created);
        conversation.continue_until_unread(&mut own, person, unread);
        conversation
    });
    let ticket = Ticket {
        id: Some(id.as_str().into()),
        ticket_status: Some(status),
        assigned_time: Some(assigned),
        created_at: Some(created),
        queue: Some(person.locale.queue.to_owned()),
        channel: Some(channel),
        content: conversation.as_ref().map(Conversation::to_json),
        metadata: Some(metadata(rng, agent, ccr, sample)),
        status_reason: sometimes(rng, 9).then(|| reason.to_owned()),
        priority: Some(weighted(rng, &PRIORITIES)),
        customer: Some(Customer {
            id: Some(person.id.as_str().into()),
            first_name: Some(person.first.to_owned()),
            // Some people give one name only.
            last_name: sometimes(rng, 19).then(|| person.last.to_owned()),
            ..Customer::default()
        }),
        ..Ticket::default()
    };
    let row = TicketRow { id, agent_id: agent.to_owned(), assigned_time: assigned, record: to_json(&ticket) };
    (row, conversation)
}

/// A number that differs between ids.
fn number_of(id: &str) -> u64 {
    id.bytes().fold(0, |number: u64, byte| number.wrapping_mul(31).wrapping_add(byte.into()))
}

/// True `odds` times out of `odds + 1`.
fn sometimes(rng: &mut StdRng, odds: u32) -> bool {
    rng.random_range(0..=odds) != 0
}

fn metadata(rng: &mut StdRng, agent: &str, ccr: &str, sample: bool) -> Metadata {
    let room = hex(rng);
    let order =
        format!("{}-{:06}", nth(&["sdw", "frt", "bkk", "tlv", "szx"], rng.random()), rng.random_range(0..1_000_000));
    Metadata {
        ccr: Some(ccr.to_owned()),
        // Both are secrets of the real vendor. Tests look for these values to detect a leak.
        agent_jwt: Some(format!("demo-agent-jwt.{}.{}", agent, hex(rng))),
        room_subscription_token: Some(format!("demo-room-token.{}", hex(rng))),
        room_name: Some(format!("room-{}", room.chars().take(8).collect::<String>())),
        room_id: Some(room.into()),
        order_id: if sample { Some("sdw-srr".into()) } else { sometimes(rng, 6).then(|| order.into()) },
        agent_accesses: Some(
            ["chat.read", "chat.write", "order.read"]
                .into_iter()
                .take(rng.random_range(1..=3))
                .map(str::to_owned)
                .collect(),
        ),
        ..Metadata::default()
    }
}
