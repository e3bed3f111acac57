//! Bounds markup before it is parsed: the work of a parser grows with the square of the nesting, and a mail of 100 KB
//! could occupy it for a minute. Tags beyond the bounds are dropped, their text stays. This step does not decide what
//! is safe; the sanitizer that reads the result does.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use super::bound_attributes;

/// Maximum open elements; further tags are dropped, their text stays.
const MAX_DEPTH: usize = 100;
/// Maximum elements in total; likewise.
const MAX_ELEMENTS: usize = 20_000;
/// Maximum bytes of one attribute's value. Longer ones are mostly images in `data:` URIs, and no image is shown.
const MAX_VALUE: usize = 8 * 1024;
/// Maximum open formatting elements, which a parser reopens in each new paragraph.
const MAX_FORMATTING: usize = 8;

const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Returns the markup within the bounds, with every element closed in order.
pub fn normalise(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(&*bound_attributes::apply(html)));
    let tokenizer = Tokenizer::new(Sink::default(), Default::default());
    // The tokenizer pauses for scripts and encodings only, which the sink never requests.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut written = tokenizer.sink.0.into_inner();
    written.close_to(0);
    written.out
}

#[derive(Default)]
struct Sink(RefCell<Output>);

#[derive(Default)]
struct Output {
    out: String,
    open: Vec<String>,
    elements: usize,
    /// Name of a raw-text element whose content is skipped.
    skipped: Option<String>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut written = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) if written.skipped.is_none() => written.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return written.start(&tag),
            Token::TagToken(tag) => written.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Output {
    fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                other => self.out.push(other),
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let raw = match name {
            "script" => Some(ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(Rawtext),
            "title" | "textarea" => Some(Rcdata),
            _ => None,
        };
        if let Some(kind) = raw {
            self.skipped = Some(name.to_owned());
            return TokenSinkResult::RawData(kind);
        }
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !plain || name == "plaintext" {
            return TokenSinkResult::Continue;
        }
        while self.open.last().is_some_and(|last| is_closed_by(last, name)) {
            self.close_to(self.open.len() - 1);
        }
        let formatting = FORMATTING.contains(&name);
        let formats = self.open.iter().filter(|open| FORMATTING.contains(&open.as_str())).count();
        if self.elements >= MAX_ELEMENTS || self.open.len() >= MAX_DEPTH || (formatting && formats >= MAX_FORMATTING) {
            return TokenSinkResult::Continue;
        }
        self.elements += 1;
        self.out.push('<');
        self.out.push_str(name);
        for attribute in &tag.attrs {
            let key: &str = &attribute.name.local;
            // Parsers reopen any number of different formatting elements, but at most three equal ones, so attributes
            // are dropped.
            let kept = !formatting || (name == "a" && matches!(key, "href" | "title"));
            let kept = kept && attribute.value.len() <= MAX_VALUE;
            if kept && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                self.out.push(' ');
                self.out.push_str(key);
                self.out.push_str("=\"");
                self.text(&attribute.value);
                self.out.push('"');
            }
        }
        self.out.push('>');
        if !VOID.contains(&name) {
            self.open.push(name.to_owned());
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        if self.skipped.as_deref() == Some(name) {
            self.skipped = None;
        } else if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(&name);
                self.out.push('>');
            }
        }
    }
}

/// Returns true if the start tag `begins` implies the end of the element `open`.
fn is_closed_by(open: &str, begins: &str) -> bool {
    match begins {
        "p" => open == "p",
        "li" | "option" => matches!(open, "p") || open == begins,
        "dt" | "dd" => matches!(open, "p" | "dt" | "dd"),
        "td" | "th" => matches!(open, "p" | "td" | "th"),
        "tr" => matches!(open, "p" | "td" | "th" | "tr"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_kept_and_closed_in_order() {
        assert_eq!(normalise("<p>a<p>b &amp; <b>c</p>d"), "<p>a</p><p>b &amp; <b>c</b></p>d");
        assert_eq!(normalise("<ul><li>a<li>b</ul>"), "<ul><li>a</li><li>b</li></ul>");
        assert_eq!(normalise("<table><tr><td>a<tr><td>b"), "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>");
        assert_eq!(normalise(r#"<a href="x?a&amp;b" id=y>z</a><br>"#), r#"<a href="x?a&amp;b">z</a><br>"#);
        assert_eq!(normalise("a<script>x<b></script><!-- c --><title>t</title>b</i>"), "ab");
        assert_eq!(normalise("<p><x-y>1 < 2"), "<p>1 &lt; 2</p>");
    }

    #[test]
    fn nesting_is_bounded() {
        assert_eq!(normalise(&"<div>".repeat(5000)).matches("<div>").count(), MAX_DEPTH);
        assert_eq!(normalise(&"<b>".repeat(50)).matches("<b>").count(), MAX_FORMATTING);
        let many: String = (0..50).map(|number| format!("<i x{number}>")).collect();
        assert_eq!(
            normalise(&format!("{many}text")),
            format!("{}text{}", "<i>".repeat(MAX_FORMATTING), "</i>".repeat(MAX_FORMATTING))
        );
        assert_eq!(normalise(&"<p>x</p>".repeat(MAX_ELEMENTS + 10)).matches("<p>").count(), MAX_ELEMENTS);
        assert_eq!(normalise(&"<p>x</p>".repeat(MAX_ELEMENTS + 10)).matches('x').count(), MAX_ELEMENTS + 10);
    }

    #[test]
    fn attributes_are_bounded() {
        let many: String = (0..50_000).map(|number| format!(" a{number}=1")).collect();
        assert_eq!(normalise(&format!("<p{many}>x")).matches('=').count(), bound_attributes::MAX_ATTRIBUTES);
        let image = format!("<p>Hello</p><img alt=x src=\"data:image/png;base64,{}\">", "A".repeat(MAX_VALUE));
        assert_eq!(normalise(&image), "<p>Hello</p><img alt=\"x\">");
    }
}
