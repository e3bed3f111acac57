//! The lazy-loaded pages: the table from route to chunk, and the split points, the only entry points into the pages'
//! code.
//!
//! In a release build the code behind an entry point is a file of its own, a chunk, which is loaded when a page that
//! needs it is first opened (`scripts/split-wasm.mjs` finds the entry points by this module's name). An entry point may
//! be called only once [`crate::fetch::chunks`] has loaded its chunk; [`page`] and [`lazy`] ensure that, and no other
//! module may import a page.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::page::reload;
use crate::components::form_templates::FormTemplates;
use crate::components::form_tools::{self, FormTool};
use crate::components::global_ui::{acknowledge_global, capture_key, pending_global};
use crate::components::record_activity::{RecordActivity, RecordHistory};
use crate::components::{ListParams, ListTool, ListToolsPart, Presence};
use crate::fetch::chunks::{self, ChunkState};
use crate::fetch::{Query, build_check, drafts, session};
use crate::i18n::t;
use crate::pages::account::{AccountDetails, AccountPage};
use crate::pages::account_agents::AccountAgentsPage;
use crate::pages::acd_events::{
    AcdEventPage, AcdEventsPage, EventFilters, EventFormTool, EventFormTools, EventList, FillSender, NewAcdEventPage,
    SaveEvent, TimeLine,
};
use crate::pages::activity::ActivityPage;
use crate::pages::agents::AgentsPage;
use crate::pages::channel_accounts::{
    Accounts, BulkBar, ChannelAccountPage, ChannelAccountsPage, CredentialFields, EditChannelAccountPage,
    FilteredAccounts, NewChannelAccountPage,
};
use crate::pages::customers::{CustomerTool, CustomersPage};
use crate::pages::external_apis::{
    EditExternalApiPage, ExternalApiPage, ExternalApisPage, ExternalTools, NewExternalApiPage,
};
use crate::pages::inbox::{
    Agent, CustomerCard, InboxPage, InboxTools, NoAgent, OpenTicket, TicketDetails, TicketParts, ToolPart,
};
use crate::pages::overview::OverviewPage;
use crate::pages::settings::SettingsPage;
use crate::pages::sign_in::{SignInDialog, SignInForm};
use crate::reactive::{dyn_view, effect, memo};
use crate::routes::{Route, title};
use crate::shell::DeferredUi;
use crate::ui::{
    Button, EmptyState, ErrorMessage, ErrorPanel, IconName, PageHeader, Severity, SkeletonBlock, Variant,
    focus_heading, use_toasts,
};

/// The lazy-loaded page of a route. `open` gets the route, and a signal of the current route.
struct LazyPage {
    chunk: &'static str,
    open: fn(Route, Memo<Route>) -> AnyView,
}

/// The lazy page of this name: its chunk and its entry point have the same name.
macro_rules! lazy_page {
    ($chunk:ident) => {
        LazyPage { chunk: stringify!($chunk), open: entry_points::$chunk }
    };
}

/// The lazy page of a route, from `routes.json`; `None` if the route has none.
fn lazy_page_for(route: &Route) -> Option<LazyPage> {
    Some(include!(concat!(env!("OUT_DIR"), "/lazy_pages.rs")))
}

/// A lazy view that is no route's page, or a fallback until its chunk is loaded. Tracked.
macro_rules! lazy {
    ($chunk:ident $(, $argument:expr)*) => {
        match chunks::state(stringify!($chunk)) {
            ChunkState::Ready => entry_points::$chunk($($argument),*),
            state => fallback(stringify!($chunk), state),
        }
    };
}

/// The page of a route, or a fallback until its chunk is loaded; `None` if the route has no page. `current` is a signal
/// of the current route: the inbox stays mounted while its tickets change. Tracked.
pub fn page(route: Route, current: Memo<Route>) -> Option<AnyView> {
    let LazyPage { chunk, open } = lazy_page_for(&route)?;
    let waiting = match chunks::state(chunk) {
        ChunkState::Ready => draft_reader(&route, chunk).map(|state| (FORM_CHUNK, state)),
        state => Some((chunk, state)),
    };
    Some(match waiting {
        None => {
            restore_focus();
            open(route, current)
        }
        Some((chunk, state)) => {
            let heading = Signal::derive(move || title(&route));
            view! { <div class="page"><PageHeader title=heading />{fallback(chunk, state)}</div> }.into_any()
        }
    })
}

