//! Several customers at once, from a pasted column: one look-up after the other, and a table of what was found.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::sobot::{Customer, QueryCustomer};
use trunkline_model::csv::{BYTE_ORDER_MARK, file_name, push_row};
use trunkline_model::customer_lookup::{lookup_of, pasted_column};

use crate::browser::clock::today;
use crate::browser::download;
use crate::components::customer_summary::non_blank;
use crate::components::describe;
use crate::fetch::send;
use crate::i18n::{count_of, number, t};
use crate::reactive::{catalogue, fixed, live_text};
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::{Button, ErrorMessage, ErrorPanel, IconName, Severity, TextArea, use_toasts};

/// Look-ups of one run at most: a person has two hundred in ten minutes.
const MAX_LINES: usize = 100;

/// The table's columns.
const COLUMNS: [fn() -> String; 5] =
    [t::customers::looked_up, t::customers::name, t::customers::tel, t::customers::email, t::customers::id];

/// What came of a line.
#[derive(Clone)]
enum Outcome {
    Waiting,
    Found(Arc<Customer>),
    Missing,
}

/// A line of the column.
#[derive(Clone)]
struct Line {
    typed: String,
    outcome: Outcome,
}

/// The run. Copies share its state.
#[derive(Clone, Copy)]
struct Run {
    lines: RwSignal<Vec<Line>, LocalStorage>,
    running: RwSignal<bool>,
    problem: RwSignal<Option<ErrorMessage>>,
}

impl Run {
    fn start(self, text: &str) {
        let line = |typed| Line { typed, outcome: Outcome::Waiting };
        self.lines.set(pasted_column(text).into_iter().take(MAX_LINES).map(line).collect());
        self.resume();
    }

    /// Looks up the lines that wait. An error ends the run: the rest waits for the person.
    fn resume(self) {
        if self.running.get_untracked() {
            return;
        }
        self.running.set(true);
        self.problem.set(None);
        spawn_local(async move {
            while let Some((at, typed)) = self.next() {
                match send(&QueryCustomer { query: lookup_of(&typed) }, None).await {
                    Ok(found) => {
                        let outcome = found.map_or(Outcome::Missing, |customer| Outcome::Found(Arc::new(customer)));
                        self.lines.try_update(|lines| lines.get_mut(at).map(|line| line.outcome = outcome));
                    }
                    Err(error) => {
                        self.problem.try_set(Some(describe(&error)));
                        break;
                    }
                }
            }
            self.running.try_set(false);
        });
    }

    /// The next line that waits; `None` if there is none, the run was stopped, or its page left.
    fn next(self) -> Option<(usize, String)> {
        self.running.try_get_untracked().filter(|running| *running)?;
        self.lines.try_with_untracked(|lines| {
            let is_waiting = |line: &&Line| matches!(line.outcome, Outcome::Waiting);
            let at = lines.iter().position(|line| is_waiting(&line))?;
            Some((at, lines.get(at)?.typed.clone()))
        })?
    }

    fn count(self, counts: fn(&Outcome) -> bool) -> i64 {
        self.lines
            .with(|lines| lines.iter().filter(|line| counts(&line.outcome)).count())
            .try_into()
            .unwrap_or(i64::MAX)
    }

    fn is_done(self) -> bool {
        self.count(|outcome| matches!(outcome, Outcome::Waiting)) == 0
    }
}

/// The column and what was found, as a file.
fn to_csv(lines: &[Line]) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    let headers = COLUMNS.map(|column| column());
    push_row(&mut text, headers.iter().map(String::as_str));
    for Line { typed, outcome } in lines {
        let found = match outcome {
            Outcome::Found(customer) => {
                let [tel, email, id] =
                    [&customer.tel, &customer.email, &customer.id].map(non_blank).map(Option::unwrap_or_default);
                [customer.title(), tel, email, id]
            }
            Outcome::Missing => [t::customers::none_title(), String::new(), String::new(), String::new()],
            Outcome::Waiting => Default::default(),
        };
        push_row(&mut text, std::iter::once(typed.as_str()).chain(found.iter().map(String::as_str)));
    }
    text
}

