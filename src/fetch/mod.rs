//! The typed fetch layer: how the console talks to its one origin.
//!
//! A request is a value of the `api` crate. To read it on a page:
//!
//! ```ignore
//! let accounts = use_query(move || Some(comm100::ListChannelAccounts { include: Some(Include::Chatbot) }));
//! view! { <Loaded query=accounts let:list> … </Loaded> }
//! ```
//!
//! To write: `let saving = use_mutation(); saving.run(request, move |answer| …)`.
//!
//! - [`config`]: where the vendors' bases are; read once at start
//! - [`transport`]: one request on the wire: abort, time-out, bytes, [`trunkline_api::Error`]
//! - [`cache`]: entries by key with generations; an old answer never paints; least recently used first out
//! - [`query`]: a page's view of an entry: deduplicated, stale-while-revalidate, retried, refetched
//! - [`mutation`]: a write: once a click, never by itself
//! - [`session`]: who is signed in; the one place that hears `signed-out`
//! - [`network`]: online or offline, focus, and the refetches that follow
//! - [`live`]: what the gateway says has changed
//! - [`code`]: the pages' own code, page by page

pub mod cache;
pub mod code;
pub mod config;
pub mod live;
pub mod mutation;
pub mod network;
pub mod query;
pub mod session;
pub mod transport;

pub use cache::{invalidate, put};
pub use mutation::{Mutation, use_mutation};
pub use query::{Query, use_query, use_query_with};
pub use transport::send;