/// The sign-in form, or a fallback until its chunk is loaded.
pub fn sign_in_form() -> AnyView {
    lazy!(sign_in, None)
}

/// The sign-in form in a dialog over the page, once its chunk is loaded. Tracked.
pub fn sign_in_dialog(open: RwSignal<bool>) -> AnyView {
    match chunks::state("sign_in") {
        ChunkState::Ready => entry_points::sign_in(Some(open)),
        _ => ().into_any(),
    }
}

/// The load error of the sign-in dialog, shown as a toast.
pub fn sign_in_load_error(open: RwSignal<bool>) -> AnyView {
    dyn_view(move || {
        (open.get() && chunks::state("sign_in") == ChunkState::Failed).then(|| {
            let problem = ErrorMessage::new(t::sign_in::over_title(), t::sign_in::missing());
            view! { <div class="toast">{load_error("sign_in", problem)}</div> }.into_any()
        })
    })
}

/// What is below a ticket's heading, or a fallback until its chunk is loaded.
fn ticket(open: OpenTicket) -> AnyView {
    lazy!(inbox_ticket, open)
}

/// A ticket's customer, or nothing until its chunk is loaded: the ticket is the page. Tracked.
fn customer(open: OpenTicket) -> AnyView {
    match chunks::state("inbox_customer") {
        ChunkState::Ready => entry_points::inbox_customer(open),
        _ => ().into_any(),
    }
}

/// The credentials, filter and e-mail server of a channel account, or a fallback until their chunk is loaded. Tracked.
fn credentials(fields: CredentialFields) -> AnyView {
    lazy!(channel_accounts_credentials, fields)
}

/// The bar of bulk actions on channel accounts, or a fallback until its chunk is loaded.
fn bulk(
    selection: RwSignal<Vec<String>>,
    accounts: Accounts,
    rows: FilteredAccounts,
    filtered: Signal<bool>,
) -> AnyView {
    lazy!(channel_accounts_bulk, selection, accounts, rows, filtered)
}

/// The time line above the events, once its chunk is loaded. Tracked.
fn event_time_line(filters: EventFilters, query: Query<EventList>) -> AnyView {
    match chunks::state("acd_events_time_line") {
        ChunkState::Ready => entry_points::acd_events_time_line(filters, query),
        _ => ().into_any(),
    }
}

/// The chunk behind every form.
const FORM_CHUNK: &str = "form_tools";

/// Provides what forms need behind their first view.
pub fn provide_form_tools() {
    form_tools::provide(form_tools::FormTools {
        load: || {
            untrack(|| chunks::state(FORM_CHUNK));
        },
        run: |tool, failed| when_loaded(FORM_CHUNK, move || drop(entry_points::form_tools(tool)), failed),
        view: |tool| match chunks::state(FORM_CHUNK) {
            ChunkState::Ready => entry_points::form_tools(tool),
            _ => ().into_any(),
        },
    });
}

/// Calls `run` once the chunk is loaded: at once if it is, so that what `run` does belongs to the event. Calls `failed` if
/// it can't be loaded.
fn when_loaded(chunk: &'static str, run: impl FnOnce() + 'static, failed: impl FnOnce() + 'static) {
    if untrack(|| chunks::state(chunk)) == ChunkState::Ready {
        return run();
    }
    chunks::with_chunk(chunk, run, failed);
}

/// The state of the code that a form's stored draft has to wait for; `None` if the route's page can be shown. Tracked.
fn draft_reader(route: &Route, chunk: &str) -> Option<ChunkState> {
    let is_form = chunk.ends_with("_form") || *route == Route::Account;
    if !is_form || drafts::is_ready() || !drafts::is_stored(&route.path()) {
        return None;
    }
    match chunks::state(FORM_CHUNK) {
        ChunkState::Ready => {
            drop(entry_points::form_tools(FormTool::Cipher(Box::new(|| ()))));
            None
        }
        state => Some(state),
    }
}

/// The chunk behind the form of a new event.
const EVENT_FORM_CHUNK: &str = "acd_events_form_tools";

/// What the form of a new event needs behind its first view.
const EVENT_FORM_TOOLS: EventFormTools =
    EventFormTools { load: load_event_form_tools, fill_sender: fill_event_sender, save: save_event };

