//! Start of a new definition: a pasted curl command or file, or an example.

use leptos::prelude::*;

use super::form_state::FormState;
use super::import_result::ImportSource;
use super::tools::ExternalTools;
use crate::browser::timers;
use crate::i18n::t;
use crate::reactive::dyn_view;
use crate::ui::{Button, FieldSet, TextArea};

/// The box. What is pasted is read at once; what is typed, with the button.
#[component]
pub fn ImportBox(
    /// The form to fill in.
    fields: FormState,
    /// The lazy tools: what reads the text is loaded when it is needed.
    tools: fn(ExternalTools) -> AnyView,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let source = RwSignal::new(None::<ImportSource>);
    let owner = StoredValue::new(Owner::current());
    let read = move || {
        let pasted = text.get_untracked();
        if !pasted.trim().is_empty() {
            source.set(Some(ImportSource::Text(pasted)));
        }
    };
    // The field has the text once the event is over.
    let paste = move |_| timers::after(0, move || _ = text.try_get_untracked().map(|_| read())).detach();
    view! {
        <FieldSet legend=t::external_apis::import_title hint=t::external_apis::import_hint>
            <div on:paste=paste>
                <TextArea label=t::external_apis::import_text value=text rows=2 mono=true />
            </div>
            <div class="row">
                <Button label=t::external_apis::import_read small=true on_click=move |()| read() />
                <Button
                    label=t::external_apis::import_example
                    small=true
                    on_click=move |()| source.set(Some(ImportSource::Example))
                />
            </div>
            {dyn_view(move || {
                let source = source.get()?;
                Some(tools(ExternalTools::Import { fields, source, owner }))
            })}
        </FieldSet>
    }
}
