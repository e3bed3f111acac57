//! Field of a value that may be a secret: plain, secret, or a stored secret that is kept until the user replaces it.

use leptos::prelude::*;
use trunkline_api::gateway::MASK;
use trunkline_api::text::TextKind;

use super::param_rows::SecretValue;
use crate::i18n::t;
use crate::reactive::dyn_view;
use crate::ui::{Button, SecretField, TextField};

/// The field.
#[component]
pub fn SecretValueField(
    /// The label.
    label: fn() -> String,
    /// The value.
    value: SecretValue,
    /// The validation error.
    error: Signal<Option<String>>,
    /// Marks the label.
    #[prop(optional)]
    required: bool,
    /// A monospaced font.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    let mask = RwSignal::new(MASK.to_owned());
    dyn_view(move || match (value.secret.get(), value.kept.get()) {
        (true, true) => view! {
            <div class="stack-s">
                <TextField label value=mask error hint=t::external_apis::kept readonly=true />
                <div class="row">
                    <Button label=t::external_apis::replace small=true on_click=move |()| value.kept.set(false) />
                </div>
            </div>
        }
        .into_any(),
        (true, false) => {
            view! { <SecretField label value=value.value error required text_kind=TextKind::Code /> }.into_any()
        }
        (false, _) => view! { <TextField label value=value.value error required mono /> }.into_any(),
    })
}
