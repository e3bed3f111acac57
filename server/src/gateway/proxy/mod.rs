//! Calls to the vendors: each is answered by the sandbox or by the vendor itself, through one `Backend`.

mod backend;
mod budget;
mod headers;
mod health;
pub mod hidden_error;
mod http_client;
mod memory_limit;
mod redact;
pub mod route;
mod sandbox_backend;
mod shared_response;
mod single_flight;
mod token_cache;
mod upstream;
mod vendors;

pub use hidden_error::HiddenError;
pub use shared_response::SharedResponse;
pub use vendors::{VendorProxy, Vendors};
