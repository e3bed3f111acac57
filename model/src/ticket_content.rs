//! What a ticket's `content` says: the subject, the conversation, and whatever else it holds.
//!
//! one-view documents `content` as an object without a shape, so any JSON may come. The members that its tickets are
//! known to have are taken by name; every value that is not understood stays in [`TicketContent::rest`], unchanged.

use serde_json::{Map, Value};
use trunkline_api::oneview::is_secret_member;

/// Members with a list of messages, oldest first.
const CONVERSATIONS: [&str; 2] = ["messages", "conversation"];
/// Members of a message with its text, author and time.
const TEXT: [&str; 5] = ["text", "message", "body", "content", "lastMessage"];
const AUTHOR: [&str; 5] = ["author", "name", "sender", "from", "role"];
const TIME: [&str; 6] = ["time", "at", "timestamp", "createdAt", "sentAt", "date"];
/// Members with a telephone number or an e-mail address of the customer.
const PHONES: [&str; 6] = ["phone", "tel", "mobile", "phonenumber", "telephone", "msisdn"];
const EMAILS: [&str; 3] = ["email", "emailaddress", "mail"];
/// Authors who are not the customer, in lower case.
const STAFF: [&str; 7] = ["agent", "bot", "system", "assistant", "operator", "support", "outbound"];
/// Levels below which contacts are not searched, and a tree is not indented further.
pub const MAX_DEPTH: usize = 6;

/// A ticket's content.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TicketContent {
    /// `subject`
    pub subject: Option<String>,
    /// The messages, oldest first: `messages` or `conversation`, then `lastMessage` unless it is among them. A content
    /// that is a plain string is one message.
    pub messages: Vec<Message>,
    /// `language`: a language tag or a name, as the vendor sent it.
    pub language: Option<String>,
    /// `unread`: number of messages that the agent has not read; `None` if it is 0.
    pub unread: Option<i64>,
    /// Everything else. `None` if there is nothing.
    pub rest: Option<Value>,
}

/// One message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// The text, as received.
    pub text: String,
    /// The author's name or role, if it is known.
    pub author: Option<String>,
    /// When it was written.
    pub at: Option<MessageTime>,
    /// True if it is from the agent's side: an agent or a bot.
    pub is_from_staff: bool,
}

/// When a message was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageTime {
    /// Epoch seconds.
    Epoch(i64),
    /// A text, such as an ISO 8601 time.
    Text(String),
}

impl TicketContent {
    /// Parses any JSON.
    pub fn parse(content: Option<&Value>) -> Self {
        match content {
            None | Some(Value::Null) => Self::default(),
            Some(Value::String(text)) => Self { messages: plain(text).into_iter().collect(), ..Self::default() },
            Some(Value::Object(members)) => Self::from_members(members.clone()),
            Some(list @ Value::Array(_)) => {
                let mut extras = Vec::new();
                match messages(list, &mut extras) {
                    Some(messages) => Self { messages, rest: list_of(extras), ..Self::default() },
                    None => Self { rest: Some(list.clone()), ..Self::default() },
                }
            }
            Some(other) => Self { rest: Some(other.clone()), ..Self::default() },
        }
    }

    fn from_members(mut members: Map<String, Value>) -> Self {
        let subject = take_text(&mut members, "subject");
        let language = take_text(&mut members, "language");
        let unread = members.get("unread").and_then(Value::as_i64).filter(|count| *count >= 0);
        if unread.is_some() {
            members.remove("unread");
        }
        let mut conversation = Vec::new();
        for name in CONVERSATIONS {
            let mut extras = Vec::new();
            if let Some(found) = members.get(name).and_then(|list| messages(list, &mut extras)) {
                conversation.extend(found);
                members.remove(name);
                members.extend(list_of(extras).map(|extras| (name.to_owned(), extras)));
            }
        }
        let mut extras = Map::new();
        if let Some(last) = members.get("lastMessage").and_then(|value| message(value, &mut extras)) {
            members.remove("lastMessage");
            if !conversation.iter().any(|known| known.text.trim() == last.text.trim()) {
                conversation.push(last);
            }
            if !extras.is_empty() {
                members.insert("lastMessage".to_owned(), Value::Object(extras));
            }
        }
        let rest = (!members.is_empty()).then_some(Value::Object(members));
        Self { subject, messages: conversation, language, unread: unread.filter(|count| *count > 0), rest }
    }
}

