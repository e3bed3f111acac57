//! Channel accounts (Comm100): list, read view, form, bot on and off, removal.

mod actions;
mod bulk;
mod detail;
mod fields;
mod form;
mod hidden;
mod hidden_form;
mod list;
mod meanwhile;
mod model;

pub use bulk::BulkBar;
pub use detail::ChannelAccountPage;
pub use form::{EditChannelAccountPage, NewChannelAccountPage};
pub use list::ChannelAccountsPage;
pub use model::{Accounts, Rows};
