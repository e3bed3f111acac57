//! 99digital: the document's account 8 and one that is suspended.

use sqlx::SqliteConnection;

/// Inserts the accounts.
pub async fn fill(db: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let accounts = [
        (8, "online", "My Account", 1, "https://builder.example.com/login", 1_650_272_400, Some("TL-0008")),
        (27, "support", "Harbour Lane Trading", 0, "", 1_701_608_400, None),
    ];
    for (id, server, name, status, builder_url, created, reference) in accounts {
        let sql = "INSERT INTO sandbox_vendor_accounts (account_id, server, account_name, account_status, \
            builder_url, create_time, reference) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sqlx::query(sql)
            .bind(id)
            .bind(server)
            .bind(name)
            .bind(status)
            .bind(builder_url)
            .bind(created)
            .bind(reference)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}
