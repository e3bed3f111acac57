//! The gateway's own endpoints: sessions, vendor health, external APIs, HTML sanitising, what is kept about tickets.
//! Paths are relative to `/api`.

pub mod change;
mod endpoints;
pub mod error;
mod external_apis;
mod external_params;
mod external_runs;
pub mod external_template;
mod inbox;
mod types;
mod views;

pub use endpoints::*;
pub use external_apis::*;
pub use external_params::*;
pub use external_runs::*;
pub use inbox::*;
pub use types::*;
pub use views::*;
