//! Secret headers: stored, sent, and never shown again.

use trunkline_api::gateway::{ExternalApiBody, HeaderParam, MASK};
use trunkline_api::{FieldError, Problem};
use url::Url;

/// The definition as it is shown.
pub fn hide(mut body: ExternalApiBody) -> ExternalApiBody {
    for header in body.headers.iter_mut().filter(|header| header.secret) {
        header.value = MASK.to_owned();
    }
    body
}

/// Puts the stored values where the mask came back.
///
/// # Errors
/// Where nothing is stored under the header's name, or the address leads to another origin: a secret that nobody may
/// see must not be sent where somebody only has to wait for it.
pub fn restore(body: &mut ExternalApiBody, stored: Option<&ExternalApiBody>) -> Result<(), Vec<FieldError>> {
    let origin = |body: &ExternalApiBody| Url::parse(body.url.trim()).ok().map(|url| url.origin());
    let known = stored.filter(|stored| origin(stored) == origin(body)).map_or(&[][..], |stored| &stored.headers);
    let mut problems = Vec::new();
    for (index, header) in body.headers.iter_mut().enumerate() {
        if header.value != MASK {
            continue;
        }
        let same = |old: &&HeaderParam| old.secret && old.name.eq_ignore_ascii_case(&header.name);
        match known.iter().find(same) {
            Some(old) => {
                header.value.clone_from(&old.value);
                header.secret = true;
            }
            None => {
                problems.push(FieldError { field: format!("headers.{index}.value"), problem: Problem::Required });
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
