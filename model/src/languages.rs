//! Language tags.

/// The browser's first tag that is a regional variant of a language, such as `en-GB` for `en`. `None` if there is none.
pub fn regional_variant<'a>(tags: impl IntoIterator<Item = &'a str>, language: &str) -> Option<&'a str> {
    tags.into_iter().find(|tag| tag.strip_prefix(language).is_some_and(|rest| rest.starts_with('-')))
}

#[cfg(test)]
mod tests {
    use super::regional_variant;

    #[test]
    fn first_regional_variant_of_the_language() {
        let tags = ["de", "eng-GB", "en", "en-GB", "en-US", "zh-Hant-TW"];
        assert_eq!(regional_variant(tags, "en"), Some("en-GB"));
        assert_eq!(regional_variant(tags, "zh"), Some("zh-Hant-TW"));
        assert_eq!(regional_variant(tags, "de"), None);
        assert_eq!(regional_variant([], "en"), None);
    }
}
