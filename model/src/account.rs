//! The known values of an account, the form's values, and the change between them.

use serde_json::Value;
use trunkline_api::digital99::{Account, AccountChange, AccountId, AgentsQuery, UpdatedAccount};

use crate::merge::Members;

/// The key of an account: `8@online`, of its id and server.
#[must_use]
pub fn account_key(id: &str, server: &str) -> String {
    format!("{}@{}", id.trim(), server.trim())
}

/// The query for the agents of the account with this key. The server is empty if the key has none, which the gateway
/// reports.
#[must_use]
pub fn agents_query(key: &str) -> AgentsQuery {
    let (id, server) = key.split_once('@').unwrap_or((key, ""));
    AgentsQuery { account_id: AccountId::from_input(id), server: server.trim().to_owned() }
}

/// The values of an account that the vendor has sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountSnapshot {
    /// The name.
    pub name: Option<String>,
    /// True if people can sign in.
    pub active: Option<bool>,
    /// The builder URL. Only the response to an update contains it.
    pub builder_url: Option<String>,
}

/// A field of an update: what was asked for, and what the response says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredField {
    /// The field's wire name.
    pub field: &'static str,
    /// What was asked for; of the status `1` or `0`.
    pub asked: String,
    /// What the response says. `None` if it doesn't.
    pub answered: Option<String>,
}

impl AnsweredField {
    /// True if the response confirms the field.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.answered.as_ref() == Some(&self.asked)
    }
}

