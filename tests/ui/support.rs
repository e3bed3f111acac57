//! Mounts views in the document, waits for them, and simulates input.

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use trunkline::i18n::{self, LANGUAGES};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// A mounted view, removed from the document on drop.
pub struct Stage {
    /// The element that contains the view.
    pub root: HtmlElement,
    handle: Option<Box<dyn std::any::Any>>,
}

impl Stage {
    pub fn new<N: IntoView + 'static>(view: impl FnOnce() -> N + 'static) -> Self {
        set_language("en");
        let root: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        // An entry of its own in the history: lists keep their place with it.
        window().history().unwrap().push_state_with_url(&wasm_bindgen::JsValue::NULL, "", None).unwrap();
        let handle = mount_to(root.clone(), move || view().into_any());
        Self { root, handle: Some(Box::new(handle)) }
    }

    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().dyn_into().unwrap()).collect()
    }

    pub fn one(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector}")).dyn_into().unwrap()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.text_content().unwrap()).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.handle.take();
        self.root.remove();
    }
}

/// Activates a language; the texts are the English ones, as the build packs them.
pub fn set_language(tag: &str) {
    let texts = js_sys::JSON::parse(include_str!(concat!(env!("OUT_DIR"), "/english.json"))).unwrap();
    let language = LANGUAGES.iter().find(|language| language.tag == tag).unwrap();
    i18n::provide(*language, texts.dyn_into().unwrap());
}

/// Waits frame by frame until the condition holds; fails after about 300 frames.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..300 {
        tick().await;
        if holds() {
            return;
        }
        next_frame().await;
    }
    panic!("never: {what}");
}

pub async fn next_frame() {
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
}

pub fn focused() -> Option<Element> {
    document().active_element()
}

pub fn type_into(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    input.dispatch_event(&web_sys::Event::new_with_event_init_dict("input", &options).unwrap()).unwrap();
}

pub fn press(target: &HtmlElement, key: &str) {
    let options = web_sys::KeyboardEventInit::new();
    options.set_key(key);
    options.set_bubbles(true);
    options.set_cancelable(true);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
    target.dispatch_event(&event).unwrap();
}
