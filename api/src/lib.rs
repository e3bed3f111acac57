//! The five vendors' endpoints and the gateway's own, as typed values.
//!
//! A request is a value of a type that implements [`Endpoint`]: it knows its method, path, query, body, who may
//! call it and how its answer is read. The records of long lists come as `Arc`s: tables share them, nothing is copied. The browser, the gateway's allow-list, the sandbox and the contract tests
//! all work from these same values. Nothing here does I/O.
//!
//! - [`endpoint`]: the trait, path templates, vendors and roles
//! - [`answer`]: one mapper from an HTTP answer to a typed response or an [`Error`]
//! - [`wire`]: the tolerant pieces of decoding; [`validate`]: the checks a form and the sandbox share
//! - [`text`]: how typed text is cleaned and names are compared; [`lenient`]: lists with records that can't be read
//! - [`keys`], [`server_clock`]: logic of the browser's that is worth testing natively
//! - [`merge`]: what two people changed in one record
//! - one module per vendor: `types` (shapes), `endpoints` (requests), `error` (how a failure body is read)

pub mod answer;
pub mod comm100;
pub mod digital99;
pub mod endpoint;
pub mod error;
pub mod gateway;
mod json_path;
pub mod jtel;
pub mod keys;
pub mod lenient;
pub mod list;
pub mod merge;
pub mod oneview;
pub mod overview;
pub mod pretty_json;
mod read_back;
mod record;
pub mod registry;
pub mod request_body;
pub mod server_clock;
pub mod sobot;
pub mod validate;
pub mod wire;

pub use answer::{Answer, read};
pub use trunkline_fast::text;

pub use endpoint::{Access, Endpoint, Method, Role, Vendor};
pub use error::{Error, ErrorKind};
pub use validate::{FieldError, Problem};
