//! one-view: the conversation in a ticket's `content`. one-view documents an object without a shape; the members here are
//! those that real tickets have: `subject`, `messages`, `lastMessage`, `language`, `unread`.

use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::people::Person;
use super::rng::pick;

/// Seconds between two messages of a ticket that the demo data begins with: all of them are over before anyone looks.
const STEP_SECONDS: std::ops::Range<i64> = 15..120;
/// Messages of customers that wait for an answer at most, besides the first.
const MAX_UNREAD: i64 = 3;

/// A conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    subject: String,
    language: &'static str,
    customer: String,
    agent: String,
    messages: Vec<Message>,
}

#[derive(Clone, Debug, PartialEq)]
struct Message {
    from_customer: bool,
    text: &'static str,
    at: i64,
}

impl Conversation {
    /// A conversation that a customer opens at epoch seconds.
    pub fn new(subject: &str, person: &Person, agent: &str, opening: &'static str, at: i64) -> Self {
        Self {
            subject: subject.to_owned(),
            language: person.locale.tag,
            customer: person.full_name(),
            agent: agent.to_owned(),
            messages: vec![Message { from_customer: true, text: opening, at }],
        }
    }

    /// Goes on until `unread` messages of the customer wait for an answer.
    pub fn continue_until_unread(&mut self, rng: &mut StdRng, person: &Person, unread: i64) {
        let unread = unread.min(MAX_UNREAD);
        let mut at = self.messages.first().map_or(0, |message| message.at);
        let mut add = |conversation: &mut Self, rng: &mut StdRng, from_customer: bool| {
            at += rng.random_range(STEP_SECONDS);
            conversation.add(rng, person, from_customer, at);
        };
        if rng.random_range(0..2) == 0 {
            add(self, rng, false);
            add(self, rng, true);
        }
        if unread == 0 {
            add(self, rng, false);
        }
        for _ in 1..unread {
            add(self, rng, true);
        }
    }

    /// Adds a message of the customer or of the agent's side.
    pub fn add(&mut self, rng: &mut StdRng, person: &Person, from_customer: bool, at: i64) {
        let texts = if from_customer { person.locale.follow_ups } else { person.locale.replies };
        let text = pick(rng, texts);
        // Nobody writes the same twice in a row.
        let said = |text: &str| self.messages.iter().any(|message| message.text == text);
        let text = if said(text) { texts.iter().copied().find(|text| !said(text)).unwrap_or(text) } else { text };
        self.messages.push(Message { from_customer, text, at });
    }

    /// The `content` of the ticket.
    pub fn to_json(&self) -> Value {
        let message = |message: &Message| {
            let (from, name) =
                if message.from_customer { ("customer", &self.customer) } else { ("agent", &self.agent) };
            json!({"from": from, "name": name, "at": message.at, "text": message.text})
        };
        let unread = self.messages.iter().rev().take_while(|message| message.from_customer).count();
        json!({
            "subject": self.subject,
            "messages": self.messages.iter().map(message).collect::<Vec<_>>(),
            "lastMessage": self.messages.last().map(|message| message.text),
            "language": self.language,
            "unread": unread,
        })
    }
}
