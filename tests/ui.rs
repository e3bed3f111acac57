//! The component kit in a real browser: what assistive technology and keyboards meet, and how long tables behave.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use trunkline::i18n::{self, LANGUAGES, t};
use trunkline::parts::draft::text;
use trunkline::parts::{Draft, DraftNotice, use_draft};
use trunkline::ui::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement, MouseEvent, MouseEventInit};

mod browser;

wasm_bindgen_test_configure!(run_in_browser);

/// A place in the document; it goes when the test ends.
struct Stage {
    root: HtmlElement,
    handle: Option<Box<dyn std::any::Any>>,
}

impl Stage {
    fn new<N: IntoView + 'static>(view: impl FnOnce() -> N + 'static) -> Self {
        speak("en");
        let root: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let handle = mount_to(root.clone(), move || view().into_any());
        Self { root, handle: Some(Box::new(handle)) }
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().dyn_into().unwrap()).collect()
    }

    fn one(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector}")).dyn_into().unwrap()
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.text_content().unwrap()).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.handle.take();
        self.root.remove();
    }
}

/// Puts a language in force; the texts are the English ones, as the build packs them.
fn speak(tag: &str) {
    let texts = js_sys::JSON::parse(include_str!(concat!(env!("OUT_DIR"), "/english.json"))).unwrap();
    let language = LANGUAGES.iter().find(|language| language.tag == tag).unwrap();
    i18n::provide(*language, texts.dyn_into().unwrap());
}

/// Until the condition holds, frame by frame; fails after some 300 frames.
async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..300 {
        tick().await;
        if holds() {
            return;
        }
        next_frame().await;
    }
    panic!("never: {what}");
}

async fn next_frame() {
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
}

fn focused() -> Option<Element> {
    document().active_element()
}

fn type_into(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    input.dispatch_event(&web_sys::Event::new_with_event_init_dict("input", &options).unwrap()).unwrap();
}

fn press(target: &HtmlElement, key: &str) {
    let options = web_sys::KeyboardEventInit::new();
    options.set_key(key);
    options.set_bubbles(true);
    options.set_cancelable(true);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
    target.dispatch_event(&event).unwrap();
}

#[derive(Clone, Debug)]
struct Thing {
    id: usize,
    name: String,
    size: i64,
}

fn things(count: usize) -> Vec<Arc<Thing>> {
    (0..count)
        .map(|id| Arc::new(Thing { id, name: format!("Thing {id}"), size: i64::try_from(count - id).unwrap() }))
        .collect()
}

fn columns() -> Vec<Column<Thing>> {
    vec![
        Column::link("name", || "Name".into(), |row: &Thing| row.name.clone(), |row| format!("/things/{}", row.id)),
        Column::text("size", || "Size".into(), |row: &Thing| row.size.to_string())
            .sort(|row| SortKey::number(Some(row.size))),
    ]
}

/// A table 400 px high.
fn table(rows: RwSignal<Vec<Arc<Thing>>>, sort: RwSignal<Option<Sort>>, cursor: Cursor) -> Stage {
    let stage = Stage::new(move || {
        view! {
            <DataTable
                name="Things"
                rows
                id=|row: &Thing| row.id.to_string()
                columns=columns()
                sort
                on_sort=move |to| sort.set(to)
                cursor
            />
        }
    });
    let style = stage.one(".table-scroll").style();
    style.set_property("height", "400px").unwrap();
    style.set_property("overflow", "auto").unwrap();
    // No style sheet is loaded here: give rows the height the table reckons with.
    let sheet = document().create_element("style").unwrap();
    sheet.set_text_content(Some(
        ".table { border-spacing: 0 } .table tbody tr:not(.spacer) > * { height: 36px; padding: 0 }",
    ));
    stage.root.append_child(&sheet).unwrap();
    stage
}

