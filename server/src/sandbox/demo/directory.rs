//! jtel: event types, three groups, twelve users. Groups and users have a few of the vendor's many columns.

use serde_json::{Value, json};
use sqlx::SqliteConnection;
use trunkline_api::jtel::event_type_name;

use crate::sandbox::jtel::directory_kind::{DirectoryKind, GROUP, TYPE, USER};

/// IDs of the groups; the first is the document's.
pub const GROUPS: [i64; 3] = [235, 236, 237];
/// IDs of the users; 3 is the document's.
pub const USERS: [i64; 12] = [3, 4, 5, 7, 8, 11, 12, 14, 17, 18, 21, 22];
/// User names of the users, in the same order.
pub const UIDS: [&str; 12] = [
    "dana.levin",
    "marek.novak",
    "sofia.ricci",
    "jonas.brandt",
    "aylin.demir",
    "claire.fontaine",
    "noam.katz",
    "mei.lin",
    "tom.whitaker",
    "ines.morales",
    "peter.vogel",
    "zoe.papas",
];
/// Service numbers that customers call.
pub const SERVICE_NUMBERS: [&str; 3] = ["4919900112233", "498999998999", "441914980999"];
/// IDs of the event types, from voice mail to ticket.
pub const TYPES: std::ops::RangeInclusive<i64> = 1..=6;

/// Inserts the directory.
pub async fn fill(db: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    for id in TYPES {
        let name = format!("AcdEventTypes.{}", event_type_name(id).unwrap_or("Other"));
        add(db, TYPE, id, &name, &json!({"ID": id, "ShortText": name})).await?;
    }
    for (id, name) in GROUPS.into_iter().zip(["Service Desk", "Orders & Deliveries", "Kundenservice DACH"]) {
        add(db, GROUP, id, name, &group(id, name)).await?;
    }
    for (id, uid) in USERS.into_iter().zip(UIDS) {
        add(db, USER, id, uid, &user(id, uid)).await?;
    }
    Ok(())
}

async fn add(
    db: &mut SqliteConnection,
    kind: DirectoryKind,
    id: i64,
    label: &str,
    row: &Value,
) -> Result<(), sqlx::Error> {
    let sql = "INSERT INTO sandbox_acd_directory (kind, id, label, record) VALUES ($1, $2, $3, $4)";
    sqlx::query(sql).bind(kind.key).bind(id).bind(label).bind(row.to_string()).execute(&mut *db).await?;
    Ok(())
}

fn group(id: i64, name: &str) -> Value {
    json!({
        "ID": id,
        "Name": name,
        "QueueMusicID4Sec": null,
        "DistributionAlgorithmID": 2,
        "ServiceLevelSeconds": 20,
        "bPositionAnnouncement3": false,
    })
}

fn user(id: i64, uid: &str) -> Value {
    json!({
        "ID": id,
        "UID": uid,
        "ResellersID": 1,
        "TelStatusID": 1 + id % 3,
        "bTelCallsForwarding": false,
        "bUseWebMail": id % 2 == 0,
        "dtPBXTelephoneStatus": null,
    })
}
