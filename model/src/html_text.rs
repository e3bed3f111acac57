//! The text of a vendor's HTML, for a form's field. The HTML never becomes part of a page: it is read as characters.

/// The elements after which a line ends.
const BLOCKS: [&str; 4] = ["p", "div", "li", "tr"];

/// The text: `<br>` and the ends of blocks are line breaks, other tags are left out, and the usual references are resolved
/// once.
#[must_use]
pub fn html_to_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        add_text(&mut text, before);
        // A sign that begins no tag is text.
        let is_tag = after.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '!' | '?'));
        match after.split_once('>').filter(|_| is_tag) {
            Some((tag, behind)) => {
                if ends_line(tag) {
                    text.push('\n');
                }
                rest = behind;
            }
            None => {
                text.push('<');
                rest = after;
            }
        }
    }
    add_text(&mut text, rest);
    text
}

fn ends_line(tag: &str) -> bool {
    let tag = tag.trim_end_matches('/').trim().to_ascii_lowercase();
    let name = tag.split(char::is_whitespace).next().unwrap_or_default();
    name == "br" || name.strip_prefix('/').is_some_and(|name| BLOCKS.contains(&name))
}

/// Adds text with its references resolved.
fn add_text(text: &mut String, piece: &str) {
    let mut rest = piece;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        match after.split_once(';').and_then(|(name, behind)| Some((reference(name)?, behind))) {
            Some((letter, behind)) => {
                text.push(letter);
                rest = behind;
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_references_become_text() {
        for (html, text) in [
            ("First<br>second<BR/>third", "First\nsecond\nthird"),
            ("<p class=\"a\">One</p><p>Two</p>", "One\nTwo\n"),
            ("Fish &amp; chips &lt;b&gt; &#233; &#x5d0; &quot;x&quot;", "Fish & chips <b> é א \"x\""),
            // Resolved once, and nothing is lost that is no HTML.
            ("&amp;lt;", "&lt;"),
            ("1 < 2 && 3 > 2; R&D", "1 < 2 && 3 > 2; R&D"),
            ("cut <b", "cut <b"),
            ("", ""),
        ] {
            assert_eq!(html_to_text(html), text);
        }
    }
}
