//! Sessions in the database: the browser has an opaque token, the table its SHA-256.

use std::sync::Arc;

use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};
use sqlx::{Row, SqlitePool};
use trunkline_api::Role;
use trunkline_api::gateway::User;

use super::demo_users::DemoUsers;
use super::users;
use crate::config::SessionConfig;
use crate::gateway::clock::now;
use crate::gateway::error::ApiError;
use crate::gateway::hex;
use crate::gateway::live::Hub;
use crate::gateway::write_behind::WriteBehind;

/// Owner of a session.
pub enum SessionOwner {
    /// A demo user.
    Demo(Role),
    /// A real user, by id.
    User(String),
}

impl SessionOwner {
    /// Key of the person for limits, derived keys and device cookies. Unlike a name it is never reassigned.
    pub fn person(&self) -> String {
        match self {
            Self::Demo(role) => format!("demo:{}", role.as_str()),
            Self::User(id) => format!("user:{id}"),
        }
    }
}

/// An active session.
pub struct ActiveSession {
    /// Its user.
    pub user: User,
    /// [`SessionOwner::person`].
    pub person: String,
    /// Remaining life.
    pub remaining: Remaining,
}

/// Remaining life of a session, in seconds.
#[derive(Clone, Copy, Default)]
pub struct Remaining {
    /// Until it ends if its user does nothing.
    pub idle: u32,
    /// Until it ends in any case.
    pub absolute: u32,
}

impl Remaining {
    /// Remaining life of a session with this age and idle time, in seconds.
    pub fn after(limits: SessionConfig, age: i64, idle: i64) -> Self {
        // A clock that was set back must not extend a session.
        let rest = |limit: u32, gone: i64| limit.saturating_sub(u32::try_from(gone).unwrap_or(0));
        let absolute = rest(limits.absolute_seconds, age);
        Self { idle: rest(limits.idle_seconds, idle).min(absolute), absolute }
    }
}

/// Creates, finds and ends sessions.
pub struct Sessions {
    /// Decides whether there are demo users.
    pub demo: DemoUsers,
    /// Database connections for reading.
    pub pool: SqlitePool,
    /// Database connections for writing.
    pub writes: SqlitePool,
    /// Maximum life of a session.
    pub limits: SessionConfig,
    /// Maximum sessions of a user.
    pub max_per_user: u32,
    /// Records that are not written yet.
    pub write_behind: Arc<WriteBehind>,
    /// Notified of ended sessions.
    pub hub: Arc<Hub>,
}

impl Sessions {
    /// Creates a session and returns the token for the cookie. `checked` is the hash that the password matched: `None` if
    /// the user's hash has changed since. A user with the maximum number of sessions loses the oldest.
    ///
    /// # Errors
    /// If the system has no randomness or the database fails.
    pub async fn create(&self, owner: &SessionOwner, checked: Option<&str>) -> Result<Option<String>, ApiError> {
        let mut bytes = [0_u8; 32];
        OsRng.try_fill_bytes(&mut bytes).map_err(|error| {
            tracing::error!(%error, "no randomness");
            ApiError::internal()
        })?;
        let token = hex::encode(&bytes);
        let (user, demo) = match owner {
            SessionOwner::Demo(role) => (None, Some(role.as_str())),
            SessionOwner::User(id) => (Some(id.as_str()), None),
        };
        let at = now();
        let oldest = at - i64::from(self.limits.absolute_seconds);
        let mut work = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM sessions WHERE created_at < $1").bind(oldest).execute(&mut *work).await?;
        let query = "INSERT INTO sessions (token_hash, user_id, demo, created_at, seen_at) SELECT $1, $2, $3, $4, $4 \
                     WHERE $2 IS NULL OR EXISTS (SELECT 1 FROM users WHERE id = $2 AND password_hash = $5)";
        let insert = sqlx::query(query).bind(token_key(&token)).bind(user).bind(demo).bind(at).bind(checked);
        if insert.execute(&mut *work).await?.rows_affected() == 0 {
            return Ok(None);
        }
        // `rowid` orders sessions of the same second: later rows have higher ones.
        let query = "DELETE FROM sessions WHERE (user_id = $1 OR demo = $2) AND token_hash NOT IN \
                     (SELECT token_hash FROM sessions WHERE user_id = $1 OR demo = $2 \
                     ORDER BY created_at DESC, rowid DESC LIMIT $3) RETURNING token_hash";
        let ended = sqlx::query_scalar::<_, String>(query).bind(user).bind(demo).bind(self.max_per_user);
        let ended = ended.fetch_all(&mut *work).await?;
        work.commit().await?;
        ended.iter().for_each(|session| self.hub.signed_out(session));
        Ok(Some(token))
    }

    /// Finds an active session. With `touch` its idle time starts again.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn find(&self, key: &str, touch: bool) -> Result<Option<ActiveSession>, sqlx::Error> {
        let query = "SELECT user_id, demo, created_at, seen_at FROM sessions WHERE token_hash = $1";
        // Read before the table: a value written in between is then in both.
        let buffered = self.write_behind.session_seen(key);
        if self.write_behind.is_session_ended(key) {
            return Ok(None);
        }
        let Some(row) = sqlx::query(query).bind(key).fetch_optional(&self.pool).await? else { return Ok(None) };
        let (created, seen): (i64, i64) = (row.try_get("created_at")?, row.try_get("seen_at")?);
        let seen = buffered.unwrap_or(seen).max(seen);
        let limits = self.limits;
        let at = now();
        if at - seen >= i64::from(limits.idle_seconds) || at - created >= i64::from(limits.absolute_seconds) {
            self.end(key);
            return Ok(None);
        }
        let user_id: Option<String> = row.try_get("user_id")?;
        let demo: Option<String> = row.try_get("demo")?;
        let owner = match (user_id, demo.as_deref()) {
            (Some(id), _) => SessionOwner::User(id),
            (None, Some("admin")) => SessionOwner::Demo(Role::Admin),
            (None, _) => SessionOwner::Demo(Role::Agent),
        };
        let user = match &owner {
            SessionOwner::User(id) => users::by_id(&self.pool, id).await?,
            SessionOwner::Demo(role) if self.demo.are_enabled().await? => Some(users::demo(*role)),
            SessionOwner::Demo(_) => None,
        };
        let Some(user) = user else { return Ok(None) };
        // An occasional write is enough to distinguish idle from busy.
        let stale = at - seen > i64::from(limits.idle_seconds / 20).min(30);
        if touch && stale {
            self.write_behind.touch_session(key, at);
        }
        let seen = if touch && stale { at } else { seen };
        let remaining = Remaining::after(limits, at - created, at - seen);
        Ok(Some(ActiveSession { user, person: owner.person(), remaining }))
    }

    /// Ends a session at once for every request; the table follows.
    pub fn end(&self, key: &str) {
        self.write_behind.end_session(key);
        self.hub.signed_out(key);
    }
}

/// The key in the table for a token.
pub fn token_key(token: &str) -> String {
    hex::encode(&Sha256::digest(token.as_bytes()))
}
