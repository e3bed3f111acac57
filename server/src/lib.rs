//! Trunkline's gateway: it serves the console, keeps the vendors' keys, and stands in for vendors that aren't
//! configured.
//!
//! - [`config`]: what an operator may set
//! - [`gateway`]: sign-in, roles, the vendors behind one origin, external APIs, the built console
//! - [`mod@serve`]: serving until told to end
//! - [`vendor_call`]: a request to a vendor and its answer, the same for the sandbox and an upstream
//! - [`store`]: the database
//! - `names`: users' names and passwords in one form
//! - [`sandbox`]: the five contracts on the database

pub mod config;
mod connections;
pub mod gateway;
mod names;
pub mod sandbox;
pub mod serve;
mod stalled;
pub mod store;
pub mod vendor_call;
