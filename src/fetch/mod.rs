//! The typed fetch layer: how the console talks to its one origin. This page is all of it.
//!
//! # To read, to write
//!
//! A request is a value of the `api` crate: it knows its method, path, answer and how its vendor reports errors.
//!
//! ```ignore
//! let accounts = use_query(move || Some(comm100::ListChannelAccounts { include: Some(Include::Chatbot) }));
//! view! { <Loaded query=accounts children=Callback::new(|list| …) /> }
//!
//! let saving = use_mutation();
//! saving.run_sure(request, move |answer| …, |error| …, Look::new(&read, |now| if now == … { Truth::Done } else { … }));
//! ```
//!
//! A new endpoint is one struct in `api/`, and one such line on its page. Nothing here has to know of it.
//!
//! # What a page may rely on
//!
//! | when | then | where |
//! |---|---|---|
//! | two views read the same | one request; the key is vendor, path, query and body | [`cache`] |
//! | a request changes, or its page is left | the old one is aborted on the wire, and never paints | [`cache`] |
//! | an answer is old, the window gets the focus, the line is back | it is asked for again; the old one stays on the screen, with its age | [`query`], [`network`] |
//! | an answer is byte for byte the last one | nothing is decoded, nothing is drawn | [`cache`] |
//! | a list is long | it is read while it arrives, in slices; records that did not change are not read again | [`records`] |
//! | a record of a list can't be read | the others are shown, with a note of what is wrong with it | [`records`], `trunkline_api::lenient` |
//! | a read fails and may yet succeed | it is tried again, at most 3 times: 1, 2, 4 s with jitter, or when `Retry-After` says | [`cache`] |
//! | a write is sent | once a click; the same write from elsewhere waits for the first one's answer; writes to one record go out in order | [`mutation`] |
//! | a write's answer is lost, or can't be read | it is said that nobody knows; the record is read back, and what is found is said: of forms, removals, switches and bulk runs alike | [`mutation`] |
//! | a form replaces a record | it is read again first, so that what somebody else changed can be shown (`parts::meanwhile`) | [`mutation`] |
//! | a write should be seen at once | it lies over the data as an [`Overlay`], until it is confirmed or refused | [`overlay`] |
//! | many records are written | one after the other, an outcome each; a limit of calls is waited for; it can be stopped, and what failed tried again | [`bulk`] |
//! | a write succeeded | [`invalidate`] what it concerns, by the beginning of its keys; [`put`] what is known already | [`cache`] |
//! | something changed elsewhere | the gateway says so, and what is on the screen is asked for again, after what is under way | [`live`] |
//! | the session has too many streams | the one that is replaced polls, until somebody looks at its tab | [`live`] |
//! | there are several tabs | one event stream, one poll, and answers handed from tab to tab | [`tabs`], [`live`] |
//! | the event stream is gone | it is tried again, later and later; meanwhile what is on the screen is polled | [`live`] |
//! | messages may have been missed: at a start, after a break, in a new tab | changes and answers have numbers: what is older than a change is asked for again, and nothing else | [`live`], [`cache`] |
//! | the event stream is up | nothing is polled for changes | [`live`] |
//! | a request gets no answer | within a second it is known whether the line is gone; it is looked for until it is back | [`network`] |
//! | there is no line | reads show what they have; writes are not sent, and their forms keep everything | [`transport`] |
//! | the app asks by itself: a poll, a message, another try | the gateway is told so; only what a person does keeps a session alive | [`transport`] |
//! | the gateway says `signed-out` | sign-in opens over the page, in every tab; reads are sent again after it. A vendor's 401 is an error like others | [`session`] |
//! | a form is typed into | its draft is kept in the browser, per user and form, encrypted with the user's key, without secrets; tabs with the same form share it | [`drafts`] |
//! | a session ends by itself | the page is hidden until its user signs in again; another user gets a new one, and finds no drafts | [`session`], [`drafts`] |
//!
//! Whatever goes wrong is one [`trunkline_api::Error`], made in one place (`trunkline_api::answer`) and put into words
//! in one (`parts::words`).
//!
//! # How it is built
//!
//! [`config`] is read once at start: where the vendors' bases are. Only reading an answer knows its type: requests
//! become a [`transport::Wire`], answers a [`transport::Received`], data a `dyn Any`. So all of the machinery is
//! compiled once, and an endpoint costs its decoder. [`code`] brings the pages' own code, part by part.

pub mod bulk;
pub mod cache;
mod charset;
pub mod code;
pub mod config;
pub mod drafts;
pub mod live;
pub mod mutation;
pub mod network;
pub mod overlay;
pub mod pause;
pub mod query;
pub mod records;
pub mod release;
mod seal;
pub mod session;
pub mod tabs;
pub mod transport;

pub use cache::{invalidate, put};
pub use mutation::{Mutation, Truth, use_mutation};
pub use overlay::Overlay;
pub use query::{Query, use_query, use_query_with};
pub use transport::send;

use crate::browser::property;
