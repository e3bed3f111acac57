//! Channel accounts (Comm100): list, read view, form, bot on and off, removal.

mod bulk;
mod bulk_action;
mod bulk_dialog;
mod bulk_report;
mod bulk_run;
mod chatbot_field;
mod columns;
mod credential_labels;
mod detail;
mod edit_conflict;
mod filters;
mod form;
mod form_state;
mod list;
mod mutations;
mod share_field;
mod write_only;
mod write_only_form;

pub use bulk::BulkBar;
pub use detail::ChannelAccountPage;
pub use filters::{Accounts, FilteredAccounts};
pub use form::{EditChannelAccountPage, NewChannelAccountPage};
pub use list::ChannelAccountsPage;
pub use write_only_form::CredentialFields;
