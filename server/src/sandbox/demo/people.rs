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

/// The customer with this number, always the same. Number 0 is the one-view document's.
pub fn person(number: u64) -> Person {
    let words = words(number);
    let mut dice = dice(1, number);
    let turn = number / 5;
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
