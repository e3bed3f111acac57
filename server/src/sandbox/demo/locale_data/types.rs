//! The data that each language has.

/// The data of one language.
#[derive(Debug)]
pub struct LocaleData {
    /// The queue for this language.
    pub queue: &'static str,
    /// Language tag.
    pub tag: &'static str,
    /// Country, as the vendors write it.
    pub country: &'static str,
    /// Provinces and cities.
    pub places: &'static [(&'static str, &'static str)],
    /// First names: as written, in ASCII, and true for a woman's.
    pub first_names: &'static [(&'static str, &'static str, bool)],
    /// Last names: as written, and in ASCII.
    pub last_names: &'static [(&'static str, &'static str)],
    /// Prefixes of telephone numbers: E.164 without a plus.
    pub phone_prefixes: &'static [&'static str],
    /// Number of digits after the prefix.
    pub phone_digits: u32,
    /// Messages that customers write.
    pub messages: &'static [&'static str],
    /// Messages that agents write back.
    pub replies: &'static [&'static str],
    /// Messages that customers write after their first.
    pub follow_ups: &'static [&'static str],
    /// Companies that customers work for.
    pub companies: &'static [&'static str],
}
