//! The five contracts, held against the vendors' own samples and against everything they might send instead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod answers;
mod errors;
mod golden_requests;
mod golden_responses;
mod help;
mod paths;
mod properties;
mod tolerance;
mod tolerance_digital99;
mod tolerance_sobot;
mod validation;
