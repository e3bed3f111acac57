//! The tour: three steps that introduce the console to new users. It is in a corner, takes no focus by itself and
//! blocks nothing. It does not start on forms.

use leptos::html;
use leptos::prelude::*;
use trunkline_api::Role;
use web_sys::KeyboardEvent;

use crate::browser::keys::{Key, pressed};
use crate::browser::storage;
use crate::browser::timers::{self, Timer};
use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::{effect, live_text, memo};
use crate::routes::Route;
use crate::ui::{Button, Variant, focus_heading, unique_id};

/// Storage key of the names of users who have seen it, one per line; `*` means everyone.
const SEEN_BY_KEY: &str = "trunkline.tour";
/// Milliseconds on a page before it starts by itself.
const START_DELAY_MS: u32 = 1000;
const STEPS: usize = 3;

/// The tour. Copies share their state.
#[derive(Clone, Copy)]
pub struct Tour {
    /// The current step; `None` if closed.
    step: RwSignal<Option<usize>>,
    /// The user started it or moved on, so it may take the focus.
    is_user_driven: StoredValue<bool>,
    route: Memo<Route>,
}

impl Tour {
    /// A tour that has not started.
    pub fn new(route: Memo<Route>) -> Self {
        Self { step: RwSignal::new(None), is_user_driven: StoredValue::new(false), route }
    }

    /// Starts at the user's request.
    pub fn start(self) {
        self.is_user_driven.set_value(true);
        self.step.set(Some(0));
    }

    fn next(self) {
        self.is_user_driven.set_value(true);
        self.step.update(|step| *step = step.map(|step| step + 1).filter(|step| *step < STEPS));
        if self.step.get_untracked().is_none() {
            self.end();
        }
    }

    /// Ends the tour, seen or skipped, and remembers not to start it again.
    fn end(self) {
        self.step.set(None);
        store_seen();
        focus_heading();
    }

    /// Starts once by itself, unless the page is a form.
    fn start_automatically(self) {
        let waiting = StoredValue::new_local(None::<Timer>);
        effect(move || {
            let may = !matches!(
                self.route.get(),
                Route::NewChannelAccount
                    | Route::EditChannelAccount(_)
                    | Route::NewAcdEvent
                    | Route::NewExternalApi
                    | Route::EditExternalApi(_)
                    | Route::Account
            );
            let timer = (may && !was_seen()).then(|| {
                timers::after(START_DELAY_MS, move || {
                    if self.step.try_get_untracked() == Some(None) && !was_seen() && !is_typing() {
                        self.is_user_driven.set_value(false);
                        self.step.set(Some(0));
                    }
                })
            });
            waiting.set_value(timer);
        });
        on_cleanup(move || {
            waiting.try_update_value(Option::take);
        });
    }
}

/// The tour's card.
#[component]
pub fn TourCard(
    /// The tour.
    tour: Tour,
) -> impl IntoView {
    tour.start_automatically();
    let shown = memo(move || tour.step.get().is_some());
    highlight(tour);
    let id = unique_id("tour");
    let heading = NodeRef::<html::H2>::new();
    effect(move || {
        let (step, heading) = (tour.step.get(), heading.get());
        if let (Some(_), Some(heading), true) = (step, heading, tour.is_user_driven.get_value()) {
            let _ = heading.focus();
        }
    });
    let press = move |event: KeyboardEvent| {
        if pressed(&event) == Some(Key::Escape) {
            event.prevent_default();
            event.stop_propagation();
            tour.end();
        }
    };
    let step = move || tour.step.get().unwrap_or_default();
    let next = move || if step() + 1 < STEPS { t::tour::next() } else { t::tour::done() };
    move || {
        let id = id.clone();
        shown.get().then(move || {
            view! {
                <aside class="corner-card" aria-labelledby=id.clone() on:keydown=press>
                    <p class="small muted" prop:textContent=live_text(move || t::tour::step(&(step() + 1).to_string(), &STEPS.to_string())) />
                    <h2 id=id.clone() tabindex="-1" node_ref=heading prop:textContent=live_text(move || title(step())) />
                    <p prop:textContent=live_text(move || text(step())) />
                    <div class="row">
                        <Button label=next small=true variant=Variant::Primary on_click=move |()| tour.next() />
                        {move || (step() + 1 < STEPS).then(|| view! {
                            <Button label=t::tour::skip small=true variant=Variant::Ghost on_click=move |()| tour.end() />
                        })}
                    </div>
                </aside>
            }
        })
    }
}

fn is_agent() -> bool {
    session::user().is_some_and(|user| user.role == Role::Agent)
}

fn title(step: usize) -> String {
    match step {
        0 => t::tour::pages_title(),
        1 => t::tour::find_title(),
        _ if is_agent() => t::tour::online_title(),
        _ => t::tour::vendors_title(),
    }
}

fn text(step: usize) -> String {
    match step {
        0 if is_agent() => t::tour::pages_agent(),
        0 => t::tour::pages_admin(),
        1 => t::tour::find(),
        _ if is_agent() => t::tour::online(),
        _ => t::tour::vendors(),
    }
}

/// The `data-tour` value of a step.
fn highlight_target(step: usize) -> &'static str {
    match step {
        0 => "pages",
        1 => "find",
        _ if untrack(is_agent) => "online",
        _ => "settings",
    }
}

/// Sets `data-tour`, by which the style sheet outlines what the step is about.
fn highlight(tour: Tour) {
    effect(move || {
        let Some(root) = document().document_element() else { return };
        // An attribute of the root can always be set and removed.
        let _ = match tour.step.get() {
            Some(step) => root.set_attribute("data-tour", highlight_target(step)),
            None => root.remove_attribute("data-tour"),
        };
    });
    on_cleanup(|| {
        if let Some(root) = document().document_element() {
            let _ = root.remove_attribute("data-tour");
        }
    });
}

/// Returns `true` if a field has the focus or a dialog is open.
fn is_typing() -> bool {
    let found = document().query_selector("dialog[open], :is(input, textarea, select):focus");
    found.ok().flatten().is_some()
}

fn seen_by() -> String {
    storage::load(SEEN_BY_KEY).unwrap_or_default()
}

/// Without storage it would start on every load, so then it only starts on request.
fn was_seen() -> bool {
    let name = session::user_name();
    storage::local().is_none() || seen_by().split('\n').any(|known| known == "*" || known == name)
}

fn store_seen() {
    let name = session::user_name();
    let known = seen_by();
    if !was_seen() {
        // If the storage is full, the tour starts once more.
        storage::store(SEEN_BY_KEY, &format!("{known}\n{name}"));
    }
}
