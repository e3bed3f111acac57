//! The list's filters, kept in the URL.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Endpoint;
use trunkline_api::gateway::{Activity, ListActivity};
use trunkline_model::activity::{Action, ActivityFilter, ActivityRow, Area, Outcome};

use crate::components::MultiFilter;
use crate::components::activity_text::{action, area};
use crate::fetch::Query;
use crate::i18n::t;
use crate::reactive::memo;
use crate::routes::query_params::{Param, use_param};
use crate::ui::SelectOption;

/// The list's filters in the URL.
#[derive(Clone, Copy)]
pub struct Filters {
    user: Param,
    area: Param,
    action: Param,
    outcome: Param,
}

impl Filters {
    /// Binds the filters to the current URL.
    pub fn from_url() -> Self {
        Self {
            user: use_param("user"),
            area: use_param("area"),
            action: use_param("action"),
            outcome: use_param("outcome"),
        }
    }

    /// The parameters.
    pub fn params(self) -> Vec<Param> {
        vec![self.user, self.area, self.action, self.outcome]
    }

    /// Returns the predicate of matching rows. Tracked.
    pub fn predicate(self) -> impl Fn(&ActivityRow) -> bool + use<> {
        let [user, area, action, outcome] = [self.user, self.area, self.action, self.outcome].map(|param| param.get());
        ActivityFilter { user, area, action, outcome }.into_predicate()
    }
}

/// The filters: user, area, action and outcome, each of several values.
#[component]
pub fn FilterBar(filters: Filters, query: Query<<ListActivity as Endpoint>::Response>) -> impl IntoView {
    let options = move |option: fn(&Activity) -> SelectOption| {
        memo(move || {
            let entries: Arc<Vec<Activity>> = query.data.get().unwrap_or_default();
            let mut options: Vec<SelectOption> = Vec::new();
            for entry in entries.iter() {
                let option = option(entry);
                if !option.value.is_empty() && !options.contains(&option) {
                    options.push(option);
                }
            }
            options.sort_by(|one, other| one.label.cmp(&other.label));
            options
        })
    };
    let users = options(|entry| SelectOption::from(entry.user.as_deref().unwrap_or_default()));
    let areas = options(|entry| {
        let of = Area::of(entry);
        SelectOption::new(of.key(), area(&of))
    });
    let actions = options(|entry| {
        let of = Action::of(entry);
        SelectOption::new(of.key(), action(of))
    });
    let outcomes = Signal::derive(|| {
        let labels = [t::activity::done(), t::activity::only_refused(), t::activity::only_failed()];
        Outcome::KEYS.into_iter().zip(labels).map(|(key, label)| SelectOption::new(key, label)).collect()
    });
    view! {
        <MultiFilter label=t::activity::user param=filters.user options=users shows_value=true />
        <MultiFilter label=t::activity::place param=filters.area options=areas shows_value=true />
        <MultiFilter label=t::activity::deed param=filters.action options=actions shows_value=true />
        <MultiFilter label=t::activity::outcome param=filters.outcome options=outcomes shows_value=true />
    }
}
