//! Sign-in with a name and a password, or as a demo user if the gateway has any.

mod dialog;
mod form;
mod language_select;

pub use dialog::SignInDialog;
pub use form::SignInForm;
