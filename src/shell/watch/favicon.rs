//! A dot on the tab's icon while there are unseen tickets.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlLinkElement, Response};

use crate::reactive::effect;

/// The tab's icon.
const ICON: &str = "/favicon.svg";
/// What the icon gets: a red dot with a light rim in its corner.
const DOT: &str = r##"<circle cx="24" cy="8" r="7.5" fill="#e5484d" stroke="#fff" stroke-width="2"/></svg>"##;

/// Shows the dot while `count` is not zero, until the owner is disposed.
pub fn follow(count: Memo<usize>) {
    let has_news = Memo::new(move |_| count.get() > 0);
    let marked = RwSignal::new(None::<String>);
    effect(move || {
        if !has_news.get() {
            return set_icon(ICON);
        }
        match marked.get() {
            Some(icon) => set_icon(&icon),
            None => spawn_local(async move {
                if let Some(icon) = marked_icon().await {
                    marked.try_set(Some(icon));
                }
            }),
        }
    });
    on_cleanup(|| set_icon(ICON));
}

/// The icon with the dot, as a data URL.
async fn marked_icon() -> Option<String> {
    let response: Response = JsFuture::from(window().fetch_with_str(ICON)).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let icon = text.trim_end().strip_suffix("</svg>")?.to_owned() + DOT;
    Some(format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&icon))))
}

fn set_icon(url: &str) {
    let link = document().query_selector("link[rel=icon]").ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlLinkElement>().ok())
        && link.get_attribute("href").as_deref() != Some(url)
    {
        link.set_href(url);
    }
}
