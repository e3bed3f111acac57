//! The text of an [`Error`]: title and message from the catalogue; codes, the vendor's message and the raw response as
//! details.

use trunkline_api::digital99::error::{Reason, reason_for_code};
use trunkline_api::{Error, ErrorKind, Service};

use crate::i18n::t;
use crate::ui::ErrorMessage;

/// Describes an error to the user.
pub fn describe(error: &Error) -> ErrorMessage {
    let who = error.service.name();
    let (title, message) = match &error.kind {
        ErrorKind::Offline if !error.endpoint.starts_with("GET ") => (t::errors::offline_title(), t::errors::held()),
        ErrorKind::Offline => (t::errors::offline_title(), t::errors::offline()),
        ErrorKind::TimedOut => (t::errors::timed_out_title(who), t::errors::timed_out()),
        ErrorKind::Cancelled => (t::errors::cancelled_title(), t::errors::cancelled()),
        ErrorKind::Lost => (t::errors::lost_title(), t::errors::lost()),
        ErrorKind::NotArrived => (t::errors::not_arrived_title(), t::errors::not_arrived()),
        ErrorKind::SignedOut => (t::errors::signed_out_title(), t::errors::signed_out()),
        ErrorKind::Forbidden if error.service == Service::Gateway => {
            (t::errors::role_title(), sender_message(error).unwrap_or_else(t::errors::role))
        }
        ErrorKind::Forbidden if error.service == Service::Comm100 => {
            (t::errors::forbidden_title(who), t::errors::forbidden_or_limit())
        }
        ErrorKind::Forbidden => (t::errors::forbidden_title(who), t::errors::forbidden()),
        ErrorKind::NotAllowed => (t::errors::not_allowed_title(), t::errors::not_allowed()),
        ErrorKind::KeyRefused => (t::errors::key_title(who), t::errors::key()),
        ErrorKind::NotFound if !error.is_about_record() => (t::errors::endpoint_title(who), t::errors::endpoint()),
        ErrorKind::NotFound => (t::errors::not_found_title(), t::errors::not_found(who)),
        // The gateway reports an outdated version; other conflicts are not concurrent edits.
        ErrorKind::Conflict if error.code.as_deref() == Some("conflict") && error.service == Service::Gateway => {
            (t::errors::changed_title(), t::errors::changed())
        }
        ErrorKind::Conflict => (t::errors::conflict_title(who), with_message(error, t::errors::conflict())),
        // A read has no input that could be invalid.
        ErrorKind::Invalid(_) if error.endpoint.starts_with("GET ") => {
            (t::errors::refused_title(who), refusal_text(error))
        }
        ErrorKind::Invalid(_) => (t::errors::invalid_title(), with_message(error, t::errors::invalid(who))),
        ErrorKind::RateLimited(seconds) => (t::errors::limit_title(who), rate_limit_text(*seconds)),
        ErrorKind::Refused => (t::errors::refused_title(who), reason_text(error)),
        ErrorKind::ServerFault if error.service == Service::Gateway => {
            (t::errors::fault_title(who), t::errors::fault_own())
        }
        ErrorKind::ServerFault => (t::errors::fault_title(who), with_message(error, t::errors::fault())),
        ErrorKind::Unreachable => {
            (t::errors::unreachable_title(), sender_message(error).unwrap_or_else(t::errors::unreachable))
        }
        ErrorKind::Undecodable { path, found } => {
            (t::errors::undecodable_title(who), t::errors::undecodable(&error.endpoint, found, path))
        }
    };
    ErrorMessage { title, message, details: details(error) }
}

/// The vendor's or the gateway's own message, if not blank.
fn sender_message(error: &Error) -> Option<String> {
    error.message.clone().filter(|message| !message.trim().is_empty())
}

/// A sentence followed by the vendor's message.
fn with_message(error: &Error, sentence: String) -> String {
    match sender_message(error) {
        Some(words) => t::errors::said(&sentence, &words),
        None => sentence,
    }
}

fn rate_limit_text(seconds: Option<u32>) -> String {
    match seconds {
        Some(seconds) => t::errors::limit_until(i64::from(seconds)),
        None => t::errors::limit(),
    }
}

/// The message of a refusal: its code (or HTTP status), and the vendor's message.
fn refusal_text(error: &Error) -> String {
    let code = error.code.clone().or_else(|| error.status.map(|status| status.to_string())).unwrap_or_default();
    with_message(error, t::errors::refused(&code))
}

/// The message of a refusal in a successful response. 99digital's documented reason codes have texts of their own.
fn reason_text(error: &Error) -> String {
    if error.service != Service::Digital99 {
        return refusal_text(error);
    }
    let code = error.code.clone().unwrap_or_default();
    match reason_for_code(&code) {
        Some(Reason::WrongCredentials) => t::errors::reason_credentials(&code),
        Some(Reason::TokenExpired) => t::errors::reason_token(&code),
        Some(Reason::MustUsePost) => t::errors::reason_post(&code),
        Some(Reason::AccountInvalid) => t::errors::reason_account(&code),
        Some(Reason::Suspended) => t::errors::reason_suspended(&code),
        Some(Reason::ServerInvalid) => t::errors::reason_server(&code),
        None => t::errors::reason_unknown(&code),
    }
}

/// Text for a bug report; like a log, it stays in English.
fn details(error: &Error) -> String {
    let mut lines = vec![format!("{} · {}", error.service.name(), error.endpoint)];
    lines.extend(error.status.map(|status| format!("HTTP {status}")));
    if let ErrorKind::Undecodable { path, found } = &error.kind {
        lines.push(format!("{path}: {found}"));
    }
    lines.extend(error.code.iter().map(|code| format!("code {code}")));
    lines.extend(error.message.clone());
    lines.extend(error.request_id.iter().map(|id| format!("request {id}")));
    lines.extend(error.raw.clone());
    lines.join("\n")
}
