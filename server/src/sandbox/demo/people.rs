//! Demo customers. Everyone who writes or calls in the demo data is one of them.

use rand::Rng;

use super::locale_data::locale;
use super::locale_data::types::LocaleData;
use super::rng::{hex, nth, pick, rng_for};

/// A customer.
#[derive(Clone, Debug)]
pub struct Person {
    /// The customer's id with one-view and Sobot.
    pub id: String,
    /// First name, in the customer's own script.
    pub first: &'static str,
    /// Last name.
    pub last: &'static str,
    /// True if the customer is a woman.
    pub female: bool,
    /// E.164 without a plus.
    pub tel: String,
    /// An address at an example domain.
    pub email: String,
    /// The customer's language.
    pub locale: &'static LocaleData,
}

impl Person {
    /// First and last name, in the order of the customer's language.
    pub fn full_name(&self) -> String {
        match self.locale.tag {
            "zh" => format!("{}{}", self.last, self.first),
            _ => format!("{} {}", self.first, self.last),
        }
    }
}

/// Languages of twenty customers: most speak the first, few the last.
const LANGUAGES: [u64; 20] = [0, 1, 0, 2, 0, 1, 3, 0, 0, 2, 1, 0, 4, 0, 1, 0, 2, 3, 1, 0];

/// Returns a customer's language, and how many customers before speak it.
fn language(number: u64) -> (u64, u64) {
    let own = nth(&LANGUAGES, number);
    let before = |count: usize| LANGUAGES.iter().take(count).filter(|language| **language == own).count();
    let count = |count: usize| u64::try_from(before(count)).unwrap_or_default();
    let rest = usize::try_from(number % 20).unwrap_or_default();
    (own, number / 20 * count(LANGUAGES.len()) + count(rest))
}

/// Returns the customer with this number, always the same. Number 0 is the one-view document's.
pub fn person(number: u64) -> Person {
    let (language, turn) = language(number);
    let words = locale(language);
    let mut rng = rng_for(1, number);
    let (first, first_ascii, female) = nth(words.first_names, turn);
    let (last, last_ascii) = nth(words.last_names, turn);
    let domain = pick(&mut rng, &["example.com", "example.org", "example.net", "mail.example"]);
    let id = match number {
        0 => "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2".to_owned(),
        _ => hex(&mut rng),
    };
    let year = rng.random_range(1950..2006);
    Person {
        id,
        first,
        last,
        female,
        tel: telephone(words, turn),
        email: format!("{first_ascii}.{last_ascii}{year}.{number}@{domain}"),
        locale: words,
    }
}

/// Returns the telephone number at `turn`, one block of numbers after the other.
fn telephone(words: &LocaleData, turn: u64) -> String {
    let block = 10_u64.pow(words.phone_digits);
    let width = usize::try_from(words.phone_digits).unwrap_or(4);
    format!("{}{:0width$}", nth(words.phone_prefixes, turn / block), turn % block)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn languages_are_skewed_and_telephone_numbers_unique() {
        let people: Vec<Person> = (0..10_000).map(person).collect();
        let of = |tag: &str| people.iter().filter(|person| person.locale.tag == tag).count();
        assert_eq!(["en", "de", "fr", "he", "zh"].map(of), [4500, 2500, 1500, 1000, 500]);
        assert_eq!(people.iter().map(|person| &person.tel).collect::<BTreeSet<_>>().len(), 10_000);
        assert_eq!((people[0].full_name().as_str(), people[0].locale.queue), ("Hugo Dan", "english"));
    }
}
