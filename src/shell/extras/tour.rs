//! The tour: three steps on what is where, for who is here for the first time. It stands in a corner where nothing else
//! is, takes no focus by itself and holds nothing back; whoever is at a form is left alone.

use leptos::html;
use leptos::prelude::*;
use trunkline_api::Role;
use web_sys::{KeyboardEvent, Storage};

use crate::browser::keys::{Key, pressed};
use crate::browser::timers::{self, Timer};
use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::{effect, live_text, memo};
use crate::routes::Route;
use crate::ui::{Button, Variant, focus_heading, unique_id};

/// Where the names stand of those who have seen it, one a line; `*` stands for everyone.
const KEY: &str = "trunkline.tour";
/// Milliseconds on a page before it begins by itself.
const PAUSE_MS: u32 = 1000;
const STEPS: usize = 3;

/// The tour; a copy is the same.
#[derive(Clone, Copy)]
pub struct Tour {
    /// The step shown.
    step: RwSignal<Option<usize>>,
    /// Somebody asked for it: then it takes the focus.
    is_asked: StoredValue<bool>,
    route: Memo<Route>,
}

impl Tour {
    /// Not begun.
    pub fn new(route: Memo<Route>) -> Self {
        Self { step: RwSignal::new(None), is_asked: StoredValue::new(false), route }
    }

    /// Somebody asked for it.
    pub fn begin(self) {
        self.is_asked.set_value(true);
        self.step.set(Some(0));
    }

    fn next(self) {
        self.is_asked.set_value(true);
        self.step.update(|step| *step = step.map(|step| step + 1).filter(|step| *step < STEPS));
        if self.step.get_untracked().is_none() {
            self.end();
        }
    }

    /// Seen or skipped: it does not come by itself again.
    fn end(self) {
        self.step.set(None);
        remember();
        focus_heading();
    }

    /// Begins by itself, once, where nobody is at a form.
    fn begin_by_itself(self) {
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
                timers::after(PAUSE_MS, move || {
                    if self.step.try_get_untracked() == Some(None) && !was_seen() && !is_typing() {
                        self.is_asked.set_value(false);
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

/// The card.
#[component]
pub fn TourCard(
    /// The tour.
    tour: Tour,
) -> impl IntoView {
    tour.begin_by_itself();
    let shown = memo(move || tour.step.get().is_some());
    point_out(tour);
    let id = unique_id("tour");
    let heading = NodeRef::<html::H2>::new();
    effect(move || {
        let (step, heading) = (tour.step.get(), heading.get());
        if let (Some(_), Some(heading), true) = (step, heading, tour.is_asked.get_value()) {
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

/// What a step is about.
fn about(step: usize) -> &'static str {
    match step {
        0 => "pages",
        1 => "find",
        _ if untrack(is_agent) => "online",
        _ => "settings",
    }
}

/// Tells the style sheet what the step is about: an outline is drawn around it.
fn point_out(tour: Tour) {
    effect(move || {
        let Some(root) = document().document_element() else { return };
        // An attribute of the root can always be set and removed.
        let _ = match tour.step.get() {
            Some(step) => root.set_attribute("data-tour", about(step)),
            None => root.remove_attribute("data-tour"),
        };
    });
    on_cleanup(|| {
        if let Some(root) = document().document_element() {
            let _ = root.remove_attribute("data-tour");
        }
    });
}

/// Whether somebody is at a field, or a dialog is open.
fn is_typing() -> bool {
    let found = document().query_selector("dialog[open], :is(input, textarea, select):focus");
    found.ok().flatten().is_some()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn names() -> String {
    storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).unwrap_or_default()
}

/// Without storage it would come with each load: then it only comes when it is asked for.
fn was_seen() -> bool {
    let name = session::name();
    storage().is_none() || names().split('\n').any(|known| known == "*" || known == name)
}

fn remember() {
    let name = session::name();
    let known = names();
    if !was_seen()
        && let Some(storage) = storage()
    {
        // In a full storage nothing can be kept: the tour comes once more.
        let _ = storage.set_item(KEY, &format!("{known}\n{name}"));
    }
}
