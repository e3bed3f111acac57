//! Users: the demo ones, and those that `trunkline-server user add` made.

use sqlx::{Row, SqliteConnection, SqlitePool};
use trunkline_api::Role;
use trunkline_api::gateway::{AgentStatus, User};

use super::password::Stored;
use super::{password, password_rules};
use crate::gateway::audit;
use crate::gateway::state::now;
use crate::names;

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

/// What a sign-in is checked against.
pub struct Credentials {
    /// The user's id.
    pub id: String,
    /// The password.
    pub password: Stored,
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

/// What a user's password is checked against, by the user's name.
///
/// # Errors
/// When the database fails.
pub async fn credentials<'a, E>(database: E, name: &str) -> Result<Option<Credentials>, sqlx::Error>
where
    E: sqlx::Executor<'a, Database = sqlx::Sqlite>,
{
    // The exact name first: users of before may differ in case only.
    let query = "SELECT id, password_hash, password_normalised FROM users WHERE name_key = $1 OR name = $2 \
                 ORDER BY name = $2 DESC LIMIT 1";
    let found: Option<(String, String, bool)> =
        sqlx::query_as(query).bind(names::key(name)).bind(names::clean(name)).fetch_optional(database).await?;
    Ok(found.map(|(id, hash, normalised)| Credentials { id, password: Stored { hash, normalised } }))
}

/// Makes a user. From the first one on there are no demo users by themselves any more.
///
/// # Errors
/// In one sentence, when the name is taken or empty, the password is refused, or the database fails.
pub async fn add(pool: &SqlitePool, user: &NewUser, password: &str) -> Result<(), String> {
    let name = names::clean(&user.name);
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err("A user's name has 1 to 100 characters.".to_owned());
    }
    password_rules::check(&name, password)?;
    let taken = || format!("There already is a user named {name}.");
    if credentials(pool, &name).await.map_err(failed)?.is_some() {
        return Err(taken());
    }
    let hash = hashed(password)?;
    let mut work = pool.begin().await.map_err(failed)?;
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
        .map_err(failed)?;
    if made.rows_affected() == 0 {
        return Err(taken());
    }
    let query = "INSERT INTO gateway_facts (name, at) VALUES ('user_made', $1) ON CONFLICT (name) DO NOTHING";
    sqlx::query(query).bind(now()).execute(&mut *work).await.map_err(failed)?;
    let what = format!("user add {name}");
    audit::note_command(&mut work, "POST", &what).await.map_err(failed)?;
    work.commit().await.map_err(failed)
}

/// Gives a user another password and ends the user's sessions, in one step: no sign-in with the old one outlives it.
///
/// # Errors
/// In one sentence, when there is no such user, the password is refused, or the database fails.
pub async fn set_password(pool: &SqlitePool, name: &str, password: &str) -> Result<(), String> {
    password_rules::check(name, password)?;
    let hash = hashed(password)?;
    let mut work = pool.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    let id = id(&mut work, name).await?;
    let query = "UPDATE users SET password_hash = $1, password_normalised = TRUE WHERE id = $2";
    sqlx::query(query).bind(hash).bind(&id).execute(&mut *work).await.map_err(failed)?;
    sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(&id).execute(&mut *work).await.map_err(failed)?;
    let what = format!("user password {}", names::clean(name));
    audit::note_command(&mut work, "PUT", &what).await.map_err(failed)?;
    work.commit().await.map_err(failed)
}

/// Removes a user and the user's sessions; with the last one the demo users' sessions end too.
///
/// # Errors
/// In one sentence, when there is no such user or the database fails.
pub async fn remove(pool: &SqlitePool, name: &str) -> Result<(), String> {
    let mut work = pool.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    let id = id(&mut work, name).await?;
    for query in ["DELETE FROM sessions WHERE user_id = $1", "DELETE FROM users WHERE id = $1"] {
        sqlx::query(query).bind(&id).execute(&mut *work).await.map_err(failed)?;
    }
    let query = "DELETE FROM sessions WHERE demo IS NOT NULL AND NOT EXISTS (SELECT 1 FROM users)";
    sqlx::query(query).execute(&mut *work).await.map_err(failed)?;
    let what = format!("user remove {}", names::clean(name));
    audit::note_command(&mut work, "DELETE", &what).await.map_err(failed)?;
    work.commit().await.map_err(failed)
}

async fn id(connection: &mut SqliteConnection, name: &str) -> Result<String, String> {
    let found = credentials(connection, name).await.map_err(failed)?;
    found.map(|found| found.id).ok_or_else(|| format!("There is no user named {}.", names::clean(name)))
}

fn hashed(password: &str) -> Result<String, String> {
    password::hash(password).map_err(|error| format!("The password can't be hashed: {error}."))
}

fn failed(error: sqlx::Error) -> String {
    format!("The database failed: {error}.")
}

/// The status that one-view last confirmed for an agent, as far as it is written.
///
/// # Errors
/// When the database fails.
pub async fn status(pool: &SqlitePool, agent_id: &str) -> Result<Option<AgentStatus>, sqlx::Error> {
    let query = "SELECT online, since FROM agent_status WHERE agent_id = $1";
    let row: Option<(bool, i64)> = sqlx::query_as(query).bind(agent_id).fetch_optional(pool).await?;
    Ok(row.map(|(online, since)| AgentStatus { online, since }))
}

/// Writes the status that one-view confirmed for an agent.
///
/// # Errors
/// When the database fails.
pub async fn store_status(
    connection: &mut SqliteConnection,
    agent_id: &str,
    status: AgentStatus,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO agent_status (agent_id, online, since) VALUES ($1, $2, $3) \
         ON CONFLICT (agent_id) DO UPDATE SET online = excluded.online, since = excluded.since",
    )
    .bind(agent_id)
    .bind(status.online)
    .bind(status.since)
    .execute(connection)
    .await?;
    Ok(())
}
