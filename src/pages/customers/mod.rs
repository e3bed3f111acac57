//! Customers: looked up in Sobot by customer ID, phone, e-mail or third-party account ID.

mod custom_fields;
mod detail;
mod field_groups;
mod lookup_form;
mod lookup_result;
mod many;
mod page;
mod recent;
mod records;
mod tools;

pub use page::CustomersPage;
pub use tools::CustomerTool;
