//! Secrets that come back in an answer are masked before anyone sees them.

use trunkline_api::gateway::{ExternalApiBody, MASK};

/// The spellings of a definition's secrets.
pub struct Mask(Vec<String>);

impl Mask {
    /// Of the secret headers' values: whole, without their scheme, as JSON writes them and as a URL does.
    pub fn of(api: &ExternalApiBody) -> Self {
        let mut words = Vec::new();
        for header in api.headers.iter().filter(|header| header.secret) {
            let value = header.value.trim();
            let inner = value.split_once(' ').map_or(value, |(_, rest)| rest.trim());
            for text in [value, inner] {
                words.push(text.to_owned());
                words.push(trunkline_api::wire::to_json(&text).trim_matches('"').to_owned());
                words.push(url::form_urlencoded::byte_serialize(text.as_bytes()).collect());
            }
        }
        words.retain(|word| !word.is_empty());
        // The longest first: a part must not spoil the whole.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        Self(words)
    }

    /// The text without them.
    pub fn apply(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), MASK))
    }
}
