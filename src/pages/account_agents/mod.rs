//! Agents of a vendor account (99digital): who can sign in to it, and with which second factor.

mod columns;
mod list;

pub use list::AccountAgentsPage;
