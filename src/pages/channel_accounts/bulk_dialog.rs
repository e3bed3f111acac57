//! The question before a bulk run: true counts, what may not work as expected, and the value to set.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::comm100::{ChannelAccount, Chatbot, ListChatbots};
use trunkline_api::text::visible_or;
use trunkline_api::validate::check_percent;
use trunkline_model::account_bulk::{BotOnWarnings, ChatbotChoice, bot_on_warnings};

use super::bulk_action::{BulkAction, BulkTask};
use super::filters::{self, Accounts};
use super::share_field::ShareField;
use crate::fetch::use_query;
use crate::i18n::{count_of, format, t};
use crate::reactive::{catalogue, dyn_view, effect, fixed, live_text, memo};
use crate::ui::{Button, Dialog, SelectField, SelectOption, Variant};

/// The most names that the list of concerned accounts has.
const MAX_NAMES: usize = 200;

/// A question: the action, and the ids of the accounts that it is about.
#[derive(Clone, PartialEq)]
pub struct Question {
    /// The action.
    pub action: BulkAction,
    /// The accounts' ids.
    pub ids: Vec<String>,
}

/// The question as a dialog. The counts follow the accounts while it is open.
#[component]
pub fn BulkDialog(
    /// The question; `None` while there is none.
    question: RwSignal<Option<Question>>,
    /// All accounts.
    accounts: Accounts,
    /// Runs the task on the accounts.
    on_confirm: Callback<(BulkTask, Vec<Arc<ChannelAccount>>)>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let (chatbot, share) = (RwSignal::new(String::new()), RwSignal::new("50".to_owned()));
    // Each follows the other; what is so already is not set again, or they would never rest.
    effect(move || {
        let is_asked = question.with(Option::is_some);
        if open.get_untracked() != is_asked {
            open.set(is_asked);
        }
    });
    effect(move || {
        if !open.get() && question.with_untracked(Option::is_some) {
            question.set(None);
        }
    });
    let bots = RwSignal::new(Arc::new(Vec::<Chatbot>::new()));
    let action = memo(move || question.with(|question| question.as_ref().map(|question| question.action)));
    let targets = memo(move || {
        question.with(|question| {
            let ids = question.as_ref().map(|question| question.ids.as_slice()).unwrap_or_default();
            accounts.with(|accounts| filters::with_ids(accounts, ids))
        })
    });
    let task = memo(move || match action.get()? {
        BulkAction::Remove => Some(BulkTask::Remove),
        action => {
            let percent = share.with(|share| share.trim().parse().ok()).filter(|share| check_percent(*share).is_none());
            let chosen = chatbot.with(|id| bots.with(|bots| choice(id, bots)));
            action.field(chosen, percent).map(BulkTask::Set)
        }
    });
    let changing = memo(move || {
        let targets = targets.get();
        task.get().map_or(targets.len(), |task| task.changing(&targets))
    });
    let title = Signal::derive(move || {
        action.get().map(|action| action.question(count_of(changing.get()))).unwrap_or_default()
    });
    let confirm_label =
        Signal::derive(move || action.get().map(|action| action.confirm(count_of(changing.get()))).unwrap_or_default());
    let nothing = Signal::derive(move || changing.get() == 0 || task.with(Option::is_none));
    let confirm = move |()| {
        let (task, targets) = (task.get_untracked(), targets.get_untracked());
        open.set(false);
        if let Some(task) = task {
            on_confirm.run((task, targets));
        }
    };
    let actions = move || {
        let danger = matches!(action.get_untracked(), Some(BulkAction::Remove));
        let variant = if danger { Variant::DangerSolid } else { Variant::Primary };
        view! {
            <Button label=t::common::cancel on_click=move |()| open.set(false) />
            <Button label=confirm_label variant disabled=nothing on_click=confirm />
        }
    };
    let value_field = move || {
        match action.get() {
        Some(BulkAction::Chatbot) => view! { <ChatbotSelect value=chatbot bots /> }.into_any(),
        Some(BulkAction::ShareOnline) => view! {
            <ShareField label=t::channel_accounts::online slider=t::channel_accounts::online_short words=t::channel_accounts::online_words value=share />
        }
        .into_any(),
        Some(BulkAction::ShareOffline) => view! {
            <ShareField label=t::channel_accounts::offline slider=t::channel_accounts::offline_short words=t::channel_accounts::offline_words value=share />
        }
        .into_any(),
        _ => ().into_any(),
    }
    };
    view! {
        <Dialog open title actions>
            <div class="stack-s">
                {dyn_view(value_field)}
                <p prop:textContent=live_text(move || share_text(action.get(), changing.get(), targets.get().len())) />
                {move || action.get().is_some_and(BulkAction::replaces_account).then(|| view! {
                    <p class="hint" prop:textContent=catalogue(t::bulk::put_warning) />
                }.into_any())}
                {move || (action.get() == Some(BulkAction::BotOn)).then(|| warnings(bot_on_warnings(&targets.get())))}
                {move || names(&targets.get())}
            </div>
        </Dialog>
    }
}

