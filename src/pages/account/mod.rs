//! Vendor account (99digital): select it, change its name, status and builder URL. Only changed values are sent.

mod account_details;
mod account_select;
mod disable_dialog;
mod editable_fields;
mod form;
mod form_state;
mod list_state;
mod page;

pub use account_details::AccountDetails;
pub use page::AccountPage;
