//! 99digital, the partner's online account (Partners API).
//!
//! Success and failure both have HTTP status 200; the body's `status` (`OK` or `FAIL`) and `reason` (1 is success) tell
//! them apart. Reason codes differ between endpoints.

mod endpoints;
pub mod error;
mod types;
mod update_response;

pub use endpoints::*;
pub use types::*;
pub use update_response::UpdatedAccount;
