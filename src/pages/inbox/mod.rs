//! The agent's inbox: the agent's tickets, updated live, with one open beside the list.
//!
//! - [`page`]: connects all of these
//! - [`agent`]: the agent whose inbox is shown
//! - [`filters`], [`rows`], [`columns`], [`list`]: the list, by the URL's parameters
//! - [`tools`], lazy-loaded: [`marked_list`] with [`held_list`], so that the list follows the marks and does not move while it
//!   is read; [`views`], [`filter_bar`], [`shift`]
//! - [`detail`]: the open ticket's pane; lazy-loaded: [`details_view`] with [`toolbar`], [`note`],
//!   [`snooze`], [`message`], [`json_tree`], [`ticket_links`], [`history`], [`technical_details`],
//!   and [`customer_card`]
//! - updates: [`polling`]
//! - [`search_index`]: search texts, built before the first search; [`shortcuts`], [`focus`]: the keyboard

mod agent;
mod columns;
mod customer_card;
mod detail;
mod details_view;
mod filter_bar;
mod filters;
mod focus;
mod held_list;
mod history;
mod json_tree;
mod labels;
mod list;
mod marked_list;
mod message;
mod note;
mod page;
mod polling;
mod rows;
mod search_index;
mod shift;
mod shortcuts;
mod snooze;
mod technical_details;
mod ticket_links;
mod toolbar;
mod tools;
mod views;

pub use agent::{Agent, NoAgent};
pub use customer_card::CustomerCard;
pub use detail::{OpenTicket, TicketParts};
pub use details_view::TicketDetails;
pub use page::InboxPage;
pub use tools::{InboxTools, ToolPart};
