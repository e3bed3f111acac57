//! The sign-in dialog.

use leptos::prelude::*;

use super::form::SignInForm;
use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::catalogue;
use crate::ui::Dialog;

/// The sign-in dialog over a page whose session expired; nothing on the page is lost.
#[component]
pub fn SignInDialog(
    /// True while the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Dialog open title=t::sign_in::over_title locked=Signal::derive(session::is_locked)>
            <p prop:textContent=catalogue(t::sign_in::over) />
            <SignInForm />
        </Dialog>
    }
}
