//! The area, the action and the outcome of an activity entry, without their texts; bulk runs as one row; the filters.

use trunkline_api::gateway::{Activity, UNDECODABLE, Verdict};

use crate::Route;
use crate::multi_value::parse_values;

/// The part of the console that a change belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// Channel accounts.
    ChannelAccounts,
    /// ACD events.
    AcdEvents,
    /// The inbox.
    Inbox,
    /// The vendor account.
    Account,
    /// External APIs.
    ExternalApis,
    /// Customer look-up.
    Customers,
    /// Sign-in.
    SignIn,
    /// The sandbox's faults.
    Sandbox,
    /// Any other path, without `/api/`.
    Other(String),
}

impl Area {
    /// A word for the URL.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::ChannelAccounts => "channel-accounts",
            Self::AcdEvents => "events",
            Self::Inbox => "inbox",
            Self::Account => "account",
            Self::ExternalApis => "external-apis",
            Self::Customers => "customers",
            Self::SignIn => "session",
            Self::Sandbox => "sandbox",
            Self::Other(path) => path,
        }
    }

    /// The area of an entry, by its path.
    #[must_use]
    pub fn of(entry: &Activity) -> Self {
        let path = entry.path.strip_prefix("/api/").unwrap_or(&entry.path);
        match path.split('/').next() {
            Some("comm100") => Self::ChannelAccounts,
            Some("jtel") => Self::AcdEvents,
            Some("oneview") => Self::Inbox,
            Some("digital99") => Self::Account,
            Some("sobot") if path.starts_with("sobot/external-apis") => Self::ExternalApis,
            Some("sobot") => Self::Customers,
            Some("session") => Self::SignIn,
            Some("faults") => Self::Sandbox,
            _ => Self::Other(path.to_owned()),
        }
    }
}

/// The requested action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Enable a bot.
    EnableBot,
    /// Disable a bot.
    DisableBot,
    /// Test an external API.
    Test,
    /// Look a customer up.
    LookUp,
    /// Sign in.
    SignIn,
    /// Sign out.
    SignOut,
    /// Go online.
    GoOnline,
    /// Go offline.
    GoOffline,
    /// Create a record.
    Create,
    /// Change a record.
    Change,
    /// Remove a record.
    Remove,
}

impl Action {
    /// A word for the URL.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::EnableBot => "bot-on",
            Self::DisableBot => "bot-off",
            Self::Test => "test",
            Self::LookUp => "look-up",
            Self::SignIn => "sign-in",
            Self::SignOut => "sign-out",
            Self::GoOnline => "online",
            Self::GoOffline => "offline",
            Self::Create => "create",
            Self::Change => "change",
            Self::Remove => "remove",
        }
    }

    /// The action of an entry, by its method and path.
    #[must_use]
    pub fn of(entry: &Activity) -> Self {
        let ends_with = |ending: &str| entry.path.ends_with(ending);
        match entry.method.as_str() {
            "POST" if ends_with(":enableBot") => Self::EnableBot,
            "POST" if ends_with(":disableBot") => Self::DisableBot,
            "POST" if ends_with("/tests") => Self::Test,
            "POST" if ends_with("/query") => Self::LookUp,
            "POST" if ends_with("/session") => Self::SignIn,
            "DELETE" if ends_with("/session") => Self::SignOut,
            "PUT" if ends_with("/online") => Self::GoOnline,
            "PUT" if ends_with("/offline") => Self::GoOffline,
            "POST" if ends_with("/updateAccount") => Self::Change,
            "POST" => Self::Create,
            "DELETE" => Self::Remove,
            _ => Self::Change,
        }
    }
}

/// The outcome of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeded.
    Done,
    /// Vendor or gateway refused it, with a code or an HTTP status.
    Refused(String),
    /// It failed, with an HTTP status, or with [`UNDECODABLE`].
    Failed(String),
    /// A test ran, and did not pass.
    NotPassed(Verdict),
}

impl Outcome {
    /// The outcome of an entry. A vendor may refuse with a success status.
    #[must_use]
    pub fn of(entry: &Activity) -> Self {
        let status = entry.status.to_string();
        match (entry.status, entry.refusal.as_deref()) {
            (..400, None) => Self::Done,
            (..400, Some(verdict)) if Action::of(entry) == Action::Test => Self::NotPassed(Verdict::from(verdict)),
            (..400, Some(UNDECODABLE)) => Self::Failed(UNDECODABLE.to_owned()),
            (400..500, Some(code)) if !code.is_empty() => Self::Refused(format!("{status}, {code}")),
            (..400, Some("")) | (400..500, _) => Self::Refused(status),
            (..400, Some(code)) => Self::Refused(code.to_owned()),
            (_, Some(code)) if !code.is_empty() => Self::Failed(format!("{status}, {code}")),
            _ => Self::Failed(status),
        }
    }
}

