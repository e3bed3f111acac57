//! The words of a contact centre in five languages. Invented people at example domains; telephone numbers from ranges
//! that the regulators keep for fiction, where there is one.

mod chinese;
mod english;
mod french;
mod german;
mod hebrew;

/// One language's words.
#[derive(Debug)]
pub struct Words {
    /// The queue that answers in this language.
    pub queue: &'static str,
    /// Language tag.
    pub tag: &'static str,
    /// Country, as the vendors write it.
    pub country: &'static str,
    /// Province and city.
    pub places: &'static [(&'static str, &'static str)],
    /// First name, the same in ASCII, whether it is a woman's.
    pub firsts: &'static [(&'static str, &'static str, bool)],
    /// Last name, the same in ASCII.
    pub lasts: &'static [(&'static str, &'static str)],
    /// What telephone numbers begin with: E.164 without a plus.
    pub numbers: &'static [&'static str],
    /// How many digits come after that.
    pub digits: u32,
    /// What customers write.
    pub messages: &'static [&'static str],
    /// Firms that customers work for.
    pub firms: &'static [&'static str],
}

/// The words of the language that this number falls to.
pub fn words(number: u64) -> &'static Words {
    match number % 5 {
        0 => &english::WORDS,
        1 => &german::WORDS,
        2 => &french::WORDS,
        3 => &hebrew::WORDS,
        _ => &chinese::WORDS,
    }
}
