//! Shows the links and the body in `EventData`. HTML is cleaned by the gateway and shown in a sandboxed frame without
//! scripts; it never becomes part of the page.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{CleanHtml, Html};
use trunkline_api::jtel::AcdEvent;
use trunkline_model::html_height::lines;

use super::event_data::{self, Body, Link};
use super::safe_link::SafeLink;
use crate::components::{QueryView, use_preferences};
use crate::fetch::{config, use_query};
use crate::i18n::t;
use crate::reactive::{catalogue, fixed};
use crate::ui::{Banner, Severity};

/// The event's content.
#[component]
pub fn EventContent(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let xml = event.event_data.clone().unwrap_or_default();
    let content = if xml.trim().is_empty() {
        view! { <p class="muted" prop:textContent=catalogue(t::acd_events::no_content) /> }.into_any()
    } else {
        match event_data::parse(&xml) {
            Some(data) => view! {
                <BodyView body=data.body />
                <Links links=data.links />
            }
            .into_any(),
            None => view! {
                <Banner severity=Severity::Warning text=t::acd_events::broken_xml />
                <pre class="event-text" dir="auto" prop:textContent=fixed(xml) />
            }
            .into_any(),
        }
    };
    view! {
        <section class="card stack-s event-content">
            <h2 prop:textContent=catalogue(t::acd_events::content) />
            {content}
        </section>
    }
}

#[component]
fn Links(links: Vec<Link>) -> impl IntoView {
    (!links.is_empty()).then(|| {
        view! {
            <h3 prop:textContent=catalogue(t::acd_events::links) />
            <ul>{links.into_iter().map(|Link { url, name }| view! { <li><SafeLink url name /></li> }).collect_view()}</ul>
        }
    })
}

#[component]
fn BodyView(body: Body) -> impl IntoView {
    match body {
        Body::None => view! { <p class="muted" prop:textContent=catalogue(t::acd_events::no_body) /> }.into_any(),
        Body::Text(text) => view! { <pre class="event-text" dir="auto" prop:textContent=fixed(text) /> }.into_any(),
        Body::Html(html) if config::has_gateway() => view! { <CleanedHtml html /> }.into_any(),
        // Without a gateway nothing can clean the HTML, so it is shown as text.
        Body::Html(html) => view! {
            <p class="muted small" prop:textContent=catalogue(t::acd_events::as_text) />
            <pre class="event-text" dir="auto" prop:textContent=fixed(html) />
        }
        .into_any(),
    }
}

/// Cleaned HTML, in which nothing runs, loads or posts, in a sandboxed frame. The frame may only open links in new
/// tabs, which get no reference to the console.
#[component]
fn CleanedHtml(html: String) -> impl IntoView {
    let query = use_query(move || Some(CleanHtml { html: Html { html: html.clone() } }));
    let theme = use_preferences().theme;
    let show = Callback::new(move |cleaned: Arc<Html>| {
        let lines = lines(&cleaned.html, COLUMNS);
        let document = move || frame_document(&cleaned.html, &theme.read());
        view! {
            <iframe
                class="event-frame"
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                srcdoc=document
                style:--lines=lines.to_string()
                title=t::acd_events::frame_title
            ></iframe>
        }
        .into_any()
    });
    view! { <QueryView query children=show /> }
}

/// Letters in a line of the frame, for an estimate of its height.
const COLUMNS: usize = 110;

/// The frame's document, in the colours of the theme: of a sender's own colours the gateway leaves none. It is styled by
/// attributes, because the page's CSP applies in the frame too and allows no
/// style there, not even the console's own: the frame has an opaque origin.
fn frame_document(cleaned: &str, theme: &str) -> String {
    // Without a theme of one's own, the browser's.
    let scheme = if theme.is_empty() { "light dark" } else { theme };
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"{scheme}\"></head>\
         <body dir=\"auto\"><font face=\"system-ui, sans-serif\" size=\"2\">{cleaned}</font></body></html>"
    )
}
