//! The saved views in the navigation, each with the number of its records.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use trunkline_api::gateway::{ListViews, SavedView};

use crate::components::list_views::{RemoveViewButton, may_remove, query_of};
use crate::components::view_counts::count_of_view;
use crate::fetch::{chunks, use_query};
use crate::i18n::{count_of, format, t};
use crate::reactive::{catalogue, dyn_view, effect, fixed, live_text, memo};
use crate::routes::Route;
use crate::shell::nav::{close_menu, sections};

/// Links to the views of the pages that the person may see. Nothing if there are none.
#[component]
pub fn SavedViews(
    /// The current route.
    route: Memo<Route>,
    /// True while the menu is open, on a small screen.
    menu_open: RwSignal<bool>,
) -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let query = use_query(|| Some(ListViews));
    let sections = memo(sections);
    let views = memo(move || {
        let (all, sections) = (query.data.get().unwrap_or_default(), sections.get());
        let is_shown = |view: &&SavedView| sections.iter().any(|section| section.path() == view.page);
        all.iter().filter(is_shown).cloned().collect::<Vec<_>>()
    });
    // A page loads its list after the navigation: look again once it is done.
    let visits = RwSignal::new(0_u32);
    effect(move || {
        route.track();
        chunks::when_idle(move || _ = visits.try_update(|visits| *visits += 1));
    });
    let current =
        memo(move || SavedView { page: path.get(), query: query_of(&search.get()), ..SavedView::default() }.href());
    // The inbox has views of its own.
    let label = memo(move || match route.with(Route::section) {
        Route::Inbox => t::list_tools::saved_views(),
        _ => t::list_tools::views(),
    });
    let link = move |view: SavedView| {
        let remove = may_remove(&view).then(|| {
            view! { <RemoveViewButton id=view.id.clone() name=view.name.clone() /> }
        });
        let (title, href, name) = (view.name.clone(), view.href(), view.name.clone());
        let own_href = href.clone();
        let is_current = move || current.with(|current| *current == own_href);
        let count = memo(move || {
            visits.track();
            count_of_view(&view)
        });
        let as_of = move || count.get().map(|(_, at)| t::list_tools::counted_at(&format::date_time(at)));
        let number = move || count.get().map(|(count, _)| format::number(count_of(count))).unwrap_or_default();
        view! {
            <li>
                <a
                    class="nav-link"
                    href=href
                    title=title
                    aria-current=move || is_current().then_some("page")
                    on:click=move |_| close_menu(menu_open)
                >
                    <bdi class="nav-text" prop:textContent=fixed(name) />
                </a>
                <span class="view-count" title=as_of prop:textContent=live_text(number) />
                {remove}
            </li>
        }
    };
    dyn_view(move || {
        let views = views.get();
        (!views.is_empty()).then(|| {
            view! {
                <nav class="saved-views" aria-label=move || label.get()>
                    <p class="nav-heading" aria-hidden="true" prop:textContent=catalogue(t::list_tools::views) />
                    <ul role="list">{views.into_iter().map(link).collect_view()}</ul>
                </nav>
            }
            .into_any()
        })
    })
}
