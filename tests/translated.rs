//! The UI kit in a page translated by the browser: later changes must be shown as if nothing had been translated.
//!
//! A translator wraps each text node in elements, or replaces it by them. Each component is rendered with one text,
//! translated, then given other texts, including an empty one: it must then show what a new component would.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use trunkline::i18n::{self, LANGUAGES};
use trunkline::ui::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, Node};

wasm_bindgen_test_configure!(run_in_browser);

/// A component that shows a text.
type Case = (&'static str, fn(Signal<String>) -> AnyView);

fn cases() -> Vec<Case> {
    vec![
        ("PageHeader", |text| view! { <PageHeader title=text hint=text /> }.into_any()),
        ("EmptyState", |text| view! { <EmptyState title=text message=text /> }.into_any()),
        ("ErrorPanel", |text| {
            let problem =
                Signal::derive(move || ErrorMessage { title: text.get(), message: text.get(), details: text.get() });
            view! { <ErrorPanel problem on_retry=|()| () /> }.into_any()
        }),
        ("Banner", |text| view! { <Banner severity=Severity::Info text /> }.into_any()),
        ("Badge", |text| view! { <Badge text /> }.into_any()),
        ("Stat", |text| view! { <Stat label=text value=text note=text /> }.into_any()),
        ("Meter", |text| {
            view! { <Meter label=text value=Signal::derive(move || text.read().len() as i64) /> }.into_any()
        }),
        ("Definition", |text| {
            view! { <DefinitionList><Definition term=text value=text copy=true /></DefinitionList> }.into_any()
        }),
        ("Button", |text| view! { <Button label=text icon=IconName::Plus /> }.into_any()),
        ("LinkButton", |text| view! { <LinkButton label=text href="/" /> }.into_any()),
        ("Switch", |text| view! { <Switch label=text checked=true on_change=|_| () /> }.into_any()),
        ("FieldSet", |text| view! { <FieldSet legend=text hint=text>"."</FieldSet> }.into_any()),
        ("TextField", |text| {
            let error = Signal::derive(move || Some(text.get()).filter(|text| !text.is_empty()));
            view! { <TextField label=text value=RwSignal::new(String::new()) hint=text error /> }.into_any()
        }),
        ("CheckField", |text| view! { <CheckField label=text value=RwSignal::new(true) hint=text /> }.into_any()),
        ("SelectField", |text| {
            let choices = Signal::derive(move || vec![SelectOption::new("a", text.get()), SelectOption::new("b", "b")]);
            view! { <SelectField label=text value=RwSignal::new("a".to_owned()) choices /> }.into_any()
        }),
        ("FilterSelect", |text| {
            let choices =
                Signal::derive(move || vec![SelectOption::new("", "All"), SelectOption::new("x", text.get())]);
            view! { <FilterSelect label=text value="" choices on_change=|_| () /> }.into_any()
        }),
        ("BarChart", |text| {
            let data = Signal::derive(move || {
                let value = i64::try_from(text.read().len()).unwrap();
                vec![Datum { label: text.get(), value, href: String::new(), mark: BarMark::None }]
            });
            view! { <BarChart label=text data /> }.into_any()
        }),
        ("Tabs", |text| {
            let tab = |key| Tab { key, label: text, view: ViewFn::from(move || view! { <Badge text /> }.into_any()) };
            view! { <Tabs label=text tabs=vec![tab("a"), tab("b")] selected="a" on_select=|_| () /> }.into_any()
        }),
        ("DataTable", |text| {
            let rows = Signal::derive(move || vec![Arc::new(text.get()), Arc::new("b".to_owned())]);
            let columns = vec![
                Column::link("a", move || text.get(), String::clone, |_: &String| "/".to_owned()),
                Column::new(
                    "b",
                    || "B".to_owned(),
                    |row: &String| Cell::badge((Tone::Good, row.clone())).with_text(row.clone()),
                ),
            ];
            view! { <DataTable name=text rows id=|row: &String| row.len().to_string() columns /> }.into_any()
        }),
    ]
}

/// Activates the English texts.
fn provide_english() {
    let texts = js_sys::JSON::parse(include_str!(concat!(env!("OUT_DIR"), "/english.json"))).unwrap();
    i18n::provide(LANGUAGES[0], texts.unchecked_into());
}

fn render(case: fn(Signal<String>) -> AnyView, text: Signal<String>) -> (HtmlElement, Box<dyn std::any::Any>) {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let handle = mount_to(root.clone(), move || case(text));
    (root, Box::new(handle))
}

/// Translates like a browser: replaces each text node by nested elements, with the node itself or a new one inside.
fn translate(node: &Node, keeps_node: bool) {
    let children = node.child_nodes();
    let children: Vec<Node> = (0..children.length()).filter_map(|at| children.get(at)).collect();
    for child in children {
        if child.node_type() != Node::TEXT_NODE {
            translate(&child, keeps_node);
        } else if !child.text_content().unwrap().trim().is_empty() {
            let (outer, inner) =
                (document().create_element("font").unwrap(), document().create_element("font").unwrap());
            outer.append_child(&inner).unwrap();
            node.replace_child(&outer, &child).unwrap();
            if keeps_node {
                inner.append_child(&child).unwrap();
            } else {
                inner.set_text_content(child.text_content().as_deref());
            }
        }
    }
}

/// Waits for effects, and for content rendered after the first rows.
async fn settle() {
    for _ in 0..3 {
        tick().await;
        let frame = js_sys::Promise::new(&mut |done, _| {
            request_animation_frame(move || _ = done.call0(&wasm_bindgen::JsValue::NULL));
        });
        wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    }
}

/// The visible text, with white space collapsed.
fn visible_text(root: &HtmlElement) -> String {
    root.text_content().unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[wasm_bindgen_test]
async fn updates_after_translation_match_a_fresh_render() {
    provide_english();
    for (name, case) in cases() {
        for keeps_node in [false, true] {
            let text = RwSignal::new("one".to_owned());
            let (root, handle) = render(case, text.into());
            settle().await;
            for next in ["two", "", "three words here", ""] {
                translate(&root, keeps_node);
                text.set(next.to_owned());
                settle().await;
                let (fresh, fresh_handle) = render(case, Signal::stored(next.to_owned()));
                settle().await;
                assert_eq!(
                    visible_text(&root),
                    visible_text(&fresh),
                    "{name}: {next:?} after a translation (node kept: {keeps_node})"
                );
                drop(fresh_handle);
                fresh.remove();
            }
            drop(handle);
            root.remove();
        }
    }
}

#[wasm_bindgen_test]
async fn language_change_updates_catalogue_texts_after_translation() {
    provide_english();
    let (root, _handle) = render(|_| view! { <SkeletonBlock /> }.into_any(), Signal::stored(String::new()));
    settle().await;
    assert_eq!(visible_text(&root), "Loading");
    translate(&root, false);
    let texts = js_sys::JSON::parse(include_str!(concat!(env!("OUT_DIR"), "/english.json"))).unwrap();
    let texts: js_sys::Array = texts.unchecked_into();
    let louder = texts.iter().map(|text| match text.as_string() {
        Some(text) => text.to_uppercase().into(),
        None => text,
    });
    i18n::provide(LANGUAGES[1], louder.collect());
    settle().await;
    assert_eq!(visible_text(&root), "LOADING");
    provide_english();
    root.remove();
}

#[wasm_bindgen_test]
async fn repeated_announcement_clears_the_region_first() {
    let slot = StoredValue::new(None);
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let _handle = mount_to(root.clone(), move || {
        slot.set_value(Some(provide_announcer()));
        view! { <AnnouncerRegion /> }
    });
    let announcer: Announcer = slot.get_value().unwrap();
    let region: HtmlElement = root.query_selector("[aria-live=polite]").unwrap().unwrap().unchecked_into();
    for _ in 0..2 {
        announcer.announce("1 row");
        tick().await;
        assert_eq!(visible_text(&region), "", "the region is cleared first");
        let mut said = false;
        for _ in 0..60 {
            settle().await;
            said = visible_text(&region) == "1 row";
            if said {
                break;
            }
        }
        assert!(said, "the words come after it");
    }
    announcer.announce("2 rows");
    announcer.announce("Saved");
    let mut said = false;
    for _ in 0..60 {
        settle().await;
        said = visible_text(&region) == "2 rows Saved";
        if said {
            break;
        }
    }
    assert!(said, "what is said at once is said together");
    root.remove();
}
