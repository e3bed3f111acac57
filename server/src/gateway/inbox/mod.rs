//! What the gateway keeps per agent and ticket: marks, the history of the agent's list, and a shift's figures from it.

pub mod history;
mod known_list;
pub mod marks;
pub mod shift;

pub use history::HistoryEntry;
pub use known_list::KnownList;
