//! Bounds markup before it is parsed: a parser's tree grows with the square of what is nested, and a mail of 100 KB
//! could keep it busy for a minute. What is beyond the bounds is left out, its text stays. What is unsafe is not decided
//! here, but by the cleaner that reads the result.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use super::tags;

/// Elements open at once; tags beyond are left out, their text stays.
const DEPTH: usize = 100;
/// Elements in all; likewise.
const ELEMENTS: usize = 20_000;
/// Bytes of one attribute's value. A longer one is an image in a `data:` URI most of the time, and no image is shown.
const VALUE: usize = 8 * 1024;
/// Open elements that a parser opens again in each new paragraph.
const FORMATS: usize = 8;

const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// The same markup within the bounds, with every element closed in order.
pub fn even(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(&*tags::bounded(html)));
    let tokenizer = Tokenizer::new(Sink::default(), Default::default());
    // It stops in between for scripts and encodings alone, which the sink never asks for.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut written = tokenizer.sink.0.into_inner();
    written.close_to(0);
    written.out
}

#[derive(Default)]
struct Sink(RefCell<Written>);

#[derive(Default)]
struct Written {
    out: String,
    open: Vec<String>,
    elements: usize,
    /// An element whose content is no markup and is left out.
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

impl Written {
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
        while self.open.last().is_some_and(|last| ends(last, name)) {
            self.close_to(self.open.len() - 1);
        }
        let formatting = FORMATTING.contains(&name);
        let formats = self.open.iter().filter(|open| FORMATTING.contains(&open.as_str())).count();
        if self.elements >= ELEMENTS || self.open.len() >= DEPTH || (formatting && formats >= FORMATS) {
            return TokenSinkResult::Continue;
        }
        self.elements += 1;
        self.out.push('<');
        self.out.push_str(name);
        for attribute in &tag.attrs {
            let key: &str = &attribute.name.local;
            // Formatting elements that differ are kept apart without end; alike, three of them are.
            let kept = !formatting || (name == "a" && matches!(key, "href" | "title"));
            let kept = kept && attribute.value.len() <= VALUE;
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

/// Whether an element whose end tag may be left out ends where another begins.
fn ends(open: &str, begins: &str) -> bool {
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
    fn markup_stays_and_is_closed_in_order() {
        assert_eq!(even("<p>a<p>b &amp; <b>c</p>d"), "<p>a</p><p>b &amp; <b>c</b></p>d");
        assert_eq!(even("<ul><li>a<li>b</ul>"), "<ul><li>a</li><li>b</li></ul>");
        assert_eq!(even("<table><tr><td>a<tr><td>b"), "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>");
        assert_eq!(even(r#"<a href="x?a&amp;b" id=y>z</a><br>"#), r#"<a href="x?a&amp;b">z</a><br>"#);
        assert_eq!(even("a<script>x<b></script><!-- c --><title>t</title>b</i>"), "ab");
        assert_eq!(even("<p><x-y>1 < 2"), "<p>1 &lt; 2</p>");
    }

    #[test]
    fn what_is_nested_is_bounded() {
        assert_eq!(even(&"<div>".repeat(5000)).matches("<div>").count(), DEPTH);
        assert_eq!(even(&"<b>".repeat(50)).matches("<b>").count(), FORMATS);
        let many: String = (0..50).map(|number| format!("<i x{number}>")).collect();
        assert_eq!(even(&format!("{many}text")), format!("{}text{}", "<i>".repeat(FORMATS), "</i>".repeat(FORMATS)));
        assert_eq!(even(&"<p>x</p>".repeat(ELEMENTS + 10)).matches("<p>").count(), ELEMENTS);
        assert_eq!(even(&"<p>x</p>".repeat(ELEMENTS + 10)).matches('x').count(), ELEMENTS + 10);
    }

    #[test]
    fn attributes_are_bounded() {
        let many: String = (0..50_000).map(|number| format!(" a{number}=1")).collect();
        assert_eq!(even(&format!("<p{many}>x")).matches('=').count(), tags::ATTRIBUTES);
        let image = format!("<p>Hello</p><img alt=x src=\"data:image/png;base64,{}\">", "A".repeat(VALUE));
        assert_eq!(even(&image), "<p>Hello</p><img alt=\"x\">");
    }
}
