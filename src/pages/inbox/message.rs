//! A ticket's conversation: what the customer wrote, as bubbles. All of it is text, never markup.

use leptos::prelude::*;
use trunkline_model::ticket_content::{Message, MessageTime};

use crate::browser::clock::parse_iso;
use crate::i18n::{count_of, t};
use crate::reactive::{dyn_view, fixed, live_text};
use crate::ui::{Button, TimeText, Variant};

/// Messages that are shown at first; earlier ones on demand.
const LATEST: usize = 20;
/// Characters and lines from which a message is folded.
const LONG_TEXT: usize = 1200;
const MANY_LINES: usize = 16;

/// The messages, oldest first. `language` is the tag of their language, if the vendor sent one.
#[component]
pub fn Conversation(
    /// The messages.
    messages: Vec<Message>,
    /// A language tag; anything else is ignored by browsers.
    language: Option<String>,
) -> impl IntoView {
    let earlier = messages.len().saturating_sub(LATEST);
    let messages = StoredValue::new(messages);
    let all = RwSignal::new(earlier == 0);
    let language = StoredValue::new(language);
    let bubbles = move || {
        let skipped = if all.get() { 0 } else { earlier };
        let shown = messages.with_value(|messages| messages.iter().skip(skipped).cloned().collect::<Vec<_>>());
        shown.into_iter().map(|message| bubble(message, language.get_value())).collect_view()
    };
    let more = move || {
        (!all.get()).then(|| {
            let label = move || t::ticket::earlier(count_of(earlier));
            view! { <Button label=Signal::derive(label) small=true variant=Variant::Ghost on_click=move |()| all.set(true) /> }
                .into_any()
        })
    };
    view! {
        <div class="messages">
            {move || more()}
            <ol class="messages-list" role="list">{move || bubbles()}</ol>
        </div>
    }
}

/// One message: its author and time, and its text. A long text is folded by its style; it is never cut.
fn bubble(message: Message, language: Option<String>) -> AnyView {
    let Message { text, author, at, is_from_staff } = message;
    let side = if is_from_staff { "staff" } else { "customer" };
    let name = move || {
        author.clone().unwrap_or_else(|| if is_from_staff { t::ticket::staff() } else { t::ticket::customer() })
    };
    let is_long = text.chars().nth(LONG_TEXT).is_some() || text.lines().nth(MANY_LINES).is_some();
    let folded = RwSignal::new(is_long);
    let unfold = dyn_view(move || {
        is_long.then(|| {
            let label = move || if folded.get() { t::ticket::unfold() } else { t::ticket::fold() };
            view! { <Button label=Signal::derive(label) small=true variant=Variant::Ghost on_click=move |()| folded.update(|folded| *folded = !*folded) /> }
                .into_any()
        })
    });
    view! {
        <li class="message" data-side=side>
            <p class="message-meta"><bdi prop:textContent=live_text(name) />{at.map(time)}</p>
            <div class="message-text" dir="auto" lang=language data-folded=move || folded.get().then_some("") prop:textContent=fixed(text) />
            {unfold}
        </li>
    }
    .into_any()
}

/// When a message was written; a text that is no time is shown as received.
fn time(at: MessageTime) -> AnyView {
    let epoch = match &at {
        MessageTime::Epoch(seconds) => Some(*seconds),
        MessageTime::Text(text) => parse_iso(text),
    };
    match (epoch, at) {
        (None, MessageTime::Text(text)) => view! { <bdi prop:textContent=fixed(text) /> }.into_any(),
        (epoch, _) => view! { <TimeText epoch relative=true /> }.into_any(),
    }
}
