//! The XML that jtel generates for a new event.

/// `EventData` as in the vendor's sample: a link to the CRM URL with the user data as its text, and an HTML body.
pub fn event_data_xml(crm_url: &str, user_data: &str, body_html: &str) -> String {
    format!(
        "<eventData><urls><url><urlPath>{}</urlPath><displayName>{}</displayName></url></urls>\
         <body html=\"true\">{}</body></eventData>",
        escape(crm_url),
        escape(user_data),
        escape(body_html),
    )
}

/// Escapes the five special characters of XML, and drops the control characters that XML does not allow.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(character),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::event_data_xml;

    #[test]
    fn matches_the_vendors_sample() {
        let sample = "<eventData><urls><url><urlPath>https://www.jtel.de</urlPath><displayName>123456</displayName>\
                      </url></urls><body html=\"true\"></body></eventData>";
        assert_eq!(event_data_xml("https://www.jtel.de", "123456", ""), sample);
    }

    #[test]
    fn markup_in_values_is_escaped() {
        let xml = event_data_xml("https://x/?a&b", "<i>", "a\u{0}b");
        assert!(xml.contains("https://x/?a&amp;b") && xml.contains("&lt;i&gt;") && xml.contains(">ab<"));
    }
}
