//! A word about a list's records that can't be read, beside those that can.

use std::sync::Arc;

use leptos::prelude::*;

use crate::fetch::cache::OddRecords;
use crate::i18n::t;
use crate::reactive::live_text;
use crate::ui::{Details, Icon, IconName, Kind};

/// "1 record can't be read", with vendor, endpoint, place and raw text under Details; nothing while all can be.
pub fn unreadable_note(odd: Signal<Option<Arc<OddRecords>>>) -> impl IntoView {
    move || {
        let odd = odd.get()?;
        let (who, count) = (odd.vendor.name(), i64::try_from(odd.records.count).unwrap_or(i64::MAX));
        let details = details(&odd);
        Some(
            view! {
                <div class="banner" data-kind=Kind::Warning.id()>
                    <Icon name=IconName::Alert />
                    <div class="grow">
                        <p prop:textContent=live_text(move || t::parts::unreadable(count, who)) />
                        <Details details />
                    </div>
                </div>
            }
            .into_any(),
        )
    }
}

/// Lines for the person who reports it: these stay in English, like a log.
fn details(odd: &OddRecords) -> String {
    let mut lines = vec![format!("{} · {}", odd.vendor.name(), odd.endpoint)];
    for record in &odd.records.records {
        lines.push(format!("{}: {}", record.path, record.found));
        lines.push(record.raw.clone());
    }
    let rest = odd.records.count - odd.records.records.len();
    if rest > 0 {
        lines.push(format!("and {rest} more"));
    }
    lines.join("\n")
}
