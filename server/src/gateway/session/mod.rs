//! Users, sessions and sign-in attempts.

pub mod agent_status;
mod check_queue;
pub mod client_ip;
pub mod cookie;
mod current_user;
mod demo_users;
pub mod device;
mod login_throttle;
pub mod password;
mod password_rules;
mod store;
pub mod users;

pub use check_queue::{Attempt, CheckQueue};
pub use current_user::{Admin, CurrentUser};
pub use demo_users::DemoUsers;
pub use login_throttle::{LoginThrottle, Source};
pub use store::{ActiveSession, Remaining, SessionOwner, Sessions, token_key};
pub use users::{NewUser, add as add_user, remove as remove_user, set_password};
