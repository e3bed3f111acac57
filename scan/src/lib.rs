//! Hot loops: code that runs for each of 10,000 to 100,000 records.
//!
//! A separate crate, because optimisation levels are set per crate: this one is compiled for speed, the rest of the app
//! for size. Generic and inlined functions would be compiled in the calling crate, so there are none here.

mod array_scanner;
mod collate;
mod contains;
mod fingerprint;
mod fold;
mod json;
mod json_strings;
mod lowercase;
mod scan_fields;
mod search_fold;
mod sort_index;

pub use array_scanner::ArrayScanner;
pub use collate::prepare_collation;
pub use contains::contains;
pub use fingerprint::fingerprint;
pub use fold::{fold, fold_lines, is_invisible_mark, nfc};
pub use json_strings::json_strings;
pub use lowercase::lowercase;
pub use scan_fields::{FieldSpan, FieldSpec, JsonKind, ScanError, scan_fields};
pub use search_fold::{fold_record, fold_search, spelled_out};
pub use sort_index::{SortIndex, SortKey, in_order};
