//! Sobot's request.

use serde_json::Value;

use crate::endpoint::{Access, EVERYONE, Endpoint, Method, Vendor};
use crate::request_body::{BodyProblem, Others, RequestBody, checked};
use crate::sobot::{Customer, CustomerQuery, error};
use crate::wire::{Failure, from_json, from_member, to_json};

/// Retrieve customer information by one of four keys. `None`: there is no such customer.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryCustomer {
    /// The keys.
    pub query: CustomerQuery,
}

impl Endpoint for QueryCustomer {
    type Response = Option<Customer>;
    const VENDOR: Vendor = Vendor::Sobot;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/customer/query";
    const ACCESS: Access = EVERYONE;
    const READS: bool = true;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.query))
    }

    /// A bare customer or `null`; also the vendor's envelope `{ret_code, ret_msg, item}`, where `000000` is success.
    fn check_body(body: &[u8]) -> Result<RequestBody, BodyProblem> {
        checked(body, CustomerQuery::MEMBERS, Others::Refused, CustomerQuery::validate)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        let value: Value = from_json(body)?;
        let Value::Object(top) = value else { return from_json(body) };
        if !top.contains_key("ret_code") && !top.contains_key("retCode") {
            return from_json(body);
        }
        let complaint = error::complaint(&top);
        if complaint.code.as_deref() != Some("000000") {
            return Err(Failure::Refused { code: complaint.code, message: complaint.message });
        }
        from_member("item", top.get("item").unwrap_or(&Value::Null))
    }
}
