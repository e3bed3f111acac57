//! What a ticket's row shows of its content.

use trunkline_api::oneview::is_secret_member;
use trunkline_scan::json_strings;

/// Members whose text is what somebody wrote; the last one counts. Lists of plain texts have the list's name.
const MESSAGES: [&str; 7] = ["lastMessage", "messages", "conversation", "text", "message", "body", ""];
/// The most characters of a message: more than fit into a row.
const MAX_CHARS: usize = 160;

/// Bidirectional isolation: a message in another script does not change the order of what is before it.
const ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// The contact reason, the subject and the beginning of the last message, in one line with dots between. Each is left out
/// if it is missing or says the same as one before it. `content` is JSON text of any shape.
pub fn preview(contact_reason: &str, content: &str) -> String {
    let (mut subject, mut message) = (String::new(), String::new());
    json_strings(content, &mut |name, text| {
        if name == "subject" {
            if subject.is_empty() {
                subject = one_line(text);
            }
        } else if MESSAGES.contains(&name) && !is_secret_member(name) {
            let text = one_line(text);
            if !text.is_empty() {
                message = text;
            }
        }
    });
    let mut line = String::new();
    let mut shown: Vec<&str> = Vec::new();
    for piece in [&one_line(contact_reason), &subject, &message] {
        if piece.is_empty() || shown.contains(&piece.as_str()) {
            continue;
        }
        if !line.is_empty() {
            line.push_str(" \u{b7} ");
        }
        let is_isolated = !piece.is_ascii();
        line.extend(is_isolated.then_some(ISOLATE));
        line.push_str(piece);
        line.extend(is_isolated.then_some(POP_ISOLATE));
        shown.push(piece);
    }
    line
}

/// The beginning of a text with its lines joined. A letter is not cut off from its accents and joiners.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if count + length > MAX_CHARS {
            if line.is_empty() {
                // One very long word.
                line.extend(word.chars().take(MAX_CHARS));
            }
            line.push('\u{2026}');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        count += length + 1;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without the isolation marks.
    fn plain(contact_reason: &str, content: &str) -> String {
        preview(contact_reason, content).replace([ISOLATE, POP_ISOLATE], "")
    }

    #[test]
    fn reason_subject_and_last_message_stand_once_each() {
        for (reason, content, shown) in [
            (
                "late",
                r#"{"subject": "late", "lastMessage": "Where\n is it?", "language": "en"}"#,
                "late · Where is it?",
            ),
            ("", r#"{"lastMessage": "b", "subject": "a"}"#, "a · b"),
            ("late", r#"{"messages": [{"text": "one", "author": "Ada"}, {"text": "two"}]}"#, "late · two"),
            ("late", r#"{"messages": ["one", "two"]}"#, "late · two"),
            ("late", r#""a plain string""#, "late · a plain string"),
            ("late", r#"{"subject": "  ", "lastMessage": "", "unread": 2}"#, "late"),
            ("late", "", "late"),
            ("", r#"{"agentJwt": "x", "note": "y"}"#, ""),
        ] {
            assert_eq!(plain(reason, content), shown, "{content}");
        }
    }

    #[test]
    fn long_messages_are_cut_between_words() {
        let content = format!("{{\"lastMessage\": \"{}\"}}", "word ".repeat(1000));
        let line = plain("", &content);
        assert!(line.ends_with("word…"), "{line}");
        assert!(line.chars().count() <= MAX_CHARS + 1);
        let line = plain("", &format!("[\"{}\"]", "x".repeat(20_000)));
        assert_eq!(line.chars().count(), MAX_CHARS + 1);
    }

    #[test]
    fn other_scripts_are_isolated() {
        assert_eq!(preview("late", r#"{"lastMessage": "שלום"}"#), "late · \u{2068}שלום\u{2069}");
    }
}
