//! The gateway's own endpoints: sessions, the vendors' health, external APIs, cleaned HTML. Paths are below `/api`.

pub mod change;
mod endpoints;
pub mod error;
mod external_apis;
mod types;

pub use endpoints::*;
pub use external_apis::*;
pub use types::*;