impl Outcome {
    /// A word for the URL.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused(_) => "refused",
            Self::Failed(_) | Self::NotPassed(_) => "failed",
        }
    }

    /// The words of all outcomes.
    pub const KEYS: [&'static str; 3] = ["done", "refused", "failed"];
}

/// The page of the record that an entry changed; `None` if it has none, or the record is gone.
#[must_use]
pub fn record_route(entry: &Activity) -> Option<Route> {
    let id = entry.record_id.clone()?;
    if Action::of(entry) == Action::Remove {
        return None;
    }
    match Area::of(entry) {
        Area::ChannelAccounts => Some(Route::ChannelAccount(id)),
        Area::AcdEvents => Some(Route::AcdEvent(id)),
        Area::ExternalApis => Some(Route::ExternalApi(id)),
        Area::Account => Some(Route::Account),
        _ => None,
    }
}

/// A row of the list: an entry, or the entries of a bulk run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActivityRow {
    /// The newest entry.
    pub entry: Activity,
    /// The other entries of its run, newest first.
    pub others: Vec<Activity>,
}

impl ActivityRow {
    /// All entries, newest first.
    pub fn entries(&self) -> impl Iterator<Item = &Activity> {
        std::iter::once(&self.entry).chain(&self.others)
    }

    /// Number of entries.
    #[must_use]
    pub fn count(&self) -> usize {
        self.others.len() + 1
    }

    /// Number of entries that were done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.entries().filter(|entry| Outcome::of(entry) == Outcome::Done).count()
    }

    /// The names of the changed fields, each once.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        let mut fields: Vec<&str> = Vec::new();
        for field in self.entries().flat_map(|entry| &entry.fields) {
            if !fields.contains(&field.as_str()) {
                fields.push(field);
            }
        }
        fields
    }
}

/// The rows of a list of entries, newest first: those of one bulk run and one action are one row, at the place of the
/// newest.
#[must_use]
pub fn rows(entries: &[Activity]) -> Vec<ActivityRow> {
    let mut rows: Vec<ActivityRow> = Vec::new();
    for entry in entries {
        let same = |row: &&mut ActivityRow| {
            let known = &row.entry;
            known.run.is_some()
                && (&known.run, &known.user, &known.method, &known.path)
                    == (&entry.run, &entry.user, &entry.method, &entry.path)
        };
        match rows.iter_mut().filter(|_| entry.run.is_some()).find(same) {
            Some(row) => row.others.push(entry.clone()),
            None => rows.push(ActivityRow { entry: entry.clone(), others: Vec::new() }),
        }
    }
    rows
}

/// The list's filters, as the URL has them: each one or several values, empty for all.
#[derive(Clone, Debug, Default)]
pub struct ActivityFilter {
    /// Users' names.
    pub user: String,
    /// Words of areas.
    pub area: String,
    /// Words of actions.
    pub action: String,
    /// Words of outcomes.
    pub outcome: String,
}

impl ActivityFilter {
    /// The predicate of matching rows. A bulk run matches an outcome that any of its entries has.
    pub fn into_predicate(self) -> impl Fn(&ActivityRow) -> bool {
        let [user, area, action, outcome] =
            [self.user, self.area, self.action, self.outcome].map(|values| parse_values(&values));
        let has = |values: &[String], value: &str| values.is_empty() || values.iter().any(|known| known == value);
        move |row| {
            has(&user, row.entry.user.as_deref().unwrap_or_default())
                && has(&area, Area::of(&row.entry).key())
                && has(&action, Action::of(&row.entry).key())
                && row.entries().any(|entry| has(&outcome, Outcome::of(entry).key()))
        }
    }
}

#[cfg(test)]
mod tests {
    use trunkline_api::registry::ENDPOINTS;

    use super::*;

    fn entry(method: &str, path: &str) -> Activity {
        Activity { method: method.to_owned(), path: path.to_owned(), ..Activity::default() }
    }

