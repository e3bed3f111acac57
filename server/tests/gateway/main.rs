//! The gateway as a browser sees it: a real server on loopback, with fake upstreams.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod access;
mod accounts;
mod activity_records;
mod assets;
mod auto_offline;
mod connections;
mod database_lock;
mod demo_users;
mod draft_key;
mod external_api_requests;
mod external_api_safety;
mod external_apis;
mod faults;
mod inbox_history;
mod inbox_marks;
mod labels;
mod limits;
mod live;
mod process;
mod session;
mod sign_in_limits;
mod test_app;
mod upstream;
mod upstream_auth;
mod upstream_bytes;
mod upstream_outcomes;
mod views;