fn load_event_form_tools() {
    untrack(|| chunks::state(EVENT_FORM_CHUNK));
}

fn fill_event_sender(fill: FillSender) -> AnyView {
    match chunks::state(EVENT_FORM_CHUNK) {
        ChunkState::Ready => entry_points::acd_events_form_tools(EventFormTool::FillSender(fill)),
        _ => ().into_any(),
    }
}

fn save_event(save: SaveEvent) {
    let run = |save: SaveEvent| drop(entry_points::acd_events_form_tools(EventFormTool::Save(save)));
    if untrack(|| chunks::state(EVENT_FORM_CHUNK)) == ChunkState::Ready {
        return run(save);
    }
    // Save waits, and the form says so.
    save.wait();
    let failed = save.clone();
    chunks::with_chunk(
        EVENT_FORM_CHUNK,
        move || {
            if save.end_wait() {
                run(save);
            }
        },
        move || failed.report_load_failure(),
    );
}

/// What the customers' page needs behind its first view, or a fallback until its chunk is loaded. Tracked.
fn customer_tools(tool: CustomerTool) -> AnyView {
    lazy!(customers_tools, tool)
}

/// What is around the inbox's list, once its chunk is loaded. Tracked.
fn tools_of(tools: InboxTools, part: ToolPart) -> AnyView {
    let chunk = "inbox_tools";
    match chunks::state(chunk) {
        ChunkState::Ready => entry_points::inbox_tools(tools, part),
        // The filters are what is missed first.
        ChunkState::Failed if matches!(part, ToolPart::Filters) => fallback(chunk, ChunkState::Failed),
        _ => ().into_any(),
    }
}

/// The tools of a list, once their chunk is loaded. Tracked.
pub fn list_tools(params: ListParams, part: ListToolsPart) -> AnyView {
    dyn_view(move || match chunks::state("list_tools") {
        ChunkState::Ready => entry_points::list_tools(ListTool::List(params, part)),
        _ => ().into_any(),
    })
    .into_any()
}

/// A form's templates, once their chunk is loaded. Tracked.
pub fn form_templates(templates: FormTemplates) -> AnyView {
    match chunks::state("list_tools") {
        ChunkState::Ready => entry_points::list_tools(ListTool::Templates(templates)),
        _ => ().into_any(),
    }
}

/// A tool for external APIs, or a fallback until its chunk is loaded. Tracked.
fn external_tools(tools: ExternalTools) -> AnyView {
    lazy!(external_apis_tools, tools)
}

/// The history of a record, or a fallback until its chunk is loaded. Tracked.
fn record_history(of: RecordActivity) -> AnyView {
    lazy!(record_activity, of)
}

/// About the chosen vendor account, once its chunk is loaded. Tracked.
fn details_of_account(details: AccountDetails) -> AnyView {
    match chunks::state("account_details") {
        ChunkState::Ready => entry_points::account_details(details),
        _ => ().into_any(),
    }
}

/// The inbox of a user without an agentID, or a fallback until its chunk is loaded.
fn no_agent(agent: Agent) -> AnyView {
    lazy!(inbox_agent, agent)
}

/// Sets the agent's status, once the chunk for it is loaded.
pub fn switch_presence(presence: Presence, online: bool) {
    let chunk = "inbox_presence";
    chunks::with_chunk(
        chunk,
        move || entry_points::inbox_presence(presence, online),
        move || presence.report_load_failure(),
    );
}

/// Prefetches the chunks of these sections when the browser is idle, so that opening them never waits; also sign-in,
/// which is needed when the session expires, and what is behind every form.
pub fn prefetch(sections: &[Route]) {
    chunks::prefetch(sections.iter().filter_map(lazy_page_for).map(|page| page.chunk).chain(["sign_in", FORM_CHUNK]));
}

