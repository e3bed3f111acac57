//! The kinds of directory records: event types, groups and users.

/// A kind of directory record.
#[derive(Clone, Copy, Debug)]
pub struct DirectoryKind {
    /// The `kind` column.
    pub key: &'static str,
    /// The name in the vendor's error messages.
    pub entity: &'static str,
}

/// Event types.
pub const TYPE: DirectoryKind = DirectoryKind { key: "type", entity: "AcdEventType" };
/// ACD groups.
pub const GROUP: DirectoryKind = DirectoryKind { key: "group", entity: "AcdGroup" };
/// Users.
pub const USER: DirectoryKind = DirectoryKind { key: "user", entity: "User" };