/// The fields of an update beside those of its response.
#[must_use]
pub fn answered_fields(sent: &AccountChange, response: &UpdatedAccount) -> Vec<AnsweredField> {
    let status = response.is_active().map(|active| u8::from(active).to_string());
    let field =
        |field, asked: Option<String>, answered: Option<String>| Some(AnsweredField { field, asked: asked?, answered });
    [
        field("account_name", sent.account_name.clone(), response.account_name.clone()),
        field("account_status", sent.account_status.map(|status| status.to_string()), status),
        field("builder_url", sent.builder_url.clone(), response.builder_url.clone()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The form values of an account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountInput {
    /// The name; empty if unknown.
    pub name: String,
    /// Active or disabled. `None` leaves the status unchanged.
    pub active: Option<bool>,
    /// The builder URL; empty if unknown.
    pub builder_url: String,
}

impl From<&Account> for AccountSnapshot {
    fn from(account: &Account) -> Self {
        Self { name: account.account_name.clone(), active: account.is_active(), builder_url: None }
    }
}

impl AccountSnapshot {
    /// The form's initial values.
    pub fn to_form(&self) -> AccountInput {
        AccountInput {
            name: self.name.clone().unwrap_or_default(),
            active: self.active,
            builder_url: self.builder_url.clone().unwrap_or_default(),
        }
    }

    /// The change from these values to the form's: only the fields that differ. An empty field is omitted if its value
    /// was unknown, and cleared if it was known.
    pub fn change(&self, account_id: &str, server: &str, input: &AccountInput) -> AccountChange {
        AccountChange {
            account_id: AccountId::from_input(account_id),
            server: server.trim().to_owned(),
            account_name: changed_text(self.name.as_deref(), &input.name),
            account_status: input.active.filter(|active| self.active != Some(*active)).map(u8::from),
            builder_url: changed_text(self.builder_url.as_deref(), &input.builder_url),
        }
    }

    /// The values after a successful change: those of the response, else those that were sent, else the previous ones.
    #[must_use]
    pub fn after_update(self, sent: &AccountChange, response: &UpdatedAccount) -> Self {
        let sent_status = sent.account_status.map(|status| status == 1);
        Self {
            name: response.account_name.clone().or_else(|| sent.account_name.clone()).or(self.name),
            active: response.is_active().or(sent_status).or(self.active),
            builder_url: response.builder_url.clone().or_else(|| sent.builder_url.clone()).or(self.builder_url),
        }
    }

    /// Takes over the values of the list, which has no builder URL.
    #[must_use]
    pub fn with_listed(self, account: &Account) -> Self {
        Self { builder_url: self.builder_url, ..Self::from(account) }
    }
}

impl AccountSnapshot {
    /// Takes new server values over into the fields that the user has not edited. `self` has the values that the edit is
    /// based on. Returns the values that the edit is based on afterwards, and the input.
    #[must_use]
    pub fn merge(mut self, mut input: AccountInput, new: &Self) -> (Self, AccountInput) {
        let (before, after) = (self.to_form(), new.to_form());
        if input.name == before.name {
            (self.name, input.name) = (new.name.clone(), after.name);
        }
        if input.active == before.active {
            (self.active, input.active) = (new.active, after.active);
        }
        if input.builder_url == before.builder_url {
            (self.builder_url, input.builder_url) = (new.builder_url.clone(), after.builder_url);
        }
        (self, input)
    }

    /// The values in members, as [`AccountInput::to_members`] writes them; unknown where absent.
    #[must_use]
    pub fn from_members(members: &Members) -> Self {
        let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            name: text("account_name"),
            active: members.get("account_status").and_then(Value::as_bool),
            builder_url: text("builder_url"),
        }
    }
}

impl AccountInput {
    /// The input by wire name, trimmed.
    #[must_use]
    pub fn to_members(&self) -> Members {
        let text = |text: &str| Value::from(text.trim());
        // Insert one by one: collecting into a map sorts the pairs first, and that sort adds 4 KB to the module.
        let mut members = Members::new();
        members.insert("account_name".to_owned(), text(&self.name));
        members.insert("account_status".to_owned(), self.active.map_or(Value::Null, Value::Bool));
        members.insert("builder_url".to_owned(), text(&self.builder_url));
        members
    }
}

/// The trimmed input if it differs from the known value.
fn changed_text(known: Option<&str>, typed: &str) -> Option<String> {
    let trimmed = typed.trim();
    let same = match known {
        Some(known) => known == typed || known == trimmed,
        None => trimmed.is_empty(),
    };
    (!same).then(|| trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use trunkline_api::digital99::UpdateAccount;
    use trunkline_api::endpoint::Endpoint;

    fn known() -> AccountSnapshot {
        AccountSnapshot { name: Some("Acme ".to_owned()), active: Some(true), builder_url: None }
    }

    #[test]
    fn a_response_is_compared_with_what_was_asked() {
        let sent = AccountChange {
            account_name: Some("New".into()),
            account_status: Some(0),
            builder_url: Some(String::new()),
            ..Default::default()
        };
        let response: UpdatedAccount =
            serde_json::from_str(r#"{"status":"OK","reason":1,"account_name":"Old","status":0}"#).unwrap();
        let fields = answered_fields(&sent, &response);
        let lines: Vec<_> = fields.iter().map(|field| (field.field, field.is_confirmed())).collect();
        assert_eq!(lines, [("account_name", false), ("account_status", true), ("builder_url", false)]);
        assert_eq!(fields[2].answered, None);
        assert!(answered_fields(&AccountChange::default(), &response).is_empty());
    }

    #[test]
    fn the_key_of_an_account_asks_for_its_agents() {
        let body = |key: &str| serde_json::to_string(&agents_query(key)).unwrap();
        assert_eq!(body(&account_key(" 8 ", "online ")), r#"{"accountID":8,"server":"online"}"#);
        assert_eq!(body("08@my-server"), r#"{"accountID":"08","server":"my-server"}"#);
        assert!(agents_query("8").validate().is_err(), "no server");
    }

    #[test]
    fn untouched_form_changes_nothing() {
        assert!(known().change("8", "online", &known().to_form()).is_empty());
        assert!(AccountSnapshot::default().change("8", "online", &AccountInput::default()).is_empty());
    }

    #[test]
    fn only_changed_fields_are_sent() {
        let typed = AccountInput { name: " Acme Ltd ".to_owned(), ..known().to_form() };
        let body = UpdateAccount { change: known().change(" 8 ", "online", &typed) }.body();
        assert_eq!(body.as_deref(), Some(r#"{"account_id":8,"server":"online","account_name":"Acme Ltd"}"#));
        let typed = AccountInput { active: Some(false), ..known().to_form() };
        assert_eq!(known().change("8", "online", &typed).account_status, Some(0));
        let unsure = AccountSnapshot { active: None, ..known() };
        assert_eq!(unsure.change("8", "online", &typed).account_status, Some(0));
    }

    #[test]
    fn empty_field_clears_only_a_known_value() {
        let typed = AccountInput { builder_url: String::new(), ..known().to_form() };
        assert_eq!(known().change("8", "online", &typed).builder_url, None);
        let knows = AccountSnapshot { builder_url: Some("https://builder.example".to_owned()), ..known() };
        assert_eq!(knows.change("8", "online", &typed).builder_url.as_deref(), Some(""));
        let nameless = AccountInput { name: String::new(), ..known().to_form() };
        assert!(known().change("8", "online", &nameless).validate().is_err());
    }

    #[test]
    fn response_values_override_sent_values() {
        let body = br#"{"status":"OK","reason":1,"account_id":8,"server":"online","account_name":"Stored","status":0,
            "builder_url":"https://builder.example"}"#;
        let answer = UpdateAccount::decode(body).unwrap_or_default();
        let sent = AccountChange { account_name: Some("Sent".to_owned()), ..AccountChange::default() };
        let after = known().after_update(&sent, &answer);
        let builder_url = Some("https://builder.example".to_owned());
        assert_eq!(after, AccountSnapshot { name: Some("Stored".to_owned()), active: Some(false), builder_url });
        let listed = after.with_listed(&Account { account_name: Some("Listed".to_owned()), ..Account::default() });
        assert_eq!(listed.builder_url.as_deref(), Some("https://builder.example"));
        assert_eq!(listed.name.as_deref(), Some("Listed"));
        let silent = known().after_update(&sent, &UpdatedAccount::default());
        assert_eq!(silent, AccountSnapshot { name: Some("Sent".to_owned()), ..known() });
    }

    #[test]
    fn new_server_values_replace_only_untouched_fields() {
        let base = AccountSnapshot { name: Some("Acme".to_owned()), active: Some(true), builder_url: None };
        let new = AccountSnapshot {
            name: Some("Acme 2".to_owned()),
            active: Some(false),
            builder_url: Some("https://b.example".to_owned()),
        };
        let typed = AccountInput { name: "Mine".to_owned(), ..base.to_form() };
        let (based_on, input) = base.clone().merge(typed, &new);
        assert_eq!(input, AccountInput { name: "Mine".to_owned(), ..new.to_form() });
        assert_eq!(based_on, AccountSnapshot { name: base.name.clone(), ..new.clone() });
        let (based_on, input) = base.clone().merge(base.to_form(), &new);
        assert_eq!((based_on, input), (new.clone(), new.to_form()));
    }

    #[test]
    fn members_round_trip() {
        let input =
            AccountInput { name: " Acme ".to_owned(), active: None, builder_url: "https://b.example".to_owned() };
        let members = input.to_members();
        let text = r#"{"account_name":"Acme","account_status":null,"builder_url":"https://b.example"}"#;
        assert_eq!(serde_json::to_string(&members).unwrap(), text);
        let back = AccountSnapshot::from_members(&members);
        assert_eq!((back.name.as_deref(), back.active), (Some("Acme"), None));
        assert_eq!(AccountSnapshot::from_members(&Members::new()), AccountSnapshot::default());
    }
}
