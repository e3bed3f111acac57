//! jtel, ACD events (REST API v1.0).
//!
//! Source: `AcdEvents REST API - AcdEvent Functions`; return codes: `Return Codes`. Times (`dt…`) are the vendor's
//! local time without a time zone. There is no paging: responses contain the complete list.

mod endpoints;
pub mod error;
mod event_data;
mod types;

pub use endpoints::*;
pub use event_data::event_data_xml;
pub use types::*;
