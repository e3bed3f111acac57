//! Sessions in the database: an opaque token in the browser, its SHA-256 in the table.

use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};
use sqlx::Row;
use trunkline_api::Role;
use trunkline_api::gateway::User;

use super::{demo, users};
use crate::config::SessionConfig;
use crate::gateway::refusal::Refused;
use crate::gateway::state::{App, now};

/// Whose session.
pub enum Owner {
    /// A demo user's.
    Demo(Role),
    /// A real user's, by id.
    User(String),
}

impl Owner {
    /// The person: what limits, keys and device cookies go by. A name may be given to somebody else later, this is not.
    pub fn person(&self) -> String {
        match self {
            Self::Demo(role) => format!("demo:{}", role.as_str()),
            Self::User(id) => format!("user:{id}"),
        }
    }
}

/// A session that isn't over.
pub struct Found {
    /// Its user.
    pub user: User,
    /// [`Owner::person`].
    pub person: String,
    /// How long it lasts.
    pub left: Left,
}

/// How long a session lasts, in seconds.
#[derive(Clone, Copy, Default)]
pub struct Left {
    /// If its user does nothing.
    pub idle: u32,
    /// Whatever its user does.
    pub absolute: u32,
}

impl Left {
    /// Of a session that has lasted, and been idle, for so many seconds.
    pub fn after(limits: SessionConfig, age: i64, idle: i64) -> Self {
        // A clock that was set back makes no session longer.
        let rest = |limit: u32, gone: i64| limit.saturating_sub(u32::try_from(gone).unwrap_or(0));
        let absolute = rest(limits.absolute_seconds, age);
        Self { idle: rest(limits.idle_seconds, idle).min(absolute), absolute }
    }
}

/// Begins a session and gives the token for the cookie. `checked` is the hash that the password was found to fit: none is
/// begun where the user has another by now. A user with as many sessions as may be loses the oldest.
///
/// # Errors
/// When the system gives no randomness or the database fails.
pub async fn begin(app: &App, owner: &Owner, checked: Option<&str>) -> Result<Option<String>, Refused> {
    let mut bytes = [0_u8; 32];
    OsRng.try_fill_bytes(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no randomness");
        Refused::fault()
    })?;
    let token = hex(&bytes);
    let (user, demo) = match owner {
        Owner::Demo(role) => (None, Some(role.as_str())),
        Owner::User(id) => (Some(id.as_str()), None),
    };
    let at = now();
    let oldest = at - i64::from(app.config.session.absolute_seconds);
    let mut work = app.writes.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("DELETE FROM sessions WHERE created_at < $1").bind(oldest).execute(&mut *work).await?;
    let query = "INSERT INTO sessions (token_hash, user_id, demo, created_at, seen_at) SELECT $1, $2, $3, $4, $4 \
                 WHERE $2 IS NULL OR EXISTS (SELECT 1 FROM users WHERE id = $2 AND password_hash = $5)";
    let insert = sqlx::query(query).bind(hash(&token)).bind(user).bind(demo).bind(at).bind(checked);
    if insert.execute(&mut *work).await?.rows_affected() == 0 {
        return Ok(None);
    }
    // The ones that a row number tells apart within a second: later rows have higher ones.
    let query = "DELETE FROM sessions WHERE (user_id = $1 OR demo = $2) AND token_hash NOT IN \
                 (SELECT token_hash FROM sessions WHERE user_id = $1 OR demo = $2 \
                 ORDER BY created_at DESC, rowid DESC LIMIT $3) RETURNING token_hash";
    let over = sqlx::query_scalar::<_, String>(query).bind(user).bind(demo).bind(app.config.limits.sessions);
    let over = over.fetch_all(&mut *work).await?;
    work.commit().await?;
    over.iter().for_each(|session| app.live.signed_out(session));
    Ok(Some(token))
}

/// The user of a session that isn't over, and how long it lasts. With `touch` its idle time begins anew.
///
/// # Errors
/// When the database fails.
pub async fn find(app: &App, token_hash: &str, touch: bool) -> Result<Option<Found>, sqlx::Error> {
    let query = "SELECT user_id, demo, created_at, seen_at FROM sessions WHERE token_hash = $1";
    // Before the table is read: what is written between the two stands in both.
    let noted = app.books.seen(token_hash);
    if app.books.is_ended(token_hash) {
        return Ok(None);
    }
    let Some(row) = sqlx::query(query).bind(token_hash).fetch_optional(&app.pool).await? else { return Ok(None) };
    let (created, seen): (i64, i64) = (row.try_get("created_at")?, row.try_get("seen_at")?);
    let seen = noted.unwrap_or(seen).max(seen);
    let limits = app.config.session;
    let at = now();
    if at - seen >= i64::from(limits.idle_seconds) || at - created >= i64::from(limits.absolute_seconds) {
        end(app, token_hash);
        return Ok(None);
    }
    let user_id: Option<String> = row.try_get("user_id")?;
    let demo: Option<String> = row.try_get("demo")?;
    let owner = match (user_id, demo.as_deref()) {
        (Some(id), _) => Owner::User(id),
        (None, Some("admin")) => Owner::Demo(Role::Admin),
        (None, _) => Owner::Demo(Role::Agent),
    };
    let user = match &owner {
        Owner::User(id) => users::by_id(&app.pool, id).await?,
        Owner::Demo(role) if demo::exists(app).await? => Some(users::demo(*role)),
        Owner::Demo(_) => None,
    };
    let Some(user) = user else { return Ok(None) };
    // One write in a while is enough to tell idle from busy.
    let stale = at - seen > i64::from(limits.idle_seconds / 20).min(30);
    if touch && stale {
        app.books.touch(token_hash, at);
    }
    let seen = if touch && stale { at } else { seen };
    Ok(Some(Found { user, person: owner.person(), left: Left::after(limits, at - created, at - seen) }))
}

/// Ends a session, at once for every request; the table follows.
pub fn end(app: &App, token_hash: &str) {
    app.books.end(token_hash);
    app.live.signed_out(token_hash);
}

/// What the table holds for a token.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
