//! The endpoint values of `api`, sent over HTTP to a running gateway on its sandbox: every endpoint, what it answers
//! and how it refuses, and all of it still there after a restart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod client;
mod comm100;
mod digital99;
mod external_apis;
mod gateway;
mod jtel;
mod oneview;
mod restart;
mod running;
mod sobot;
