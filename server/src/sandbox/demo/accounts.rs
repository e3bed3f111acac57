//! Comm100: channel accounts over seven channels; the first is the document's sample.

use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use rand::rngs::StdRng;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::chatbots;
use super::insert::ROWS;
use super::locale_data::locale;
use super::rng::{guid, hex, nth, pick, pick_early, rng_for};
use crate::sandbox::clock::utc_millis;

/// Channels of twenty accounts: all seven, a few of them most often.
const CHANNELS: [&str; 20] = [
    "WeChat", "Email", "WhatsApp", "Email", "Facebook", "Email", "WhatsApp", "Twitter", "Email", "WhatsApp", "SMS",
    "Email", "Facebook", "WhatsApp", "Email", "Telegram", "WeChat", "WhatsApp", "Email", "Facebook",
];
const DESKS: [&str; 6] = ["Support", "Orders", "Returns", "Sales", "Billing", "Press"];
const AVATAR: &str = "http://wx.qlogo.cn/mmopen/vsACyXq1DBiadwp2qnDRDuGbq5304PQsicgV39VfG3LRiaUZhy8AcF90icxIQGicbFHhpjLChoKhPxDNMnWXiaibdibPGFNSc6qImCM9/test";

struct AccountRow {
    id: String,
    channel: &'static str,
    original: String,
    name: String,
    enabled: bool,
    avatar: Option<String>,
    screen_name: String,
    bot: bool,
    chatbot: Option<&'static str>,
    online: i64,
    offline: i64,
    default: bool,
    created: String,
}

/// Inserts `count` accounts.
pub async fn fill(db: &mut SqliteConnection, count: u32, now: Timestamp) -> Result<(), sqlx::Error> {
    let rows: Vec<AccountRow> = (0..u64::from(count))
        .map(|number| if number == 0 { sample_account() } else { demo_account(number, now) })
        .collect();
    for rows in rows.chunks(ROWS) {
        QueryBuilder::<Sqlite>::new(
            "INSERT INTO sandbox_channel_accounts (id, app_id, original_account_id, name, is_enabled, avatar_url, \
             screen_name, is_bot_enabled, chatbot_id, percentage_to_bot_when_online, \
             percentage_to_bot_when_offline, is_default, created_time) ",
        )
        .push_values(rows, |mut values, row| {
            values
                .push_bind(&row.id)
                .push_bind(row.channel)
                .push_bind(&row.original)
                .push_bind(&row.name)
                .push_bind(row.enabled)
                .push_bind(&row.avatar)
                .push_bind(&row.screen_name)
                .push_bind(row.bot)
                .push_bind(row.chatbot)
                .push_bind(row.online)
                .push_bind(row.offline)
                .push_bind(row.default)
                .push_bind(&row.created);
        })
        .build()
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

fn sample_account() -> AccountRow {
    AccountRow {
        id: "59c749f4-af8e-eb11-aacf-06c7a219a2ac".to_owned(),
        channel: "WeChat",
        original: "gh_be13d263test".to_owned(),
        name: "Comm100".to_owned(),
        enabled: true,
        avatar: Some(AVATAR.to_owned()),
        screen_name: "Comm100".to_owned(),
        bot: false,
        chatbot: Some(chatbots::SAMPLE),
        online: 0,
        offline: 0,
        default: false,
        created: "2021-01-27T03:13:04.866Z".to_owned(),
    }
}

fn demo_account(number: u64, now: Timestamp) -> AccountRow {
    let mut rng = rng_for(4, number);
    let channel = nth(&CHANNELS, number);
    // Vary the desk, then the city, then add a number, so that names are unique.
    let desk = nth(&DESKS, number);
    let (_, city) = nth(locale(number / 6).places, number / 30);
    let again = number / 150;
    let name = if again == 0 { format!("{desk} {city}") } else { format!("{desk} {city} {}", again + 1) };
    // An account may have a bot that is switched off, as the sample has.
    let chatbot = (rng.random_range(0..10) < 6).then(|| pick_early(&mut rng, &chatbots::IDS));
    let bot = chatbot.is_some() && rng.random_range(0..3) != 0;
    let age = SignedDuration::from_millis(rng.random_range(86_400_000..3 * 365 * 86_400_000_i64));
    AccountRow {
        id: guid(&mut rng),
        channel,
        original: original_id(&mut rng, channel, number),
        enabled: rng.random_range(0..10) != 0,
        avatar: (rng.random_range(0..3) == 0).then(|| format!("http://avatars.example.net/{}.png", hex(&mut rng))),
        screen_name: format!("{city} · {desk}"),
        name,
        bot,
        chatbot,
        online: if bot { pick(&mut rng, &[10, 25, 40, 50, 75]) } else { 0 },
        offline: if bot { pick(&mut rng, &[60, 80, 100, 100]) } else { 0 },
        default: number == 1,
        created: utc_millis(now.checked_sub(age).unwrap_or(now)),
    }
}

/// Generates the account's ID within its channel, in that channel's format.
fn original_id(rng: &mut StdRng, channel: &str, number: u64) -> String {
    let short: String = hex(rng).chars().take(8).collect();
    match channel {
        "WeChat" => format!("gh_{short}demo"),
        "Email" => format!("desk{number}@support.example"),
        "Facebook" => format!("{}", 100_000_000_000_000 + rng.random_range(0..899_999_999_u64)),
        "Twitter" => format!("@desk_{short}"),
        "Telegram" => format!("desk_{short}_bot"),
        _ => format!("447700900{:03}", number % 1000),
    }
}
