//! The choice of a chatbot: a select, with a search above it where there are many.

use leptos::prelude::*;
use trunkline_api::comm100::{Chatbot, ListChatbots};
use trunkline_api::text::visible_or;
use trunkline_model::search_index::{SearchIndex, SearchQuery};

use crate::components::unreadable::unreadable_note;
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::{dyn_view, memo};
use crate::ui::{SelectField, SelectOption, TextField};

/// With more chatbots than this there is a search.
const MANY: usize = 8;

/// The field: a select, or a text field for the id if the list could not be loaded.
#[component]
pub fn ChatbotField(
    /// The chatbot's id; empty for none.
    value: RwSignal<String>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let bots = use_query(|| Some(ListChatbots));
    let sought = RwSignal::new(String::new());
    let id = |bot: &Chatbot| bot.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let name = move |bot: &Chatbot| visible_or(bot.name.as_deref().unwrap_or_default(), || id(bot));
    let choices = Signal::derive(move || {
        let bots = bots.data.get().unwrap_or_default();
        let index = SearchIndex::new(&bots, |bot, text| _ = text.add(&name(bot)));
        let found = index.select(&SearchQuery::parse(&sought.get()), None);
        let chosen = value.get();
        let found = bots.iter().enumerate().filter(|(at, bot)| found.contains(at) || id(bot) == chosen);
        std::iter::once(SelectOption::new("", t::channel_accounts::no_chatbot()))
            .chain(found.map(|(_, bot)| SelectOption::new(id(bot), name(bot))))
            .collect::<Vec<_>>()
    });
    let has_failed = memo(move || bots.error.with(Option::is_some) && bots.data.with(Option::is_none));
    let are_many = memo(move || bots.data.with(|bots| bots.as_ref().is_some_and(|bots| bots.len() > MANY)));
    let search = move || {
        are_many.get().then(|| view! { <TextField label=t::account_form::search_chatbots value=sought /> }.into_any())
    };
    let field = move || {
        if has_failed.get() {
            view! { <TextField label=t::channel_accounts::chatbot value error hint=t::channel_accounts::chatbot_typed mono=true /> }.into_any()
        } else {
            view! { <SelectField label=t::channel_accounts::chatbot value choices error /> }.into_any()
        }
    };
    view! {
        {dyn_view(search)}
        {dyn_view(field)}
        {unreadable_note(bots.unreadable)}
    }
}
