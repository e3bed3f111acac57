//! Sign in: with a name and a password, or as a demo user where there are any.

mod language;

use leptos::prelude::*;
use trunkline_api::gateway::{Credentials, SignIn};
use trunkline_api::{ErrorKind, Problem, Role};

use crate::fetch::{session, use_mutation};
use crate::i18n::t;
use crate::parts::{FieldErrors, words};
use crate::reactive::{catalogue, fixed, memo};
use crate::ui::{Button, Dialog, SecretField, TextField, Variant};
use language::LanguageChoice;

/// Sign-in over a page whose session ended: nothing on the page is lost.
#[component]
pub fn SignInDialog(
    /// Open or not.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Dialog open title=t::sign_in::over_title held=Signal::derive(session::is_locked)>
            <p prop:textContent=catalogue(t::sign_in::over) />
            <SignInForm />
        </Dialog>
    }
}

/// The form, on its page or in the dialog over a page whose session is over: whoever sees that has chosen a language.
#[component]
pub fn SignInForm() -> impl IntoView {
    let over_a_page = untrack(session::is_over);
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let errors = FieldErrors::new();
    let signing = use_mutation();
    let send = move |credentials: Credentials| {
        signing.run(SignIn { credentials }, move |session| {
            password.try_set(String::new());
            session::signed_in(session);
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, password) = (name.get_untracked(), password.get_untracked());
        errors.check(Ok(()));
        for (field, value) in [("name", &name), ("password", &password)] {
            if value.is_empty() {
                errors.add(field, Problem::Required);
            }
        }
        if !errors.any() {
            send(Credentials::Password { name, password });
        }
    };
    let message = move || {
        signing.error.get().map(|error| match error.kind {
            ErrorKind::KeyRefused | ErrorKind::SignedOut | ErrorKind::Forbidden | ErrorKind::Invalid(_) => {
                t::sign_in::wrong()
            }
            _ => words(&error).message,
        })
    };
    let demo = memo(|| session::session().map(|session| session.demo).unwrap_or_default());
    view! {
        <form class="sign-in-form" novalidate on:submit=submit>
            <div role="alert">{move || message().map(|message| view! { <p class="field-error" prop:textContent=fixed(message) /> })}</div>
            <TextField label=t::sign_in::name value=name error=errors.of("name") autocomplete="username" />
            <SecretField label=t::sign_in::password value=password error=errors.of("password") autocomplete="current-password" />
            <Button label=t::sign_in::submit submit=true variant=Variant::Primary busy=signing.busy />
        </form>
        {move || (!demo.get().is_empty()).then(|| view! {
            <div class="sign-in-demo">
                <p prop:textContent=catalogue(t::sign_in::demo_hint) />
                {demo.get().into_iter().map(|role| {
                    let label = move || match role {
                        Role::Admin => t::sign_in::demo_admin(),
                        Role::Agent => t::sign_in::demo_agent(),
                    };
                    view! { <Button label on_click=move |()| send(Credentials::Demo { demo: role }) /> }
                }).collect_view()}
            </div>
        })}
        {(!over_a_page).then(|| view! { <LanguageChoice /> })}
    }
}
