//! Confirmation before an account is disabled.

use leptos::prelude::*;
use trunkline_api::digital99::AccountChange;
use trunkline_api::text::is_blank;

use super::form_state::FormState;
use crate::i18n::t;
use crate::reactive::effect;
use crate::ui::ConfirmDialog;

/// Asks for confirmation, as nobody can sign in to a disabled account. The user must type the stored name, or the
/// account's id if the name is unknown.
#[component]
pub fn DisableDialog(
    /// Form state.
    fields: FormState,
    /// Change that waits for confirmation; `None` while the dialog is closed.
    disabling: RwSignal<Option<AccountChange>>,
    /// Called with the confirmed change.
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
        let name = fields.server_value().name.filter(|name| !is_blank(name));
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
