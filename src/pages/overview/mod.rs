//! The overview: counts of the records that the user's role may read. Each section has its own query, so a failing
//! vendor never blanks the others.

mod accounts;
mod bars;
mod events;
mod page;
mod section;
mod stats;
mod tickets;
mod vendors;

pub use page::OverviewPage;
