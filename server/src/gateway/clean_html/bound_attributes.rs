//! Bounds the attributes of each tag before it is tokenized: html5ever compares each attribute with all before it, and
//! 50,000 in one tag took 1.5 s.

use std::borrow::Cow;

/// Maximum attributes of one tag; further ones are dropped.
pub const MAX_ATTRIBUTES: usize = 32;

/// Returns the markup with at most [`MAX_ATTRIBUTES`] attributes per tag.
pub fn apply(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut rest, mut kept) = (html, html);
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let mut tag = Tag(rest.trim_start_matches(|character: char| !ends_name(character)));
        let mut left = MAX_ATTRIBUTES;
        while left > 0 && tag.skip_attribute() {
            left -= 1;
        }
        let begin = tag.0;
        while tag.skip_attribute() {}
        rest = tag.0;
        if rest.len() < begin.len() {
            out.push_str(kept.get(..kept.len() - begin.len()).unwrap_or_default());
            kept = rest;
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(html);
    }
    out.push_str(kept);
    Cow::Owned(out)
}

/// The rest of a tag, and the text after it.
struct Tag<'a>(&'a str);

impl Tag<'_> {
    /// Skips an attribute by the rules of the HTML standard. Returns false if there was none.
    fn skip_attribute(&mut self) -> bool {
        let rest = self.0.trim_start_matches(is_space_or_slash);
        if rest.is_empty() || rest.starts_with('>') {
            return false;
        }
        // By the HTML standard a name may begin with `=`.
        let name = rest.strip_prefix('=').unwrap_or(rest);
        let rest = name.trim_start_matches(|character: char| !ends_name(character) && character != '=');
        self.0 = match rest.trim_start_matches(is_space).strip_prefix('=') {
            Some(value) => after_value(value.trim_start_matches(is_space)),
            None => rest,
        };
        true
    }
}

fn after_value(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split_once(quote).map_or("", |(_, after)| after);
        }
    }
    value.trim_start_matches(|character: char| !is_space(character) && character != '>')
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

fn is_space_or_slash(character: char) -> bool {
    is_space(character) || character == '/'
}

fn ends_name(character: char) -> bool {
    is_space_or_slash(character) || character == '>'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_few_attributes_are_unchanged() {
        for html in [
            "",
            "1 < 2 <3 <",
            "<p>x</p>",
            "<a href='x>y' b=\"<p>\" c = d/e =f g/>x",
            "<a b=\"unclosed <p>x",
            "<!-- <a b> --><a",
        ] {
            assert_eq!(apply(html), html);
            assert!(matches!(apply(html), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn further_attributes_are_dropped() {
        for attribute in [" a", " a=1", " a=\"> 1\"", " a = '>'", "/a", " =a=b"] {
            let kept = format!("<p{}", attribute.repeat(MAX_ATTRIBUTES));
            let html = format!("ü<b c>{kept}{}>x</p><i d>ü", attribute.repeat(100));
            assert_eq!(apply(&html), format!("ü<b c>{kept}>x</p><i d>ü"), "{attribute}");
        }
        let unclosed = format!("<p{}", " a=\"1\"".repeat(50_000));
        assert_eq!(apply(&unclosed).matches('=').count(), MAX_ATTRIBUTES);
    }
}
