//! Sobot's request.

use serde_json::Value;

use crate::decode::{DecodeError, from_json, from_member, to_json};
use crate::endpoint::{Access, EVERYONE, Endpoint, Method, Service};
use crate::request_body::{InvalidBody, RequestBody, UnknownMemberRule, check_json_body};
use crate::sobot::{Customer, CustomerQuery, error};

/// Retrieve customer information by one of four keys. `None` if there is no such customer.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryCustomer {
    /// The look-up keys.
    pub query: CustomerQuery,
}

impl Endpoint for QueryCustomer {
    type Response = Option<Customer>;
    const SERVICE: Service = Service::Sobot;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/customer/query";
    const ACCESS: Access = EVERYONE;
    const IS_READ_ONLY: bool = true;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.query))
    }

    /// A bare customer or `null`; also the vendor's envelope `{ret_code, ret_msg, item}`, where `000000` is success.
    fn check_body(body: &[u8]) -> Result<RequestBody, InvalidBody> {
        check_json_body(body, CustomerQuery::MEMBERS, UnknownMemberRule::Refuse, CustomerQuery::validate)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        let value: Value = from_json(body)?;
        let Value::Object(top) = value else { return from_json(body) };
        if !top.contains_key("ret_code") && !top.contains_key("retCode") {
            return from_json(body);
        }
        let complaint = error::from_object(&top);
        if complaint.code.as_deref() != Some("000000") {
            return Err(DecodeError::Refused { code: complaint.code, message: complaint.message });
        }
        from_member("item", top.get("item").unwrap_or(&Value::Null))
    }
}
