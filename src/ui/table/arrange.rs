//! Which rows there are to be seen, and in which order. It knows no row type.

use std::sync::Arc;

use leptos::prelude::*;

use super::column::{Item, Plain};
use super::sort::{Order, Sort};
use crate::i18n::language;

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
    /// Their order by a column.
    order: Arc<Order>,
    ordered: Places,
    /// Which of all fit; of those that are missing here nobody has asked yet.
    fits: Arc<Vec<bool>>,
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

    /// Leaves only those that fit; `before` are those that did the last time.
    fn keep(&mut self, keep: &Keep<Item>, before: Option<&Self>) {
        let known = before.filter(|before| keep.narrows && Arc::ptr_eq(&before.all, &self.all));
        let asked = |place: usize| known.is_none_or(|known| known.fits.get(place).is_none_or(|fits| *fits));
        // In the order in which they came, which is the memory's.
        let fits = self.all.iter().enumerate().map(|(place, item)| asked(place) && (keep.fits)(item));
        self.fits = Arc::new(fits.collect());
        let fitting = |place: &&usize| self.fits.get(**place) == Some(&true);
        self.picked = Arc::new(self.ordered.iter().filter(fitting).copied().collect());
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
    let orders: Vec<(&str, Memo<Listing>)> = columns
        .iter()
        .filter_map(|column| {
            let key = column.sort.clone()?;
            let order = move || {
                let keys = all.read().all.iter().map(|row| key(row)).collect::<Vec<_>>();
                Order::in_language(&keys, language().tag)
            };
            Some((column.key, step(move |_| Listing { order: Arc::new(order()), ..Listing::default() })))
        })
        .collect();
    let ordered = step(move |_| {
        let asked = sort.get().and_then(|sort| {
            let (_, order) = orders.iter().find(|(key, _)| *key == sort.key)?;
            Some(order.read().order.places(sort.descending))
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
            listing.keep(&keep, before);
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
