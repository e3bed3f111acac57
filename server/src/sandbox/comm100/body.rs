//! The body of create and update, and what the vendor says of a wrong one.

use serde_json::{Map, Value, json};
use trunkline_api::Problem;
use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody};

use crate::sandbox::clock;
use crate::vendor_call::Reply;

/// The fields that must be there, in the documented order.
const REQUIRED: [&str; 9] = [
    "appId",
    "originalAccountId",
    "name",
    "isEnabled",
    "screenName",
    "isBotEnabled",
    "percentageToBotWhenOnline",
    "percentageToBotWhenOffline",
    "isDefault",
];

/// The texts that may be left out.
const OPTIONAL: [&str; 7] =
    ["avatarUrl", "chatbotId", "channelIdentity", "accountExtInfo", "filter", "createdTime", "emailAccountInfo"];

/// A failure body: `{code, message}`, the code being the HTTP status and three digits.
#[derive(Debug)]
pub struct Refusal {
    status: u16,
    message: String,
}

impl Refusal {
    /// A refusal in the vendor's words.
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// 400: the parameter isn't there.
    pub fn required(field: &str) -> Self {
        Self::new(400, format!("Parameter '{field}' is required."))
    }

    /// 400: the parameter has a wrong type or value.
    pub fn invalid(field: &str) -> Self {
        Self::new(400, format!("Parameter '{field}' is invalid."))
    }

    /// The answer.
    pub fn reply(&self) -> Reply {
        let code = u32::from(self.status) * 1000;
        Reply::json(self.status, json!({"code": code, "message": self.message}).to_string())
    }
}

/// Reads and checks a body. `was` is the account as it is stored, whose percentages may come back as they are.
pub fn read(body: &[u8], was: Option<&ChannelAccount>) -> Result<ChannelAccountBody, Refusal> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else {
        return Err(Refusal::new(400, "The request body is not a JSON object."));
    };
    let mut account = typed(fields)?;
    if let Err(problems) = account.validate(was)
        && let Some(first) = problems.first()
    {
        return Err(match first.problem {
            Problem::Required => Refusal::required(&first.field),
            Problem::NotPercent => Refusal::new(400, format!("Parameter '{}' must be from 0 to 100.", first.field)),
            _ => Refusal::invalid(&first.field),
        });
    }
    account.avatar_url = account.avatar_url.filter(|url| !url.trim().is_empty());
    account.chatbot_id = guid(account.chatbot_id)?;
    if let Some(given) = account.created_time.take().filter(|given| !given.trim().is_empty()) {
        let time = clock::parse_utc(&given).ok_or_else(|| Refusal::invalid("createdTime"))?;
        account.created_time = Some(clock::utc_millis(time));
    }
    Ok(account)
}

/// The fields with their types. Says which is missing before it says which is wrong; `null` is missing.
fn typed(mut fields: Map<String, Value>) -> Result<ChannelAccountBody, Refusal> {
    fields.retain(|_, value| !value.is_null());
    if let Some(missing) = REQUIRED.into_iter().find(|field| !fields.contains_key(*field)) {
        return Err(Refusal::required(missing));
    }
    for field in REQUIRED.into_iter().chain(OPTIONAL) {
        let fits = match (fields.get(field), field) {
            (None, _) => true,
            (Some(value), "isEnabled" | "isBotEnabled" | "isDefault") => value.is_boolean(),
            (Some(value), "percentageToBotWhenOnline" | "percentageToBotWhenOffline") => value.is_i64(),
            (Some(value), _) => value.is_string(),
        };
        if !fits {
            return Err(Refusal::invalid(field));
        }
    }
    serde_json::from_value(Value::Object(fields)).map_err(|_| Refusal::new(400, "Bad Request."))
}

/// A guid in lower case; blank is none.
fn guid(given: Option<String>) -> Result<Option<String>, Refusal> {
    match given.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => match uuid::Uuid::try_parse(text) {
            Ok(id) => Ok(Some(id.to_string())),
            Err(_) => Err(Refusal::invalid("chatbotId")),
        },
    }
}
