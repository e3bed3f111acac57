//! The sandbox backend: the five vendors' contracts on the database, for vendors without an upstream.
//!
//! - one module per vendor, each with `handle` for the requests of its contract, on persistent data
//! - `backend`: chooses the vendor's module and injects faults; `context`: the data that the vendors' modules share
//! - [`demo`]: the demo data of a new database
//! - [`faults`]: fault injection
//! - `json_response`: responses built from stored JSON, and each vendor's internal error

mod backend;
mod clock;
mod comm100;
mod config;
mod context;
pub mod demo;
mod digital99;
pub mod faults;
mod json_response;
mod jtel;
mod oneview;
mod sobot;

pub use backend::{Sandbox, SandboxResponse};
pub use clock::Clock;
pub use config::SandboxConfig;
