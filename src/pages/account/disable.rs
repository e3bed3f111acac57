//! The question before an account is disabled.

use leptos::prelude::*;
use trunkline_api::digital99::AccountChange;
use trunkline_api::text::is_blank;

use super::fields::Fields;
use crate::i18n::t;
use crate::reactive::effect;
use crate::ui::ConfirmDialog;

/// Asks before nobody can sign in any more. The name to type is the vendor's; where it isn't known, the account's ID.
#[component]
pub fn DisableDialog(
    /// The form's values.
    fields: Fields,
    /// The change that waits for the answer; none: the dialog is closed.
    disabling: RwSignal<Option<AccountChange>>,
    /// Sends it.
    #[prop(into)]
    on_confirm: Callback<AccountChange>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    effect(move || open.set(disabling.with(Option::is_some)));
    effect(move || {
        if !open.get() && disabling.with_untracked(Option::is_some) {
            disabling.set(None);
        }
    });
    let name = Signal::derive(move || {
        let name = fields.known().name.filter(|name| !is_blank(name));
        name.unwrap_or_else(|| fields.id.get().trim().to_owned())
    });
    let confirm = move |()| {
        let change = disabling.get_untracked();
        open.set(false);
        change.into_iter().for_each(|change| on_confirm.run(change));
    };
    view! {
        <ConfirmDialog
            open
            title=move || t::account::disable_title(&name.get())
            message=t::account::disable_message
            confirm_label=t::account::disable
            type_to_confirm=name
            on_confirm=confirm
        />
    }
}
