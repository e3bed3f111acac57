//! The texts of activity entries.

use trunkline_api::gateway::{Activity, Verdict};
use trunkline_model::activity::{Action, Area, Outcome};

use crate::i18n::t;
use crate::ui::Tone;

/// User and address of the request; for a failed sign-in the name that was entered.
pub fn user(entry: &Activity) -> String {
    let name = entry.user.clone().unwrap_or_else(t::activity::nobody);
    match &entry.address {
        Some(address) => format!("{name} · {address}"),
        None => name,
    }
}

/// Title of the page that the change belongs to; the path if there is none.
pub fn area(area: &Area) -> String {
    match area {
        Area::ChannelAccounts => t::routes::channel_accounts(),
        Area::AcdEvents => t::routes::acd_events(),
        Area::Inbox => t::routes::inbox(),
        Area::Account => t::routes::account(),
        Area::ExternalApis => t::routes::external_apis(),
        Area::Customers => t::routes::customers(),
        Area::SignIn => t::activity::session(),
        Area::Sandbox => t::components::sandbox(),
        Area::Other(path) => path.clone(),
    }
}

/// Label of the requested action.
pub fn action(action: Action) -> String {
    match action {
        Action::EnableBot => t::activity::bot_on(),
        Action::DisableBot => t::activity::bot_off(),
        Action::Test => t::activity::test(),
        Action::LookUp => t::activity::look_up(),
        Action::SignIn => t::activity::sign_in(),
        Action::SignOut => t::activity::sign_out(),
        Action::GoOnline => t::activity::online(),
        Action::GoOffline => t::activity::offline(),
        Action::Create => t::activity::create(),
        Action::Change => t::activity::change(),
        Action::Remove => t::activity::remove(),
    }
}

/// Tone and label of the outcome.
pub fn outcome(entry: &Activity) -> (Tone, String) {
    match Outcome::of(entry) {
        Outcome::Done => (Tone::Good, t::activity::done()),
        Outcome::Refused(code) => (Tone::Warn, t::activity::refused(&code)),
        Outcome::Failed(status) => (Tone::Bad, t::activity::failed(&status)),
        Outcome::NotPassed(verdict) => (Tone::Warn, t::activity::not_passed(&verdict_word(&verdict))),
    }
}

fn verdict_word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::NoResponse => t::activity::no_response(),
        Verdict::Outputs => t::activity::wrong_outputs(),
        Verdict::Status => t::activity::wrong_status(),
        Verdict::Passed | Verdict::Other(_) => verdict.to_string(),
    }
}

/// Name of the changed record, else its id; empty if the entry has none.
pub fn record(entry: &Activity) -> String {
    entry.record_name.clone().or_else(|| entry.record_id.clone()).unwrap_or_default()
}
