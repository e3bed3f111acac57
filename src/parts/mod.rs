//! Pieces that join the fetch layer and the component kit, for every page to use: errors in words, loaded views,
//! field errors, the sandbox badge.

pub mod draft;
pub mod encoded_links;
pub mod extras;
pub mod field_errors;
pub mod hand_over;
pub mod leave_guard;
pub mod loaded;
pub mod meanwhile;
pub mod preferences;
pub mod sandbox_badge;
pub mod unreadable;
pub mod vendors;
pub mod words;

pub use draft::{Draft, DraftNotice, use_draft};
pub use encoded_links::follow_encoded_links;
pub use field_errors::{FieldErrors, problem_text};
pub use loaded::{Freshness, Loaded, NotFound, QueryError, StandInHeader};
pub use preferences::{provide_preferences, use_preferences};
pub use sandbox_badge::SandboxBadge;
pub use vendors::{Connections, use_vendors};
pub use words::words;
