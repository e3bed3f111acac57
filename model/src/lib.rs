//! The console's logic that needs no browser, so that it is tested natively: routes, filters, view models and form state.
//!
//! Nothing here does I/O, and nothing knows Leptos or a text of the screen. The contracts are in `trunkline_api`.

pub mod account;
pub mod account_bulk;
pub mod acd_event_form;
pub mod acd_events;
pub mod activity;
pub mod avatar;
pub mod backoff;
pub mod channel;
pub mod channel_accounts;
pub mod charset;
pub mod column_layout;
pub mod command_search;
pub mod config;
pub mod csv;
pub mod curl;
pub mod customer_lookup;
pub mod duration;
pub mod external_api_files;
pub mod external_apis;
pub mod filter_options;
pub mod html_height;
pub mod html_text;
pub mod inbox;
pub mod inbox_hold;
pub mod inbox_settings;
pub mod inbox_view;
pub mod inbox_watch;
pub mod interpolate;
pub mod json_lines;
pub mod keyboard;
pub mod keymap;
pub mod languages;
pub mod merge;
pub mod multi_value;
pub mod name_map;
pub mod overview;
pub mod phone;
pub mod pretty_json;
mod routes;
pub mod search_index;
pub mod server_clock;
pub mod session_timeout;
pub mod shell_words;
pub mod shift_figures;
pub mod sort;
pub mod text_diff;
pub mod ticket_content;
pub mod ticket_marks;
pub mod ticket_origin;
mod ticket_preview;
pub mod unread_title;
pub mod virtualizer;
pub mod write_only;

pub use routes::Route;
