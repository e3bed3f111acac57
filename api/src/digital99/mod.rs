//! 99digital, the partner's online account (Partners API).
//!
//! Success and failure both come with HTTP 200: the body's `status` (`OK` or `FAIL`) and `reason` (1 is success) say
//! which. Reason codes differ from endpoint to endpoint.

mod endpoints;
pub mod error;
mod known;
mod types;
mod updated;

pub use endpoints::*;
pub use known::{Known, Typed};
pub use types::*;
pub use updated::UpdatedAccount;
