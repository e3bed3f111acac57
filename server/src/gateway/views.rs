//! Saved views in the database: a person's own, and those that an admin shares with everybody.

use sqlx::SqlitePool;
use trunkline_api::gateway::{MAX_VIEWS, SavedView, SavedViewBody};

use super::error::ApiError;

#[derive(sqlx::FromRow)]
struct ViewRow {
    id: String,
    person: String,
    name: String,
    page: String,
    query: String,
    shared: bool,
}

impl ViewRow {
    fn for_person(self, person: &str) -> SavedView {
        let own = self.person == person;
        SavedView { id: self.id, name: self.name, page: self.page, query: self.query, shared: self.shared, own }
    }
}

/// The person's own views and the shared ones, by page and name.
///
/// # Errors
/// If the database fails.
pub async fn list(pool: &SqlitePool, person: &str) -> Result<Vec<SavedView>, ApiError> {
    let query = "SELECT id, person, name, page, query, shared FROM saved_views WHERE person = $1 OR shared \
                 ORDER BY page, name, id";
    let rows: Vec<ViewRow> = sqlx::query_as(query).bind(person).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|row| row.for_person(person)).collect())
}

/// Saves a valid view; one of the same person, page and name is replaced.
///
/// # Errors
/// If the person has too many views, or the database fails.
pub async fn save(writes: &SqlitePool, person: &str, view: &SavedViewBody, now: i64) -> Result<SavedView, ApiError> {
    let mut work = writes.begin().await?;
    let query = "INSERT INTO saved_views (id, person, name, page, query, shared, created_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person, page, name) \
                 DO UPDATE SET query = excluded.query, shared = excluded.shared";
    sqlx::query(query)
        .bind(uuid::Uuid::new_v4().to_string())
        .bind(person)
        .bind(&view.name)
        .bind(&view.page)
        .bind(&view.query)
        .bind(view.shared)
        .bind(now)
        .execute(&mut *work)
        .await?;
    let query = "SELECT COUNT(*) FROM saved_views WHERE person = $1";
    let views: i64 = sqlx::query_scalar(query).bind(person).fetch_one(&mut *work).await?;
    if usize::try_from(views).unwrap_or(usize::MAX) > MAX_VIEWS {
        return Err(ApiError::malformed(format!("No more than {MAX_VIEWS} views can be saved.")));
    }
    let query =
        "SELECT id, person, name, page, query, shared FROM saved_views WHERE person = $1 AND page = $2 AND name = $3";
    let row: ViewRow =
        sqlx::query_as(query).bind(person).bind(&view.page).bind(&view.name).fetch_one(&mut *work).await?;
    work.commit().await?;
    Ok(row.for_person(person))
}

/// Removes a view: the person's own, or any shared one if `removes_shared`. Returns `false` if there is none.
///
/// # Errors
/// If the database fails.
pub async fn remove(writes: &SqlitePool, person: &str, id: &str, removes_shared: bool) -> Result<bool, ApiError> {
    let query = "DELETE FROM saved_views WHERE id = $1 AND (person = $2 OR (shared AND $3))";
    let done = sqlx::query(query).bind(id).bind(person).bind(removes_shared).execute(writes).await?;
    Ok(done.rows_affected() > 0)
}
