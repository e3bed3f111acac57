//! Trunkline: one console for a contact centre whose work is spread over five vendors.
//!
//! The layers, each of which may import only those before it: the `api` crate → [`i18n`] → [`fetch`] → [`ui`] →
//! [`components`] → [`pages`] → [`shell`] → [`lazy_pages`] → [`app`]. All of them may import [`reactive`] and
//! [`browser`].

#![recursion_limit = "256"]

pub mod app;
pub mod browser;
pub mod components;
pub mod fetch;
pub mod i18n;
pub mod lazy_pages;
pub mod pages;
pub mod reactive;
pub mod routes;
pub mod shell;
pub mod startup_error;
pub mod ui;
