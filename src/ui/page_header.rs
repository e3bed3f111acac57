//! A page's header.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::reactive::{fixed, live_text};

/// Focuses the page's h1 on the next frame, or `<main>` if there is no h1 yet.
pub fn focus_heading() {
    request_animation_frame(|| {
        let find = |selector| document().query_selector(selector).ok().flatten();
        let target = find("main h1").or_else(|| find("main"));
        if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
            // Ignore a heading that can't be focused.
            let _ = target.focus();
        }
    });
}

/// A page's h1, focused after a navigation, with a help text below and actions at the end. A placeholder header that is
/// removed passes the focus on to its successor.
#[component]
pub fn PageHeader(
    /// The h1.
    #[prop(into)]
    title: Signal<String>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    on_cleanup(move || {
        let heading = heading.try_get_untracked().flatten();
        let focused = document().active_element();
        if heading.zip(focused).is_some_and(|(heading, focused)| focused.is_same_node(Some(heading.as_ref()))) {
            focus_heading();
        }
    });
    view! {
        <header class="page-header">
            <div class="grow">
                <h1 tabindex="-1" node_ref=heading><bdi prop:textContent=live_text(move || title.get()) /></h1>
                {move || Some(hint.get()).filter(|hint| !hint.is_empty()).map(|hint| view! { <p class="muted small" prop:textContent=fixed(hint) /> }.into_any())}
            </div>
            {children.map(|children| view! { <div class="row">{children()}</div> }.into_any())}
        </header>
    }
}
