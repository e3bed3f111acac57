//! How the API knows who calls: fields by kind of authentication.

use leptos::prelude::*;
use trunkline_api::gateway::AuthKind;

use super::form_state::AuthState;
use super::labels;
use super::secret_value::SecretValueField;
use crate::components::FieldErrors;
use crate::i18n::t;
use crate::reactive::{dyn_view, memo};
use crate::ui::{FieldSet, SelectField, TextField};

/// A label.
type Label = fn() -> String;

/// Authentication.
#[component]
pub fn AuthFields(auth: AuthState, errors: FieldErrors) -> impl IntoView {
    let kind = memo(move || AuthKind::from(auth.kind.read().as_str()));
    // A secret of one kind is none of another.
    let on_change = move |_: String| auth.secret.set("", true);
    let fields = move || {
        let kind = kind.get();
        let (name, secret): (Option<Label>, Label) = match &kind {
            AuthKind::None | AuthKind::Other(_) => return None,
            AuthKind::Bearer => (None, t::external_apis::auth_token),
            AuthKind::Basic => (Some(t::external_apis::auth_user), t::external_apis::auth_password),
            AuthKind::Header => (Some(t::external_apis::auth_header), t::external_apis::auth_key),
            AuthKind::OAuth => (Some(t::external_apis::auth_client), t::external_apis::auth_client_secret),
        };
        let is_oauth = kind == AuthKind::OAuth;
        let has_secret = kind != AuthKind::Basic;
        Some(view! {
            {is_oauth.then(|| view! {
                <TextField
                    label=t::external_apis::auth_token_url
                    value=auth.token_url
                    error=errors.signal("auth.tokenUrl")
                    required=true
                    kind="url"
                    mono=true
                />
            })}
            {name.map(|label| view! {
                <TextField label value=auth.name error=errors.signal("auth.name") required=true mono=true />
            })}
            <SecretValueField label=secret value=auth.secret error=errors.signal("auth.secret") required=has_secret />
            {is_oauth.then(|| view! {
                <TextField
                    label=t::external_apis::auth_scope
                    value=auth.scope
                    error=errors.signal("auth.scope")
                    hint=t::external_apis::auth_scope_hint
                    mono=true
                />
            })}
        })
    };
    view! {
        <FieldSet legend=t::external_apis::auth>
            <SelectField
                label=t::external_apis::auth_kind
                value=auth.kind
                choices=Signal::derive(labels::auth_options)
                error=errors.signal("auth.kind")
                on_change=on_change
            />
            {dyn_view(fields)}
        </FieldSet>
    }
}
