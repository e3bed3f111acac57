//! Renders JSON without a documented schema as names and values. All of it is text; none of it is parsed as markup.

use leptos::prelude::*;
use serde_json::Value;
use trunkline_api::decode::to_json;
use trunkline_api::oneview::is_secret_member;
use trunkline_model::pretty_json::pretty;
use trunkline_model::ticket_content::{MAX_DEPTH, without_secrets};

use crate::i18n::t;
use crate::reactive::{catalogue, fixed};

/// Renders a value and, recursively, everything in it.
pub fn json_tree(value: &Value) -> AnyView {
    tree(value, 0)
}

/// Renders a value at a depth. What is deeper than [`MAX_DEPTH`] is JSON text: further indents would leave no room.
fn tree(value: &Value, depth: usize) -> AnyView {
    match value {
        Value::Null => {
            view! { <span class="none">"–"<span class="visually-hidden" prop:textContent=catalogue(t::ui::not_given) /></span> }.into_any()
        }
        Value::Bool(value) => view! { <span class="mono" prop:textContent=fixed(value.to_string()) /> }.into_any(),
        Value::Number(value) => view! { <span class="mono" prop:textContent=fixed(value.to_string()) /> }.into_any(),
        Value::String(text) => view! { <span class="content-text" dir="auto" prop:textContent=fixed(text.clone()) /> }.into_any(),
        Value::Array(values) if values.is_empty() => empty(),
        Value::Array(_) | Value::Object(_) if depth > MAX_DEPTH => {
            let json = to_json(&without_secrets(value));
            let text = pretty(&json).unwrap_or(json);
            view! { <pre class="content-json" dir="ltr" prop:textContent=fixed(text) /> }.into_any()
        }
        Value::Array(values) => {
            let items = values.iter().map(|value| view! { <li>{tree(value, depth + 1)}</li> }).collect_view();
            view! { <ol class="content-list">{items}</ol> }.into_any()
        }
        Value::Object(map) => {
            // The gateway removes secrets; without a gateway they are left out here.
            let shown = map.iter().filter(|(name, _)| !is_secret_member(name));
            let rows = shown
                .map(|(name, value)| {
                    view! { <div><dt><bdi prop:textContent=fixed(name.clone()) /></dt><dd>{tree(value, depth + 1)}</dd></div> }
                })
                .collect::<Vec<_>>();
            if rows.is_empty() { empty() } else { view! { <dl class="content-tree">{rows}</dl> }.into_any() }
        }
    }
}

fn empty() -> AnyView {
    view! { <span class="muted" prop:textContent=catalogue(t::inbox::empty) /> }.into_any()
}
