//! Many rows at once.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

/// Rows per statement: well below the number of parameters that a statement may have.
pub const ROWS: usize = 500;

/// A ticket to store.
#[derive(Debug)]
pub struct TicketRow {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub agent_id: String,
    /// Epoch seconds.
    pub assigned_time: i64,
    /// JSON.
    pub record: String,
}

/// Stores tickets.
///
/// # Errors
/// When the database fails.
pub async fn tickets(db: &mut SqliteConnection, rows: &[TicketRow]) -> Result<(), sqlx::Error> {
    for rows in rows.chunks(ROWS) {
        QueryBuilder::<Sqlite>::new("INSERT INTO sandbox_tickets (id, agent_id, assigned_time, record) ")
            .push_values(rows, |mut row, ticket| {
                row.push_bind(&ticket.id)
                    .push_bind(&ticket.agent_id)
                    .push_bind(ticket.assigned_time)
                    .push_bind(&ticket.record);
            })
            .build()
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}
