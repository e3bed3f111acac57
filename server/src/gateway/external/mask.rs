//! Masks secrets that a response echoes before anyone sees them, in every spelling: escaped for JSON (also JSON in a
//! string), for HTML or for a URL, in base64 or in hexadecimal.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use trunkline_api::gateway::{ExternalApiBody, MASK};

/// Minimum length for encoded spellings: the base64 of a shorter secret would occur in any text.
const MIN_ENCODED: usize = 6;

/// Maximum backslashes before a character: JSON in JSON, three times over. Without a maximum, a text of backslashes
/// would be scanned once for each of them.
const MAX_SLASHES: usize = 16;
/// Maximum number of repeated escapes for HTML or a URL.
const MAX_REESCAPES: usize = 4;

/// HTML entities of characters that credentials may contain.
const ENTITIES: [(char, &str); 26] = [
    ('&', "amp"),
    ('<', "lt"),
    ('>', "gt"),
    ('"', "quot"),
    ('\'', "apos"),
    ('/', "sol"),
    ('\\', "bsol"),
    ('+', "plus"),
    ('=', "equals"),
    (':', "colon"),
    (';', "semi"),
    (',', "comma"),
    ('.', "period"),
    ('#', "num"),
    ('@', "commat"),
    ('$', "dollar"),
    ('%', "percnt"),
    ('!', "excl"),
    ('?', "quest"),
    ('*', "ast"),
    ('(', "lpar"),
    (')', "rpar"),
    ('_', "lowbar"),
    ('|', "vert"),
    ('`', "grave"),
    ('\u{a0}', "nbsp"),
];

/// Masks the secrets of a definition.
pub struct Mask {
    /// Searched for in every spelling, the longest first: masking a part must not hide the whole from the search.
    secrets: Vec<Vec<char>>,
    /// Searched for literally.
    encoded: Vec<String>,
}

impl Mask {
    /// Collects the secrets of a definition and those of one run, whole and without their scheme; of Basic credentials
    /// the password too.
    pub fn of(api: &ExternalApiBody, of_run: &[String]) -> Self {
        let mut secrets: Vec<String> = Vec::new();
        for secret in api.secrets().into_iter().chain(of_run) {
            let value = secret.trim();
            let (scheme, inner) = value.split_once(' ').unwrap_or(("", value));
            secrets.push(value.to_owned());
            secrets.push(inner.trim().to_owned());
            if scheme.eq_ignore_ascii_case("basic")
                && let Some(pair) = STANDARD.decode(inner.trim()).ok().and_then(|pair| String::from_utf8(pair).ok())
            {
                secrets.extend(pair.split_once(':').map(|(_, password)| password.to_owned()));
                secrets.push(pair);
            }
        }
        secrets.retain(|secret| !secret.is_empty());
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.dedup();
        let long = secrets.iter().filter(|secret| secret.len() >= MIN_ENCODED);
        let encoded = long.flat_map(|secret| encoded(secret.as_bytes())).collect();
        Self { secrets: secrets.into_iter().map(|secret| secret.chars().collect()).collect(), encoded }
    }

    /// Masks the secrets in a text.
    pub fn apply(&self, text: &str) -> String {
        let text = self.secrets.iter().fold(text.to_owned(), |text, secret| mask_secret(&text, secret));
        self.encoded.iter().fold(text, |text, word| if text.contains(word) { text.replace(word, MASK) } else { text })
    }
}

/// A secret in hexadecimal, and in base64 at each alignment in the encoded data.
fn encoded(secret: &[u8]) -> Vec<String> {
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![hex.to_ascii_uppercase(), hex];
    for before in 0..3_usize {
        let padded = [&vec![0; before], secret].concat();
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let text = engine.encode(&padded);
            // The first and last characters also encode bits of the neighbouring bytes.
            let first = (before * 8).div_ceil(6);
            let last = padded.len() * 8 / 6;
            all.extend(text.get(first..last).map(str::to_owned));
        }
    }
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all.dedup();
    all
}

/// Masks one secret, however each of its characters is escaped.
fn mask_secret(text: &str, secret: &[char]) -> String {
    let Some(first) = secret.first() else { return text.to_owned() };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, here)) = rest.find([*first, '\\', '%', '&']).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let length = match match_secret(here, secret) {
            Some(length) => {
                out.push_str(MASK);
                length
            }
            None => {
                let next = here.chars().next().unwrap_or_default();
                out.push(next);
                next.len_utf8()
            }
        };
        rest = here.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Length in bytes of the secret at the beginning of the text; `None` if it is not there.
fn match_secret(text: &str, secret: &[char]) -> Option<usize> {
    // `&` and `%` also begin escapes of themselves: tried as escapes first, then literally.
    let end =
        |plain: bool| secret.iter().try_fold(text, |rest, wanted| rest.get(match_character(rest, *wanted, plain)?..));
    end(false).or_else(|| end(true)).map(|rest| text.len() - rest.len())
}

/// Length in bytes of the character at the beginning of the text, in any spelling; `None` if it is not there.
fn match_character(text: &str, wanted: char, plain: bool) -> Option<usize> {
    let first = text.chars().next()?;
    let itself = (first == wanted).then_some(wanted.len_utf8());
    if plain && itself.is_some() {
        return itself;
    }
    let escaped = match first {
        '\\' => {
            let slashes = text.bytes().take(MAX_SLASHES).take_while(|byte| *byte == b'\\').count();
            let escaped = text.get(slashes..)?;
            match (escaped.strip_prefix(wanted), match_unicode_escape(escaped, wanted)) {
                (Some(_), _) => Some(slashes + wanted.len_utf8()),
                (None, Some(unit)) => Some(slashes + unit),
                // JSON writes a backslash as two, JSON in JSON as four.
                (None, None) => (wanted == '\\').then_some(slashes),
            }
        }
        // A space is `+` in a form, and `%2B` if that is encoded again.
        '%' if wanted == ' ' => match_percent_escape(text, wanted).or_else(|| match_percent_escape(text, '+')),
        '%' => match_percent_escape(text, wanted),
        '&' => match_entity(text, wanted),
        '+' if wanted == ' ' => Some(1),
        _ => None,
    };
    escaped.or(itself)
}

