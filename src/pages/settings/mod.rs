//! Settings: the user's own, kept in this browser, and what there is to know of the system.
//!
//! - [`page`]: the page's two parts
//! - [`appearance`], [`notifications`], [`waiting`], [`keyboard`]: the user's
//! - [`system`]: vendors, help, versions; [`card`]: the frame of each

mod appearance;
mod card;
mod keyboard;
mod notifications;
mod page;
mod system;
mod waiting;

pub use page::SettingsPage;
