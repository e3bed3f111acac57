//! Edit conflicts of definitions: labels for the dialog, and the definition built from merged members.

use serde_json::Value;
pub use trunkline_model::external_apis::from_members;
use trunkline_model::external_apis::{auth_line, parameter_line};

use super::labels;
use crate::components::edit_conflict::FieldTexts;
use crate::i18n::t;

/// Field labels and value texts.
pub const FIELD_TEXTS: FieldTexts = FieldTexts { label, value };

fn label(field: &str) -> Option<String> {
    Some(match field {
        "name" => t::external_apis::name(),
        "description" => t::external_apis::description(),
        "method" => t::external_apis::method(),
        "url" => t::external_apis::url(),
        "format" => t::external_apis::format(),
        "timeout" => t::external_apis::timeout(),
        "auth" => t::external_apis::auth(),
        "variables" => t::external_apis::variables(),
        "headers" => t::external_apis::headers(),
        "request" => t::external_apis::request(),
        "output" => t::external_apis::output(),
        _ => return None,
    })
}

/// Text of a body format, or of a list: its rows joined by `; `, secrets masked. `None` for other fields.
fn value(field: &str, value: &Value) -> Option<String> {
    if field == "format" {
        return labels::format_options()
            .into_iter()
            .find(|choice| Some(choice.value.as_str()) == value.as_str())
            .map(|choice| choice.label);
    }
    if field == "auth" {
        return auth_line(value);
    }
    parameter_line(value)
}
