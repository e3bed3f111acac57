//! The gateway, as a browser meets it: a real server on loopback, and upstreams written here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod accounts;
mod assets;
mod connections;
mod demo_users;
mod draft_key;
mod external_apis;
mod faults;
mod guards;
mod kit;
mod limits;
mod live;
mod locked;
mod process;
mod session;
mod sign_in_limits;
mod upstream;
mod upstream_auth;
mod world_bytes;
mod world_external;
mod world_outcomes;
