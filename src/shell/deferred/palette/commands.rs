//! The palette's commands, and the search over them.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::comm100::{ChannelAccount, ListChannelAccounts};
use trunkline_api::decode::LooseScalar;
use trunkline_api::gateway::{ExternalApi, ListExternalApis, ListViews, SavedView};
use trunkline_api::jtel::{AcdEvent, ListAcdEvents};
use trunkline_api::oneview::TicketSummary;
use trunkline_api::sobot::CustomerQuery;
use trunkline_model::channel_accounts::{id_of, label_of};
use trunkline_model::command_search::{CommandSearch, Shape};

use crate::components::global_ui::{GlobalUi, open_global};
use crate::components::preferences::Preferences;
use crate::components::prefill;
use crate::components::presence::Presence;
use crate::fetch::{cache, config};
use crate::i18n::{self, LANGUAGES, t};
use crate::routes::{self, Route, query_params};
use crate::shell::sections;

/// The type of a callback in the address of a new event.
const CALLBACK: &str = "3";

/// An entry of the palette.
#[derive(Clone, PartialEq)]
pub struct Command {
    /// Name.
    pub label: String,
    /// Category: a page, an action.
    pub category: String,
    /// Further words that find it.
    pub synonyms: String,
    /// Action.
    pub action: CommandAction,
}

