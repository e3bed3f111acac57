//! JSON of no documented shape, as names and values. It is only ever text: nothing in it is read as markup.

use leptos::prelude::*;
use serde_json::Value;

use crate::i18n::t;
use crate::reactive::{catalogue, fixed};

/// Bearer secrets of the contract. The gateway drops them; without one the page does.
const SECRETS: [&str; 2] = ["agentJwt", "roomSubscriptionToken"];

/// A value and what is in it.
pub fn tree(value: &Value) -> AnyView {
    match value {
        Value::Null => {
            view! { <span class="none">"–"<span class="visually-hidden" prop:textContent=catalogue(t::ui::not_given) /></span> }.into_any()
        }
        Value::Bool(value) => view! { <span class="mono" prop:textContent=fixed(value.to_string()) /> }.into_any(),
        Value::Number(value) => view! { <span class="mono" prop:textContent=fixed(value.to_string()) /> }.into_any(),
        Value::String(text) => view! { <span class="content-text" dir="auto" prop:textContent=fixed(text.clone()) /> }.into_any(),
        Value::Array(values) if values.is_empty() => empty(),
        Value::Array(values) => {
            let items = values.iter().map(|value| view! { <li>{tree(value)}</li> }).collect_view();
            view! { <ol class="content-list">{items}</ol> }.into_any()
        }
        Value::Object(map) => {
            let shown = map.iter().filter(|(name, _)| !SECRETS.iter().any(|secret| secret.eq_ignore_ascii_case(name)));
            let rows = shown
                .map(|(name, value)| {
                    view! { <div><dt><bdi prop:textContent=fixed(name.clone()) /></dt><dd>{tree(value)}</dd></div> }
                })
                .collect::<Vec<_>>();
            if rows.is_empty() { empty() } else { view! { <dl class="content-tree">{rows}</dl> }.into_any() }
        }
    }
}

fn empty() -> AnyView {
    view! { <span class="muted" prop:textContent=catalogue(t::inbox::empty) /> }.into_any()
}
