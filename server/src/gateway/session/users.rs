//! Users: the demo ones, and those that `trunkline-server user add` made.

use sqlx::{Row, SqlitePool};
use trunkline_api::Role;
use trunkline_api::gateway::{AgentStatus, User};

use super::password;
use crate::gateway::state::{App, now};

/// The agentID of one-view's own sample, tied to the demo agent.
pub const DEMO_AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
/// The demo agent's jtel UsersID.
const DEMO_USERS_ID: i64 = 3;

/// A user to be made.
#[derive(Clone)]
pub struct NewUser {
    /// The name to sign in with.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// The one-view agentID.
    pub agent_id: Option<String>,
    /// The jtel UsersID.
    pub users_id: Option<i64>,
}

/// A demo user.
pub fn demo(role: Role) -> User {
    let agent = role == Role::Agent;
    User {
        name: format!("demo {}", role.as_str()),
        role,
        agent_id: agent.then(|| DEMO_AGENT.to_owned()),
        users_id: agent.then_some(DEMO_USERS_ID),
        status: None,
    }
}

/// Whether demo users exist: on loopback, if the operator says so or no real user exists.
///
/// # Errors
/// When the database fails.
pub async fn demo_exists(app: &App) -> Result<bool, sqlx::Error> {
    match (app.loopback, app.config.demo_users) {
        (false, _) | (_, Some(false)) => Ok(false),
        (true, Some(true)) => Ok(true),
        (true, None) => {
            let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users").fetch_one(&app.pool).await?;
            Ok(count == 0)
        }
    }
}

/// A user by id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(pool: &SqlitePool, id: &str) -> Result<Option<User>, sqlx::Error> {
    let query = "SELECT name, role, agent_id, users_id FROM users WHERE id = $1";
    let row = sqlx::query(query).bind(id).fetch_optional(pool).await?;
    row.map(|row| {
        let role: String = row.try_get("role")?;
        Ok(User {
            name: row.try_get("name")?,
            role: if role == "admin" { Role::Admin } else { Role::Agent },
            agent_id: row.try_get("agent_id")?,
            users_id: row.try_get("users_id")?,
            status: None,
        })
    })
    .transpose()
}

/// A user's id and password hash by name.
///
/// # Errors
/// When the database fails.
pub async fn credentials(pool: &SqlitePool, name: &str) -> Result<Option<(String, String)>, sqlx::Error> {
    let query = "SELECT id, password_hash FROM users WHERE LOWER(name) = LOWER($1)";
    sqlx::query_as(query).bind(name.trim()).fetch_optional(pool).await
}

/// Makes a user.
///
/// # Errors
/// In one sentence, when the name is taken or empty, the password is short, or the database fails.
pub async fn add(pool: &SqlitePool, user: &NewUser, password: &str) -> Result<(), String> {
    let name = user.name.trim();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err("A user's name has 1 to 100 characters.".to_owned());
    }
    long_enough(password)?;
    if credentials(pool, name).await.map_err(failed)?.is_some() {
        return Err(format!("There already is a user named {name}."));
    }
    let hash = password::hash(password).map_err(|error| format!("The password can't be hashed: {error}."))?;
    sqlx::query(
        "INSERT INTO users (id, name, password_hash, role, agent_id, users_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(uuid::Uuid::now_v7().to_string())
    .bind(name)
    .bind(hash)
    .bind(user.role.as_str())
    .bind(&user.agent_id)
    .bind(user.users_id)
    .bind(now())
    .execute(pool)
    .await
    .map_err(failed)?;
    Ok(())
}

/// Gives a user another password and ends the user's sessions.
///
/// # Errors
/// In one sentence, when there is no such user, the password is short, or the database fails.
pub async fn set_password(pool: &SqlitePool, name: &str, password: &str) -> Result<(), String> {
    long_enough(password)?;
    let (id, _) = credentials(pool, name).await.map_err(failed)?.ok_or_else(|| missing(name))?;
    let hash = password::hash(password).map_err(|error| format!("The password can't be hashed: {error}."))?;
    let query = "UPDATE users SET password_hash = $1 WHERE id = $2";
    sqlx::query(query).bind(hash).bind(&id).execute(pool).await.map_err(failed)?;
    sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(&id).execute(pool).await.map_err(failed)?;
    Ok(())
}

/// Removes a user and the user's sessions.
///
/// # Errors
/// In one sentence, when there is no such user or the database fails.
pub async fn remove(pool: &SqlitePool, name: &str) -> Result<(), String> {
    let (id, _) = credentials(pool, name).await.map_err(failed)?.ok_or_else(|| missing(name))?;
    sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(&id).execute(pool).await.map_err(failed)?;
    sqlx::query("DELETE FROM users WHERE id = $1").bind(&id).execute(pool).await.map_err(failed)?;
    Ok(())
}

fn long_enough(password: &str) -> Result<(), String> {
    let fits = password.chars().count() >= 8;
    fits.then_some(()).ok_or_else(|| "A password has at least 8 characters.".to_owned())
}

fn failed(error: sqlx::Error) -> String {
    format!("The database failed: {error}.")
}

fn missing(name: &str) -> String {
    format!("There is no user named {}.", name.trim())
}

/// The status that one-view last confirmed for an agent.
///
/// # Errors
/// When the database fails.
pub async fn status(pool: &SqlitePool, agent_id: &str) -> Result<Option<AgentStatus>, sqlx::Error> {
    let query = "SELECT online, since FROM agent_status WHERE agent_id = $1";
    let row: Option<(bool, i64)> = sqlx::query_as(query).bind(agent_id).fetch_optional(pool).await?;
    Ok(row.map(|(online, since)| AgentStatus { online, since }))
}

/// Keeps the status that one-view confirmed for an agent.
///
/// # Errors
/// When the database fails.
pub async fn keep_status(pool: &SqlitePool, agent_id: &str, status: AgentStatus) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO agent_status (agent_id, online, since) VALUES ($1, $2, $3) \
         ON CONFLICT (agent_id) DO UPDATE SET online = excluded.online, since = excluded.since",
    )
    .bind(agent_id)
    .bind(status.online)
    .bind(status.since)
    .execute(pool)
    .await?;
    Ok(())
}