/// The action of a command.
#[derive(Clone, PartialEq)]
pub enum CommandAction {
    /// Navigates to a path.
    Go(String),
    /// Sets the theme.
    Theme(&'static str),
    /// Sets the language, by its tag.
    Language(&'static str),
    /// Opens a global UI element.
    Open(GlobalUi),
    /// Looks up a customer by a telephone number or an e-mail address, which must not be in a URL.
    LookUp(CustomerQuery),
    /// Sets the agent online or offline.
    Presence(bool),
    /// Prints the page.
    Print,
}

impl CommandAction {
    /// The path to navigate to, if any.
    pub fn path(&self) -> Option<String> {
        match self {
            Self::Go(path) => Some(path.clone()),
            Self::LookUp(_) => Some(Route::Customers.path()),
            _ => None,
        }
    }

    /// Runs the action; the caller handles navigation.
    pub fn run(self, preferences: Preferences, presence: Presence) {
        match self {
            Self::Go(_) => {}
            Self::LookUp(query) => prefill::request_lookup(query),
            Self::Presence(online) => presence.request(online),
            // It fails only where the browser has no printing.
            Self::Print => drop(window().print()),
            Self::Theme(theme) => preferences.theme.set(theme.to_owned()),
            Self::Language(tag) => preferences.language.set(tag.to_owned()),
            Self::Open(ui) => open_global(ui),
        }
    }
}

/// Most records of a list that a search finds.
const MAX_FOUND: usize = 8;
/// Most records of a list that are searched at each key: what takes a millisecond or two.
const MAX_SEARCHED: usize = 5_000;

/// Searches the commands: every word of the text must occur in the name or its synonyms. Text that may be an ID, a
/// telephone number or an e-mail address also finds the records of that kind, and a name finds the loaded records that have it.
pub fn search_commands(text: &str, presence: Presence, tickets: &[Arc<TicketSummary>]) -> Vec<Command> {
    let search = CommandSearch::parse(text);
    let sections = sections();
    let mut all: Vec<Command> = sections.iter().map(|section| go_command(section, t::palette::page)).collect();
    all.extend(new_records(&sections));
    if sections.contains(&Route::Inbox) {
        all.extend(presence_commands(presence));
    }
    all.extend(actions());
    all.retain(|command| search.matches(&command.label, &command.synonyms));
    all.extend(tickets_of(&search, tickets));
    all.extend(loaded_records(&search, &sections));
    all.extend(records(&search, &sections));
    all
}

fn go_command(route: &Route, kind: fn() -> String) -> Command {
    let (label, action) = (routes::title(route), CommandAction::Go(route.path()));
    Command { label, category: kind(), synonyms: synonyms(route), action }
}

/// What people call a page, besides its title.
fn synonyms(route: &Route) -> String {
    match route {
        Route::Overview => t::palette::for_overview(),
        Route::Inbox => t::palette::for_inbox(),
        Route::AcdEvents | Route::NewAcdEvent => t::palette::for_events(),
        Route::Customers => t::palette::for_customers(),
        Route::ChannelAccounts | Route::NewChannelAccount => t::palette::for_channel_accounts(),
        Route::ExternalApis | Route::NewExternalApi => t::palette::for_external_apis(),
        Route::Account => t::palette::for_account(),
        Route::Agents => t::palette::for_agents(),
        Route::Activity => t::palette::for_activity(),
        Route::Settings => t::palette::for_settings(),
        _ => String::new(),
    }
}

fn new_records(sections: &[Route]) -> Vec<Command> {
    let routes = [Route::NewAcdEvent, Route::NewChannelAccount, Route::NewExternalApi];
    let offered = routes.iter().filter(|route| sections.contains(&route.section()));
    let mut commands: Vec<Command> = offered.map(|route| go_command(route, t::palette::create)).collect();
    if sections.contains(&Route::AcdEvents) {
        let path = query_params::href(&Route::NewAcdEvent, &[("type", CALLBACK)]);
        let mut callback = go_command(&Route::NewAcdEvent, t::palette::create);
        callback.label = t::shortcuts::callback();
        callback.action = CommandAction::Go(path);
        commands.push(callback);
    }
    commands
}

/// What changes the agent's status; both if it is unknown.
fn presence_commands(presence: Presence) -> Vec<Command> {
    let status = presence.status.get().map(|status| status.online);
    let command = |online: bool, label: String| Command {
        label,
        category: t::palette::action(),
        synonyms: t::palette::for_presence(),
        action: CommandAction::Presence(online),
    };
    let all = [command(true, t::presence::go_online()), command(false, t::presence::go_offline())];
    all.into_iter()
        .filter(|command| command.action != CommandAction::Presence(status == Some(true)) || status.is_none())
        .collect()
}

fn actions() -> Vec<Command> {
    let action =
        |label: String, synonyms: String, action| Command { label, category: t::palette::action(), synonyms, action };
    let theme = |name: String, theme| action(t::palette::theme(&name), String::new(), CommandAction::Theme(theme));
    let mut all = vec![
        theme(t::settings::theme_light(), "light"),
        theme(t::settings::theme_dark(), "dark"),
        theme(t::settings::theme_system(), ""),
    ];
    let now = i18n::language().tag;
    let languages = LANGUAGES.iter().filter(|language| language.tag != now);
    all.extend(languages.map(|language| {
        action(t::palette::language(language.name), String::new(), CommandAction::Language(language.tag))
    }));
    let shortcuts = CommandAction::Open(GlobalUi::Shortcuts);
    all.push(action(t::shortcuts::title(), t::palette::for_shortcuts(), shortcuts));
    all.push(action(t::tour::start(), t::palette::for_tour(), CommandAction::Open(GlobalUi::Tour)));
    all.push(action(t::palette::print(), t::palette::for_print(), CommandAction::Print));
    if config::has_gateway() {
        all.push(action(t::shell::sign_out(), t::palette::for_sign_out(), CommandAction::Open(GlobalUi::SignOut)));
    }
    all
}

/// The tickets whose customer's name matches, of those that are loaded.
fn tickets_of(search: &CommandSearch, tickets: &[Arc<TicketSummary>]) -> Vec<Command> {
    let tickets = tickets.iter().filter(|ticket| !ticket.id().is_empty());
    let path = |ticket: &&Arc<TicketSummary>| Route::Ticket(ticket.id().to_owned()).path();
    matching(search, t::palette::ticket_of, tickets, |ticket| ticket.title(), path)
}

/// The saved views, channel accounts, external APIs and events whose name matches, of those that this browser has loaded.
fn loaded_records(search: &CommandSearch, sections: &[Route]) -> Vec<Command> {
    let mut all = Vec::new();
    if let Some(views) = cache::peek(&ListViews) {
        let is_offered = |view: &&SavedView| sections.iter().any(|section| section.path() == view.page);
        let views = views.iter().filter(is_offered);
        all.extend(matching(search, t::list_tools::views, views, |view| view.name.clone(), |view| view.href()));
    }
    let offers = |section: Route| sections.contains(&section);
    if let Some(accounts) = cache::peek(&ListChannelAccounts::WITH_CHATBOTS).filter(|_| offers(Route::ChannelAccounts))
    {
        let path = |account: &&Arc<ChannelAccount>| Route::ChannelAccount(id_of(account)).path();
        let accounts = accounts.iter().take(MAX_SEARCHED);
        all.extend(matching(search, t::routes::channel_accounts, accounts, |account| label_of(account), path));
    }
    if let Some(apis) = cache::peek(&ListExternalApis).filter(|_| offers(Route::ExternalApis)) {
        let path = |api: &&ExternalApi| Route::ExternalApi(api.id.clone()).path();
        let apis = apis.iter().take(MAX_SEARCHED);
        all.extend(matching(search, t::routes::external_apis, apis, |api| api.body.name.clone(), path));
    }
    if let Some(events) = cache::peek(&ListAcdEvents).filter(|_| offers(Route::AcdEvents)) {
        let named = |event: &Arc<AcdEvent>| Some((event.subject.clone()?, event.id.clone()?));
        let path = |(_, id): &(String, LooseScalar)| Route::AcdEvent(id.to_string()).path();
        // The newest are the last.
        let events = events.records.iter().rev().filter_map(named).take(MAX_SEARCHED);
        all.extend(matching(search, t::routes::acd_events, events, |(subject, _)| subject.clone(), path));
    }
    all
}

/// Links to the records whose name matches, at most [`MAX_FOUND`]. Only those that are found get a path.
fn matching<R>(
    search: &CommandSearch,
    category: fn() -> String,
    records: impl Iterator<Item = R>,
    name: impl Fn(&R) -> String,
    path: impl Fn(&R) -> String,
) -> Vec<Command> {
    let named = records.map(|record| (name(&record), record));
    let found = named.filter(|(name, _)| search.matches_record(name)).take(MAX_FOUND);
    let command = |(label, record): (String, R)| Command {
        label,
        category: category(),
        synonyms: String::new(),
        action: CommandAction::Go(path(&record)),
    };
    found.map(command).collect()
}

/// Links to the records that may have this ID, telephone number or address. Only their pages can tell if they exist.
fn records(search: &CommandSearch, sections: &[Route]) -> Vec<Command> {
    let text = search.input();
    let mine = text.to_owned();
    let event = || (t::palette::event(text), Route::AcdEvents, CommandAction::Go(Route::AcdEvent(mine.clone()).path()));
    let ticket = || (t::palette::ticket(text), Route::Inbox, CommandAction::Go(Route::Ticket(mine.clone()).path()));
    let by_id = || CommandAction::Go(query_params::href(&Route::Customers, &[("id", text)]));
    let customer = |action| (t::palette::customer(text), Route::Customers, action);
    let account = || {
        let path = Route::ChannelAccount(mine.clone()).path();
        (t::palette::channel_account(text), Route::ChannelAccounts, CommandAction::Go(path))
    };
    let (tel, email) = (Some(mine.clone()), Some(mine.clone()));
    let all = match search.shape() {
        None => Vec::new(),
        Some(Shape::Number) => vec![event(), ticket()],
        Some(Shape::Uuid | Shape::Code) => vec![ticket(), customer(by_id()), account()],
        Some(Shape::Phone) => vec![customer(CommandAction::LookUp(CustomerQuery { tel, ..CustomerQuery::default() }))],
        Some(Shape::Email) => {
            vec![customer(CommandAction::LookUp(CustomerQuery { email, ..CustomerQuery::default() }))]
        }
    };
    let offered = all.into_iter().filter(|(_, section, _)| sections.contains(section));
    let command =
        |(label, _, action)| Command { label, category: t::palette::record(), synonyms: String::new(), action };
    offered.map(command).collect()
}
