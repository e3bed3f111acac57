//! Comm100: four chatbots.

use serde_json::json;
use sqlx::SqliteConnection;

/// ID of the chatbot in the channel account document.
pub const SAMPLE: &str = "980cce41-58ae-43b2-8de8-37eea94da4a4";

/// The chatbots' IDs; the first is [`SAMPLE`].
pub const IDS: [&str; 4] = [
    SAMPLE,
    "1f3d2a70-6c1b-4e0e-9b45-0a7c5de1f2b3",
    "5c0e9d84-2f67-4b1a-8a3d-71b6c4e09f12",
    "b82a7f36-95d1-4c7e-a0f4-3e6d18c25a90",
];

/// Inserts the chatbots.
pub async fn fill(db: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let about = [
        ("Service Bot", "en", "succeeded", "none", "female"),
        ("Lieferauskunft", "de", "succeeded", "succeeded", "male"),
        ("Suivi de commande", "fr", "processing", "none", "female"),
        ("שירות לקוחות", "he", "failed", "failed", "female"),
    ];
    for (id, (name, language, training, importing, voice)) in IDS.into_iter().zip(about) {
        let record = json!({
            "id": id,
            "languageId": language,
            "name": name,
            "thirdPartyWebhookUrl": "https://",
            "trainingStatus": training,
            "importingStatus": importing,
            "highConfidenceScore": 40,
            "noAnswerScore": 20,
            "lastUpdatedTime": "2024-11-05T08:14:32.120Z",
            "outputAudioEncoding": "linear16",
            "voiceGender": voice,
            "ifCustomizeAvatar": false,
            "customizeAvatar": null,
            "systemAvatarId": "4d1c7f0a-0b0e-4b57-9a55-2f9e6f5c8e01",
        });
        let sql = "INSERT INTO sandbox_chatbots (id, name, record) VALUES ($1, $2, $3)";
        sqlx::query(sql).bind(id).bind(name).bind(record.to_string()).execute(&mut *db).await?;
    }
    Ok(())
}
