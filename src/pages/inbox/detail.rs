//! The pane of one ticket beside the list: its heading, and what can be said of it before its fields.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use trunkline_api::oneview::inbox::{Inbox, Item};

use super::columns::status_badge;
use crate::i18n::t;
use crate::reactive::{catalogue, live_text, memo};
use crate::ui::{Banner, Button, EmptyState, Icon, IconName, Kind, SkeletonBlock, Variant};

/// The pane of the ticket with this id.
#[component]
pub fn TicketPane(
    /// The ticket's id in the URL.
    id: String,
    /// The list.
    inbox: Memo<Arc<Inbox>>,
    /// Whether the first answer has come.
    loaded: Memo<bool>,
    /// Its heading, which takes the focus when a person opens it.
    heading: NodeRef<html::H2>,
    /// The list's address.
    #[prop(into)]
    list: Signal<String>,
    /// Draws the ticket's fields.
    ticket: fn(Arc<Item>) -> AnyView,
    /// Closes the pane.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let listed = memo(move || inbox.with(|inbox| inbox.find(&id).cloned()));
    // A ticket that leaves the list while it is read stays readable.
    let item = Memo::new(move |before: Option<&Option<Arc<Item>>>| listed.get().or_else(|| before.cloned().flatten()));
    let gone = memo(move || item.with(Option::is_some) && listed.with(Option::is_none));
    let title = move || match item.get() {
        Some(item) => item.name(),
        None if loaded.get() => t::inbox::not_found(),
        None => t::common::loading(),
    };
    let body = move || {
        match item.get() {
        Some(item) => ticket(item),
        None if loaded.get() => {
            view! { <EmptyState title=t::parts::not_found_title message=t::inbox::not_found_hint icon=IconName::Search /> }
                .into_any()
        }
        None => view! { <SkeletonBlock /> }.into_any(),
    }
    };
    view! {
        <section class="inbox-detail" aria-labelledby="ticket-title">
            <a class="inbox-back" href=move || list.get()><Icon name=IconName::ChevronStart /><span prop:textContent=catalogue(t::inbox::back) /></a>
            <div class="inbox-detail-head">
                <h2 id="ticket-title" tabindex="-1" node_ref=heading><bdi prop:textContent=live_text(title) /></h2>
                {move || item.get().map(|item| status_badge(&item).into_any())}
                <Button
                    label=t::inbox::close
                    icon=IconName::Close
                    icon_only=true
                    small=true
                    variant=Variant::Ghost
                    on_click=on_close
                />
            </div>
            {move || gone.get().then(|| view! { <Banner kind=Kind::Info text=t::inbox::gone /> }.into_any())}
            {move || body()}
        </section>
    }
}
