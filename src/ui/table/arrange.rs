//! Which rows there are to be seen, and in which order. It knows no row type.

use std::sync::Arc;

use leptos::prelude::*;

use super::column::{Item, Plain};
use super::sort::{Sort, SortKey, order};

/// Tells whether a row is to be seen.
pub struct Keep<T> {
    /// Tells it.
    pub fits: Box<dyn Fn(&T) -> bool>,
    /// Whether every row that fits did so the last time too, as when a letter more is typed: then only those are asked.
    pub narrows: bool,
}

/// What picks the rows at present; none: all are to be seen.
pub(super) type Pick = Box<dyn Fn() -> Option<Keep<Item>> + Send + Sync>;

/// Places of rows among all there are: an order of 10,000 rows is 10,000 numbers.
type Places = Arc<Vec<usize>>;

/// The rows to be seen, in order.
#[derive(Clone)]
pub(super) struct Listing {
    all: Arc<Vec<Item>>,
    ordered: Places,
    picked: Places,
}

impl Listing {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.picked.len()
    }

    /// One of them.
    pub fn get(&self, at: usize) -> Option<&Item> {
        self.all.get(*self.picked.get(at)?)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.picked.iter().filter_map(|place| self.all.get(*place))
    }

    /// The places of those that fit; `before` are those that did the last time.
    fn keep(&self, keep: &Keep<Item>, before: Option<&Self>) -> Places {
        let same = before.filter(|before| keep.narrows && Arc::ptr_eq(&before.ordered, &self.ordered));
        let asked = same.map_or(&self.ordered, |before| &before.picked);
        let fits = |place: &&usize| self.all.get(**place).is_some_and(|item| (keep.fits)(item));
        Arc::new(asked.iter().filter(fits).copied().collect())
    }
}

/// The rows in order, of which those are left that are picked.
pub(super) fn arrange(
    rows: Box<dyn Fn() -> Vec<Item> + Send + Sync>,
    pick: Option<Pick>,
    columns: &[Plain],
    sort: Signal<Option<Sort>>,
) -> Signal<Listing> {
    let all = anew(move || Arc::new(rows()));
    // Once a list and column, when first sorted by it; a click that only turns the order around makes none.
    let keys: Vec<(&str, Memo<Arc<Vec<SortKey>>>)> = columns
        .iter()
        .filter_map(|column| {
            let key = column.sort.clone()?;
            Some((column.key, anew(move || Arc::new(all.read().iter().map(|row| key(row)).collect()))))
        })
        .collect();
    let ordered = anew(move || {
        let asked = sort.get().and_then(|sort| {
            let (_, keys) = keys.iter().find(|(key, _)| *key == sort.key)?;
            Some(order(&keys.read(), sort.descending))
        });
        let (all, places) = (all.get(), asked.unwrap_or_else(|| (0..all.read().len()).collect()));
        let ordered = Arc::new(places);
        Listing { all, picked: Arc::clone(&ordered), ordered }
    });
    let Some(pick) = pick else { return ordered.into() };
    let picked = move |before: Option<&Listing>| {
        let mut listing = ordered.get();
        if let Some(keep) = pick() {
            listing.picked = listing.keep(&keep, before);
        }
        listing
    };
    Memo::new_with_compare(picked, |_, _| true).into()
}

/// A memo whose every value is news.
fn anew<T: Send + Sync + 'static>(reckon: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    let reckon: Box<dyn Fn() -> T + Send + Sync> = Box::new(reckon);
    Memo::new_with_compare(move |_| reckon(), |_, _| true)
}
