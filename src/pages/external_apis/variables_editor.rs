//! Sample values of the variables that the definition uses. A row appears as soon as `{{name}}` is typed somewhere.

use leptos::prelude::*;
use trunkline_api::gateway::Variable;

use super::form_state::FormState;
use super::param_rows::VariableRow;
use crate::components::FieldErrors;
use crate::i18n::t;
use crate::reactive::{dyn_view, effect, memo};
use crate::ui::{FieldSet, TextField};

/// The variables; nothing if there are none.
#[component]
pub fn VariablesEditor(fields: FormState, errors: FieldErrors) -> impl IntoView {
    let used = memo(move || fields.body().variable_names());
    let owner = Owner::current();
    effect(move || {
        let used = used.get();
        let known =
            fields.variables.with_untracked(|rows| rows.iter().map(|row| row.name.get_value()).collect::<Vec<_>>());
        let new: Vec<String> = used.into_iter().filter(|name| !known.contains(name)).collect();
        if new.is_empty() {
            return;
        }
        let make = || new.iter().map(|name| VariableRow::new(&Variable { name: name.clone(), ..Variable::default() }));
        let rows: Vec<VariableRow> = match &owner {
            Some(owner) => owner.with(|| make().collect()),
            None => make().collect(),
        };
        fields.variables.update(|all| all.extend(rows));
    });
    let rows = memo(move || {
        let used = used.get();
        let rows = fields.variables.get();
        let row = |name: &String| rows.iter().copied().find(|row| row.name.get_value() == *name);
        used.iter().filter_map(row).collect::<Vec<_>>()
    });
    dyn_view(move || {
        let rows = rows.get();
        (!rows.is_empty()).then(move || {
            let field = |row: VariableRow| {
                let name = row.name.get_value();
                let error = errors.signal_for(format!("variables.{name}"));
                view! { <TextField label=t::external_apis::sample_of(&name) value=row.sample error /> }
            };
            let samples = rows.into_iter().map(field).collect_view();
            view! {
                <FieldSet legend=t::external_apis::variables hint=t::external_apis::variables_hint>
                    {samples}
                </FieldSet>
            }
        })
    })
}
