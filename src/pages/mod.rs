//! The pages. Each is a folder with an index (`mod.rs`) and, as needed, `list.rs`, `detail.rs` and `form.rs`. A page
//! never imports another page; code that two of them share is in `components`, `ui` or `fetch`.

pub mod account;
pub mod account_agents;
pub mod acd_events;
pub mod activity;
pub mod agents;
pub mod channel_accounts;
pub mod customers;
pub mod external_apis;
pub mod inbox;
pub mod overview;
pub mod settings;
pub mod sign_in;