/// Removes a member that is a text, and returns it unless it is blank.
fn take_text(members: &mut Map<String, Value>, name: &str) -> Option<String> {
    let text = members.get(name)?.as_str()?.to_owned();
    members.remove(name);
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The messages of a list; `None` if it is none. What the messages have besides goes to `extras`.
fn messages(list: &Value, extras: &mut Vec<Value>) -> Option<Vec<Message>> {
    let mut found = Vec::new();
    for item in list.as_array().filter(|list| !list.is_empty())? {
        let mut extra = Map::new();
        found.push(message(item, &mut extra)?);
        if !extra.is_empty() {
            extras.push(Value::Object(extra));
        }
    }
    Some(found)
}

fn list_of(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}

/// A message: a text, or an object with one. What the object has besides goes to `extra`.
fn message(value: &Value, extra: &mut Map<String, Value>) -> Option<Message> {
    let members = match value {
        Value::String(text) => return plain(text),
        Value::Object(members) => members,
        _ => return None,
    };
    let mut rest = members.clone();
    let text = TEXT.iter().find_map(|name| take_text(&mut rest, name))?;
    let role = AUTHOR.iter().filter_map(|name| members.get(*name).and_then(author_of)).collect::<Vec<_>>();
    for name in AUTHOR {
        if rest.get(name).is_some_and(Value::is_string) {
            rest.remove(name);
        }
    }
    let mut at = None;
    for name in TIME {
        if let Some(found) = rest.get(name).and_then(message_time) {
            rest.remove(name);
            at = at.or(Some(found));
        }
    }
    extra.extend(rest);
    let is_from_staff = role.iter().any(|role| STAFF.contains(&role.to_lowercase().as_str()));
    Some(Message { text, author: role.into_iter().next(), at, is_from_staff })
}

fn plain(text: &str) -> Option<Message> {
    (!text.trim().is_empty()).then(|| Message { text: text.to_owned(), ..Message::default() })
}

/// A name or role: a text, or the name of an object.
fn author_of(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value.get("name").and_then(Value::as_str))?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Epoch seconds or milliseconds, or a text.
fn message_time(value: &Value) -> Option<MessageTime> {
    match value {
        Value::Number(number) => match number.as_i64()? {
            millis if millis.abs() >= 100_000_000_000 => Some(MessageTime::Epoch(millis / 1000)),
            seconds => Some(MessageTime::Epoch(seconds)),
        },
        Value::String(text) if !text.trim().is_empty() => Some(MessageTime::Text(text.trim().to_owned())),
        _ => None,
    }
}

/// A telephone number and an e-mail address that a ticket holds under such a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// The first telephone number, as received.
    pub phone: Option<String>,
    /// The first e-mail address.
    pub email: Option<String>,
}

impl Contacts {
    /// Adds what is found in a value, at any depth up to [`MAX_DEPTH`].
    pub fn add(&mut self, value: &Value) {
        self.search(value, 0);
    }

    /// Adds what is found in members.
    pub fn add_members(&mut self, members: &Map<String, Value>) {
        self.search_members(members, 0);
    }

    fn search(&mut self, value: &Value, depth: usize) {
        if depth > MAX_DEPTH || (self.phone.is_some() && self.email.is_some()) {
            return;
        }
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.search(value, depth + 1)),
            Value::Object(members) => self.search_members(members, depth),
            _ => {}
        }
    }

    fn search_members(&mut self, members: &Map<String, Value>, depth: usize) {
        for (name, value) in members.iter().filter(|(name, _)| !is_secret_member(name)) {
            self.take(name, value);
            self.search(value, depth + 1);
        }
    }

    fn take(&mut self, name: &str, value: &Value) {
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return,
        };
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if PHONES.contains(&name.as_str()) && (5..=20).contains(&digits) && self.phone.is_none() {
            self.phone = Some(text);
        } else if EMAILS.contains(&name.as_str()) && text.contains('@') && self.email.is_none() {
            self.email = Some(text);
        }
    }
}

