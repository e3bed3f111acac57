//! Activity page for admins: who changed what through the gateway, newest first. Entries contain no values.

mod columns;
mod filters;
mod list;

pub use list::ActivityPage;
