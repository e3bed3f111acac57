//! The endpoint values of `api`, sent over HTTP to a running gateway on its sandbox: the responses and errors of every
//! endpoint, and the data after a restart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod client;
mod comm100;
mod digital99;
mod external_apis;
mod gateway;
mod jtel;
mod oneview;
mod restart;
mod samples;
mod sobot;
mod test_app;
