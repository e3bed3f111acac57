//! Bars of a chart from counts.

use trunkline_model::overview::Count;

use crate::i18n::{count_of, t};
use crate::ui::{BarMark, Datum};

/// Bars for counts, each with a label and the URL of the list it counts. Records without a value have no such list.
pub fn bars(counts: Vec<Count>, name: impl Fn(&str) -> String, href: impl Fn(&str) -> String) -> Vec<Datum> {
    let bar = |Count { key, count }: Count| {
        let (label, href) =
            if key.is_empty() { (t::overview::none_given(), String::new()) } else { (name(&key), href(&key)) };
        Datum { label, value: count_of(count), href, mark: BarMark::None }
    };
    counts.into_iter().map(bar).collect()
}
