//! Leptos' primitives behind boxed closures. Each effect or memo made with a closure's own type is compiled anew, all of
//! its machinery, some 300 to 900 bytes; boxed, once for all of one value's type.

use leptos::prelude::*;

/// Runs now-ish and whenever what it reads has changed, until the owner is gone.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

fn boxed_effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}

/// A value that is reckoned anew when what it reads has changed, and tells others only of a new one.
pub fn memo<T: PartialEq + Send + Sync + 'static>(reckon: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(reckon))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(reckon: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| reckon())
}
