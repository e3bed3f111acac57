//! Users: demo users, and those created by `trunkline-server user add`.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, SqlitePool};
use trunkline_api::Role;
use trunkline_api::gateway::User;

use super::password::StoredPassword;
use super::{password, password_rules};
use crate::gateway::activity;
use crate::gateway::clock::now;
use crate::names;

/// The agentID in one-view's own sample, used by the demo agent.
pub const DEMO_AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
/// The demo agent's jtel UsersID.
const DEMO_USERS_ID: i64 = 3;

/// A user to create.
#[derive(Clone)]
pub struct NewUser {
    /// User name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The one-view agentID.
    pub agent_id: Option<String>,
    /// The jtel UsersID.
    pub users_id: Option<i64>,
}

/// A user's stored credentials.
pub struct StoredCredentials {
    /// The user's id.
    pub id: String,
    /// The password hash.
    pub password: StoredPassword,
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

/// Finds a user by id.
///
/// # Errors
/// If the database fails.
pub async fn by_id(pool: &SqlitePool, id: &str) -> Result<Option<User>, sqlx::Error> {
    let query = "SELECT name, role, agent_id, users_id FROM users WHERE id = $1";
    let row = sqlx::query(query).bind(id).fetch_optional(pool).await?;
    row.as_ref().map(from_row).transpose()
}

/// The users with an agentID, by name.
///
/// # Errors
/// If the database fails.
pub async fn agents(pool: &SqlitePool) -> Result<Vec<User>, sqlx::Error> {
    let query = "SELECT name, role, agent_id, users_id FROM users WHERE agent_id IS NOT NULL ORDER BY name";
    sqlx::query(query).fetch_all(pool).await?.iter().map(from_row).collect()
}

fn from_row(row: &SqliteRow) -> Result<User, sqlx::Error> {
    let role: String = row.try_get("role")?;
    Ok(User {
        name: row.try_get("name")?,
        role: if role == "admin" { Role::Admin } else { Role::Agent },
        agent_id: row.try_get("agent_id")?,
        users_id: row.try_get("users_id")?,
        status: None,
    })
}

/// Finds a user's credentials by name.
///
/// # Errors
/// If the database fails.
pub async fn credentials<'a, E>(database: E, name: &str) -> Result<Option<StoredCredentials>, sqlx::Error>
where
    E: sqlx::Executor<'a, Database = sqlx::Sqlite>,
{
    // The exact name first: names of older users may differ in case only.
    let query = "SELECT id, password_hash, password_normalised FROM users WHERE name_key = $1 OR name = $2 \
                 ORDER BY name = $2 DESC LIMIT 1";
    let found: Option<(String, String, bool)> =
        sqlx::query_as(query).bind(names::key(name)).bind(names::clean(name)).fetch_optional(database).await?;
    Ok(found.map(|(id, hash, normalised)| StoredCredentials { id, password: StoredPassword { hash, normalised } }))
}

/// Creates a user. After the first one, demo users no longer exist by default.
///
/// # Errors
/// One sentence in English, if the name is taken or invalid, the password is rejected, or the database fails.
pub async fn add(pool: &SqlitePool, user: &NewUser, password: &str) -> Result<(), String> {
    let name = names::clean(&user.name);
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err("A user's name has 1 to 100 characters.".to_owned());
    }
    password_rules::check(&name, password)?;
    let taken = || format!("There already is a user named {name}.");
    if credentials(pool, &name).await.map_err(database_error)?.is_some() {
        return Err(taken());
    }
    let hash = hashed(password)?;
    let mut work = pool.begin().await.map_err(database_error)?;
    let query = "INSERT INTO users \
                 (id, name, name_key, password_hash, password_normalised, role, agent_id, users_id, created_at) \
                 VALUES ($1, $2, $3, $4, TRUE, $5, $6, $7, $8) ON CONFLICT (name_key) DO NOTHING";
    let made = sqlx::query(query)
        .bind(uuid::Uuid::now_v7().to_string())
        .bind(&name)
        .bind(names::key(&name))
        .bind(hash)
        .bind(user.role.as_str())
        .bind(&user.agent_id)
        .bind(user.users_id)
        .bind(now())
        .execute(&mut *work)
        .await
        .map_err(database_error)?;
    if made.rows_affected() == 0 {
        return Err(taken());
    }
    let query = "INSERT INTO gateway_facts (name, at) VALUES ('user_made', $1) ON CONFLICT (name) DO NOTHING";
    sqlx::query(query).bind(now()).execute(&mut *work).await.map_err(database_error)?;
    let what = format!("user add {name}");
    activity::record_command(&mut work, "POST", &what).await.map_err(database_error)?;
    work.commit().await.map_err(database_error)
}

/// Sets a user's password and ends the user's sessions in one transaction: no sign-in with the old password outlives
/// it.
///
/// # Errors
/// One sentence in English, if there is no such user, the password is rejected, or the database fails.
pub async fn set_password(pool: &SqlitePool, name: &str, password: &str) -> Result<(), String> {
    password_rules::check(name, password)?;
    let hash = hashed(password)?;
    let mut work = pool.begin_with("BEGIN IMMEDIATE").await.map_err(database_error)?;
    let id = find_id(&mut work, name).await?;
    let query = "UPDATE users SET password_hash = $1, password_normalised = TRUE WHERE id = $2";
    sqlx::query(query).bind(hash).bind(&id).execute(&mut *work).await.map_err(database_error)?;
    sqlx::query("DELETE FROM sessions WHERE user_id = $1")
        .bind(&id)
        .execute(&mut *work)
        .await
        .map_err(database_error)?;
    let what = format!("user password {}", names::clean(name));
    activity::record_command(&mut work, "PUT", &what).await.map_err(database_error)?;
    work.commit().await.map_err(database_error)
}

/// Removes a user and the user's sessions. After the last one, demo sessions end too.
///
/// # Errors
/// One sentence in English, if there is no such user or the database fails.
pub async fn remove(pool: &SqlitePool, name: &str) -> Result<(), String> {
    let mut work = pool.begin_with("BEGIN IMMEDIATE").await.map_err(database_error)?;
    let id = find_id(&mut work, name).await?;
    for query in ["DELETE FROM sessions WHERE user_id = $1", "DELETE FROM users WHERE id = $1"] {
        sqlx::query(query).bind(&id).execute(&mut *work).await.map_err(database_error)?;
    }
    let query = "DELETE FROM sessions WHERE demo IS NOT NULL AND NOT EXISTS (SELECT 1 FROM users)";
    sqlx::query(query).execute(&mut *work).await.map_err(database_error)?;
    let what = format!("user remove {}", names::clean(name));
    activity::record_command(&mut work, "DELETE", &what).await.map_err(database_error)?;
    work.commit().await.map_err(database_error)
}

async fn find_id(connection: &mut SqliteConnection, name: &str) -> Result<String, String> {
    let found = credentials(connection, name).await.map_err(database_error)?;
    found.map(|found| found.id).ok_or_else(|| format!("There is no user named {}.", names::clean(name)))
}

fn hashed(password: &str) -> Result<String, String> {
    password::hash(password).map_err(|error| format!("The password can't be hashed: {error}."))
}

fn database_error(error: sqlx::Error) -> String {
    format!("The database failed: {error}.")
}
