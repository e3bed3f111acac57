//! JSON of no documented shape, as names and values. It is only ever text: nothing in it is read as markup.

use leptos::prelude::*;
use serde_json::Value;

use crate::i18n::t;

/// Bearer secrets of the contract. The gateway drops them; without one the page does.
const SECRETS: [&str; 2] = ["agentJwt", "roomSubscriptionToken"];

/// A value and what is in it.
pub fn tree(value: &Value) -> AnyView {
    match value {
        Value::Null => {
            view! { <span class="none">"–"<span class="visually-hidden">{t::ui::not_given}</span></span> }.into_any()
        }
        Value::Bool(value) => view! { <span class="mono">{value.to_string()}</span> }.into_any(),
        Value::Number(value) => view! { <span class="mono">{value.to_string()}</span> }.into_any(),
        Value::String(text) => view! { <span class="content-text" dir="auto">{text.clone()}</span> }.into_any(),
        Value::Array(values) if values.is_empty() => empty(),
        Value::Array(values) => {
            let items = values.iter().map(|value| view! { <li>{tree(value)}</li> }).collect_view();
            view! { <ol class="content-list">{items}</ol> }.into_any()
        }
        Value::Object(map) => {
            let shown = map.iter().filter(|(name, _)| !SECRETS.iter().any(|secret| secret.eq_ignore_ascii_case(name)));
            let rows = shown
                .map(|(name, value)| {
                    view! { <div><dt><bdi>{name.clone()}</bdi></dt><dd>{tree(value)}</dd></div> }
                })
                .collect::<Vec<_>>();
            if rows.is_empty() { empty() } else { view! { <dl class="content-tree">{rows}</dl> }.into_any() }
        }
    }
}

fn empty() -> AnyView {
    view! { <span class="muted">{t::inbox::empty}</span> }.into_any()
}
