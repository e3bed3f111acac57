//! Trunkline's gateway: serves the console, keeps the vendors' keys, and answers from a sandbox for vendors that are
//! not configured.
//!
//! - [`config`]: the operator's settings
//! - [`gateway`]: sign-in, roles, the vendors behind one origin, external APIs, the built console
//! - [`mod@serve`]: the HTTP server, up to its graceful shutdown
//! - [`vendor_request`]: a vendor request and its response, in one form for sandbox and upstreams
//! - [`db`]: the database
//! - `names`: normalisation of user names and passwords
//! - [`sandbox`]: the five vendor contracts, backed by the database

pub mod config;
mod connections;
pub mod db;
pub mod gateway;
mod names;
pub mod sandbox;
pub mod serve;
pub mod vendor_request;
mod write_timeout;
