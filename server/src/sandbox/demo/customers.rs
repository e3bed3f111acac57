//! Sobot: customers with custom fields, tags and third-party accounts.

use rand::Rng;
use rand::rngs::StdRng;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use trunkline_api::sobot::Customer;
use trunkline_api::wire::{Scalar, to_json};

use super::dice::{dice, hex, nth, pick, weighted};
use super::insert::ROWS;
use super::people::{Person, person};
use crate::sandbox::sobot::normal;

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

struct Row {
    number: i64,
    record: Customer,
    id: String,
    keys: Vec<(&'static str, String)>,
}

/// Stores `count` customers and what they are found by.
pub async fn fill(db: &mut SqliteConnection, count: u32) -> Result<(), sqlx::Error> {
    let rows: Vec<Row> = (0..count).map(row).collect();
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
                    values.push_bind(*kind).push_bind(normal(kind, value)).push_bind(*id);
                })
                .build()
                .execute(&mut *db)
                .await?;
        }
    }
    Ok(())
}

fn row(number: u32) -> Row {
    let person = person(number.into());
    let mut dice = dice(6, number.into());
    let mut record = record(&mut dice, &person);
    let third = third_accounts(&mut dice, &mut record, number.into());
    tags(&mut dice, &mut record);
    custom_fields(&mut dice, &mut record);
    let mut keys = vec![("tel", person.tel.clone()), ("email", person.email.clone())];
    keys.extend(third.into_iter().map(|id| ("thirdAccountId", id)));
    Row { number: number.into(), record, id: person.id, keys }
}

/// The documented fields. All are texts by the document; in the wild some come as numbers.
fn record(dice: &mut StdRng, person: &Person) -> Customer {
    let text = |value: &str| Some(Scalar::from(value));
    let (province, city) = pick(dice, person.words.places);
    let vip = dice.random_range(0..8) == 0;
    let black = dice.random_range(0..25) == 0;
    let as_number = dice.random_range(0..3) == 0;
    let flag = |value: i64| Some(if as_number { value.into() } else { Scalar::from(value.to_string()) });
    Customer {
        id: text(&person.id),
        tel: text(&person.tel),
        email: text(&person.email),
        nick: text(person.first),
        uname: Some(Scalar::from(person.full_name())),
        sex_name: text(if person.female { "Female" } else { "Male" }),
        country_name: text(person.words.country),
        province_name: text(province),
        city_name: text(city),
        remark: (dice.random_range(0..4) == 0).then(|| pick(dice, person.words.messages).into()),
        user_status_name: text(if black { "blacklist" } else { "normal" }),
        is_vip: flag(if vip { 1 } else { 2 }),
        vip_level: if vip { text("3") } else { None },
        vip_level_name: if vip { text("Gold") } else { None },
        is_black: flag(black.into()),
        enterprise_name: (dice.random_range(0..3) == 0).then(|| pick(dice, person.words.firms).into()),
        source_name: text(weighted(dice, &[("Web", 46), ("WhatsApp", 27), ("Phone", 21), ("WeChat", 6)])),
        liable_service_name: (dice.random_range(0..2) == 0).then(|| pick(dice, &["Dana Levin", "Marek Novak"]).into()),
        ..Customer::default()
    }
}

/// One to three of the ten kinds, each kind in turn; gives their ids.
fn third_accounts(dice: &mut StdRng, record: &mut Customer, number: u64) -> Vec<String> {
    let mut ids = Vec::new();
    for step in 0..dice.random_range(1..=3_u64) {
        let id = hex(dice);
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
    if dice.random_range(0..2) == 0 {
        record.visitor_ids = Some(hex(dice).into());
    }
    ids
}

/// None to two tags of different groups: ids with commas, names by group.
fn tags(dice: &mut StdRng, record: &mut Customer) {
    let value = nth(TAGS.get(..3).unwrap_or_default(), dice.random());
    let other = nth(TAGS.get(3..).unwrap_or_default(), dice.random());
    let tags: Vec<_> = [value, other].into_iter().filter(|_| dice.random_range(0..2) == 0).collect();
    if tags.is_empty() {
        return;
    }
    let ids: Vec<_> = tags.iter().map(|(id, _, _)| *id).collect();
    let names: Vec<_> = tags.iter().map(|(_, group, name)| format!("\"{group}\": \"{name}\"")).collect();
    record.user_label = Some(ids.join(",").into());
    record.user_label_name = Some(names.join(", ").into());
}

fn custom_fields(dice: &mut StdRng, record: &mut Customer) {
    let [contract, points, note] = CUSTOM_FIELDS;
    let number = dice.random_range(100_000..1_000_000);
    record.custom.insert(contract.to_owned(), format!("C-{number}").into());
    if dice.random_range(0..3) != 0 {
        record.custom.insert(points.to_owned(), dice.random_range(0..12_000).into());
    }
    if dice.random_range(0..4) == 0 {
        record.custom.insert(note.to_owned(), "Leave with the neighbour".into());
    }
}