    /// The paths and methods of the vendors' documents, and the gateway's own.
    #[test]
    fn areas_and_actions_of_the_documented_requests() {
        let accounts = "/api/comm100/ticketing/channelAccounts";
        for (method, path, area, action) in [
            ("POST", accounts, Area::ChannelAccounts, Action::Create),
            ("PUT", &format!("{accounts}/{{id}}"), Area::ChannelAccounts, Action::Change),
            ("DELETE", &format!("{accounts}/{{id}}"), Area::ChannelAccounts, Action::Remove),
            ("POST", &format!("{accounts}/{{id}}:enableBot"), Area::ChannelAccounts, Action::EnableBot),
            ("POST", &format!("{accounts}/{{id}}:disableBot"), Area::ChannelAccounts, Action::DisableBot),
            ("POST", "/api/jtel/acd/events/create", Area::AcdEvents, Action::Create),
            ("PUT", "/api/oneview/v1/{agentID}/online", Area::Inbox, Action::GoOnline),
            ("PUT", "/api/oneview/v1/{agentID}/offline", Area::Inbox, Action::GoOffline),
            ("POST", "/api/digital99/online/updateAccount", Area::Account, Action::Change),
            ("POST", "/api/sobot/customer/query", Area::Customers, Action::LookUp),
            ("POST", "/api/sobot/external-apis/{id}/tests", Area::ExternalApis, Action::Test),
            ("PUT", "/api/sobot/external-apis/{id}", Area::ExternalApis, Action::Change),
            ("POST", "/api/session", Area::SignIn, Action::SignIn),
            ("DELETE", "/api/session", Area::SignIn, Action::SignOut),
            ("DELETE", "/api/faults", Area::Sandbox, Action::Remove),
            ("POST", "/elsewhere", Area::Other("/elsewhere".to_owned()), Action::Create),
        ] {
            let entry = entry(method, path);
            assert_eq!((Area::of(&entry), Action::of(&entry)), (area, action), "{method} {path}");
        }
    }

    #[test]
    fn every_write_of_a_vendor_has_an_area() {
        for endpoint in ENDPOINTS.iter().filter(|endpoint| !endpoint.is_read_only) {
            let path = format!("/api/{}{}", endpoint.service.key(), endpoint.path);
            assert!(!matches!(Area::of(&entry(endpoint.method.as_str(), &path)), Area::Other(_)), "{path}");
        }
    }

    #[test]
    fn outcomes_by_status_and_refusal() {
        let outcome = |status, refusal: Option<&str>| {
            Outcome::of(&Activity { status, refusal: refusal.map(str::to_owned), ..Activity::default() })
        };
        assert_eq!(outcome(200, None), Outcome::Done);
        assert_eq!(outcome(200, Some("34")), Outcome::Refused("34".to_owned()));
        assert_eq!(outcome(200, Some("")), Outcome::Refused("200".to_owned()));
        assert_eq!(outcome(200, Some(UNDECODABLE)), Outcome::Failed(UNDECODABLE.to_owned()));
        assert_eq!(outcome(409, None), Outcome::Refused("409".to_owned()));
        assert_eq!(outcome(409, Some("")), Outcome::Refused("409".to_owned()));
        assert_eq!(outcome(409, Some("1200001")), Outcome::Refused("409, 1200001".to_owned()));
        assert_eq!(outcome(502, None), Outcome::Failed("502".to_owned()));
    }

    #[test]
    fn a_test_has_the_outcome_of_its_call() {
        let test = |refusal: Option<&str>| {
            let entry = entry("POST", "/api/sobot/external-apis/{id}/tests");
            Outcome::of(&Activity { status: 200, refusal: refusal.map(str::to_owned), ..entry })
        };
        assert_eq!(test(None), Outcome::Done);
        assert_eq!(test(Some("noResponse")), Outcome::NotPassed(Verdict::NoResponse));
    }

    #[test]
    fn a_bulk_run_is_one_row() {
        let bot = |run: Option<&str>, status: i64| Activity {
            status,
            run: run.map(str::to_owned),
            fields: vec!["name".to_owned()],
            ..entry("POST", "/api/comm100/ticketing/channelAccounts/{id}:disableBot")
        };
        let sign_in = entry("POST", "/api/session");
        let all =
            [bot(Some("r"), 200), sign_in, bot(Some("r"), 409), bot(None, 200), bot(None, 200), bot(Some("q"), 200)];
        let rows = rows(&all);
        assert_eq!(rows.iter().map(ActivityRow::count).collect::<Vec<_>>(), [2, 1, 1, 1, 1]);
        assert_eq!((rows[0].done(), rows[0].fields()), (1, vec!["name"]));
        let matches = |filter: ActivityFilter| rows.iter().filter(|row| filter.clone().into_predicate()(row)).count();
        assert_eq!(matches(ActivityFilter::default()), 5);
        assert_eq!(matches(ActivityFilter { outcome: "refused".into(), ..Default::default() }), 1);
        assert_eq!(matches(ActivityFilter { area: "session".into(), ..Default::default() }), 1);
        assert_eq!(matches(ActivityFilter { action: "bot-off".into(), ..Default::default() }), 4);
    }

    #[test]
    fn records_lead_to_their_pages() {
        let route = |method: &str, path: &str| {
            record_route(&Activity { record_id: Some("7".to_owned()), ..entry(method, path) })
        };
        assert_eq!(route("POST", "/api/jtel/acd/events/create"), Some(Route::AcdEvent("7".to_owned())));
        assert_eq!(route("DELETE", "/api/sobot/external-apis/{id}"), None);
        assert_eq!(record_route(&entry("POST", "/api/jtel/acd/events/create")), None);
    }
}
