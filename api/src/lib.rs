//! The five vendors' endpoints and the gateway's own, as typed values.
//!
//! A request is a value of a type that implements [`Endpoint`]: it knows its method, path, query, body, who may
//! call it and how its response is decoded. The browser, the gateway's allow-list, the sandbox and the contract tests
//! all use these values. The records of long lists are `Arc`s, so tables share them instead of copying them. Nothing
//! here does I/O.
//!
//! - [`endpoint`]: the trait, path templates, vendors and roles
//! - [`response`]: maps an HTTP response to a typed value or an [`Error`]
//! - [`decode`]: tolerant decoding shared by all vendors; [`validate`]: checks shared by forms and the sandbox
//! - [`text`]: cleans user input and compares names; [`lenient`]: decodes lists with unreadable records
//! - one module per vendor: `types` (shapes), `endpoints` (requests), `error` (parses failure bodies)

pub mod comm100;
pub mod decode;
pub mod digital99;
pub mod endpoint;
pub mod error;
pub mod gateway;
mod json_path;
pub mod jtel;
pub mod lenient;
pub mod oneview;
mod read_back;
pub mod registry;
mod repair_json;
pub mod request_body;
pub mod response;
pub mod sobot;
mod tolerant;
pub mod validate;
mod vendor_error;

pub use repair_json::repair_json;
pub use response::{HttpResponse, parse_response};
pub use trunkline_text as text;

pub use endpoint::{Access, Endpoint, Method, Role, Service};
pub use error::{Error, ErrorKind};
pub use validate::{FieldError, ValidationError};
pub use vendor_error::VendorError;
