//! The command palette: every page, action and record by name, without leaving the keyboard.

mod commands;

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::browser::keys::{Key, pressed};
use crate::i18n::t;
use crate::parts::{extras, leave_guard};
use crate::reactive::{effect, fixed, live_text, memo};
use crate::ui::{Dialog, unique_id, use_toasts, word};
use commands::{Command, Does, found};

/// The palette: a field, and below it what fits.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let (toasts, preferences) = (use_toasts(), crate::parts::use_preferences());
    let run = Callback::new(move |does: Does| {
        open.set(false);
        if let Does::Go(path) = does {
            // As a link would: whoever has typed something is asked first.
            if !leave_guard::would_lose() || leave_guard::confirmed() {
                navigate.with_value(|navigate| navigate(&path, Default::default()));
            }
        } else {
            does.run(preferences, toasts);
        }
    });
    view! {
        <Dialog open title=t::palette::title>
            <Finder run />
        </Dialog>
    }
}

/// The field and the list; made anew each time the palette is opened.
#[component]
fn Finder(run: Callback<Does>) -> impl IntoView {
    // It may have been typed into before it was here.
    let mut typed = extras::typed();
    let entered = typed.find('\n');
    typed.truncate(entered.unwrap_or(typed.len()));
    let text = RwSignal::new(typed);
    let at = RwSignal::new(0_usize);
    let commands: Memo<Vec<Command>> = memo(move || found(&text.get()));
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
            run.run(command.does);
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
            let does = command.does;
            view! {
                <li
                    role="option"
                    id=option(place)
                    aria-selected=move || word(at.get() == place)
                    on:click=move |_| run.run(does.clone())
                    on:pointermove=move |_| if at.get_untracked() != place { at.set(place) }
                >
                    <span prop:textContent=fixed(command.label) />
                    <span class="muted small" prop:textContent=fixed(command.kind) />
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
                count => t::palette::count(i64::try_from(count).unwrap_or(i64::MAX)),
            }))
        />
    }
}

/// Scrolls the list to an option, and nothing around it.
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
