//! What an [`Error`] says to a person: a title and a sentence from the catalogue; codes, the vendor's words and
//! the raw answer for whoever looks deeper.

use trunkline_api::digital99::error::{Reason, reason};
use trunkline_api::{Error, ErrorKind, Vendor};

use crate::i18n::t;
use crate::ui::Problem;

/// Puts an error into words.
pub fn words(error: &Error) -> Problem {
    let who = error.vendor.name();
    let (title, message) = match &error.kind {
        ErrorKind::Offline if !error.endpoint.starts_with("GET ") => (t::errors::offline_title(), t::errors::held()),
        ErrorKind::Offline => (t::errors::offline_title(), t::errors::offline()),
        ErrorKind::TimedOut => (t::errors::timed_out_title(who), t::errors::timed_out()),
        ErrorKind::Cancelled => (t::errors::cancelled_title(), t::errors::cancelled()),
        ErrorKind::Lost => (t::errors::lost_title(), t::errors::lost()),
        ErrorKind::NotArrived => (t::errors::not_arrived_title(), t::errors::not_arrived()),
        ErrorKind::SignedOut => (t::errors::signed_out_title(), t::errors::signed_out()),
        ErrorKind::Forbidden if error.vendor == Vendor::Gateway => {
            (t::errors::role_title(), said(error).unwrap_or_else(t::errors::role))
        }
        ErrorKind::Forbidden if error.vendor == Vendor::Comm100 => {
            (t::errors::forbidden_title(who), t::errors::forbidden_or_limit())
        }
        ErrorKind::Forbidden => (t::errors::forbidden_title(who), t::errors::forbidden()),
        ErrorKind::NotAllowed => (t::errors::not_allowed_title(), t::errors::not_allowed()),
        ErrorKind::KeyRefused => (t::errors::key_title(who), t::errors::key()),
        ErrorKind::NotFound if !error.is_about_record() => (t::errors::endpoint_title(who), t::errors::endpoint()),
        ErrorKind::NotFound => (t::errors::not_found_title(), t::errors::not_found(who)),
        // The gateway's own word for a version that is gone; other conflicts are nobody's edit.
        ErrorKind::Conflict if error.code.as_deref() == Some("conflict") && error.vendor == Vendor::Gateway => {
            (t::errors::changed_title(), t::errors::changed())
        }
        ErrorKind::Conflict => (t::errors::conflict_title(who), with_words(error, t::errors::conflict())),
        // Who only reads has typed nothing that could be wrong.
        ErrorKind::Invalid(_) if error.endpoint.starts_with("GET ") => (t::errors::refused_title(who), declined(error)),
        ErrorKind::Invalid(_) => (t::errors::invalid_title(), with_words(error, t::errors::invalid(who))),
        ErrorKind::RateLimited(seconds) => (t::errors::limit_title(who), limit(*seconds)),
        ErrorKind::Refused => (t::errors::refused_title(who), refused(error)),
        ErrorKind::ServerFault if error.vendor == Vendor::Gateway => {
            (t::errors::fault_title(who), t::errors::fault_own())
        }
        ErrorKind::ServerFault => (t::errors::fault_title(who), with_words(error, t::errors::fault())),
        ErrorKind::Unreachable => (t::errors::unreachable_title(), said(error).unwrap_or_else(t::errors::unreachable)),
        ErrorKind::Undecodable { path, found } => {
            (t::errors::undecodable_title(who), t::errors::undecodable(&error.endpoint, found, path))
        }
    };
    Problem { title, message, details: details(error) }
}

/// The vendor's or the gateway's own sentence.
fn said(error: &Error) -> Option<String> {
    error.message.clone().filter(|message| !message.trim().is_empty())
}

/// A sentence, then what the vendor said.
fn with_words(error: &Error, sentence: String) -> String {
    match said(error) {
        Some(words) => t::errors::said(&sentence, &words),
        None => sentence,
    }
}

fn limit(seconds: Option<u32>) -> String {
    match seconds {
        Some(seconds) => t::errors::limit_until(i64::from(seconds)),
        None => t::errors::limit(),
    }
}

/// A refusal by its code, or by its status where it has none, and what the vendor said.
fn declined(error: &Error) -> String {
    let code = error.code.clone().or_else(|| error.status.map(|status| status.to_string())).unwrap_or_default();
    with_words(error, t::errors::refused(&code))
}

/// A refusal in a successful answer: 99digital's reason codes in words where a document has them.
fn refused(error: &Error) -> String {
    if error.vendor != Vendor::Digital99 {
        return declined(error);
    }
    let code = error.code.clone().unwrap_or_default();
    match reason(&code) {
        Some(Reason::WrongCredentials) => t::errors::reason_credentials(&code),
        Some(Reason::TokenExpired) => t::errors::reason_token(&code),
        Some(Reason::MustUsePost) => t::errors::reason_post(&code),
        Some(Reason::AccountInvalid) => t::errors::reason_account(&code),
        Some(Reason::Suspended) => t::errors::reason_suspended(&code),
        Some(Reason::ServerInvalid) => t::errors::reason_server(&code),
        None => t::errors::reason_unknown(&code),
    }
}

/// Lines for the person who reports the error: these stay in English, like a log.
fn details(error: &Error) -> String {
    let mut lines = vec![format!("{} · {}", error.vendor.name(), error.endpoint)];
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
