//! Sobot: customers with custom fields, tags and third-party accounts.

use rand::Rng;
use rand::rngs::StdRng;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use trunkline_api::decode::{LooseScalar, to_json};
use trunkline_api::sobot::Customer;

use super::insert::ROWS;
use super::people::{Person, person};
use super::rng::{hex, nth, pick, rng_for, weighted};
use crate::sandbox::sobot::normalise_key;

/// Tags: id, group, name.
const TAGS: [(&str, &str, &str); 6] = [
    ("301", "Value", "Loyal"),
    ("302", "Value", "New"),
    ("303", "Value", "At risk"),
    ("411", "Interest", "Newsletter"),
    ("412", "Interest", "Wholesale"),
    ("520", "Care", "Prefers chat"),
];

/// Ids of the custom fields: contract number, loyalty points, note for the courier.
const CUSTOM_FIELDS: [&str; 3] = ["7f0c5e1d9a3b4c62", "b41d8e03f5a94d7c", "e90a2b7c64df4185"];

struct CustomerRow {
    number: i64,
    record: Customer,
    id: String,
    keys: Vec<(&'static str, String)>,
}

/// Inserts `count` customers and their look-up keys.
pub async fn fill(db: &mut SqliteConnection, count: u32) -> Result<(), sqlx::Error> {
    let rows: Vec<CustomerRow> = (0..count).map(demo_customer).collect();
    for rows in rows.chunks(ROWS) {
        QueryBuilder::<Sqlite>::new("INSERT INTO sandbox_customers (id, number, record) ")
            .push_values(rows, |mut values, row| {
                values.push_bind(&row.id).push_bind(row.number).push_bind(to_json(&row.record));
            })
            .build()
            .execute(&mut *db)
            .await?;
        let keys: Vec<_> = rows.iter().flat_map(|row| row.keys.iter().map(move |key| (&row.id, key))).collect();
        for keys in keys.chunks(ROWS) {
            QueryBuilder::<Sqlite>::new("INSERT INTO sandbox_customer_keys (kind, value, customer_id) ")
                .push_values(keys, |mut values, (id, (kind, value))| {
                    values.push_bind(*kind).push_bind(normalise_key(kind, value)).push_bind(*id);
                })
                .build()
                .execute(&mut *db)
                .await?;
        }
    }
    Ok(())
}

fn demo_customer(number: u32) -> CustomerRow {
    let person = person(number.into());
    let mut rng = rng_for(6, number.into());
    let mut record = record(&mut rng, &person);
    let third = third_accounts(&mut rng, &mut record, number.into());
    tags(&mut rng, &mut record);
    custom_fields(&mut rng, &mut record);
    let mut keys = vec![("tel", person.tel.clone()), ("email", person.email.clone())];
    keys.extend(third.into_iter().map(|id| ("thirdAccountId", id)));
    CustomerRow { number: number.into(), record, id: person.id, keys }
}

/// Builds the documented fields. By the document all are strings; real responses have some as numbers.
fn record(rng: &mut StdRng, person: &Person) -> Customer {
    let text = |value: &str| Some(LooseScalar::from(value));
    let (province, city) = pick(rng, person.locale.places);
    let vip = rng.random_range(0..8) == 0;
    let black = rng.random_range(0..25) == 0;
    let as_number = rng.random_range(0..3) == 0;
    let flag = |value: i64| Some(if as_number { value.into() } else { LooseScalar::from(value.to_string()) });
    Customer {
        id: text(&person.id),
        tel: text(&person.tel),
        email: text(&person.email),
        nick: text(person.first),
        uname: Some(LooseScalar::from(person.full_name())),
        sex_name: text(if person.female { "Female" } else { "Male" }),
        country_name: text(person.locale.country),
        province_name: text(province),
        city_name: text(city),
        remark: (rng.random_range(0..4) == 0).then(|| pick(rng, person.locale.messages).into()),
        user_status_name: text(if black { "blacklist" } else { "normal" }),
        is_vip: flag(if vip { 1 } else { 2 }),
        vip_level: if vip { text("3") } else { None },
        vip_level_name: if vip { text("Gold") } else { None },
        is_black: flag(black.into()),
        enterprise_name: (rng.random_range(0..3) == 0).then(|| pick(rng, person.locale.companies).into()),
        source_name: text(weighted(rng, &[("Web", 46), ("WhatsApp", 27), ("Phone", 21), ("WeChat", 6)])),
        liable_service_name: (rng.random_range(0..2) == 0).then(|| pick(rng, &["Dana Levin", "Marek Novak"]).into()),
        ..Customer::default()
    }
}

/// Adds one to three of the ten kinds of third-party accounts, each kind in turn; returns their IDs.
fn third_accounts(rng: &mut StdRng, record: &mut Customer, number: u64) -> Vec<String> {
    let mut ids = Vec::new();
    for step in 0..rng.random_range(1..=3_u64) {
        let id = hex(rng);
        let short: String = id.chars().take(12).collect();
        let (slot, id) = match (number + step * 3) % 10 {
            0 => (&mut record.partner_id, format!("P-{}", 50_000 + number)),
            1 => (&mut record.wx_unionid, format!("o6_{id}")),
            2 => (&mut record.wx_openid, format!("oD{id}")),
            3 => (&mut record.wx_external_userid, format!("wm{id}")),
            4 => (&mut record.whatsapp_id, record.tel.as_ref().map(ToString::to_string).unwrap_or_default()),
            5 => (&mut record.facebook_id, format!("{}", 1_000_000_000_000 + number)),
            6 => (&mut record.instagram_id, format!("ig.{short}")),
            7 => (&mut record.line_id, format!("U{id}")),
            8 => (&mut record.telegram_id, format!("{}", 700_000_000 + number)),
            _ => (&mut record.discord_id, format!("{}", 900_000_000_000_000_000 + number)),
        };
        *slot = Some(id.clone().into());
        ids.push(id);
    }
    if rng.random_range(0..2) == 0 {
        record.visitor_ids = Some(hex(rng).into());
    }
    ids
}

/// Adds up to two tags of different groups: IDs separated by commas, names by group.
fn tags(rng: &mut StdRng, record: &mut Customer) {
    let value = nth(TAGS.get(..3).unwrap_or_default(), rng.random());
    let other = nth(TAGS.get(3..).unwrap_or_default(), rng.random());
    let tags: Vec<_> = [value, other].into_iter().filter(|_| rng.random_range(0..2) == 0).collect();
    if tags.is_empty() {
        return;
    }
    let ids: Vec<_> = tags.iter().map(|(id, _, _)| *id).collect();
    let names: Vec<_> = tags.iter().map(|(_, group, name)| format!("\"{group}\": \"{name}\"")).collect();
    record.user_label = Some(ids.join(",").into());
    record.user_label_name = Some(names.join(", ").into());
}

fn custom_fields(rng: &mut StdRng, record: &mut Customer) {
    let [contract, points, note] = CUSTOM_FIELDS;
    let number = rng.random_range(100_000..1_000_000);
    record.custom.insert(contract.to_owned(), format!("C-{number}").into());
    if rng.random_range(0..3) != 0 {
        record.custom.insert(points.to_owned(), rng.random_range(0..12_000).into());
    }
    if rng.random_range(0..4) == 0 {
        record.custom.insert(note.to_owned(), "Leave with the neighbour".into());
    }
}
