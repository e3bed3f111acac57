//! Credentials, which are never printed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// True if everyone on this machine can read the file. Its group may read it: the operator may have created that for
/// the server.
pub fn is_readable_by_others(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|file| file.permissions().mode() & 0o004 != 0)
}

/// A credential. It has neither `Debug` nor `Display`, so no log line and no error can contain it by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a literal value.
    pub fn literal(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// Resolves `env:NAME`, `file:PATH` or a literal. Errors name the setting by `key`.
    ///
    /// # Errors
    /// If the variable or file is missing, or the value is empty or has control characters. The message never contains
    /// the value.
    pub fn resolve(key: &str, value: &str) -> Result<Self, String> {
        let found = if let Some(name) = value.strip_prefix("env:") {
            std::env::var(name).map_err(|_| format!("{key}: the environment variable {name} is not set"))?
        } else if let Some(path) = value.strip_prefix("file:") {
            let text =
                fs::read_to_string(path).map_err(|error| format!("{key}: the file {path} can't be read: {error}"))?;
            if is_readable_by_others(Path::new(path)) {
                tracing::warn!(file = path, "others on this machine can read this key: chmod 600");
            }
            text.trim_end_matches(['\r', '\n']).to_owned()
        } else {
            value.to_owned()
        };
        if found.trim().is_empty() {
            return Err(format!("{key} is empty"));
        }
        if found.chars().any(char::is_control) {
            return Err(format!("{key} holds a line break or another control character"));
        }
        Ok(Self(found))
    }

    /// Returns the value, for use in the request that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
