//! Trunkline: one console for a contact centre whose work is spread over five vendors.
//!
//! The layers, each knowing only those before it: the `api` crate → [`i18n`] → [`fetch`] → `ui` → [`parts`] →
//! `pages` → `shell` → [`doors`] → `app`. [`reactive`] and [`browser`] serve all of them.

#![recursion_limit = "256"]

pub mod app;
pub mod browser;
pub mod doors;
pub mod fetch;
pub mod i18n;
pub mod pages;
pub mod parts;
pub mod reactive;
pub mod routes;
pub mod shell;
pub mod start_screen;
pub mod ui;
