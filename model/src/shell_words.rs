//! Splits a shell command into words, as a POSIX shell does for what people copy from documents and developer tools.

/// Why a command can't be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// It is written for the Windows command line, with `^` as the escape.
    WindowsCaret,
    /// It is written for PowerShell, with a backtick before the end of a line.
    PowerShell,
    /// A quote is not closed.
    UnclosedQuote,
}

/// The words of the first command of a text. A pipe, a redirection, `;` or `&` ends it.
///
/// # Errors
/// If it is written for another shell, or a quote is not closed.
pub fn split_words(text: &str) -> Result<Vec<String>, SplitError> {
    let mut words = Vec::new();
    // `None` between words: an empty word such as `''` counts too.
    let mut word: Option<String> = None;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '^' if matches!(chars.peek(), Some('\r' | '\n' | '"' | '^' | '\\' | '%')) => {
                return Err(SplitError::WindowsCaret);
            }
            '`' if matches!(chars.peek(), Some('\r' | '\n')) => return Err(SplitError::PowerShell),
            // After the word that precedes them: a line break ends the command only where something follows another one.
            ' ' | '\t' | '\r' => words.extend(word.take()),
            '\n' => words.extend(word.take()),
            '|' | ';' | '>' | '<' => break,
            '&' if word.is_none() || matches!(chars.peek(), Some('&')) => break,
            '\\' => match chars.next() {
                Some('\r') if chars.peek() == Some(&'\n') => drop(chars.next()),
                Some('\n') | None => {}
                Some(escaped) => word.get_or_insert_default().push(escaped),
            },
            '\'' => single_quoted(&mut chars, word.get_or_insert_default())?,
            '"' => double_quoted(&mut chars, word.get_or_insert_default())?,
            '$' if chars.peek() == Some(&'\'') => {
                chars.next();
                ansi_quoted(&mut chars, word.get_or_insert_default())?;
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn single_quoted(chars: &mut Chars<'_>, out: &mut String) -> Result<(), SplitError> {
    for char in chars.by_ref() {
        match char {
            '\'' => return Ok(()),
            other => out.push(other),
        }
    }
    Err(SplitError::UnclosedQuote)
}

fn double_quoted(chars: &mut Chars<'_>, out: &mut String) -> Result<(), SplitError> {
    while let Some(char) = chars.next() {
        match char {
            '"' => return Ok(()),
            '\\' => match chars.next().ok_or(SplitError::UnclosedQuote)? {
                '\n' => {}
                escaped @ ('"' | '\\' | '$' | '`') => out.push(escaped),
                other => out.extend(['\\', other]),
            },
            other => out.push(other),
        }
    }
    Err(SplitError::UnclosedQuote)
}

/// `$'…'`, as browsers write text with line breaks or marks.
fn ansi_quoted(chars: &mut Chars<'_>, out: &mut String) -> Result<(), SplitError> {
    while let Some(char) = chars.next() {
        match char {
            '\'' => return Ok(()),
            '\\' => match chars.next().ok_or(SplitError::UnclosedQuote)? {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                'x' => push_code(chars, out, 2),
                'u' => push_utf16(chars, out),
                'U' => push_code(chars, out, 8),
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    Err(SplitError::UnclosedQuote)
}

fn hex(chars: &mut Chars<'_>, digits: usize) -> u32 {
    let mut code = 0;
    for _ in 0..digits {
        let Some(digit) = chars.peek().and_then(|char| char.to_digit(16)) else { break };
        chars.next();
        code = code * 16 + digit;
    }
    code
}

fn push_code(chars: &mut Chars<'_>, out: &mut String, digits: usize) {
    out.push(char::from_u32(hex(chars, digits)).unwrap_or(char::REPLACEMENT_CHARACTER));
}

/// `\uD83D\uDE00` is one character: browsers write UTF-16.
fn push_utf16(chars: &mut Chars<'_>, out: &mut String) {
    let first = hex(chars, 4);
    let mut ahead = chars.clone();
    if (0xd800..0xdc00).contains(&first) && ahead.next() == Some('\\') && ahead.next() == Some('u') {
        let second = hex(&mut ahead, 4);
        if (0xdc00..0xe000).contains(&second) {
            *chars = ahead;
            let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            return;
        }
    }
    out.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_as_a_shell_does() {
        for (text, words) in [
            ("curl  -X\tPOST", vec!["curl", "-X", "POST"]),
            ("a 'b c' \"d e\" f\\ g", vec!["a", "b c", "d e", "f g"]),
            ("a'b'\"c\"d ''", vec!["abcd", ""]),
            (r#"'it'\''s' "say \"hi\" \n""#, vec!["it's", r#"say "hi" \n"#]),
            ("a \\\n  b \\\r\n c", vec!["a", "b", "c"]),
            (r"$'l1\nl2\'\x21é😀'", vec!["l1\nl2'!é😀"]),
            ("a | jq .", vec!["a"]),
            ("a > file", vec!["a"]),
            ("a && b", vec!["a"]),
            ("https://a.example/?a=1&b=2", vec!["https://a.example/?a=1&b=2"]),
            ("it{{tel}}", vec!["it{{tel}}"]),
        ] {
            assert_eq!(split_words(text), Ok(words.into_iter().map(str::to_owned).collect()), "{text}");
        }
    }

    #[test]
    fn other_shells_and_open_quotes_are_told() {
        assert_eq!(split_words("curl ^\"https://a.example^\" ^\r\n -H x"), Err(SplitError::WindowsCaret));
        assert_eq!(split_words("curl https://a.example ^\n -H x"), Err(SplitError::WindowsCaret));
        assert_eq!(split_words("curl https://a.example `\n -H x"), Err(SplitError::PowerShell));
        for open in ["'a", "\"a", "$'a", "\"a\\"] {
            assert_eq!(split_words(open), Err(SplitError::UnclosedQuote), "{open}");
        }
    }
}
