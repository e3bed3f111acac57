//! Bulk inserts.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

/// Rows per statement: well below SQLite's limit of parameters.
pub const ROWS: usize = 500;

/// A ticket to insert.
#[derive(Debug)]
pub struct TicketRow {
    /// The ticket's ID.
    pub id: String,
    /// ID of the agent that it is assigned to.
    pub agent_id: String,
    /// Time of assignment in epoch seconds.
    pub assigned_time: i64,
    /// The ticket as JSON.
    pub record: String,
}

/// Inserts tickets.
///
/// # Errors
/// If the database fails.
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
