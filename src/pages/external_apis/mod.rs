//! External APIs: calls to a customer's own systems, defined and tested here. The gateway stores the definitions and
//! sends the tests.

mod auth_fields;
mod columns;
mod detail;
mod draft_result;
mod draft_test;
mod edit_conflict;
mod export_box;
mod form;
mod form_state;
mod gateway_required;
mod history;
mod import_box;
mod import_result;
mod labels;
mod list;
mod mutations;
mod param_editors;
mod param_rows;
mod param_tables;
mod run_comparison;
mod run_result;
mod secret_value;
mod test_panel;
mod tests_section;
mod tools;
mod variables_editor;

pub use detail::ExternalApiPage;
pub use form::{EditExternalApiPage, NewExternalApiPage};
pub use gateway_required::with_gateway;
pub use list::ExternalApisPage;
pub use tools::ExternalTools;
