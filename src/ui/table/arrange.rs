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

/// The rows to be seen, in order. It is also what each step on the way there gives: memos are compiled anew for each type.
#[derive(Clone, Default)]
pub(super) struct Listing {
    all: Arc<Vec<Item>>,
    /// What a column sorts them by.
    keys: Arc<Vec<SortKey>>,
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
    let all = step(move |_| Listing { all: Arc::new(rows()), ..Listing::default() });
    // Once a list and column, when first sorted by it; a click that only turns the order around makes none.
    let keys: Vec<(&str, Memo<Listing>)> = columns
        .iter()
        .filter_map(|column| {
            let key = column.sort.clone()?;
            let keys = move || Arc::new(all.read().all.iter().map(|row| key(row)).collect());
            Some((column.key, step(move |_| Listing { keys: keys(), ..Listing::default() })))
        })
        .collect();
    let ordered = step(move |_| {
        let asked = sort.get().and_then(|sort| {
            let (_, keys) = keys.iter().find(|(key, _)| *key == sort.key)?;
            Some(order(&keys.read().keys, sort.descending))
        });
        let mut listing = all.get();
        listing.ordered = Arc::new(asked.unwrap_or_else(|| (0..listing.all.len()).collect()));
        listing.picked = Arc::clone(&listing.ordered);
        listing
    });
    let Some(pick) = pick else { return ordered.into() };
    let picked = step(move |before| {
        let mut listing = ordered.get();
        if let Some(keep) = pick() {
            listing.picked = listing.keep(&keep, before);
        }
        listing
    });
    picked.into()
}

/// Gives a step's outcome, of the one before.
type Take = Box<dyn Fn(Option<&Listing>) -> Listing + Send + Sync>;

/// A step, whose every outcome is news.
fn step(take: impl Fn(Option<&Listing>) -> Listing + Send + Sync + 'static) -> Memo<Listing> {
    let take: Take = Box::new(take);
    Memo::new_with_compare(take, |_, _| true)
}
