//! Leptos' primitives behind boxed closures. Each effect or memo made with a closure's own type is compiled anew, all of
//! its machinery, some 300 to 900 bytes; boxed, once for all of one value's type.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::html::property::IntoProperty;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use web_sys::Element;

use crate::browser::timers;

/// A view that is drawn anew when what it reads has changed: what `{move || …}` is in a view, for a component that is
/// nothing else.
pub fn dynamic<V: IntoView + 'static>(draw: impl FnMut() -> V + Send + 'static) -> AnyView
where
    SharedReactiveFunction<V>: IntoAny,
{
    let shared: SharedReactiveFunction<V> = Arc::new(Mutex::new(draw));
    shared.into_any()
}

/// The text of an element: `<h1 prop:textContent=live_text(move || title.get()) />`.
///
/// A text in a view (`<h1>{title}</h1>`) is a text node that Leptos keeps and writes to later. A browser that translates
/// the page replaces text nodes by elements of its own: the kept node is then out of the document and the page shows the
/// old text for good. An element stays, so its text is set on the element. Hence every text that is not a literal is
/// given by [`live_text`], [`catalogue`] or [`fixed`], `scripts/check-layers.mjs` refuses the usual ways around it, and
/// the journeys' guard fails when a text node is changed in place.
#[derive(Clone)]
pub struct Text(String);

impl IntoProperty for Text {
    type State = (Element, String);
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element, key: &str) -> Self::State {
        self.build(element, key)
    }

    fn build(self, element: &Element, _key: &str) -> Self::State {
        element.set_text_content(Some(&self.0));
        (element.clone(), self.0)
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }

    /// Leaves the element alone when the text is the same: a live region must not say it again.
    fn rebuild(self, state: &mut Self::State, _key: &str) {
        if state.1 != self.0 {
            state.0.set_text_content(Some(&self.0));
            state.1 = self.0;
        }
    }
}

/// A text that follows what it reads.
pub fn live_text<T: Into<String>>(mut read: impl FnMut() -> T + Send + 'static) -> SharedReactiveFunction<Text> {
    Arc::new(Mutex::new(move || Text(read().into())))
}

/// A text of the catalogue, which follows the language.
pub fn catalogue(text: fn() -> String) -> SharedReactiveFunction<Text> {
    live_text(text)
}

/// A text that is the same as long as the view around it is not drawn again.
pub fn fixed(text: impl Into<String>) -> Text {
    Text(text.into())
}

/// One of a list.
pub struct Keyed {
    key: Arc<str>,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Keyed {
    /// What it is known by, which no other of the list is, and what is drawn when it comes in.
    pub fn new(key: impl Into<Arc<str>>, draw: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { key: key.into(), draw: Box::new(draw) }
    }
}

/// A list that keeps the elements of what stays in it: Leptos' `<For>`, which is compiled anew, some 8 KB, for each list.
pub fn keyed(each: impl Fn() -> Vec<Keyed> + Send + Sync + 'static) -> AnyView {
    boxed_keyed(Box::new(each))
}

fn boxed_keyed(each: Box<dyn Fn() -> Vec<Keyed> + Send + Sync>) -> AnyView {
    view! { <For each=move || each() key=|item| Arc::clone(&item.key) children=|item| (item.draw)() /> }.into_any()
}

/// Runs now-ish and whenever what it reads has changed, until the owner is gone.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

fn boxed_effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}

/// As [`effect`], with what the last run gave.
pub fn effect_from<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
    let mut before = None;
    effect(move || before = Some(run(before.take())));
}

/// A value that is reckoned anew when what it reads has changed, and tells others only of a new one.
pub fn memo<T: PartialEq + Send + Sync + 'static>(reckon: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(reckon))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(reckon: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| reckon())
}

/// Runs something in the task after the next frame: what the frame shows is painted. In a tab that nobody looks at there is
/// none, and who waited for it would wait until somebody does: there the task comes at once.
pub fn after_frame(run: impl FnOnce() + 'static) {
    let run: Box<dyn FnOnce()> = Box::new(run);
    let task = move || timers::after(0, run).detach();
    if document().hidden() { task() } else { request_animation_frame(task) }
}
