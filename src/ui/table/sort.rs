//! Sort order of a table.

pub use trunkline_model::sort::Sort;
pub use trunkline_scan::{SortIndex, SortKey};
