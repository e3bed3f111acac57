//! Hebrew, a right-to-left language. No range for fiction is known, so telephone numbers are of a block without
//! subscribers (`055 000…`).

use super::types::LocaleData;

/// The locale's data.
pub static LOCALE: LocaleData = LocaleData {
    queue: "עברית",
    tag: "he",
    country: "Israel",
    places: &[
        ("מחוז תל אביב", "תל אביב"),
        ("מחוז ירושלים", "ירושלים"),
        ("מחוז חיפה", "חיפה"),
        ("מחוז הדרום", "באר שבע"),
        ("מחוז המרכז", "רחובות"),
    ],
    first_names: &[
        ("נועה", "noa", true),
        ("איתי", "itai", false),
        ("תמר", "tamar", true),
        ("יוסף", "yosef", false),
        ("מאיה", "maya", true),
        ("עומר", "omer", false),
        ("שירה", "shira", true),
        ("דוד", "david", false),
        ("רוני", "roni", true),
        ("אמיר", "amir", false),
        ("יעל", "yael", true),
    ],
    last_names: &[
        ("כהן", "cohen"),
        ("לוי", "levi"),
        ("מזרחי", "mizrahi"),
        ("פרץ", "peretz"),
        ("ביטון", "biton"),
        ("אברהם", "avraham"),
        ("פרידמן", "friedman"),
        ("חדד", "haddad"),
        ("שפירא", "shapira"),
        ("גבאי", "gabai"),
        ("רוזן", "rosen"),
        ("אדלר", "adler"),
        ("נחום", "nahum"),
    ],
    phone_prefixes: &["97255000"],
    phone_digits: 4,
    messages: &[
        "המשלוח מתעכב כבר שבוע.",
        "אפשר לשנות את כתובת המשלוח?",
        "חויבתי פעמיים על אותה הזמנה.",
        "המוצר הגיע פגום, איך מחליפים?",
        "לא קיבלתי חשבונית למייל.",
        "אני מבקש לדבר עם נציג.",
    ],
    replies: &[
        "שלום, אני בודק את זה עכשיו.",
        "מצאתי את ההזמנה, רק רגע בבקשה.",
        "העברתי למחסן ואעדכן ברגע שתהיה תשובה.",
        "אפשר לקבל את מספר ההזמנה?",
        "הזיכוי בדרך, זה לוקח עד חמישה ימי עסקים.",
        "תודה על הסבלנות.",
    ],
    follow_ups: &[
        "יש חדש?",
        "אני צריך את זה עד יום שישי, זו מתנה.",
        "צירפתי תמונה.",
        "המספר מופיע בחשבונית.",
        "עדיף להתקשר אליי, אני בעבודה.",
        "תודה, זה עוזר.",
    ],
    companies: &["מאפיית השחר", "אופני הגליל", "סטודיו רימון"],
};
