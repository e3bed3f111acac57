//! Texts made comparable.

pub use trunkline_fast::lower;
