//! Locale data of the demo in five languages: names, places, messages. The people are invented, their addresses at
//! example domains, their telephone numbers from ranges that regulators reserve for fiction, where there is one.

mod chinese;
mod english;
mod french;
mod german;
mod hebrew;
pub mod types;

use types::LocaleData;

/// Returns the data of the language at `number` modulo five.
pub fn locale(number: u64) -> &'static LocaleData {
    match number % 5 {
        0 => &english::LOCALE,
        1 => &german::LOCALE,
        2 => &french::LOCALE,
        3 => &hebrew::LOCALE,
        _ => &chinese::LOCALE,
    }
}
