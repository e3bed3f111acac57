//! How news is told: toast, desktop notification and sound.

use js_sys::Date;
use leptos::prelude::*;
use trunkline_api::oneview::TicketSummary;
use trunkline_model::inbox_settings::NotificationSettings;
use trunkline_model::inbox_watch::{Notice, shorten};
use wasm_bindgen::JsValue;

use super::news_toast::Toast;
use super::peers::Peers;
use crate::browser::clock::now_ms;
use crate::components::desktop_notifications::show_notification;
use crate::components::preferences::Preferences;
use crate::components::sounds::play_sound;
use crate::components::use_preferences;
use crate::fetch::network;
use crate::i18n::{count_of, t};

use crate::routes::{Navigate, Route, use_stored_navigate};
use crate::ui::{Severity, Toasts, use_toasts};

/// A count, and its text.
type CountText = (usize, fn(i64) -> String);

/// Most characters of a customer's name in a toast or notification.
const MAX_NAME: usize = 60;
/// Most toasts of news at a time; further news joins them in one.
const MAX_TOASTS: usize = 3;

/// A toast that may still be shown, and the numbers of tickets it tells of.
#[derive(Clone, Copy)]
struct Shown {
    toast: u64,
    came: usize,
    escalated: usize,
}

/// Tells news. Copies share their state.
#[derive(Clone, Copy)]
pub struct Announcer {
    toasts: Toasts,
    preferences: Preferences,
    navigate: Navigate,
    peers: Option<Peers>,
    shown: StoredValue<Vec<Shown>>,
    told_blocked: StoredValue<bool>,
}

impl Announcer {
    /// The announcer of the calling component.
    pub fn new() -> Self {
        Self {
            toasts: use_toasts(),
            preferences: use_preferences(),
            navigate: use_stored_navigate(),
            peers: None,
            shown: StoredValue::new(Vec::new()),
            told_blocked: StoredValue::new(false),
        }
    }

    /// Exchanges toasts with the other tabs of the agent with this key, until the owner is disposed.
    pub fn with_peers(self, key: &str) -> Self {
        let peers = Peers::new(key, move |toasts| self.show(&toasts));
        Self { peers: Some(peers), ..self }
    }

    /// Announces the notices of one comparison: each as toast and, while the tab is not being looked at, as desktop
    /// notification; with one sound for all. The toasts of a hidden tab are for one that is on the screen.
    pub fn announce(self, notices: &[Notice]) {
        let settings = untrack(|| self.preferences.notifications());
        let is_quiet = settings.quiet.contains(minute_of_day());
        let looks_away = !network::is_visible() || document().has_focus() == Ok(false);
        let toasts: Vec<Toast> = notices.iter().map(toast_of).collect();
        let shown = self.joined(&toasts).map_or_else(|| notices.to_vec(), |all| vec![all]);
        match self.peers.filter(|_| !network::is_visible() && !toasts.is_empty()) {
            Some(peers) => peers.leave_to_others(toasts, move |toasts| self.show(&toasts)),
            None => self.show(&toasts),
        }
        for notice in &shown {
            let (text, route) = (text_of(notice), route_of(notice));
            if settings.desktop && looks_away && !is_quiet && notice.is_call() {
                let navigate = self.navigate;
                let (tag, path) = (route.path(), route.path());
                show_notification(&text, &details_of(notice), &tag, move || {
                    // The page may have been left for good by the time of the click.
                    navigate.try_with_value(|navigate| navigate(&path, Default::default()));
                });
            }
        }
        if settings.sound && !is_quiet {
            self.play(&settings, notices);
        }
    }

    /// Shows toasts: if there would be too many, one in place of them all.
    fn show(self, news: &[Toast]) {
        match self.joined(news) {
            None => news.iter().for_each(|toast| self.push(toast)),
            Some(all) => {
                let earlier = self.shown.try_update_value(std::mem::take).unwrap_or_default();
                earlier.iter().for_each(|earlier| self.toasts.dismiss(earlier.toast));
                self.push(&toast_of(&all));
            }
        }
    }

