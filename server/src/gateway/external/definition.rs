//! Checks definitions.

use trunkline_api::FieldError;
use trunkline_api::gateway::ExternalApiBody;
use trunkline_api::text::{TextKind, clean};

use super::secrets;
use super::vault::is_encrypted;

/// Validates a definition and restores its secrets.
///
/// # Errors
/// The problems by field.
pub fn validated(
    mut body: ExternalApiBody,
    stored: Option<&ExternalApiBody>,
) -> Result<ExternalApiBody, Vec<FieldError>> {
    // Cleaned as in the form, because direct API calls may contain pasted formatting characters too.
    body.name = clean(body.name.trim(), TextKind::Words).trim().to_owned();
    for url in [&mut body.url, &mut body.auth.token_url] {
        *url = clean(url.trim(), TextKind::Code).trim().to_owned();
    }
    body.normalise();
    let used = body.variable_names();
    body.variables.retain(|variable| used.contains(&variable.name));
    let mut problems: Vec<FieldError> = body.validate().err().unwrap_or_default();
    problems.extend(secrets::restore(&mut body, stored).err().unwrap_or_default());
    if problems.is_empty() { Ok(body) } else { Err(problems) }
}

/// Returns true if a definition has secrets that could not be decrypted.
pub fn is_locked(body: &ExternalApiBody) -> bool {
    body.secrets().into_iter().any(|secret| is_encrypted(secret))
}

/// The names of the members that differ.
pub fn changed_members(before: &ExternalApiBody, after: &ExternalApiBody) -> Vec<String> {
    let members = |body: &ExternalApiBody| serde_json::to_value(body).unwrap_or_default();
    let (before, after) = (members(before), members(after));
    let differs = |name: &&&str| before.get(**name) != after.get(**name);
    ExternalApiBody::MEMBERS.iter().filter(differs).map(|name| (*name).to_owned()).collect()
}
