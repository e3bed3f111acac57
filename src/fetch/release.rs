//! Whether the server has another build of the console than the one that runs here.
//!
//! The page names every built file by its content, or holds it, so another build is another page. That is so with any
//! server of static files, with or without a gateway.

use gloo_net::http::Request;
use leptos::prelude::*;
use web_sys::RequestCache;

/// Digits of the hash in a built file's name.
const DIGITS: usize = 16;

thread_local! {
    static NEWER: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// Whether another build was found. Tracked.
pub fn is_newer() -> bool {
    NEWER.with(|newer| newer.get())
}

/// Looks at the page as the server has it now. One that can't be had tells nothing.
pub async fn look() {
    let here = own_page();
    if let Some(there) = page().await
        && is_other(&here, &there)
    {
        NEWER.with(|newer| newer.set(true));
    }
}

/// What names files in the page that is here: its head, and what stands in its body behind the static shell.
fn own_page() -> String {
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

async fn page() -> Option<String> {
    // Nobody's doing: it keeps no session alive.
    let request = Request::get("/index.html").header("X-Trunkline-Background", "1").cache(RequestCache::NoCache);
    let answer = request.send().await.ok()?;
    if answer.ok() { answer.text().await.ok() } else { None }
}

/// Whether both are pages of the console, of different builds. What else may answer in between (a proxy's own page)
/// names none of its files.
fn is_other(here: &str, there: &str) -> bool {
    let (named_here, named_there) = (files(here), files(there));
    let both = !named_here.is_empty() && !named_there.is_empty();
    both && (named_here != named_there || styles(here) != styles(there))
}

/// The static shell's styles, which stand in the page and are no file of its own.
fn styles(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<style>")?;
    rest.split_once("</style>").map(|(styles, _)| styles)
}

/// The hashes in the names of the built files.
fn files(page: &str) -> Vec<&str> {
    let runs = page.split(|letter: char| !letter.is_ascii_hexdigit());
    let mut files: Vec<&str> = runs.filter(|run| run.len() == DIGITS).collect();
    files.sort_unstable();
    files.dedup();
    files
}
