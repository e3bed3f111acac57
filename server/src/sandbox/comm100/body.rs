//! Validation of the body of create and update, with the vendor's error messages.

use serde_json::{Map, Value, json};
use trunkline_api::ValidationError;
use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody};

use crate::sandbox::clock;
use crate::vendor_request::VendorResponse;

/// The required fields, in the documented order.
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

/// The optional fields, all strings.
const OPTIONAL: [&str; 7] =
    ["avatarUrl", "chatbotId", "channelIdentity", "accountExtInfo", "filter", "createdTime", "emailAccountInfo"];

/// An error response `{code, message}`; the code is the HTTP status followed by three digits.
#[derive(Debug)]
pub struct ErrorResponse {
    status: u16,
    message: String,
}

impl ErrorResponse {
    /// An error with the vendor's message.
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// 400: the parameter is missing.
    pub fn required(field: &str) -> Self {
        Self::new(400, format!("Parameter '{field}' is required."))
    }

    /// 400: the parameter has a wrong type or value.
    pub fn invalid(field: &str) -> Self {
        Self::new(400, format!("Parameter '{field}' is invalid."))
    }

    /// The answer.
    pub fn response(&self) -> VendorResponse {
        let code = u32::from(self.status) * 1000;
        VendorResponse::json(self.status, json!({"code": code, "message": self.message}).to_string())
    }
}

/// Parses and validates a body. `stored` is the account as stored; its percentages are accepted unchanged.
pub fn parse(body: &[u8], stored: Option<&ChannelAccount>) -> Result<ChannelAccountBody, ErrorResponse> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else {
        return Err(ErrorResponse::new(400, "The request body is not a JSON object."));
    };
    let mut account = deserialize_fields(fields)?;
    if let Err(problems) = account.validate(stored)
        && let Some(first) = problems.first()
    {
        return Err(match first.problem {
            ValidationError::Required => ErrorResponse::required(&first.field),
            ValidationError::NotPercent => {
                ErrorResponse::new(400, format!("Parameter '{}' must be from 0 to 100.", first.field))
            }
            _ => ErrorResponse::invalid(&first.field),
        });
    }
    account.avatar_url = account.avatar_url.filter(|url| !url.trim().is_empty());
    account.chatbot_id = parse_guid(account.chatbot_id)?;
    if let Some(given) = account.created_time.take().filter(|given| !given.trim().is_empty()) {
        let time = clock::parse_utc(&given).ok_or_else(|| ErrorResponse::invalid("createdTime"))?;
        account.created_time = Some(clock::utc_millis(time));
    }
    Ok(account)
}

/// Deserialises the fields. Reports a missing field before one of a wrong type; `null` counts as missing.
fn deserialize_fields(mut fields: Map<String, Value>) -> Result<ChannelAccountBody, ErrorResponse> {
    fields.retain(|_, value| !value.is_null());
    if let Some(missing) = REQUIRED.into_iter().find(|field| !fields.contains_key(*field)) {
        return Err(ErrorResponse::required(missing));
    }
    for field in REQUIRED.into_iter().chain(OPTIONAL) {
        let fits = match (fields.get(field), field) {
            (None, _) => true,
            (Some(value), "isEnabled" | "isBotEnabled" | "isDefault") => value.is_boolean(),
            (Some(value), "percentageToBotWhenOnline" | "percentageToBotWhenOffline") => value.is_i64(),
            (Some(value), _) => value.is_string(),
        };
        if !fits {
            return Err(ErrorResponse::invalid(field));
        }
    }
    serde_json::from_value(Value::Object(fields)).map_err(|_| ErrorResponse::new(400, "Bad Request."))
}

/// Parses a GUID into lower case; `None` if it is blank.
fn parse_guid(value: Option<String>) -> Result<Option<String>, ErrorResponse> {
    match value.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => match uuid::Uuid::try_parse(text) {
            Ok(id) => Ok(Some(id.to_string())),
            Err(_) => Err(ErrorResponse::invalid("chatbotId")),
        },
    }
}
