//! What the palette offers, and what of it fits the text.

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_fast::fold;
use trunkline_fast::text::{TextKind, clean};

use crate::fetch::{config, session};
use crate::i18n::{self, LANGUAGES, t};
use crate::parts::extras::{Extra, want};
use crate::parts::preferences::Preferences;
use crate::parts::words;
use crate::routes::{Route, search};
use crate::shell::sections;
use crate::ui::{Kind, Toasts};

/// One line of the palette.
#[derive(Clone, PartialEq)]
pub struct Command {
    /// What it is called.
    pub label: String,
    /// Of what kind it is: a page, an action.
    pub kind: String,
    /// What it does.
    pub does: Does,
}

/// What a command does.
#[derive(Clone, PartialEq)]
pub enum Does {
    /// Goes to a path of the console.
    Go(String),
    /// Puts a theme in force.
    Theme(&'static str),
    /// Puts a language in force, by its tag.
    Language(&'static str),
    /// Opens something.
    Open(Extra),
    /// Signs out.
    SignOut,
}

impl Does {
    /// Does it; going somewhere is up to the router.
    pub fn run(self, preferences: Preferences, toasts: Toasts) {
        match self {
            Self::Go(_) => {}
            Self::Theme(theme) => preferences.theme.set(theme.to_owned()),
            Self::Language(tag) => preferences.language.set(tag.to_owned()),
            Self::Open(extra) => want(extra),
            Self::SignOut => spawn_local(async move {
                if let Err(error) = session::sign_out().await {
                    toasts.push(Kind::Error, words(&error).message);
                }
            }),
        }
    }
}

/// The commands that fit the text: every word of it stands in the name. An ID alone leads to records of that ID, too.
pub fn found(text: &str) -> Vec<Command> {
    let typed = clean(text.trim(), TextKind::Code);
    let text = typed.trim();
    let sections = sections();
    let mut all: Vec<Command> = sections.iter().map(|section| go(section, t::palette::page)).collect();
    all.extend(new_records(&sections));
    all.extend(actions());
    let wanted = fold(text);
    all.retain(|command| {
        let name = fold(&command.label);
        wanted.split_whitespace().all(|word| name.contains(word))
    });
    if is_id(text) {
        all.extend(records(text, &sections));
    }
    all
}

fn go(route: &Route, kind: fn() -> String) -> Command {
    Command { label: route.title(), kind: kind(), does: Does::Go(route.path()) }
}

fn new_records(sections: &[Route]) -> Vec<Command> {
    let routes = [Route::NewAcdEvent, Route::NewChannelAccount, Route::NewExternalApi];
    let offered = routes.iter().filter(|route| sections.contains(&route.section()));
    offered.map(|route| go(route, t::palette::create)).collect()
}

fn actions() -> Vec<Command> {
    let action = |label: String, does| Command { label, kind: t::palette::action(), does };
    let theme = |name: String, theme| action(t::palette::theme(&name), Does::Theme(theme));
    let mut all = vec![
        theme(t::settings::theme_light(), "light"),
        theme(t::settings::theme_dark(), "dark"),
        theme(t::settings::theme_system(), ""),
    ];
    let now = i18n::language().tag;
    let languages = LANGUAGES.iter().filter(|language| language.tag != now);
    all.extend(languages.map(|language| action(t::palette::language(language.name), Does::Language(language.tag))));
    all.push(action(t::shortcuts::title(), Does::Open(Extra::Shortcuts)));
    all.push(action(t::tour::start(), Does::Open(Extra::Tour)));
    if config::has_gateway() {
        all.push(action(t::shell::sign_out(), Does::SignOut));
    }
    all
}

/// Whether a text may be an ID: one word with a digit in it.
fn is_id(text: &str) -> bool {
    text.len() <= 100 && text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

/// The records that may have this ID. Whether one has, its page says.
fn records(id: &str, sections: &[Route]) -> Vec<Command> {
    let mine = id.to_owned();
    let all = [
        (t::palette::event(id), Route::AcdEvents, Route::AcdEvent(mine.clone()).path()),
        (t::palette::ticket(id), Route::Inbox, Route::Ticket(mine.clone()).path()),
        (t::palette::customer(id), Route::Customers, search::href(&Route::Customers, &[("id", id)])),
        (t::palette::channel_account(id), Route::ChannelAccounts, Route::ChannelAccount(mine).path()),
    ];
    let offered = all.into_iter().filter(|(_, section, _)| sections.contains(section));
    let command = |(label, _, path)| Command { label, kind: t::palette::record(), does: Does::Go(path) };
    offered.map(command).collect()
}
