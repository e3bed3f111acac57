//! The gateway's endpoints.

pub mod activity;
pub mod agents;
pub mod assets;
pub mod clean_html;
pub mod external_apis;
pub mod faults;
pub mod inbox;
pub mod labels;
pub mod live;
pub mod proxy;
pub mod session;
pub mod status;
pub mod views;
