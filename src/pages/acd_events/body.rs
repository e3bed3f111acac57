//! What `EventData` holds: links and a body. HTML is cleaned by the gateway and shown in a frame that runs nothing; it
//! never becomes part of the page.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{CleanHtml, Html};
use trunkline_api::jtel::AcdEvent;

use super::event_data::{self, Body, Link};
use super::safe_link::SafeLink;
use crate::fetch::{config, use_query};
use crate::i18n::t;
use crate::parts::Loaded;
use crate::reactive::{catalogue, fixed};
use crate::ui::{Banner, Kind};

/// The event's content.
#[component]
pub fn Content(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let xml = event.event_data.clone().unwrap_or_default();
    let content = if xml.trim().is_empty() {
        view! { <p class="muted" prop:textContent=catalogue(t::acd_events::no_content) /> }.into_any()
    } else {
        match event_data::read(&xml) {
            Some(data) => view! {
                <BodyView body=data.body />
                <Links links=data.links />
            }
            .into_any(),
            None => view! {
                <Banner kind=Kind::Warning text=t::acd_events::broken_xml />
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
        // Nobody is there to clean it.
        Body::Html(html) => view! {
            <p class="muted small" prop:textContent=catalogue(t::acd_events::as_text) />
            <pre class="event-text" dir="auto" prop:textContent=fixed(html) />
        }
        .into_any(),
    }
}

/// HTML without what could run, load or post, in a frame with one right: its links open tabs of their own, which know
/// nothing of the console.
#[component]
fn CleanedHtml(html: String) -> impl IntoView {
    let query = use_query(move || Some(CleanHtml { html: Html { html: html.clone() } }));
    let show = Callback::new(|cleaned: Arc<Html>| {
        let document = frame_document(&cleaned.html);
        view! {
            <iframe
                class="event-frame"
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                srcdoc=document
                title=t::acd_events::frame_title
            ></iframe>
        }
        .into_any()
    });
    view! { <Loaded query children=show /> }
}

/// The frame's document. The page's policy holds in the frame too and lets no style in, not even the console's own
/// (the frame has no origin): attributes must do.
fn frame_document(cleaned: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"></head>\
         <body dir=\"auto\"><font face=\"system-ui, sans-serif\" size=\"2\">{cleaned}</font></body></html>"
    )
}
