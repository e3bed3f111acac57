//! The sign-in form.

use leptos::prelude::*;
use trunkline_api::gateway::{Credentials, SignIn};
use trunkline_api::{ErrorKind, Role, ValidationError};

use super::language_select::LanguageSelect;
use crate::components::{FieldErrors, describe};
use crate::fetch::{session, sync, use_mutation};
use crate::i18n::t;
use crate::reactive::{catalogue, fixed, memo};
use crate::ui::{Button, IconName, SecretField, TextField, Variant};

/// The form, on its page or in the dialog over an expired session. The dialog has no language select: the page's
/// language is already chosen.
#[component]
pub fn SignInForm() -> impl IntoView {
    let in_dialog = untrack(session::is_expired);
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let errors = FieldErrors::new();
    let sign_in = use_mutation();
    let send = move |credentials: Credentials| {
        sign_in.run(SignIn { credentials }, move |session| {
            password.try_set(String::new());
            sync::on_signed_in(session);
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, password) = (name.get_untracked(), password.get_untracked());
        errors.check(Ok(()));
        for (field, value) in [("name", &name), ("password", &password)] {
            if value.is_empty() {
                errors.add(field, ValidationError::Required);
            }
        }
        if !errors.any() {
            send(Credentials::Password { name, password });
        }
    };
    let message = move || {
        sign_in.error.get().map(|error| match error.kind {
            ErrorKind::KeyRefused | ErrorKind::SignedOut | ErrorKind::Forbidden | ErrorKind::Invalid(_) => {
                t::sign_in::wrong()
            }
            _ => describe(&error).message,
        })
    };
    let demo = memo(|| session::session().map(|session| session.demo).unwrap_or_default());
    view! {
        {(!in_dialog).then(|| view! { <p class="sign-in-about" prop:textContent=catalogue(t::sign_in::about) /> })}
        {move || (!demo.get().is_empty()).then(|| view! {
            <div class="sign-in-demo">
                {demo.get().into_iter().map(|role| {
                    let (label, icon): (fn() -> String, _) = match role {
                        Role::Admin => (t::sign_in::demo_admin, IconName::Overview),
                        Role::Agent => (t::sign_in::demo_agent, IconName::Inbox),
                    };
                    view! { <Button label icon on_click=move |()| send(Credentials::Demo { demo: role }) /> }
                }).collect_view()}
                <p class="meta" prop:textContent=catalogue(t::sign_in::demo_hint) />
            </div>
        })}
        <form class="sign-in-form" novalidate on:submit=submit>
            <div role="alert">{move || message().map(|message| view! { <p class="field-error" prop:textContent=fixed(message) /> })}</div>
            <TextField label=t::sign_in::name value=name error=errors.signal("name") autocomplete="username" />
            <SecretField label=t::sign_in::password value=password error=errors.signal("password") autocomplete="current-password" />
            <Button label=t::sign_in::submit submit=true variant=Variant::Primary busy=sign_in.busy />
        </form>
        {(!in_dialog).then(|| view! { <LanguageSelect /> })}
    }
}
