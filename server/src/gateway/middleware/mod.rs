//! The middlewares of every request, from the outside to the inside: the log, security headers, the host, CSRF, and the
//! user.

pub mod csrf;
pub mod host;
pub mod identify;
pub mod request_log;
pub mod security_headers;

pub use security_headers::{CSP, InlineStyleCsp};