#[wasm_bindgen_test]
async fn a_switch_says_its_state_in_words_and_leaves_the_decision_to_its_owner() {
    let (checked, asked) = (RwSignal::new(false), RwSignal::new(None));
    let stage = Stage::new(move || view! { <Switch label="Online" checked on_change=move |to| asked.set(Some(to)) /> });
    let switch = stage.one("[role=switch]");
    assert_eq!(switch.get_attribute("aria-checked").as_deref(), Some("false"));
    assert_eq!(switch.text_content().as_deref(), Some("Online"));
    switch.click();
    tick().await;
    assert_eq!(asked.get_untracked(), Some(true));
    assert_eq!(switch.get_attribute("aria-checked").as_deref(), Some("false"), "nobody has changed it yet");
    checked.set(true);
    tick().await;
    assert_eq!(switch.get_attribute("aria-checked").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_busy_button_keeps_its_focus_and_takes_no_click() {
    static CLICKS: AtomicUsize = AtomicUsize::new(0);
    let busy = RwSignal::new(false);
    let click = |()| {
        CLICKS.fetch_add(1, Ordering::Relaxed);
    };
    let stage = Stage::new(move || view! { <Button label="Test" busy on_click=click /> });
    let button = stage.one("button");
    button.focus().unwrap();
    button.click();
    busy.set(true);
    tick().await;
    button.click();
    assert_eq!(CLICKS.load(Ordering::Relaxed), 1);
    assert_eq!(button.get_attribute("aria-busy").as_deref(), Some("true"));
    assert!(!button.has_attribute("disabled"));
    assert_eq!(focused().as_ref(), Some(&*button));
}

#[wasm_bindgen_test]
async fn a_field_ties_its_label_hint_and_error_to_its_control() {
    let error = RwSignal::new(None::<String>);
    let value = RwSignal::new(String::new());
    let stage = Stage::new(move || view! { <TextField label="Name" value error hint="As shown." required=true /> });
    let (label, input) = (stage.one("label"), stage.one("input").unchecked_into::<HtmlInputElement>());
    assert_eq!(label.text_content().as_deref(), Some("Name"), "the name alone");
    assert_eq!(label.get_attribute("for"), Some(input.id()));
    assert_eq!(input.get_attribute("aria-required").as_deref(), Some("true"));
    assert_eq!(input.get_attribute("aria-invalid"), None);
    error.set(Some("Missing".into()));
    tick().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described: Vec<_> = input
        .get_attribute("aria-describedby")
        .unwrap()
        .split(' ')
        .map(|id| document().get_element_by_id(id).unwrap().text_content().unwrap())
        .collect();
    assert_eq!(described, ["As shown.", "Missing"]);
    type_into(&input, "Ada");
    assert_eq!(value.get_untracked(), "Ada");
    value.set("Grace".into());
    tick().await;
    assert_eq!(input.value(), "Grace");
}

#[wasm_bindgen_test]
async fn a_select_shows_a_value_that_is_no_choice() {
    let value = RwSignal::new("strange".to_owned());
    let choices = RwSignal::new(Vec::<Choice>::new());
    let stage = Stage::new(move || view! { <SelectField label="Type" value choices /> });
    let select: web_sys::HtmlSelectElement = stage.one("select").unchecked_into();
    assert_eq!(select.value(), "strange");
    choices.set(vec![Choice::new("", "None"), Choice::new("a", "Alpha")]);
    value.set("a".into());
    tick().await;
    assert_eq!((select.value().as_str(), select.length()), ("a", 2));
}

#[wasm_bindgen_test]
async fn a_form_focuses_the_first_wrong_value_and_is_sent_once() {
    static SENT: AtomicUsize = AtomicUsize::new(0);
    let (saving, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let (first, second) = (RwSignal::new("x".to_owned()), RwSignal::new(String::new()));
    let submit = move |()| {
        if second.read_untracked().is_empty() {
            error.set(Some("Missing".into()));
        } else {
            error.set(None);
            saving.set(true);
            SENT.fetch_add(1, Ordering::Relaxed);
        }
    };
    let problem = RwSignal::new(None::<Problem>);
    let stage = Stage::new(move || {
        view! {
            <FormShell title="New thing" error=problem saving on_submit=submit cancel_href="/things">
                <TextField label="First" value=first />
                <TextField label="Second" value=second error />
            </FormShell>
        }
    });
    let save = stage.one("button[type=submit]");
    assert_eq!(stage.texts("h1"), ["New thing"]);
    assert_eq!(save.text_content().as_deref(), Some("Save"));
    save.click();
    let wrong = stage.all("input")[1].clone();
    until("focus on the second field", || focused().as_ref() == Some(&wrong)).await;
    second.set("y".into());
    save.click();
    tick().await;
    save.click();
    let form: web_sys::HtmlFormElement = stage.one("form").unchecked_into();
    form.request_submit().unwrap();
    tick().await;
    assert_eq!(SENT.load(Ordering::Relaxed), 1, "a second submit while saving is ignored");
    // The vendor refuses it: the form's own error has the focus, for no field is wrong.
    problem.set(Some(Problem::new("Not saved", "The name is taken.")));
    saving.set(false);
    until("focus on the form's error", || {
        focused().is_some_and(|element| element.get_attribute("role").as_deref() == Some("alert"))
    })
    .await;
}

#[wasm_bindgen_test]
async fn ten_thousand_rows_are_at_most_eighty_in_the_document() {
    let (rows, sort) = (RwSignal::new(things(10_000)), RwSignal::new(None));
    let stage = table(rows, sort, Cursor::new());
    tick().await;
    let table = stage.one("table");
    assert_eq!(table.get_attribute("aria-rowcount").as_deref(), Some("10001"));
    assert_eq!(table.get_attribute("aria-label").as_deref(), Some("Things"));
    assert_eq!(stage.one("thead tr").get_attribute("aria-rowindex").as_deref(), Some("1"));
    let first = stage.one("tbody tr[aria-rowindex]");
    assert_eq!(first.get_attribute("aria-rowindex").as_deref(), Some("2"));
    assert_eq!(stage.texts("tbody th a")[0], "Thing 0", "the accessible name is the record's name alone");
    assert!(stage.all("tbody tr[aria-rowindex]").len() <= 80);
    let scroller = stage.one(".table-scroll");
    scroller.set_scroll_top(36 * 5000);
    until("row 5000 in the document", || stage.texts("tbody th a").contains(&"Thing 5005".to_owned())).await;
    assert!(stage.all("tbody tr[aria-rowindex]").len() <= 80);
    let link = stage.all("tbody tr[data-row='5005']")[0].clone();
    assert_eq!(link.get_attribute("aria-rowindex").as_deref(), Some("5007"));
    let seen = link.get_bounding_client_rect().top() - scroller.get_bounding_client_rect().top();
    assert!((0.0..400.0).contains(&seen), "the spacer puts a row where it belongs, not at {seen}");
    // A refresh of the same records keeps the place and the element.
    rows.set(things(10_000));
    tick().await;
    assert_eq!(scroller.scroll_top(), 36 * 5000);
    assert!(stage.all("tbody tr[data-row='5005']")[0].is_same_node(Some(&link)));
    // A filter that leaves three rows shows them, wherever the table was scrolled to.
    rows.set(things(3));
    until("three rows", || stage.all("tbody tr[aria-rowindex]").len() == 3).await;
    assert_eq!(table.get_attribute("aria-rowcount").as_deref(), Some("4"));
}

#[wasm_bindgen_test]
async fn a_header_sorts_up_down_and_back() {
    let (rows, sort) = (RwSignal::new(things(200)), RwSignal::new(None));
    let stage = table(rows, sort, Cursor::new());
    tick().await;
    let header = stage.all("thead th")[1].clone();
    let button: HtmlElement = header.query_selector("button").unwrap().unwrap().unchecked_into();
    let state = || (header.get_attribute("aria-sort").unwrap(), stage.texts("tbody th a")[0].clone());
    assert_eq!(state(), ("none".into(), "Thing 0".into()));
    button.click();
    tick().await;
    assert_eq!(state(), ("ascending".into(), "Thing 199".into()), "the last thing is the smallest");
    button.click();
    tick().await;
    assert_eq!(state(), ("descending".into(), "Thing 0".into()));
    button.click();
    tick().await;
    assert_eq!(sort.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn a_changed_record_changes_its_row_in_place() {
    let (rows, sort) = (RwSignal::new(things(5)), RwSignal::new(None));
    let stage = table(rows, sort, Cursor::new());
    tick().await;
    let link = stage.one("tbody tr[data-row='2'] a");
    link.focus().unwrap();
    rows.update(|rows| rows[2] = Arc::new(Thing { id: 2, name: "Renamed".into(), size: 9 }));
    tick().await;
    assert_eq!(link.text_content().as_deref(), Some("Renamed"));
    assert_eq!(focused().as_ref(), Some(&*link), "the element is the same and keeps the focus");
}

#[wasm_bindgen_test]
async fn a_row_is_handed_on_with_nothing_of_the_record_before_but_never_the_focused_one() {
    let (rows, sort) = (RwSignal::new(things(1000)), RwSignal::new(None));
    let selection = RwSignal::new(vec!["3".to_owned()]);
    let stage = Stage::new(move || {
        let mut columns = columns();
        let state = |row: &Thing| match row.id % 3 {
            0 => Cell::tag((Tone::Good, "Whole".into())).and(format!("{} kg", row.size)),
            1 => Cell::text(row.size.to_string()).left_to_right(),
            _ => Cell::default(),
        };
        let state = Column::new("state", || "State".into(), state).titled(|row: &Thing| format!("Weighed: {}", row.id));
        columns.push(state);
        columns.push(Column::view(
            "copy",
            || "Copy".into(),
            |row: Signal<Option<Thing>>| view! { <output>{move || row.get().map(|row| row.id)}</output> }.into_any(),
        ));
        view! { <DataTable name="Things" rows id=|row: &Thing| row.id.to_string() columns sort selection /> }
    });
    tick().await;
    let texts = |id: usize| stage.texts(&format!("tbody tr[data-row='{id}'] > :not(:first-child)"));
    assert_eq!(texts(3), ["Thing 3", "997", "Whole997 kg", "3"]);
    assert_eq!(stage.one("tr[data-row='3'] .badge + bdi").text_content().as_deref(), Some("997 kg"));
    // What a cell tells on hover comes with the pointer: the whole of a text, or what the column says.
    assert!(stage.all("tbody [title]").is_empty());
    let hover = |selector: &str| {
        let over = MouseEventInit::new();
        over.set_bubbles(true);
        let over = MouseEvent::new_with_mouse_event_init_dict("mouseover", &over).unwrap();
        stage.one(selector).dispatch_event(&over).unwrap();
    };
    hover("tr[data-row='3'] .badge + bdi");
    hover("tr[data-row='3'] a");
    let titles =
        || stage.all("tbody [title]").iter().map(|told| told.get_attribute("title").unwrap()).collect::<Vec<_>>();
    assert_eq!(titles(), ["Thing 3", "Weighed: 3"]);
    let ticked: HtmlInputElement = stage.one("tr[data-row='3'] input").unchecked_into();
    assert!(ticked.checked());
    assert_eq!(stage.one("tr[data-row='3']").get_attribute("aria-selected").as_deref(), Some("true"));
    let (handed_on, focused_row) = (stage.one("tr[data-row='3']"), stage.one("tr[data-row='4']"));
    stage.one("tr[data-row='4'] a").focus().unwrap();
    // Of those that were to be seen none is left: their rows show others now, each all of its own record.
    rows.update(|rows| drop(rows.drain(..500)));
    tick().await;
    for id in 500..505 {
        let size = 1000 - id;
        let state = match id % 3 {
            0 => format!("Whole{size} kg"),
            1 => size.to_string(),
            _ => String::new(),
        };
        assert_eq!(texts(id), [format!("Thing {id}"), size.to_string(), state, id.to_string()]);
        assert_eq!(stage.all(&format!("tr[data-row='{id}'] .badge")).len(), usize::from(id % 3 == 0));
        assert_eq!(stage.all(&format!("tr[data-row='{id}'] [dir=ltr]")).len(), usize::from(id % 3 == 1));
        assert_eq!(stage.one(&format!("tr[data-row='{id}'] a")).get_attribute("href"), Some(format!("/things/{id}")));
    }
    assert!(stage.all("tbody [aria-selected=true]").is_empty());
    assert!(stage.all("tbody input:checked").is_empty());
    assert!(handed_on.is_connected(), "a row that left the window was handed on");
    let id = handed_on.get_attribute("data-row").unwrap();
    assert_eq!(titles(), [format!("Thing {id}"), format!("Weighed: {id}")], "what it tells is of its own record too");
    assert!(!focused_row.is_connected(), "the row with the focus was not");
}

#[wasm_bindgen_test]
async fn a_row_that_changes_places_keeps_the_focus_and_a_tick_belongs_to_its_record() {
    let (rows, sort) = (RwSignal::new(things(20)), RwSignal::new(None));
    let selection = RwSignal::new(Vec::new());
    let stage = Stage::new(move || {
        let id = |row: &Thing| row.id.to_string();
        view! { <DataTable name="Things" rows id columns=columns() sort on_sort=move |to| sort.set(to) selection /> }
    });
    tick().await;
    let link = stage.one("tr[data-row='7'] a");
    link.focus().unwrap();
    sort.set(Some(Sort { key: "size".into(), descending: false }));
    tick().await;
    assert_eq!(stage.texts("tbody th a")[..2], ["Thing 19", "Thing 18"]);
    assert_eq!(focused().as_ref(), Some(&*link));
    stage.one("tr[data-row='18'] input").click();
    tick().await;
    assert_eq!(selection.get_untracked(), ["18"]);
    assert_eq!(stage.one("tr[data-row='18']").get_attribute("aria-selected").as_deref(), Some("true"));
    assert_eq!(stage.one("tr[data-row='18'] input").get_attribute("aria-label").as_deref(), Some("Select Thing 18"));
    sort.set(None);
    tick().await;
    assert_eq!(stage.all("tbody input:checked").len(), 1);
    assert!(stage.one("tr[data-row='18'] input").unchecked_into::<HtmlInputElement>().checked());
}

#[wasm_bindgen_test]
async fn a_letter_more_asks_only_what_fitted_in_any_order_and_a_new_list_is_asked_anew() {
    let (rows, sort) = (RwSignal::new(things(30)), RwSignal::new(None));
    let query = RwSignal::new(("", false));
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let keep = Callback::new(move |()| {
        let ((words, narrows), counted) = (query.get(), Arc::clone(&counted));
        let fits = move |row: &Thing| {
            counted.fetch_add(1, Ordering::Relaxed);
            row.name.contains(words)
        };
        (!words.is_empty()).then(|| Keep { fits: Box::new(fits), narrows })
    });
    let stage = Stage::new(move || {
        let id = |row: &Thing| row.id.to_string();
        view! { <DataTable name="Things" rows id columns=columns() sort keep /> }
    });
    let shows = async |names: &[&str], times: usize| {
        tick().await;
        assert_eq!(stage.texts("tbody th a"), names);
        assert_eq!(asked.swap(0, Ordering::Relaxed), times);
    };
    query.set(("g 2", true));
    let twenties = (20..30).map(|id| format!("Thing {id}"));
    let mut twos: Vec<String> = std::iter::once("Thing 2".to_owned()).chain(twenties).collect();
    shows(&twos.iter().map(String::as_str).collect::<Vec<_>>(), 30).await;
    // Turned around: the page was not told more, so it narrows as before.
    sort.set(Some(Sort { key: "size".into(), descending: false }));
    twos.reverse();
    shows(&twos.iter().map(String::as_str).collect::<Vec<_>>(), 11).await;
    query.set(("g 21", true));
    shows(&["Thing 21"], 11).await;
    query.set(("g 1", false));
    sort.set(None);
    let ones = ["Thing 1", "Thing 10", "Thing 11", "Thing 12", "Thing 13", "Thing 14", "Thing 15", "Thing 16"];
    shows(&[&ones[..], &["Thing 17", "Thing 18", "Thing 19"]].concat(), 30).await;
    // Another list: what fitted before says nothing of it.
    rows.update(|rows| rows[5] = Arc::new(Thing { id: 5, name: "Thing 1!".into(), size: 9 }));
    query.set(("g 1!", true));
    shows(&["Thing 1!"], 30).await;
}

#[wasm_bindgen_test]
async fn keys_move_the_cursor_and_the_focus_beyond_the_window() {
    let (rows, sort, cursor) = (RwSignal::new(things(1000)), RwSignal::new(None), Cursor::new());
    let stage = table(rows, sort, cursor);
    let scroller = stage.one(".table-scroll");
    let at = |name: &str| focused().and_then(|element| element.text_content()).as_deref() == Some(name);
    press(&scroller, "j");
    until("focus on the first row", || at("Thing 0")).await;
    press(&scroller, "ArrowDown");
    until("focus on the second row", || at("Thing 1")).await;
    press(&scroller, "End");
    until("focus on the last row", || at("Thing 999")).await;
    assert_eq!(cursor.current.get_untracked().as_deref(), Some("999"));
    assert_eq!(stage.all("[aria-current=true]").len(), 1);
    press(&scroller, "k");
    until("focus on the row before it", || at("Thing 998")).await;
}

#[wasm_bindgen_test]
async fn what_stands_in_for_rows_has_no_place_and_an_empty_table_says_so() {
    let loading = RwSignal::new(true);
    let rows = RwSignal::new(things(0));
    let stage = Stage::new(move || {
        let empty = || view! { <EmptyState title="No things yet" /> };
        view! { <DataTable name="Things" rows id=|row: &Thing| row.id.to_string() columns=columns() loading empty /> }
    });
    assert_eq!(stage.all("tbody[aria-hidden=true] tr").len(), 1);
    assert!(stage.all("tbody tr[aria-rowindex]").is_empty());
    loading.set(false);
    tick().await;
    assert!(stage.all("tbody tr").is_empty());
    assert_eq!(stage.texts("h2"), ["No things yet"]);
}

#[wasm_bindgen_test]
async fn a_dialog_is_named_closes_and_gives_the_focus_back() {
    let open = RwSignal::new(false);
    let stage = Stage::new(move || {
        view! {
            <Button label="Open" on_click=move |()| open.set(true) />
            <Dialog open title="A question"><p>"Inside"</p></Dialog>
        }
    });
    let opener = stage.one("button");
    opener.focus().unwrap();
    opener.click();
    let dialog: web_sys::HtmlDialogElement = stage.one("dialog").unchecked_into();
    until("the dialog is open", || dialog.open()).await;
    let heading = document().get_element_by_id(&dialog.get_attribute("aria-labelledby").unwrap()).unwrap();
    assert_eq!(heading.text_content().as_deref(), Some("A question"));
    assert!(dialog.contains(focused().map(Into::into).as_ref()));
    dialog.close();
    until("the state follows", || !open.get_untracked()).await;
    assert_eq!(focused().as_ref(), Some(&*opener));
    assert!(stage.all("dialog p").is_empty(), "its children exist only while it is open");
}

#[wasm_bindgen_test]
async fn a_loss_asks_for_the_name_first() {
    static DONE: AtomicUsize = AtomicUsize::new(0);
    let open = RwSignal::new(true);
    let confirm = |()| {
        DONE.fetch_add(1, Ordering::Relaxed);
    };
    let stage = Stage::new(move || {
        view! {
            <ConfirmDialog
                open title="Disable Acme?" message="No more messages." confirm_label="Disable"
                type_to_confirm="Acme" on_confirm=confirm
            />
        }
    });
    tick().await;
    let button = stage.one("[data-variant=danger-solid]");
    let input: HtmlInputElement = stage.one("input").unchecked_into();
    assert_eq!(focused().as_ref(), Some(&**input), "not the cross");
    type_into(&input, "acme");
    button.click();
    tick().await;
    assert_eq!(DONE.load(Ordering::Relaxed), 0);
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    type_into(&input, "Acme");
    button.click();
    assert_eq!(DONE.load(Ordering::Relaxed), 1);
}

#[wasm_bindgen_test]
async fn an_error_is_spoken_and_can_be_tried_again() {
    static TRIES: AtomicUsize = AtomicUsize::new(0);
    let retry = |()| {
        TRIES.fetch_add(1, Ordering::Relaxed);
    };
    let problem = Problem { title: "No events".into(), message: "Timed out".into(), details: "GET /x".into() };
    let stage = Stage::new(move || view! { <ErrorPanel problem on_retry=retry /> });
    let panel = stage.one("[role=alert]");
    assert!(panel.text_content().unwrap().contains("Timed out"));
    assert_eq!(stage.texts("details pre"), ["GET /x"]);
    let buttons = stage.all("button");
    let button = buttons.iter().find(|button| button.text_content().as_deref() == Some("Retry")).unwrap();
    button.clone().unchecked_into::<HtmlElement>().click();
    assert_eq!(TRIES.load(Ordering::Relaxed), 1);
}

#[wasm_bindgen_test]
async fn toasts_speak_by_their_kind_and_leave_empty_regions() {
    let given = StoredValue::new(None);
    let stage = Stage::new(move || {
        given.set_value(Some(provide_toasts()));
        view! { <ToastRegion /> }
    });
    let toasts = given.get_value().unwrap();
    assert_eq!(stage.texts("[role]"), ["", ""], "regions stand ready and say nothing");
    toasts.push(Kind::Success, "Saved");
    toasts.push(Kind::Error, "Refused");
    tick().await;
    assert_eq!(stage.texts("[role=status] .toast > span"), ["Saved"]);
    assert_eq!(stage.texts("[role=alert] .toast > span"), ["Refused"]);
    stage.one("[role=alert] button").click();
    tick().await;
    assert_eq!(stage.texts("[role=alert]"), [""]);
}

#[wasm_bindgen_test]
async fn a_menu_moves_by_keys_and_gives_the_focus_back() {
    let item = |label: &'static str| MenuItem {
        label: label.into(),
        icon: None,
        danger: false,
        action: Callback::new(|()| ()),
    };
    let stage = Stage::new(move || view! { <Menu label="More" items=vec![item("Edit"), item("Remove")] /> });
    let button = stage.one("button");
    button.click();
    until("focus on the first entry", || focused().and_then(|it| it.text_content()).as_deref() == Some("Edit")).await;
    let menu = stage.one("[role=menu]");
    press(&menu, "ArrowDown");
    assert_eq!(focused().unwrap().text_content().as_deref(), Some("Remove"));
    press(&menu, "Escape");
    tick().await;
    assert!(stage.all("[role=menu]").is_empty());
    assert_eq!(focused().as_ref(), Some(&*button));
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
}

mod plain {
    use trunkline::ui::badge::initials;
    use trunkline::ui::table::sort::Order;
    use trunkline::ui::table::window::{MOST, OVERSCAN, scroll_to, window};
    use trunkline::ui::{Sort, SortKey, Step};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_window_covers_what_is_seen_and_never_more_than_80_rows() {
        assert_eq!(window(80, 1e6, 400.0, 36.0, OVERSCAN), 0..80, "short tables are drawn whole");
        for count in [81_usize, 100, 10_000] {
            for top in [0.0, 17.0, 500.0, 3599.0, 179_999.0, 359_600.0, 1e9, -20.0, f64::NAN] {
                for height in [0.0, 400.0, 1300.0, 2160.0] {
                    for ready in [0, OVERSCAN] {
                        let range = window(count, top, height, 36.0, ready);
                        assert!(range.len() <= MOST && range.end <= count, "{range:?} of {count} at {top}");
                        let rows = (top.clamp(0.0, 1e9) / 36.0) as usize;
                        let last = rows + (height / 36.0) as usize;
                        if last < count {
                            assert!(range.start <= rows && last < range.end, "{range:?} at {top}, {height} px");
                        }
                        assert!(!range.is_empty());
                    }
                }
            }
        }
    }

    #[wasm_bindgen_test]
    fn scrolling_goes_no_further_than_needed() {
        assert_eq!(scroll_to(3, 0.0, 360.0, 36.0), None);
        assert_eq!(scroll_to(10, 0.0, 360.0, 36.0), Some(36.0));
        assert_eq!(scroll_to(2, 360.0, 360.0, 36.0), Some(72.0));
    }

    #[wasm_bindgen_test]
    fn unknown_values_come_last_both_ways_and_equals_stay() {
        let keys = [SortKey::text("b"), SortKey::None, SortKey::text("A"), SortKey::text("B")];
        assert_eq!(Order::of(&keys).places(false), [2, 0, 3, 1]);
        assert_eq!(Order::of(&keys).places(true), [0, 3, 2, 1]);
    }

    #[wasm_bindgen_test]
    fn a_sort_survives_the_url() {
        for text in ["name", "-name"] {
            assert_eq!(Sort::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Sort::parse(""), None);
        assert_eq!(Sort::parse("-"), None);
    }

    #[wasm_bindgen_test]
    fn a_cursor_stays_within_the_rows() {
        assert_eq!(Step::By(1).from(None, 3), Some(0));
        assert_eq!(Step::By(-1).from(Some(0), 3), Some(0));
        assert_eq!(Step::By(1).from(Some(2), 3), Some(2));
        assert_eq!(Step::Last.from(Some(0), 0), None);
    }

    #[wasm_bindgen_test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(initials("ada king lovelace"), "al");
        assert_eq!(initials("陈伟"), "陈");
        assert_eq!(initials(" "), "");
    }
}

/// Texts with values: the right plural form, and nothing that turns the words around it.
mod texts {
    use super::{speak, t};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_count_chooses_its_form_and_is_grouped() {
        speak("en");
        assert_eq!(t::ui::rows(1), "1 row");
        assert_eq!(t::ui::rows(0), "0 rows");
        assert_eq!(t::ui::rows(12_345), "12,345 rows");
    }

    #[wasm_bindgen_test]
    fn places_are_filled_by_name() {
        speak("en");
        // In the text the order is name, id, server; by name it is id, name, server.
        assert_eq!(t::account::option("8", "Online", "online"), "Online (8, online)");
    }

    #[wasm_bindgen_test]
    fn a_right_to_left_value_is_isolated_and_another_is_left_alone() {
        speak("en");
        assert_eq!(t::account::option("8", "שלום", "online"), "\u{2068}שלום\u{2069} (8, online)");
    }
}

/// The drafts that the tab keeps: without a session, and so without a key, none goes further.
fn kept_drafts() -> Vec<String> {
    let storage = window().session_storage().unwrap().unwrap();
    let names = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap());
    let drafts = names.filter(|name| name.starts_with("trunkline.draft."));
    drafts.map(|name| storage.get_item(&name).unwrap().unwrap()).collect()
}

/// A form of two values, one of them a secret.
fn drafted() -> (Stage, RwSignal<String>, RwSignal<String>, Draft) {
    let (name, secret) = (RwSignal::new("as it was".to_owned()), RwSignal::new(String::new()));
    let made = Arc::new(std::sync::Mutex::new(None));
    let out = Arc::clone(&made);
    let stage = Stage::new(move || {
        let draft = use_draft("/test".to_owned(), vec![text("name", name), text("secret", secret).unkept()]);
        *out.lock().unwrap() = Some(draft.clone());
        view! { <DraftNotice draft /> }
    });
    let draft = made.lock().unwrap().take().unwrap();
    (stage, name, secret, draft)
}

#[wasm_bindgen_test]
async fn a_draft_comes_back_without_its_secret_until_it_is_let_go_or_saved() {
    trunkline::fetch::drafts::wipe_all();
    let (stage, name, secret, _) = drafted();
    assert!(stage.all(".banner").is_empty(), "nothing was typed yet");
    name.set("typed".to_owned());
    secret.set("pass-word".to_owned());
    until("the draft is kept", || kept_drafts().len() == 1).await;
    assert!(kept_drafts()[0].contains("typed") && !kept_drafts()[0].contains("pass-word"));
    drop(stage);

    let (stage, name, secret, _) = drafted();
    assert_eq!((name.get_untracked().as_str(), secret.get_untracked().as_str()), ("typed", ""));
    until("it says so", || stage.texts(".banner").len() == 1).await;
    stage.one(".banner button").click();
    until("the notice is gone", || stage.all(".banner").is_empty()).await;
    assert_eq!(name.get_untracked(), "as it was");
    assert!(kept_drafts().is_empty());

    name.set("typed again".to_owned());
    until("the draft is kept", || kept_drafts().len() == 1).await;
    drop(stage);
    let (stage, _, _, draft) = drafted();
    draft.saved();
    assert!(kept_drafts().is_empty());
    drop(stage);
    assert!(kept_drafts().is_empty(), "leaving a saved form keeps nothing");
}

/// All components in all states: what can be said of each of them without knowing which it is.
#[cfg(feature = "gallery")]
mod gallery {
    use super::*;
    use trunkline::ui::gallery::Gallery;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn gallery() -> Stage {
        Stage::new(|| {
            provide_toasts();
            provide_announcer();
            view! { <Gallery /> <ToastRegion /> <AnnouncerRegion /> }
        })
    }

    /// What assistive technology would call a field or a button, as far as the markup says it.
    fn name_of(element: &Element) -> String {
        let by_label = || {
            let input: &HtmlInputElement = element.unchecked_ref();
            let labels = input.labels().filter(|labels| labels.length() > 0);
            labels.and_then(|labels| labels.get(0)).and_then(|label| label.text_content())
        };
        let is_field = matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA");
        let label =
            element.get_attribute("aria-label").or_else(|| if is_field { by_label() } else { element.text_content() });
        label.unwrap_or_default().trim().to_owned()
    }

    #[wasm_bindgen_test]
    async fn every_control_has_a_name() {
        let stage = gallery();
        tick().await;
        let controls = stage.all("button, a[href], input, select, textarea, summary, [role=switch]");
        assert!(controls.len() > 80, "{} controls", controls.len());
        for control in controls {
            assert_ne!(name_of(&control), "", "{}", control.outer_html());
        }
    }

    #[wasm_bindgen_test]
    async fn every_reference_leads_to_an_element_and_no_id_stands_twice() {
        let stage = gallery();
        tick().await;
        let mut ids: Vec<String> = stage.all("[id]").iter().map(Element::id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for attribute in ["aria-describedby", "aria-labelledby", "aria-controls", "for", "list"] {
            for element in stage.all(&format!("[{attribute}]")) {
                for id in element.get_attribute(attribute).unwrap().split_whitespace() {
                    // What a menu or a tab controls may not be open; the title of a closed dialog is not there.
                    let closed = attribute == "aria-controls" || element.matches("dialog:not([open])").unwrap();
                    assert!(closed || ids.iter().any(|known| known == id), "{id} of {}", element.outer_html());
                }
            }
        }
    }

    #[wasm_bindgen_test]
    async fn faults_are_said_at_their_fields() {
        let stage = gallery();
        tick().await;
        let invalid = stage.all("[aria-invalid=true]");
        assert!(invalid.len() >= 5, "{} invalid fields", invalid.len());
        for field in invalid {
            let ids = field.get_attribute("aria-describedby").unwrap_or_default();
            let said = ids.split_whitespace().filter_map(|id| document().get_element_by_id(id));
            let said: Vec<String> =
                said.filter(|at| at.matches(".field-error").unwrap()).map(|at| at.text_content().unwrap()).collect();
            assert!(said.iter().any(|text| !text.trim().is_empty()), "{}", field.outer_html());
        }
    }

    #[wasm_bindgen_test]
    async fn drawings_are_silent() {
        let stage = gallery();
        tick().await;
        for drawing in stage.all("svg") {
            let silent = drawing.closest("[aria-hidden=true]").unwrap().is_some();
            assert!(silent, "{}", drawing.outer_html());
        }
    }
}
