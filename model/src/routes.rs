//! The console's addresses: `routes.json` as an enum, path ⇄ route.

use trunkline_api::Role;
use trunkline_api::endpoint::{fill_path, percent_decode};

include!(concat!(env!("OUT_DIR"), "/routes.rs"));

impl Route {
    /// The route of a URL's path, percent-encoded as the browser has it.
    pub fn parse(path: &str) -> Self {
        // Somebody may have typed `50%` where the browser writes `50%25`.
        let decoded = |segment: &str| percent_decode(segment).unwrap_or_else(|| segment.to_owned());
        let segments: Vec<String> = path.split('/').filter(|segment| !segment.is_empty()).map(decoded).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Self::of_segments(&segments)
    }

    /// The route's path, percent-encoded.
    pub fn path(&self) -> String {
        fill_path(self.template(), &[("id", self.id().unwrap_or_default())])
    }

    /// True if a role may see the page. The gateway checks the same of every request behind it.
    pub fn allows(&self, role: Role) -> bool {
        self.required_role().is_none_or(|required| required == role)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Path, route and what else the table says of it.
    const SNAPSHOT: &str = "\
/                               Overview                      overview                 all
/channel-accounts               ChannelAccounts               channel_accounts         admin
/channel-accounts/new           NewChannelAccount             channel_accounts_form    admin
/channel-accounts/7             ChannelAccount(\"7\")           channel_accounts_record  admin
/channel-accounts/7/edit        EditChannelAccount(\"7\")       channel_accounts_form    admin
/events                         AcdEvents                     acd_events               all
/events/new                     NewAcdEvent                   acd_events_form          all
/events/7                       AcdEvent(\"7\")                 acd_events_record        all
/inbox                          Inbox                         inbox                    all
/inbox/7                        Ticket(\"7\")                   inbox                    all
/customers                      Customers                     customers                all
/external-apis                  ExternalApis                  external_apis            admin
/external-apis/new              NewExternalApi                external_apis_form       admin
/external-apis/7                ExternalApi(\"7\")              external_apis_record     admin
/external-apis/7/edit           EditExternalApi(\"7\")          external_apis_form       admin
/account                        Account                       account                  admin
/account/7/agents               AccountAgents(\"7\")            account_agents           admin
/activity                       Activity                      activity                 admin
/agents                         Agents                        agents                   admin
/settings                       Settings                      settings                 all
/sign-in                        SignIn                        -                        all
/not-found                      NotFound                      -                        all
";

    #[test]
    fn path_and_route_convert_both_ways() {
        let mut seen = String::new();
        for path in SNAPSHOT.lines().filter_map(|line| line.split_whitespace().next()) {
            let route = Route::parse(path);
            assert_eq!(route.path(), path);
            let role = if route.allows(Role::Agent) { "all" } else { "admin" };
            seen += &format!("{path:<31} {:<29} {:<24} {role}\n", format!("{route:?}"), route.chunk().unwrap_or("-"));
        }
        assert_eq!(seen, SNAPSHOT);
    }

    #[test]
    fn ids_keep_every_character() {
        for (id, path) in [
            ("a/b", "/events/a%2Fb"),
            ("50%", "/events/50%25"),
            ("קו 1", "/events/%D7%A7%D7%95%201"),
            ("report.html", "/events/report.html"),
            ("%2F", "/events/%252F"),
        ] {
            assert_eq!(Route::AcdEvent(id.to_owned()).path(), path);
            assert_eq!(Route::parse(path), Route::AcdEvent(id.to_owned()));
        }
    }

    #[test]
    fn a_broken_escape_is_taken_as_typed() {
        assert_eq!(Route::parse("/events/50%"), Route::AcdEvent("50%".to_owned()));
    }

    #[test]
    fn unknown_and_longer_paths_are_not_found() {
        for path in ["/nowhere", "/events/7/edit", "/inbox/7/8", "/account/1"] {
            assert_eq!(Route::parse(path), Route::NotFound, "{path}");
        }
    }

    #[test]
    fn a_slash_at_either_end_does_not_matter() {
        assert_eq!(Route::parse("events/"), Route::AcdEvents);
    }

    #[test]
    fn records_and_forms_belong_to_their_list() {
        let id = || "7".to_owned();
        for (route, section) in [
            (Route::EditChannelAccount(id()), Route::ChannelAccounts),
            (Route::NewAcdEvent, Route::AcdEvents),
            (Route::Ticket(id()), Route::Inbox),
            (Route::ExternalApi(id()), Route::ExternalApis),
            (Route::Settings, Route::Settings),
        ] {
            assert_eq!(route.section(), section);
        }
    }

    #[test]
    fn every_page_file_of_the_table_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let table = std::fs::read_to_string(root.join("routes.json")).unwrap();
        for page in table.split("\"page\": \"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(root.join("src/pages").join(page).exists(), "src/pages/{page}");
        }
    }
}
