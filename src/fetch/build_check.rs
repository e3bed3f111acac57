//! Detection of a new build on the server.
//!
//! The page names every built file by its content hash or contains it inline, so another build is another page. This
//! works with any static file server, with or without a gateway.

use gloo_net::http::Request;
use leptos::prelude::*;
use web_sys::RequestCache;

/// Digits of the hash in a built file's name.
const DIGITS: usize = 16;

thread_local! {
    static NEW_BUILD: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// `true` once the server was found to have another build. Tracked.
pub fn has_new_build() -> bool {
    NEW_BUILD.with(|newer| newer.get())
}

/// Fetches the server's current page and compares it with this one. A failed request changes nothing.
pub async fn check() {
    let here = running_page();
    if let Some(there) = fetch_page().await
        && differs(&here, &there)
    {
        NEW_BUILD.with(|newer| newer.set(true));
    }
}

/// The parts of the running page that name files: its head, and the links, templates and scripts of its body.
fn running_page() -> String {
    let mut page = document().head().map(|head| head.outer_html()).unwrap_or_default();
    let mut next = document().body().and_then(|body| body.first_element_child());
    while let Some(element) = next {
        if element.matches("link, template, script").unwrap_or_default() {
            page.push_str(&element.outer_html());
        }
        next = element.next_element_sibling();
    }
    page
}

async fn fetch_page() -> Option<String> {
    // A background request: it does not extend the session.
    let request = Request::get("/index.html").header("X-Trunkline-Background", "1").cache(RequestCache::NoCache);
    let response = request.send().await.ok()?;
    if response.ok() { response.text().await.ok() } else { None }
}

/// `true` if both are pages of the console, of different builds. Another page, such as a proxy's error page, names none
/// of the console's files.
fn differs(here: &str, there: &str) -> bool {
    let (named_here, named_there) = (file_hashes(here), file_hashes(there));
    let both = !named_here.is_empty() && !named_there.is_empty();
    both && (named_here != named_there || inline_styles(here) != inline_styles(there))
}

/// The styles that are inline in the page, for the static shell.
fn inline_styles(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<style>")?;
    rest.split_once("</style>").map(|(styles, _)| styles)
}

/// The hashes in the names of the built files, sorted and without duplicates.
fn file_hashes(page: &str) -> Vec<&str> {
    let runs = page.split(|letter: char| !letter.is_ascii_hexdigit());
    let mut files: Vec<&str> = runs.filter(|run| run.len() == DIGITS).collect();
    files.sort_unstable();
    files.dedup();
    files
}
