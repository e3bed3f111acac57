//! The command palette: opens every page, action and record by name, from the keyboard.

mod commands;

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use trunkline_api::oneview::ListTickets;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::browser::keys::{Key, pressed};
use crate::components::{global_ui, unsaved_guard, use_preferences, use_presence};
use crate::fetch::query::QueryOptions;
use crate::fetch::{session, use_query_with};
use crate::i18n::{count_of, t};
use crate::reactive::{effect, fixed, live_text, memo};
use crate::ui::{Dialog, aria_bool, unique_id};
use commands::{Command, CommandAction, search_commands};

/// The palette: a search field and the matching commands.
#[component]
pub fn Palette(
    /// True while it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let (preferences, presence) = (use_preferences(), use_presence());
    let run = Callback::new(move |does: CommandAction| {
        open.set(false);
        if let Some(path) = does.path() {
            // Like a link, ask first if there is unsaved input.
            if unsaved_guard::has_unsaved_changes() && !unsaved_guard::confirm_discard() {
                return;
            }
            navigate.with_value(|navigate| navigate(&path, Default::default()));
        }
        does.run(preferences, presence);
    });
    view! {
        <Dialog open title=t::palette::title>
            <CommandList run />
        </Dialog>
    }
}

/// The field and the list, created each time the palette opens.
#[component]
fn CommandList(run: Callback<CommandAction>) -> impl IntoView {
    // Include what was typed while this code was loading.
    let mut typed = global_ui::buffered_input();
    let entered = typed.find('\n');
    typed.truncate(entered.unwrap_or(typed.len()));
    let text = RwSignal::new(typed);
    let at = RwSignal::new(0_usize);
    let presence = use_presence();
    // What is loaded is searched, however old; it is loaded only if there is nothing yet.
    let loaded = QueryOptions { stale_seconds: i64::MAX, ..QueryOptions::default() };
    let agent = memo(|| session::user().and_then(|user| user.agent_id));
    let tickets = use_query_with(loaded, move || agent.get().map(|agent_id| ListTickets { agent_id }));
    let commands: Memo<Vec<Command>> = memo(move || {
        tickets.data.with(|tickets| {
            let tickets = tickets.as_ref().map(|tickets| tickets.as_slice()).unwrap_or_default();
            search_commands(&text.read(), presence, tickets)
        })
    });
    let list = unique_id("palette");
    let option = {
        let list = list.clone();
        move |place: usize| format!("{list}-{place}")
    };
    let hint = unique_id("palette");
    let list_ref = NodeRef::<html::Ul>::new();
    effect(move || {
        let at = at.get();
        if let Some(list) = list_ref.get() {
            show(&list, at);
        }
    });
    let enter = move || {
        if let Some(command) = commands.with_untracked(|all| all.get(at.get_untracked()).cloned()) {
            run.run(command.action);
        }
    };
    if entered.is_some() {
        effect(enter);
    }
    let press = move |event: KeyboardEvent| {
        let count = commands.with_untracked(Vec::len).max(1);
        match pressed(&event) {
            Some(Key::Down) => at.update(|at| *at = (*at + 1) % count),
            Some(Key::Up) => at.update(|at| *at = (*at + count - 1) % count),
            Some(Key::Enter) => enter(),
            _ => return,
        }
        event.prevent_default();
    };
    let active = {
        let option = option.clone();
        move || (commands.with(Vec::len) > 0).then(|| option(at.get()))
    };
    let options = move || {
        let entry = |(place, command): (usize, Command)| {
            let does = command.action;
            view! {
                <li
                    role="option"
                    id=option(place)
                    aria-selected=move || aria_bool(at.get() == place)
                    on:click=move |_| run.run(does.clone())
                    on:pointermove=move |_| if at.get_untracked() != place { at.set(place) }
                >
                    <span prop:textContent=fixed(command.label) />
                    <span class="muted small" prop:textContent=fixed(command.category) />
                </li>
            }
        };
        commands.get().into_iter().enumerate().map(entry).collect_view()
    };
    view! {
        <input
            class="input"
            type="text"
            role="combobox"
            aria-label=t::palette::field
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls=list.clone()
            aria-activedescendant=active
            aria-describedby=hint.clone()
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            prop:value=move || text.get()
            on:input=move |event| {
                text.set(event_target_value(&event));
                at.set(0);
            }
            on:keydown=press
        />
        <ul class="palette" role="listbox" id=list aria-label=t::palette::title node_ref=list_ref>{options}</ul>
        <p
            class="small muted"
            id=hint
            role="status"
            prop:textContent=live_text(move || commands.with(|all| match all.len() {
                0 => t::palette::nothing(),
                _ if text.read().is_empty() => t::palette::hint(),
                count => t::palette::count(count_of(count)),
            }))
        />
    }
}

/// Scrolls the list, but nothing around it, to an option.
fn show(list: &web_sys::HtmlUListElement, at: usize) {
    let option = u32::try_from(at).ok().and_then(|at| list.children().item(at));
    let Some(option) = option.and_then(|option| option.dyn_into::<HtmlElement>().ok()) else { return };
    let (top, bottom) =
        (option.offset_top() - list.offset_top(), option.offset_top() - list.offset_top() + option.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}
