//! `POST /api/clean-html`: vendors' markup without what could run, load or post.

mod even;
mod tags;

use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use axum::Json;
use axum::body::Body;
use tokio::sync::Semaphore;
use trunkline_api::gateway::Html;

use super::refusal::Refused;
use super::session::SignedIn;

/// The most bytes that are cleaned: mails bring their images along.
const LIMIT: usize = 8 << 20;
/// The most bytes of the request. JSON writes some characters with two.
const BODY: usize = 2 * LIMIT;
/// So many at a time.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// Cleans markup; links open elsewhere and tell nothing of where they were.
pub async fn clean(_user: SignedIn, body: Body) -> Result<Json<Html>, Refused> {
    let Html { html } = super::body::json_within(body, BODY).await?;
    if html.len() > LIMIT {
        return Err(Refused { message: "The content is larger than 8 MiB.".to_owned(), ..Refused::larger_than(LIMIT) });
    }
    let slot = SLOTS.acquire().await.map_err(|_| Refused::fault())?;
    // The slot is held until the work is done, not only while somebody waits for it.
    let work = move || {
        let _slot = slot;
        strip(&html)
    };
    let cleaned = tokio::task::spawn_blocking(work).await.map_err(|_| Refused::fault())?;
    Ok(Json(Html { html: cleaned }))
}

fn strip(html: &str) -> String {
    Builder::default()
        .rm_tags(["img", "area", "map"])
        .add_clean_content_tags([
            "noscript", "template", "iframe", "object", "select", "textarea", "title", "svg", "math",
        ])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .set_tag_attribute_value("a", "target", "_blank")
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&even::even(html))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn nothing_runs_loads_or_posts() {
        let dirty = r#"<p style="x" onclick="a()">Hi <b>you</b><script>alert(1)</script><style>p{}</style>
            <img src=x onerror=a()><form action="/x"><input name=a><button>Go</button></form>
            <a href="javascript:a()">bad</a><a href="/own">own</a><iframe src="//e"></iframe><svg onload=a()></svg>"#;
        let clean = strip(dirty);
        for word in
            ["script", "style", "onclick", "onerror", "img", "form", "input", "button", "javascript", "/own", "svg"]
        {
            assert!(!clean.contains(word), "{word} in {clean}");
        }
        assert!(clean.contains("Hi <b>you</b>"), "{clean}");
        assert!(clean.contains("Go"), "{clean}");
    }

    #[test]
    fn nested_markup_takes_no_time_and_no_room() {
        let many: String = (0..3000).map(|number| format!("<b x{number}>")).collect();
        let again = "<p>x".repeat(3000);
        for dirty in ["<div>".repeat(50_000), format!("<p>{many}{again}"), "</p><p>x".repeat(20_000)] {
            let clean = strip(&dirty);
            assert!(clean.len() < 4 * dirty.len(), "{} of {}", clean.len(), dirty.len());
        }
    }

    #[test]
    fn a_large_mail_takes_no_time() {
        let begun = std::time::Instant::now();
        let many: String = (0..50_000).map(|number| format!(" a{number}")).collect();
        assert!(strip(&format!("<p{many}>x</p>")).contains("<p>x</p>"));
        let image = format!("<p>Hello there</p><img src=\"data:image/png;base64,{}\">", "iVBOR".repeat(60_000));
        assert_eq!(strip(&image), "<p>Hello there</p>");
        println!("{:?}", begun.elapsed());
        for mail in ["<p>x</p>".repeat(1 << 16), "<a href=https://x.example/>x".repeat(1 << 15), "<".repeat(1 << 17)] {
            assert!(!strip(&mail).is_empty());
            println!("{:?}", begun.elapsed());
        }
        // Unoptimised, with other tests beside it: what this excludes takes minutes.
        assert!(begun.elapsed().as_secs() < 30);
    }

    #[test]
    fn links_open_elsewhere() {
        let link = strip(r#"<a href="https://www.jtel.de">jtel</a>"#);
        assert!(link.contains(r#"target="_blank""#), "{link}");
        assert!(link.contains(r#"rel="noopener noreferrer nofollow""#), "{link}");
    }
}