/// The deferred UI that every page has: nothing until its chunk is loaded. The chunk is requested after the first page,
/// or when something opens a piece of it.
pub fn deferred_ui(route: Memo<Route>) -> AnyView {
    let due = RwSignal::new(false);
    chunks::when_idle(move || {
        due.try_set(true);
    });
    effect(move || {
        if pending_global().is_some() {
            due.set(true);
            if untrack(|| chunks::state("deferred")) == ChunkState::Failed {
                chunks::load("deferred");
            }
        }
    });
    let toasts = use_toasts();
    effect(move || {
        if due.get() && chunks::state("deferred") == ChunkState::Failed && untrack(pending_global).is_some() {
            acknowledge_global();
            toasts.push(Severity::Error, t::shell::part_missing());
        }
    });
    let ready = memo(move || due.get() && chunks::state("deferred") == ChunkState::Ready);
    // Buffers key presses until the chunk is loaded, which has a key handler of its own.
    window_event_listener(ev::keydown, move |event| {
        if untrack(|| !ready.get() && session::user().is_some() && capture_key(&event)) {
            event.prevent_default();
        }
    });
    dyn_view(move || ready.get().then(|| entry_points::deferred(route)))
}

fn fallback(chunk: &'static str, state: ChunkState) -> AnyView {
    if state == ChunkState::Failed {
        return load_error(chunk, ErrorMessage::new(t::shell::page_missing_title(), t::shell::page_missing()));
    }
    view! { <SkeletonBlock /> }.into_any()
}

/// The error of a chunk that failed to load, with a retry, or with a reload if a new build was deployed, in which the
/// chunk has another file name.
fn load_error(chunk: &'static str, problem: ErrorMessage) -> AnyView {
    if build_check::has_new_build() {
        return view! {
            <EmptyState title=t::update_prompt::title message=t::update_prompt::missing icon=IconName::Refresh>
                <Button label=t::update_prompt::reload variant=Variant::Primary on_click=|()| reload() />
            </EmptyState>
        }
        .into_any();
    }
    let again = move |()| {
        chunks::load(chunk);
        // The button that has the focus is removed.
        focus_heading();
    };
    view! { <ErrorPanel problem on_retry=again /> }.into_any()
}

/// Moves the focus from `<main>` to the heading of a page that was loaded lazily: there was no heading when the
/// navigation moved the focus.
fn restore_focus() {
    if document().active_element().is_some_and(|element| element.id() == "main") {
        focus_heading();
    }
}

/// The entry points of the chunks. They are never inlined, so that the splitter finds them.
mod entry_points {
    use super::*;
    use crate::pages::external_apis::with_gateway;