/// "37 of 61 have it on. The others are so already and are not sent."
fn share_text(action: Option<BulkAction>, changing: usize, total: usize) -> String {
    let Some(action) = action else { return String::new() };
    let text = action.share_text(count_of(changing), &format::number(count_of(total)));
    if changing == total {
        return text;
    }
    format!("{text} {}", t::bulk::rest())
}

/// Why a bot that is turned on does nothing for some of the accounts. `None` if it works for all.
fn warnings(BotOnWarnings { without_chatbot, zero_share, disabled }: BotOnWarnings) -> Option<AnyView> {
    let lines = [
        (without_chatbot, t::bulk::warn_no_chatbot as fn(i64) -> String),
        (zero_share, t::bulk::warn_zero),
        (disabled, t::bulk::warn_disabled),
    ];
    let lines: Vec<_> = lines.into_iter().filter(|(number, _)| *number > 0).collect();
    (!lines.is_empty()).then(|| {
        let lines =
            lines.into_iter().map(|(number, text)| view! { <li prop:textContent=fixed(text(count_of(number))) /> });
        view! {
            <div class="stack-s">
                <p prop:textContent=catalogue(t::bulk::warnings) />
                <ul>{lines.collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

/// The names of the accounts, folded.
fn names(targets: &[Arc<ChannelAccount>]) -> AnyView {
    let names = targets.iter().take(MAX_NAMES).map(|account| {
        view! { <li><bdi prop:textContent=fixed(filters::label_of(account)) /></li> }
    });
    let more = targets.len().saturating_sub(MAX_NAMES);
    view! {
        <details class="details">
            <summary prop:textContent=fixed(t::bulk::which(count_of(targets.len()))) />
            <ul>{names.collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="muted" prop:textContent=fixed(t::bulk::more_names(count_of(more))) /> })}
        </details>
    }
    .into_any()
}

/// The chosen chatbot; none for an empty id.
fn choice(id: &str, bots: &[Chatbot]) -> ChatbotChoice {
    if id.is_empty() {
        return ChatbotChoice::default();
    }
    let bot = bots.iter().find(|bot| bot.id.as_ref().is_some_and(|known| known.to_string() == id)).cloned();
    ChatbotChoice { id: bot.as_ref().and_then(|bot| bot.id.clone()).or_else(|| Some(id.into())), bot }
}

/// The chatbots to choose from.
#[component]
fn ChatbotSelect(value: RwSignal<String>, bots: RwSignal<Arc<Vec<Chatbot>>>) -> impl IntoView {
    let query = use_query(|| Some(ListChatbots));
    effect(move || bots.set(query.data.get().unwrap_or_default()));
    let choices = Signal::derive(move || {
        let id = |bot: &Chatbot| bot.id.as_ref().map(ToString::to_string).unwrap_or_default();
        let one = |bot| SelectOption::new(id(bot), visible_or(bot.name.as_deref().unwrap_or_default(), || id(bot)));
        std::iter::once(SelectOption::new("", t::channel_accounts::no_chatbot()))
            .chain(bots.get().iter().map(one))
            .collect::<Vec<_>>()
    });
    view! { <SelectField label=t::channel_accounts::chatbot value choices /> }
}
