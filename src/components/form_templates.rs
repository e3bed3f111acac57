//! Templates of a form: values that come back again and again, under a name. The gateway keeps them as saved views of the
//! form's page; an admin may share one with everybody. No value is in a URL.

use leptos::prelude::*;
use trunkline_api::gateway::{ListViews, SavedView};

use super::list_views::{RemoveViewButton, SaveViewDialog, may_remove, views_of};
use crate::fetch::{chunks, config, use_query};
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, fixed, memo};
use crate::ui::{Button, IconName, Severity, Variant, use_toasts};

/// A form whose values can be a template.
#[derive(Clone, Copy)]
pub struct FormTemplates {
    /// The form's path.
    pub page: Signal<String>,
    /// The values as a query; empty while there are none.
    pub query: Memo<String>,
    /// Fills the form in from a query.
    pub apply: Callback<String>,
}

/// Renders a form's templates, from a chunk that is fetched after the form. In the context of the whole app.
#[derive(Clone, Copy)]
pub struct FormTemplatesEntry(pub fn(FormTemplates) -> AnyView);

/// The templates, once the form is there. Nothing without a gateway, and without their entry, as in tests of a component.
pub fn form_templates(templates: FormTemplates) -> Option<AnyView> {
    let FormTemplatesEntry(entry) = use_context()?;
    let due = RwSignal::new(false);
    chunks::when_idle(move || _ = due.try_set(true));
    Some(dyn_view(move || (due.get() && config::has_gateway()).then(|| entry(templates))).into_any())
}

/// A button for each template, and one that saves the form's values as a template.
#[component]
pub fn TemplateBar(
    /// The form.
    templates: FormTemplates,
) -> impl IntoView {
    let FormTemplates { page, query, apply } = templates;
    let saving = RwSignal::new(false);
    let toasts = use_toasts();
    let listed = views_of(page, use_query(|| Some(ListViews)));
    let template = move |view: SavedView| {
        let remove =
            may_remove(&view).then(|| view! { <RemoveViewButton id=view.id.clone() name=view.name.clone() /> });
        let SavedView { name, query, .. } = view;
        let applied = name.clone();
        let fill = move |_| {
            apply.run(query.clone());
            toasts.push(Severity::Success, t::list_tools::template_applied(&applied));
        };
        view! {
            <li>
                <button type="button" class="button" data-small="" on:click=fill><bdi prop:textContent=fixed(name) /></button>
                {remove}
            </li>
        }
    };
    let is_empty = memo(move || query.read().is_empty());
    view! {
        <section class="form-templates" aria-label=t::list_tools::templates>
            <span class="muted" aria-hidden="true" prop:textContent=catalogue(t::list_tools::templates) />
            {dyn_view(move || {
                let listed = listed.get();
                (!listed.is_empty()).then(|| view! { <ul role="list">{listed.into_iter().map(template).collect_view()}</ul> })
            })}
            <Button
                label=t::list_tools::save_template
                icon=IconName::Plus
                small=true
                variant=Variant::Ghost
                disabled=is_empty
                on_click=move |()| saving.set(true)
            />
            <SaveViewDialog open=saving title=t::list_tools::save_template page query />
        </section>
    }
}