    #[inline(never)]
    pub fn overview(_: Route, _: Memo<Route>) -> AnyView {
        view! { <OverviewPage /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts(_: Route, _: Memo<Route>) -> AnyView {
        view! { <ChannelAccountsPage bulk /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts_bulk(
        selection: RwSignal<Vec<String>>,
        accounts: Accounts,
        rows: FilteredAccounts,
        filtered: Signal<bool>,
    ) -> AnyView {
        view! { <BulkBar selection accounts rows filtered /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts_record(route: Route, _: Memo<Route>) -> AnyView {
        let id = route.id().unwrap_or_default().to_owned();
        view! { <ChannelAccountPage id history=record_history /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts_form(route: Route, _: Memo<Route>) -> AnyView {
        match route {
            Route::EditChannelAccount(id) => view! { <EditChannelAccountPage id credentials /> }.into_any(),
            _ => view! { <NewChannelAccountPage credentials /> }.into_any(),
        }
    }

    #[inline(never)]
    pub fn channel_accounts_credentials(fields: CredentialFields) -> AnyView {
        fields.view()
    }

    #[inline(never)]
    pub fn acd_events(_: Route, _: Memo<Route>) -> AnyView {
        view! { <AcdEventsPage time_line=event_time_line /> }.into_any()
    }

    #[inline(never)]
    pub fn acd_events_time_line(filters: EventFilters, query: Query<EventList>) -> AnyView {
        view! { <TimeLine filters query /> }.into_any()
    }

    #[inline(never)]
    pub fn acd_events_record(route: Route, _: Memo<Route>) -> AnyView {
        let id = route.id().unwrap_or_default().to_owned();
        view! { <AcdEventPage id history=record_history /> }.into_any()
    }

    #[inline(never)]
    pub fn acd_events_form(_: Route, _: Memo<Route>) -> AnyView {
        view! { <NewAcdEventPage tools=EVENT_FORM_TOOLS /> }.into_any()
    }

    #[inline(never)]
    pub fn form_tools(tool: FormTool) -> AnyView {
        tool.run()
    }

    #[inline(never)]
    pub fn acd_events_form_tools(tool: EventFormTool) -> AnyView {
        tool.run()
    }

    #[inline(never)]
    pub fn inbox(_: Route, current: Memo<Route>) -> AnyView {
        view! { <InboxPage route=current ticket=TicketParts { details: ticket, customer } tools=tools_of no_agent /> }
            .into_any()
    }

    #[inline(never)]
    pub fn inbox_tools(tools: InboxTools, part: ToolPart) -> AnyView {
        tools.view(part)
    }

    #[inline(never)]
    pub fn list_tools(tool: ListTool) -> AnyView {
        tool.view()
    }

    #[inline(never)]
    pub fn inbox_agent(agent: Agent) -> AnyView {
        view! { <NoAgent agent /> }.into_any()
    }

    #[inline(never)]
    pub fn inbox_presence(presence: Presence, online: bool) {
        presence.switch(online);
    }

    #[inline(never)]
    pub fn inbox_ticket(open: OpenTicket) -> AnyView {
        // A note is a draft.
        drafts::provide_cipher();
        view! { <TicketDetails open /> }.into_any()
    }

    #[inline(never)]
    pub fn inbox_customer(open: OpenTicket) -> AnyView {
        view! { <CustomerCard open /> }.into_any()
    }

    #[inline(never)]
    pub fn customers(_: Route, _: Memo<Route>) -> AnyView {
        view! { <CustomersPage tools=customer_tools /> }.into_any()
    }

    #[inline(never)]
    pub fn customers_tools(tool: CustomerTool) -> AnyView {
        tool.view()
    }

    #[inline(never)]
    pub fn external_apis(route: Route, _: Memo<Route>) -> AnyView {
        with_gateway(route, |_| view! { <ExternalApisPage tools=external_tools /> }.into_any())
    }

    #[inline(never)]
    pub fn external_apis_record(route: Route, _: Memo<Route>) -> AnyView {
        with_gateway(route, |route| {
            let id = route.id().unwrap_or_default().to_owned();
            view! { <ExternalApiPage id tools=external_tools history=record_history /> }.into_any()
        })
    }

    #[inline(never)]
    pub fn external_apis_form(route: Route, _: Memo<Route>) -> AnyView {
        with_gateway(route, |route| match route {
            Route::EditExternalApi(id) => view! { <EditExternalApiPage id tools=external_tools /> }.into_any(),
            _ => view! { <NewExternalApiPage tools=external_tools /> }.into_any(),
        })
    }

    #[inline(never)]
    pub fn external_apis_tools(tools: ExternalTools) -> AnyView {
        tools.view()
    }

    #[inline(never)]
    pub fn record_activity(of: RecordActivity) -> AnyView {
        view! { <RecordHistory of /> }.into_any()
    }

    #[inline(never)]
    pub fn account(_: Route, _: Memo<Route>) -> AnyView {
        view! { <AccountPage details=details_of_account /> }.into_any()
    }

    #[inline(never)]
    pub fn account_details(details: AccountDetails) -> AnyView {
        details.view(record_history)
    }

    #[inline(never)]
    pub fn account_agents(route: Route, _: Memo<Route>) -> AnyView {
        let account = route.id().unwrap_or_default().to_owned();
        view! { <AccountAgentsPage account /> }.into_any()
    }

    #[inline(never)]
    pub fn agents(_: Route, _: Memo<Route>) -> AnyView {
        view! { <AgentsPage /> }.into_any()
    }

    #[inline(never)]
    pub fn activity(_: Route, _: Memo<Route>) -> AnyView {
        view! { <ActivityPage /> }.into_any()
    }

    #[inline(never)]
    pub fn sign_in(over: Option<RwSignal<bool>>) -> AnyView {
        match over {
            Some(open) => view! { <SignInDialog open /> }.into_any(),
            None => view! { <SignInForm /> }.into_any(),
        }
    }

    #[inline(never)]
    pub fn deferred(route: Memo<Route>) -> AnyView {
        view! { <DeferredUi route /> }.into_any()
    }

    #[inline(never)]
    pub fn settings(_: Route, _: Memo<Route>) -> AnyView {
        view! { <SettingsPage /> }.into_any()
    }

    #[cfg(feature = "gallery")]
    #[inline(never)]
    pub fn gallery(_: Route, _: Memo<Route>) -> AnyView {
        view! { <div class="page"><crate::ui::gallery::Gallery /></div> }.into_any()
    }
}
