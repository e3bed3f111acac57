//! A toast of news, which one tab may leave to another.

use serde_json::{Value, json};

/// A toast of news: its text, where it leads, and the numbers of tickets it tells of.
#[derive(Clone, Debug)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// The path of its link.
    pub path: String,
    /// True if a ticket has escalated.
    pub is_escalation: bool,
    /// Number of tickets that came.
    pub came: usize,
    /// Number of tickets that have escalated.
    pub escalated: usize,
}

impl Toast {
    /// As another tab gets it.
    pub fn to_json(&self) -> Value {
        let Self { text, path, is_escalation, came, escalated } = self;
        json!([text, path, is_escalation, came, escalated])
    }

    /// As another tab has sent it; `None` if that runs another version.
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = |at: usize| Some(value.get(at)?.as_str()?.to_owned());
        let number = |at: usize| usize::try_from(value.get(at)?.as_u64()?).ok();
        let is_escalation = value.get(2)?.as_bool()?;
        Some(Self { text: text(0)?, path: text(1)?, is_escalation, came: number(3)?, escalated: number(4)? })
    }
}
