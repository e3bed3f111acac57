//! The pages. Each is a folder: `mod.rs` ties it together, `list.rs`, `detail.rs` and `form.rs` as needed. Pages do
//! not know one another: what two of them share lies in `parts`, `ui` or `fetch`.

pub mod account;
pub mod acd_events;
pub mod activity;
pub mod channel_accounts;
pub mod customers;
pub mod external_apis;
pub mod inbox;
pub mod overview;
pub mod settings;
pub mod sign_in;