/// A field for the column, and the table.
#[component]
pub fn ManyLookups() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let run =
        Run { lines: RwSignal::new_local(Vec::new()), running: RwSignal::new(false), problem: RwSignal::new(None) };
    let progress = move || {
        let all = count_of(run.lines.with(Vec::len));
        let waiting = run.count(|outcome| matches!(outcome, Outcome::Waiting));
        let found = run.count(|outcome| matches!(outcome, Outcome::Found(_)));
        t::customers::many_progress(&number(all - waiting), &number(found), &number(all))
    };
    let goes_on = move || !run.running.get() && run.lines.with(|lines| !lines.is_empty()) && !run.is_done();
    let table = move || {
        let lines = run.lines.get();
        (!lines.is_empty()).then(|| {
            view! {
                <p role="status" prop:textContent=live_text(progress) />
                <div class="plain-table-scroll" role="group" tabindex="0" aria-label=t::customers::many>
                    <table class="plain-table" aria-label=t::customers::many>
                        <thead>
                            <tr>
                                {COLUMNS.map(|label| view! { <th scope="col" prop:textContent=catalogue(label) /> }.into_any()).collect_view()}
                            </tr>
                        </thead>
                        <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            }
            .into_any()
        })
    };
    let toasts = use_toasts();
    let export = move |()| {
        let text = run.lines.with_untracked(|lines| to_csv(lines));
        let name = file_name(&t::routes::customers(), &today());
        match download::text_file(&text).and_then(|file| download::save(&file, &name)) {
            Ok(()) => {
                let count = run.lines.with_untracked(Vec::len);
                toasts.push(Severity::Success, t::list_tools::exported(count_of(count)));
            }
            Err(_) => toasts.push(Severity::Error, t::list_tools::export_failed()),
        }
    };
    let exportable = move || !run.running.get() && run.lines.with(|lines| !lines.is_empty());
    view! {
        <TextArea label=t::customers::column value=text hint=move || t::customers::column_hint(&MAX_LINES.to_string()) />
        <div class="row">
            <Button
                label=t::customers::ask_many
                icon=IconName::Search
                busy=run.running
                on_click=move |()| text.with_untracked(|text| run.start(text))
            />
            {move || run.running.get().then(|| view! { <Button label=t::customers::stop on_click=move |()| run.running.set(false) /> }.into_any())}
            {move || goes_on().then(|| view! { <Button label=t::customers::go_on on_click=move |()| run.resume() /> }.into_any())}
            {move || exportable().then(|| view! { <Button label=t::list_tools::export on_click=export /> }.into_any())}
        </div>
        {move || run.problem.get().map(|problem| view! { <ErrorPanel problem /> }.into_any())}
        {table}
    }
}

fn row(line: Line) -> AnyView {
    let Line { typed, outcome } = line;
    let cell = |value: Option<String>| {
        view! { <td><bdi dir="ltr" prop:textContent=fixed(value.unwrap_or_default()) /></td> }.into_any()
    };
    let cells = match outcome {
        Outcome::Waiting => view! { <td colspan="4" class="muted">"…"</td> }.into_any(),
        Outcome::Missing => {
            view! { <td colspan="4" class="muted" prop:textContent=catalogue(t::customers::none_title) /> }.into_any()
        }
        Outcome::Found(customer) => {
            let id = non_blank(&customer.id);
            let name = Some(customer.title()).filter(|name| !name.is_empty()).unwrap_or_else(t::customers::unnamed);
            let name = match &id {
                Some(id) => {
                    let url = href(&Route::Customers, &[("id", id)]);
                    view! { <a href=url><bdi prop:textContent=fixed(name) /></a> }.into_any()
                }
                None => view! { <bdi prop:textContent=fixed(name) /> }.into_any(),
            };
            view! {
                <td>{name}</td>
                {cell(non_blank(&customer.tel))}
                {cell(non_blank(&customer.email))}
                {cell(id)}
            }
            .into_any()
        }
    };
    view! { <tr><th scope="row"><bdi dir="auto" prop:textContent=fixed(typed) /></th>{cells}</tr> }.into_any()
}