/// Matches `u0026`, and a second escape for characters beyond 16 bits.
fn match_unicode_escape(text: &str, wanted: char) -> Option<usize> {
    let mut rest = text;
    for (index, unit) in wanted.encode_utf16(&mut [0; 2]).iter().enumerate() {
        let slashes = rest.bytes().take(MAX_SLASHES).take_while(|byte| index > 0 && *byte == b'\\').count();
        let digits = rest.get(slashes..)?;
        let digits = digits.strip_prefix('u')?;
        (u16::from_str_radix(digits.get(..4)?, 16).ok()? == *unit).then_some(())?;
        rest = digits.get(4..)?;
    }
    Some(text.len() - rest.len())
}

/// Matches `%2f`, `%2F`, and the doubly encoded `%252F`, for each byte.
fn match_percent_escape(text: &str, wanted: char) -> Option<usize> {
    let mut rest = text;
    for byte in wanted.encode_utf8(&mut [0; 4]).bytes() {
        let mut digits = rest.strip_prefix('%')?;
        for _ in 0..MAX_REESCAPES {
            digits = digits.strip_prefix("25").filter(|_| byte != b'%').unwrap_or(digits);
        }
        (u8::from_str_radix(digits.get(..2)?, 16).ok()? == byte).then_some(())?;
        rest = digits.get(2..)?;
    }
    Some(text.len() - rest.len())
}

/// Matches `&amp;`, `&#38;`, `&#x26;`, and the doubly escaped `&amp;amp;`.
fn match_entity(text: &str, wanted: char) -> Option<usize> {
    let mut inner = text.strip_prefix('&')?;
    if wanted != '&' {
        for _ in 0..MAX_REESCAPES {
            inner = inner.strip_prefix("amp;").unwrap_or(inner);
        }
    }
    let (name, rest) = inner.split_once(';').filter(|(name, _)| name.len() <= 10)?;
    let found = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            hex.unwrap_or_else(|| number.parse()).ok() == Some(u32::from(wanted))
        }
        None => ENTITIES.contains(&(wanted, name)),
    };
    found.then_some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use trunkline_api::gateway::HeaderParam;

    use super::*;

    fn mask(value: &str) -> Mask {
        let header = HeaderParam { name: "X".into(), value: value.into(), secret: true };
        Mask::of(&ExternalApiBody { headers: vec![header], ..Default::default() }, &[])
    }

    #[test]
    fn secret_is_masked_in_every_spelling() {
        let secret = r#"k/e&y"<ü>+\ 😀="#;
        let mask = mask(&format!("Bearer {secret}"));
        let json = serde_json::to_string(secret).unwrap();
        let twice = serde_json::to_string(&json).unwrap();
        let url: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let again: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
        let ascii: String = secret
            .chars()
            .map(|character| {
                character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>()
            })
            .collect();
        for spelling in [
            secret.to_owned(),
            json.replace('/', "\\/").trim_matches('"').to_owned(),
            twice.trim_matches(['"', '\\']).to_owned(),
            url.to_lowercase(),
            url,
            again,
            ascii.replace('\\', "\\\\"),
            ascii,
            "k&#47;e&amp;y&quot;&lt;&#xFC;&gt;&plus;&#92; &#x1f600;&#61;".to_owned(),
            "k&sol;e&amp;y&#34;&amp;lt;&#252;&gt;+\\ 😀=".to_owned(),
            secret.bytes().map(|byte| format!("{byte:02x}")).collect(),
            secret.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        ] {
            assert_eq!(mask.apply(&format!("<{spelling}>")), format!("<{MASK}>"), "{spelling}");
        }
        for before in ["", "a", "ab", "abc:"] {
            let whole = STANDARD.encode(format!("{before}{secret} and more"));
            let left = mask.apply(&whole);
            assert!(left.contains(MASK) && !STANDARD.decode(&left).is_ok_and(|text| !text.is_empty()), "{left}");
        }
    }

    #[test]
    fn basic_password_is_masked_without_its_user_name() {
        let mask = mask(&format!("Basic {}", STANDARD.encode("ada:correct horse")));
        assert_eq!(mask.apply("ada has correct horse"), format!("ada has {MASK}"));
        assert_eq!(mask.apply("correct%20horse correct+horse"), format!("{MASK} {MASK}"));
    }

    #[test]
    fn masking_is_fast_on_hostile_text() {
        let mask = mask("Bearer &%\\\\s3cret-value");
        let begun = std::time::Instant::now();
        for text in ["\\", "%25", "&amp;", "&", "%", "\\u0026"] {
            let long = text.repeat(1 << 16);
            assert_eq!(mask.apply(&long), long);
        }
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }

    #[test]
    fn other_text_is_unchanged() {
        let mask = mask("Bearer s3cret-value");
        for text in ["", "Bearer", "s3cret-valu", "\\u0026 %2F &amp; \\", "Grüße 😀", "&#115;3cret", "%73"] {
            assert_eq!(mask.apply(text), text);
        }
    }
}
