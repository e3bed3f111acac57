//! Leptos' primitives with boxed closures, for size: an effect or memo of an unboxed closure is monomorphised for each,
//! at some 300 to 900 bytes; of a boxed one, once per value type.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::html::property::IntoProperty;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use leptos::tachys::view::{Mountable, Render};
use web_sys::Element;

use crate::browser::timers;

/// A view that is drawn again when a signal that it reads changes: the same as `{move || …}` in a `view!`, for a
/// component that consists of nothing else.
pub fn dyn_view<V: IntoView + 'static>(draw: impl FnMut() -> V + Send + 'static) -> AnyView
where
    SharedReactiveFunction<V>: IntoAny,
{
    let shared: SharedReactiveFunction<V> = Arc::new(Mutex::new(draw));
    shared.into_any()
}

/// The text of an element: `<h1 prop:textContent=live_text(move || title.get()) />`.
///
/// A text in a view (`<h1>{title}</h1>`) is a text node that Leptos keeps and updates later. A browser that translates
/// the page replaces text nodes by elements of its own: the kept node is then detached, and the page shows the old text
/// for good. Elements are not replaced, so the text is set on the element. Every text that is not a literal is
/// therefore passed as [`live_text`], [`catalogue`] or [`fixed`]. `scripts/check-layers.mjs` refuses the usual ways
/// around it, and the end-to-end tests fail when a text node is changed in place.
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

    /// Doesn't set an unchanged text: a live region would announce it again.
    fn rebuild(self, state: &mut Self::State, _key: &str) {
        if state.1 != self.0 {
            state.0.set_text_content(Some(&self.0));
            state.1 = self.0;
        }
    }
}

/// A text that follows the signals it reads.
pub fn live_text<T: Into<String>>(mut read: impl FnMut() -> T + Send + 'static) -> SharedReactiveFunction<Text> {
    Arc::new(Mutex::new(move || Text(read().into())))
}

/// A text of the catalogue that follows the language.
pub fn catalogue(text: fn() -> String) -> SharedReactiveFunction<Text> {
    live_text(text)
}

/// A text that never changes.
pub fn fixed(text: impl Into<String>) -> Text {
    Text(text.into())
}

/// An item of a keyed list.
pub struct KeyedItem {
    key: Arc<str>,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

impl KeyedItem {
    /// An item with a key that is unique in its list; `draw` is called when the item enters the list.
    pub fn new(key: impl Into<Arc<str>>, draw: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { key: key.into(), draw: Box::new(draw) }
    }
}

/// The items of a [`keyed_list`].
pub type Items = Arc<dyn Fn() -> Vec<KeyedItem> + Send + Sync>;

/// A directive that fills an element with a list (`<ul use:keyed_list=items />`) and keeps the elements of items whose
/// keys stay in it. New items are appended; items that stay keep their order.
///
/// Leptos' `<For>` also moves items, which no list here does; it would add 10 KB to the start, before compression.
pub fn keyed_list(list: Element, items: Items) {
    let Some(owner) = Owner::current() else { return };
    let mut shown: Vec<(Arc<str>, Owner, <AnyView as Render>::State)> = Vec::new();
    effect(move || {
        let items = items();
        shown.retain_mut(|(key, owner, view)| {
            let stays = items.iter().any(|item| item.key == *key);
            if !stays {
                view.unmount();
                owner.cleanup();
            }
            stays
        });
        for KeyedItem { key, draw } in items {
            if shown.iter().any(|(known, ..)| *known == key) {
                continue;
            }
            let owner = owner.child();
            let mut view = untrack(|| owner.with(|| draw().build()));
            view.mount(&list, None);
            shown.push((key, owner, view));
        }
    });
}

/// Runs in the next tick, and again whenever a signal that it reads changes, until the owner is disposed.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

fn boxed_effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}

/// Like [`effect`]; each run gets the result of the previous one.
pub fn effect_with_previous<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
    let mut before = None;
    effect(move || before = Some(run(before.take())));
}

/// A value that is computed again when a signal that it reads changes; it notifies only if the value differs.
pub fn memo<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(compute))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| compute())
}

/// Calls `run` in the task after the next frame, when the frame is painted. A hidden tab has no frames, so the task
/// runs at once there.
pub fn after_paint(run: impl FnOnce() + 'static) {
    let run: Box<dyn FnOnce()> = Box::new(run);
    let task = move || timers::after(0, run).detach();
    if document().hidden() { task() } else { request_animation_frame(task) }
}
