//! Channels by their vendors' names, as far as the console draws them differently.

/// A kind of channel that has a glyph of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// A chat on a website.
    Chat,
    /// E-mail.
    Mail,
    /// Calls, callbacks and voice mail.
    Phone,
    /// WhatsApp.
    WhatsApp,
    /// Text messages.
    Sms,
    /// Facebook and its Messenger.
    Facebook,
    /// Twitter, now X.
    Twitter,
    /// WeChat.
    WeChat,
    /// Any other.
    Other,
}

/// Parts of names, lower-case and without punctuation. The first that a name contains decides: "WhatsApp chat" is WhatsApp.
const NAMES: [(&str, ChannelKind); 17] = [
    ("whatsapp", ChannelKind::WhatsApp),
    ("wechat", ChannelKind::WeChat),
    ("weixin", ChannelKind::WeChat),
    ("facebook", ChannelKind::Facebook),
    ("messenger", ChannelKind::Facebook),
    ("twitter", ChannelKind::Twitter),
    ("voice", ChannelKind::Phone),
    ("phone", ChannelKind::Phone),
    ("call", ChannelKind::Phone),
    ("voip", ChannelKind::Phone),
    ("fax", ChannelKind::Phone),
    ("mail", ChannelKind::Mail),
    ("sms", ChannelKind::Sms),
    ("textmessage", ChannelKind::Sms),
    ("chat", ChannelKind::Chat),
    ("web", ChannelKind::Chat),
    ("widget", ChannelKind::Chat),
];

/// The kind of a channel by the name that a vendor gives it, such as `Email`, `VoiceMail` or `WhatsApp`.
#[must_use]
pub fn channel_kind(name: &str) -> ChannelKind {
    let name: String = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if name == "x" {
        return ChannelKind::Twitter;
    }
    NAMES.iter().find(|(part, _)| name.contains(part)).map_or(ChannelKind::Other, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_by_the_vendors_spelling() {
        for (name, kind) in [
            ("Email", ChannelKind::Mail),
            ("E-mail", ChannelKind::Mail),
            ("VoiceMail", ChannelKind::Phone),
            ("Callback", ChannelKind::Phone),
            ("chat", ChannelKind::Chat),
            ("WhatsApp chat", ChannelKind::WhatsApp),
            ("WeChat", ChannelKind::WeChat),
            ("SMS", ChannelKind::Sms),
            ("Facebook", ChannelKind::Facebook),
            ("Twitter", ChannelKind::Twitter),
            ("X", ChannelKind::Twitter),
            ("Telegram", ChannelKind::Other),
            ("", ChannelKind::Other),
        ] {
            assert_eq!(channel_kind(name), kind, "{name}");
        }
    }
}
