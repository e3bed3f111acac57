//! Agents: who is online, for admins.

mod columns;
mod list;

pub use list::AgentsPage;