/// A copy of a value without the members that hold secrets.
pub fn without_secrets(value: &Value) -> Value {
    match value {
        Value::Array(values) => Value::Array(values.iter().map(without_secrets).collect()),
        Value::Object(members) => {
            let shown = members.iter().filter(|(name, _)| !is_secret_member(name));
            Value::Object(shown.map(|(name, value)| (name.clone(), without_secrets(value))).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(value: Value) -> TicketContent {
        TicketContent::parse(Some(&value))
    }

    fn texts(content: &TicketContent) -> Vec<&str> {
        content.messages.iter().map(|message| message.text.as_str()).collect()
    }

    #[test]
    fn known_members_are_taken_by_name_and_the_others_stay() {
        let content = parse(json!({
            "subject": "Wrong address", "lastMessage": "שלום", "language": "he", "unread": 2, "mood": ["calm"]
        }));
        assert_eq!(content.subject.as_deref(), Some("Wrong address"));
        assert_eq!(texts(&content), ["שלום"]);
        assert_eq!(content.language.as_deref(), Some("he"));
        assert_eq!(content.unread, Some(2));
        assert_eq!(content.rest, Some(json!({"mood": ["calm"]})));
    }

    #[test]
    fn conversation_has_authors_and_times_and_the_last_message_once() {
        let content = parse(json!({
            "messages": [
                {"author": "Hugo", "at": 1_572_499_999, "text": "Where is it?"},
                {"from": {"name": "Ada"}, "role": "agent", "timestamp": 1_572_500_000_123_i64, "body": "On its way", "id": 7},
                "Thanks",
            ],
            "lastMessage": "Thanks",
        }));
        assert_eq!(texts(&content), ["Where is it?", "On its way", "Thanks"]);
        let [first, second, third] = content.messages.as_slice() else { panic!("three messages") };
        assert_eq!((first.author.as_deref(), first.is_from_staff), (Some("Hugo"), false));
        assert_eq!(first.at, Some(MessageTime::Epoch(1_572_499_999)));
        assert_eq!((second.author.as_deref(), second.is_from_staff), (Some("Ada"), true));
        assert_eq!(second.at, Some(MessageTime::Epoch(1_572_500_000)));
        assert_eq!((third.author.as_deref(), &third.at), (None, &None));
        // What a message has besides is not lost.
        assert_eq!(content.rest, Some(json!({"messages": [{"from": {"name": "Ada"}, "id": 7}]})));
    }

    #[test]
    fn newer_last_message_ends_the_conversation() {
        let content =
            parse(json!({"conversation": ["a", "b"], "lastMessage": {"text": "c", "at": "2020-09-15T02:59:32Z"}}));
        assert_eq!(texts(&content), ["a", "b", "c"]);
        assert_eq!(
            content.messages.last().and_then(|message| message.at.clone()),
            Some(MessageTime::Text("2020-09-15T02:59:32Z".into()))
        );
        assert_eq!(content.rest, None);
    }

    #[test]
    fn any_json_is_accepted() {
        assert_eq!(TicketContent::parse(None), TicketContent::default());
        assert_eq!(parse(json!(null)), TicketContent::default());
        assert_eq!(parse(json!({})), TicketContent::default());
        assert_eq!(parse(json!("  ")), TicketContent::default());
        assert_eq!(texts(&parse(json!("<b>bold</b>"))), ["<b>bold</b>"]);
        assert_eq!(texts(&parse(json!(["one", {"text": "two"}]))), ["one", "two"]);
        for other in [json!(7), json!(true), json!([1, null]), json!([]), json!(["one", 2])] {
            let content = parse(other.clone());
            assert_eq!((content.messages.len(), content.rest), (0, Some(other)));
        }
    }

    #[test]
    fn known_members_of_another_type_stay_in_the_rest() {
        let odd =
            json!({"subject": {"a": 1}, "lastMessage": 5, "messages": "none", "language": ["de"], "unread": "two"});
        let content = parse(odd.clone());
        assert_eq!((content.subject.as_deref(), content.messages.len(), content.unread), (None, 0, None));
        assert_eq!(content.rest, Some(odd));
    }

    #[test]
    fn unread_of_zero_is_nothing_to_show() {
        let content = parse(json!({"unread": 0}));
        assert_eq!((content.unread, content.rest), (None, None));
    }

    #[test]
    fn contacts_are_found_by_name_at_any_depth() {
        let mut contacts = Contacts::default();
        contacts.add(&json!({"visitor": {"Phone_Number": "+49 199 123", "e-mail": "no address"}, "list": [{"email": "a@example.com"}]}));
        assert_eq!(contacts.phone.as_deref(), Some("+49 199 123"));
        assert_eq!(contacts.email.as_deref(), Some("a@example.com"));
        let mut none = Contacts::default();
        none.add(&json!({"phone": "call me", "tel": 12, "agentJwt": {"email": "x@example.com"}}));
        assert_eq!(none, Contacts::default());
    }

    #[test]
    fn secrets_are_left_out_at_any_depth() {
        let value = json!({"a": [{"agentJwt": "s", "b": 1}], "RoomSubscriptionToken": "s"});
        assert_eq!(without_secrets(&value), json!({"a": [{"b": 1}]}));
    }
}
