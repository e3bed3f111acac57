//! Tests of the five contracts, with the vendors' own samples and with variations of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod errors;
mod golden_requests;
mod golden_responses;
mod help;
mod paths;
mod properties;
mod responses;
mod tolerance;
mod tolerance_digital99;
mod tolerance_sobot;
mod validation;
