//! Comma-separated values (RFC 4180) that a spreadsheet opens as they are: no cell is run as a formula, and telephone
//! numbers and long ids stay text.

/// What a file begins with: a byte order mark, so that spreadsheets read it as UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Digits from which on a spreadsheet shows a number rounded or with an exponent.
const LONG_NUMBER: usize = 12;

/// Adds a row and its line end.
pub fn push_row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_cell(out, cell);
    }
    out.push_str("\r\n");
}

fn push_cell(out: &mut String, cell: &str) {
    let as_text = must_be_text(cell);
    let quoted = cell.contains([',', '"', '\r', '\n'])
        || cell.starts_with(char::is_whitespace)
        || cell.ends_with(char::is_whitespace);
    if quoted {
        out.push('"');
    }
    if as_text {
        out.push('\'');
    }
    if quoted {
        for character in cell.chars() {
            if character == '"' {
                out.push('"');
            }
            out.push(character);
        }
        out.push('"');
    } else {
        out.push_str(cell);
    }
}

/// `true` for a value that a spreadsheet would run, or would change by taking it for a number.
fn must_be_text(cell: &str) -> bool {
    let first =
        cell.trim_start_matches(['\u{200e}', '\u{200f}', '\u{2066}', '\u{2067}', '\u{2068}', ' ']).chars().next();
    match first {
        Some('=' | '@' | '+' | '\t' | '\r' | '\n' | '|' | '%' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}') => {
            true
        }
        Some('-') => cell.len() > 1 && cell.parse::<f64>().is_err(),
        Some('0') => cell.len() > 1 && cell.bytes().all(|byte| byte.is_ascii_digit()),
        Some(digit) if digit.is_ascii_digit() => {
            (cell.len() >= LONG_NUMBER && cell.bytes().all(|byte| byte.is_ascii_digit()))
                || has_exponent(cell)
                || is_like_date(cell)
        }
        _ => false,
    }
}

/// `1e5`, which a spreadsheet takes for 100000.
fn has_exponent(cell: &str) -> bool {
    cell.contains(['e', 'E']) && cell.parse::<f64>().is_ok()
}

/// `1/2` or `3.4.25`, which a spreadsheet takes for a day. A date as ISO 8601 has it stays one.
fn is_like_date(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['/', '.', '-']).collect();
    let is_short = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [first, second] => is_short(first) && is_short(second) && !cell.contains('.'),
        [first, second, year] => {
            is_short(first) && is_short(second) && year.len() <= 4 && year.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// The name of a file: letters and digits of `title`, and the day as ISO 8601 has it.
#[must_use]
pub fn file_name(title: &str, day: &str) -> String {
    let words: Vec<&str> =
        title.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("{}-{day}.csv", words.join("-").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> String {
        let mut out = String::new();
        push_row(&mut out, cells.iter().copied());
        out
    }

    #[test]
    fn what_a_spreadsheet_takes_for_something_else_is_text() {
        for cell in ["1/2", "3.4.25", "12-1", "1/2/2026", "1e5", "12E7"] {
            assert_eq!(row(&[cell]), format!("'{cell}\r\n"), "{cell}");
        }
        for cell in ["2026-11-30", "2026-11-30 12:09", "1.5", "12", "5 a.m.", "3/4 full", "10 €"] {
            assert_eq!(row(&[cell]), format!("{cell}\r\n"), "{cell}");
        }
    }

    #[test]
    fn rows_are_as_rfc_4180_has_them() {
        assert_eq!(row(&["a", "", "c"]), "a,,c\r\n");
        assert_eq!(
            row(&["a,b", "say \"hi\"", "two\nlines", " outer "]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" outer \"\r\n"
        );
        assert_eq!(row(&["שלום", "你好", "Müller"]), "שלום,你好,Müller\r\n");
    }

    #[test]
    fn nothing_runs_as_a_formula() {
        for cell in [
            "=1+1",
            "+1+1",
            "@SUM(A1)",
            "-2+3",
            "\t=1",
            "\u{200e}=1",
            " =1",
            "＝1+1",
            "=HYPERLINK(\"x\",\"y\")",
            "|cmd",
            "%x",
        ] {
            let text = row(&[cell]);
            let cell_start = text.trim_start_matches('"');
            assert!(cell_start.starts_with('\''), "{cell:?} became {text:?}");
        }
        assert_eq!(row(&["=A1,B1"]), "\"'=A1,B1\"\r\n");
    }

    #[test]
    fn telephone_numbers_and_long_ids_are_text_and_numbers_are_numbers() {
        assert_eq!(
            row(&["+49 30 1234567", "49199123456789", "0301234567"]),
            "'+49 30 1234567,'49199123456789,'0301234567\r\n"
        );
        assert_eq!(row(&["0", "20", "-5", "-5.5", "2439", "-"]), "0,20,-5,-5.5,2439,-\r\n");
    }

    #[test]
    fn file_names_have_no_signs() {
        assert_eq!(file_name("ACD events", "2026-11-30"), "acd-events-2026-11-30.csv");
        assert_eq!(file_name("Événements ACD / tous", "2026-11-30"), "événements-acd-tous-2026-11-30.csv");
    }
}
