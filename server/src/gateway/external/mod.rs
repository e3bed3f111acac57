//! External APIs: definitions of calls to a customer's own systems, and tests of them.

pub mod definition;
mod guarded_client;
mod mask;
mod output_mapping;
pub mod prepare;
mod secrets;
mod ssrf_guard;
mod store;
pub mod test_run;
mod token;
mod vault;

pub use store::{ExternalApiStore, ListEntry};
