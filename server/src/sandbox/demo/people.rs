//! The customers as people: everyone who writes or calls in the demo data is one of them.

use rand::Rng;

use super::dice::{dice, hex, nth, pick};
use super::words::{Words, words};

/// A customer.
#[derive(Clone, Debug)]
pub struct Person {
    /// The customer's id with one-view and Sobot.
    pub id: String,
    /// First name, in the customer's own script.
    pub first: &'static str,
    /// Last name.
    pub last: &'static str,
    /// Whether the customer is a woman.
    pub female: bool,
    /// E.164 without a plus.
    pub tel: String,
    /// An address at an example domain.
    pub email: String,
    /// The customer's language.
    pub words: &'static Words,
}

impl Person {
    /// First and last name, in the order of the customer's language.
    pub fn full_name(&self) -> String {
        match self.words.tag {
            "zh" => format!("{}{}", self.last, self.first),
            _ => format!("{} {}", self.first, self.last),
        }
    }
}

/// Of twenty customers, who speaks which language ([`words`]): most one, few the last.
const LANGUAGES: [u64; 20] = [0, 1, 0, 2, 0, 1, 3, 0, 0, 2, 1, 0, 4, 0, 1, 0, 2, 3, 1, 0];

/// A customer's language, and how many of it come before.
fn language(number: u64) -> (u64, u64) {
    let own = nth(&LANGUAGES, number);
    let before = |count: usize| LANGUAGES.iter().take(count).filter(|language| **language == own).count();
    let count = |count: usize| u64::try_from(before(count)).unwrap_or_default();
    let place = usize::try_from(number % 20).unwrap_or_default();
    (own, number / 20 * count(LANGUAGES.len()) + count(place))
}

/// The customer with this number, always the same. Number 0 is the one-view document's.
pub fn person(number: u64) -> Person {
    let (language, turn) = language(number);
    let words = words(language);
    let mut dice = dice(1, number);
    let (first, first_ascii, female) = nth(words.firsts, turn);
    let (last, last_ascii) = nth(words.lasts, turn);
    let domain = pick(&mut dice, &["example.com", "example.org", "example.net", "mail.example"]);
    let id = match number {
        0 => "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2".to_owned(),
        _ => hex(&mut dice),
    };
    let year = dice.random_range(1950..2006);
    Person {
        id,
        first,
        last,
        female,
        tel: telephone(words, turn),
        email: format!("{first_ascii}.{last_ascii}{year}.{number}@{domain}"),
        words,
    }
}

/// Numbers go through a block, then to the next.
fn telephone(words: &Words, turn: u64) -> String {
    let block = 10_u64.pow(words.digits);
    let width = usize::try_from(words.digits).unwrap_or(4);
    format!("{}{:0width$}", nth(words.numbers, turn / block), turn % block)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn most_speak_one_language_and_no_two_have_one_number() {
        let people: Vec<Person> = (0..10_000).map(person).collect();
        let of = |tag: &str| people.iter().filter(|person| person.words.tag == tag).count();
        assert_eq!(["en", "de", "fr", "he", "zh"].map(of), [4500, 2500, 1500, 1000, 500]);
        assert_eq!(people.iter().map(|person| &person.tel).collect::<BTreeSet<_>>().len(), 10_000);
        assert_eq!((people[0].full_name().as_str(), people[0].words.queue), ("Hugo Dan", "english"));
    }
}
