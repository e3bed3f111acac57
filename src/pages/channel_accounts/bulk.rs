//! The bar of bulk actions: on the selected accounts, or on all that match while a filter is on.
//!
//! More than a few accounts, and whatever needs a value or can't be undone, are asked about first.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::comm100::ChannelAccount;
use trunkline_model::account_bulk::{ChatbotChoice, MAX_WITHOUT_QUESTION};

use super::bulk_action::{BulkAction, BulkTask};
use super::bulk_dialog::{BulkDialog, Question};
use super::bulk_report::{BulkReport, has_report};
use super::bulk_run::{is_already, is_done, use_bulk_run};
use super::filters::{self, Accounts, FilteredAccounts};
use crate::fetch::bulk::Bulk;
use crate::i18n::{count_of, t};
use crate::reactive::{effect_with_previous, fixed, live_text, memo};
use crate::ui::{Button, IconName, Menu, MenuItem};

/// Bar that is shown while accounts are selected, a filter is on, a run is in progress, or its report is shown.
#[component]
pub fn BulkBar(
    /// Ids of the selected accounts.
    selection: RwSignal<Vec<String>>,
    /// All accounts.
    accounts: Accounts,
    /// Accounts that match search and filters. A run skips selected accounts outside these: the user can't see them.
    rows: FilteredAccounts,
    /// A search or a filter is on: without a selection the actions are about all that match.
    filtered: Signal<bool>,
) -> impl IntoView {
    let run = use_bulk_run(accounts);
    let running = run.bulk.running;
    let question = RwSignal::new(None);
    // At the end of a run, deselect what is done.
    effect_with_previous(move |was: Option<bool>| {
        let now = running.get();
        if was == Some(true) && !now {
            deselect_done(selection, run.bulk);
        }
        now
    });
    let all_matching = memo(move || selection.with(Vec::is_empty) && filtered.get());
    let targets = move || -> Vec<Arc<ChannelAccount>> {
        if all_matching.get() {
            return rows.get();
        }
        selection.with(|ids| rows.with(|rows| filters::with_ids(rows, ids)))
    };
    let target_count = memo(move || targets().len());
    let begin = move |(task, targets): (BulkTask, Vec<Arc<ChannelAccount>>)| run.start(task, &targets);
    let ask = move |action: BulkAction| {
        if running.get_untracked() {
            return;
        }
        let targets = untrack(targets);
        let asks = action.always_asks() || all_matching.get_untracked() || targets.len() > MAX_WITHOUT_QUESTION;
        match action.field(ChatbotChoice::default(), None).map(BulkTask::Set) {
            Some(task) if !asks || task.changing(&targets) == 0 => begin((task, targets)),
            _ => {
                let ids = targets.iter().map(|account| filters::id_of(account)).collect();
                question.set(Some(Question { action, ids }));
            }
        }
    };
    let hidden = memo(move || {
        let loaded = selection.with(|ids| accounts.with(|accounts| filters::with_ids(accounts, ids).len()));
        let shown = selection.with(|ids| rows.with(|rows| filters::with_ids(rows, ids).len()));
        loaded.saturating_sub(shown)
    });
    // During a run, rows may leave the filtered list because their bots were switched. Don't report those as hidden.
    let hidden = move || Some(hidden.get()).filter(|hidden| *hidden > 0 && !running.get());
    let none = Signal::derive(move || target_count.get() == 0);
    let has_targets = memo(move || !selection.with(Vec::is_empty) || (filtered.get() && target_count.get() > 0));
    let shown = memo(move || has_targets.get() || has_report(run));
    let label = move || if all_matching.get() { t::bulk::matching_label() } else { t::channel_accounts::bulk() };
    let count_text = move || {
        let number = count_of(target_count.get());
        if all_matching.get() { t::bulk::matching(number) } else { t::channel_accounts::selected(number) }
    };
    let menu = move || {
        BulkAction::IN_MENU.map(|action| MenuItem {
            label: Signal::derive(action.label()),
            icon: None,
            danger: action == BulkAction::Remove,
            action: Callback::new(move |()| ask(action)),
        })
    };
    view! {
        <Show when=move || shown.get()>
            <section class="bulk stack-s" aria-label=label>
                <Show when=move || has_targets.get() || running.get()>
                    <div class="row">
                        <strong role="status" prop:textContent=live_text(count_text) />
                        <Button label=t::channel_accounts::bulk_on icon=IconName::Bot busy=running disabled=none on_click=move |()| ask(BulkAction::BotOn) />
                        <Button label=t::channel_accounts::bulk_off busy=running disabled=none on_click=move |()| ask(BulkAction::BotOff) />
                        {move || (!running.get() && !none.get()).then(|| view! {
                            <Menu label=t::bulk::more label_shown=true items=menu().to_vec() />
                        }.into_any())}
                    </div>
                </Show>
                {move || hidden().map(|hidden| view! {
                    <p class="muted" role="status" prop:textContent=fixed(t::channel_accounts::bulk_hidden(count_of(hidden))) />
                }.into_any())}
                <BulkReport run />
            </section>
        </Show>
        <BulkDialog question accounts on_confirm=Callback::new(begin) />
    }
}

/// Deselects the accounts that are done. Accounts that failed, were not sent or were hidden stay selected.
fn deselect_done(selection: RwSignal<Vec<String>>, bulk: Bulk) {
    let mut done = bulk.items.with_untracked(|items| {
        let done = items.iter().filter(|item| is_done(&item.outcome) || is_already(&item.outcome));
        done.map(|item| item.id.clone()).collect::<Vec<_>>()
    });
    done.sort_unstable();
    selection.update(|ids| ids.retain(|id| done.binary_search(id).is_err()));
}
