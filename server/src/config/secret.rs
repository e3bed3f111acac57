//! Values that are never printed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Whether a file can be read by everyone on this machine. Its group may be one that the operator made for the server.
pub fn is_readable_by_others(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|file| file.permissions().mode() & 0o004 != 0)
}

/// A credential. It has neither `Debug` nor `Display`, so no log line and no error can hold it by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A literal value.
    pub fn literal(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// Reads `env:NAME`, `file:PATH` or a literal. `key` is what an error calls the setting.
    ///
    /// # Errors
    /// In words, when the variable or file is missing or empty. The words never hold the value.
    pub fn read(key: &str, value: &str) -> Result<Self, String> {
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

    /// The value itself, for the request it belongs in.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
