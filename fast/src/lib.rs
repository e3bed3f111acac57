//! Work on many bytes: what is done for each of 10,000 or 100,000 records, over and over.
//!
//! A crate of its own because a profile is chosen by crate: this one is compiled for speed, the rest of the app for
//! size. [`text`] is here too, so that fields, which know no vendor, and the contracts clean text by one rule. So nothing here is generic, which would be compiled where it is used, and nothing is inlined there.

mod collate;
mod elements;
mod find;
mod fold;
mod json;
mod lower;
mod mark;
mod mend;
mod order;
mod pick;
pub mod text;

pub use elements::Elements;
pub use find::contains;
pub use fold::{fold, fold_pieces, is_mark, nfc};
pub use lower::lower;
pub use mark::{Hasher, mark};
pub use mend::mend;
pub use order::{Order, SortKey};
pub use pick::{Kind, Place, Unpicked, Wanted, pick};
