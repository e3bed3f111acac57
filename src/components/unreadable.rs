//! A note about list records that can't be decoded, shown with those that can.

use std::sync::Arc;

use leptos::prelude::*;

use crate::fetch::cache::UnreadableNote;
use crate::i18n::{count_of, t};
use crate::reactive::live_text;
use crate::ui::{Details, Icon, IconName, Severity};

/// "1 record can't be read", with vendor, endpoint, path and raw text under Details. Empty if every record was decoded.
pub fn unreadable_note(unreadable: Signal<Option<Arc<UnreadableNote>>>) -> impl IntoView {
    move || {
        let found = unreadable.get()?;
        let (who, count) = (found.vendor.name(), count_of(found.records.count));
        let details = details(&found);
        Some(
            view! {
                <div class="banner" data-kind=Severity::Warning.id()>
                    <Icon name=IconName::Alert />
                    <div class="grow">
                        <p prop:textContent=live_text(move || t::components::unreadable(count, who)) />
                        <Details details />
                    </div>
                </div>
            }
            .into_any(),
        )
    }
}

/// Text for a bug report; like a log, it stays in English.
fn details(unreadable: &UnreadableNote) -> String {
    let mut lines = vec![format!("{} · {}", unreadable.vendor.name(), unreadable.endpoint)];
    for record in &unreadable.records.records {
        lines.push(format!("{}: {}", record.path, record.found));
        lines.push(record.raw.clone());
    }
    let rest = unreadable.records.count - unreadable.records.records.len();
    if rest > 0 {
        lines.push(format!("and {rest} more"));
    }
    lines.join("\n")
}