    /// The notice in place of these toasts and the earlier ones, if there would be too many.
    fn joined(self, news: &[Toast]) -> Option<Notice> {
        let Self { toasts, shown, .. } = self;
        let shown = shown.try_update_value(|shown| {
            shown.retain(|shown| toasts.is_shown(shown.toast));
            shown.clone()
        });
        let shown = shown.unwrap_or_default();
        let counts = shown.iter().map(|shown| (shown.came, shown.escalated));
        let counts = counts.chain(news.iter().map(|toast| (toast.came, toast.escalated)));
        let (came, escalated) = counts.fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
        (shown.len() + news.len() > MAX_TOASTS).then_some(Notice::Many { came, escalated })
    }

    fn push(self, toast: &Toast) {
        let Toast { text, path, is_escalation, came, escalated } = toast.clone();
        let severity = if is_escalation { Severity::Warning } else { Severity::Info };
        let toast = self.toasts.push_link(severity, text, path);
        self.shown.try_update_value(|shown| shown.push(Shown { toast, came, escalated }));
    }

    fn play(self, settings: &NotificationSettings, notices: &[Notice]) {
        let escalated = notices.iter().any(|notice| notice.is_call() && notice.is_escalation());
        let sound = if escalated { &settings.escalated_sound } else { &settings.new_sound };
        if sound.is_empty() || !notices.iter().any(Notice::is_call) {
            return;
        }
        let Self { toasts, told_blocked, .. } = self;
        play_sound(sound, settings.volume, move || {
            if told_blocked.try_update_value(|told| std::mem::replace(told, true)) == Some(false) {
                toasts.push(Severity::Warning, t::news::sound_blocked());
            }
        });
    }
}

/// Minutes since local midnight, of the server's time.
fn minute_of_day() -> u32 {
    let now = Date::new(&JsValue::from_f64(now_ms()));
    now.get_hours() * 60 + now.get_minutes()
}

fn toast_of(notice: &Notice) -> Toast {
    let (came, escalated) = counts(notice);
    let (text, path) = (text_of(notice), route_of(notice).path());
    Toast { text, path, is_escalation: notice.is_escalation(), came, escalated }
}

fn counts(notice: &Notice) -> (usize, usize) {
    match notice {
        Notice::Came(_) => (1, 0),
        Notice::Escalated(_) => (0, 1),
        Notice::Many { came, escalated } | Notice::Away { came, escalated, .. } => (*came, *escalated),
    }
}

fn route_of(notice: &Notice) -> Route {
    match notice {
        Notice::Came(ticket) | Notice::Escalated(ticket) => Route::Ticket(ticket.id().to_owned()),
        Notice::Many { .. } | Notice::Away { .. } => Route::Inbox,
    }
}

fn text_of(notice: &Notice) -> String {
    let name = |ticket: &TicketSummary| shorten(&ticket.title(), MAX_NAME);
    match notice {
        Notice::Came(ticket) if notice.is_escalation() => t::news::new_escalated(&name(ticket)),
        Notice::Came(ticket) => t::news::new_ticket(&name(ticket)),
        Notice::Escalated(ticket) => t::news::escalated_ticket(&name(ticket)),
        Notice::Many { came, escalated: 0 } => t::news::new_tickets(count_of(*came)),
        Notice::Many { came: 0, escalated } => t::news::escalated_tickets(count_of(*escalated)),
        Notice::Many { came, escalated } => {
            list(&[t::news::new_tickets(count_of(*came)), t::news::escalated_tickets(count_of(*escalated))])
        }
        Notice::Away { came, escalated, changed, gone } => {
            let parts: [CountText; 4] = [
                (*came, t::news::away_new),
                (*escalated, t::news::away_escalated),
                (*changed, t::news::away_changed),
                (*gone, t::news::away_gone),
            ];
            let parts: Vec<String> =
                parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, text)| text(count_of(count))).collect();
            t::news::away(&list(&parts))
        }
    }
}

/// The second line of a desktop notification: what it is about, and the queue.
fn details_of(notice: &Notice) -> String {
    match notice {
        Notice::Came(ticket) | Notice::Escalated(ticket) => {
            let parts: Vec<&str> =
                [ticket.contact_reason(), ticket.queue()].into_iter().filter(|part| !part.is_empty()).collect();
            shorten(&parts.join(" · "), 2 * MAX_NAME)
        }
        Notice::Many { .. } | Notice::Away { .. } => String::new(),
    }
}

fn list(parts: &[String]) -> String {
    parts.join(&t::news::separator())
}
