//! The typed fetch layer: how the console talks to its origin. This page documents all of it.
//!
//! # Reading and writing
//!
//! A request is a value of the `api` crate: it knows its method, its path, its response type and how its vendor reports
//! errors.
//!
//! ```ignore
//! let accounts = use_query(move || Some(comm100::ListChannelAccounts { include: Some(Include::Chatbot) }));
//! view! { <QueryView query=accounts children=Callback::new(|list| …) /> }
//!
//! let saving = use_mutation();
//! let read_back = ReadBack::new(&read, |now| if now == … { WriteOutcome::Done } else { … });
//! saving.run_verified(request, move |response| …, |error| …, read_back);
//! ```
//!
//! A new endpoint is one struct in `api/` and one such line on its page. Nothing changes here.
//!
//! # Guarantees to pages
//!
//! | when | then | where |
//! |---|---|---|
//! | two views read the same | they share one request; the key is vendor, path, query and body | [`cache`] |
//! | a request changes, or its page is left | the old request is aborted and its response is never shown | [`cache`] |
//! | a response is old, the window gets the focus, the connection is back | the query refetches; the old data stays on the screen, with its age | [`query`], [`network`] |
//! | a response is byte for byte the last one | nothing is decoded or drawn | [`cache`] |
//! | a list is long | it is parsed while it arrives, in slices; unchanged records are not parsed again | [`streaming_list`] |
//! | a record of a list can't be parsed | the others are shown, with a note of what is wrong with it | [`streaming_list`], `trunkline_api::lenient` |
//! | a read fails with a transient error | it is retried at most 3 times: after 1, 2 and 4 s with jitter, or as `Retry-After` asks | [`cache`] |
//! | a write is sent | once per click; the same write from another form waits for the first response; writes to one record go out in order | [`mutation`] |
//! | a write's response is lost or can't be parsed | the page says that the outcome is unknown, reads the record back and reports what it finds: forms, removals, switches and bulk runs alike | [`mutation`] |
//! | a form replaces a record | the record is read first, so that the form can show what somebody else changed (`components::edit_conflict`) | [`mutation`] |
//! | a write should be seen at once | an [`OptimisticUpdate`] patches the data until the write is confirmed or refused | [`optimistic`] |
//! | many records are written | one after the other, each with its outcome; the run waits for rate limits, can be stopped, and can retry what failed | [`bulk`] |
//! | a write succeeded | the page [`invalidate`]s the key prefixes that it concerns and [`put`]s data that it has already | [`cache`] |
//! | something changed elsewhere | the gateway reports it; what is on the screen refetches once the load in flight has ended | [`live`] |
//! | the session has too many streams | the replaced tab polls until its window gets the focus | [`live`] |
//! | several tabs are open | they share one event stream and one poll, and hand each other responses | [`tabs`], [`live`] |
//! | the event stream is lost | it is reopened with exponential back-off; meanwhile what is on the screen is polled | [`live`] |
//! | events may have been missed: at start, after a break, in a new tab | changes and responses are numbered: exactly what is older than a change refetches | [`live`], [`cache`] |
//! | the event stream is open | nothing is polled | [`live`] |
//! | a request gets no response | the connection is verified within a second, and probed until it is back | [`network`] |
//! | there is no connection | reads keep their data; writes are not sent, and their forms keep every input | [`transport`] |
//! | the app requests by itself: a poll, an event, a retry | the request is marked as background; only what a person does extends the session | [`transport`] |
//! | the gateway says `signed-out` | sign-in opens over the page in every tab; failed reads are sent again after it. A vendor's 401 is an ordinary error | [`session`] |
//! | a person types into a form | its draft is stored in the browser, per user and form, encrypted with the user's key, without secrets; tabs with the same form share it | [`drafts`] |
//! | a session expires by itself | the page is hidden until its user signs in again; another user gets a fresh page and finds no drafts | [`session`], [`drafts`] |
//!
//! Every failure is one [`trunkline_api::Error`], made in one place (`trunkline_api::response`) and described in one
//! (`components::describe`).
//!
//! # Design
//!
//! [`config`] is read once at start and tells the vendors' base URLs. Only parsing a response knows its type: requests
//! become a [`request::RawRequest`], responses a [`response::RawResponse`], data a `dyn Any`. So all of the machinery is
//! compiled once, and an endpoint costs only its decoder. [`chunks`] loads the pages' code, chunk by chunk.
//!
//! A module imports only modules of the layers below its own, and no two import each other:
//!
//! | layer | modules |
//! |---|---|
//! | what follows from what | [`sync`] |
//! | reading and writing | [`query`], [`mutation`], [`bulk`], [`optimistic`], [`drafts`] |
//! | state | [`cache`], [`session`], [`live`], [`chunks`] |
//! | the wire | [`transport`], [`network`], [`tabs`] |
//! | what is sent and received | [`request`], [`streaming_list`], [`response`] |
//! | basics | [`config`], [`scheduler`], [`build_check`], `charset`, `seal` |
//!
//! An event in one module that concerns others is reported to a handler, a plain function that [`sync`] sets.

pub mod build_check;
pub mod bulk;
pub mod cache;
mod charset;
pub mod chunks;
pub mod config;
pub mod drafts;
pub mod live;
pub mod mutation;
pub mod network;
pub mod optimistic;
pub mod query;
pub mod request;
pub mod response;
pub mod scheduler;
mod seal;
pub mod session;
pub mod streaming_list;
pub mod sync;
pub mod tabs;
pub mod transport;

pub use cache::{invalidate, put};
pub use mutation::{Mutation, WriteOutcome, use_mutation};
pub use optimistic::OptimisticUpdate;
pub use query::{Query, use_query, use_query_with};
pub use transport::send;
