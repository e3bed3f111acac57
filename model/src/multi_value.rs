//! Several values in one parameter of a URL: `status=ASSIGNED,ESCALATED`.

/// Returns the value of a query parameter by its name; empty if the query has none.
pub type Params<'a> = &'a dyn Fn(&str) -> String;

/// The values of a parameter, in the order in which they were chosen. A comma within a value is written `%2C`, a percent
/// sign `%25`, so any text can be a value; a link with one value stays as it was.
#[must_use]
pub fn parse_values(text: &str) -> Vec<String> {
    let values = text.split(',').filter(|value| !value.is_empty());
    let mut found: Vec<String> = Vec::new();
    for value in values.map(|value| value.replace("%2C", ",").replace("%25", "%")) {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// Writes the values as a parameter; empty for none.
#[must_use]
pub fn format_values(values: &[String]) -> String {
    values.iter().map(|value| value.replace('%', "%25").replace(',', "%2C")).collect::<Vec<_>>().join(",")
}

/// The parameter with a value added, or removed if it is there.
#[must_use]
pub fn toggle_value(text: &str, value: &str) -> String {
    let mut values = parse_values(text);
    match values.iter().position(|known| known == value) {
        Some(at) => _ = values.remove(at),
        None => values.push(value.to_owned()),
    }
    format_values(&values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_round_trip() {
        for values in [&["ASSIGNED", "a,b", "50%", "%2C", "ö ü"][..], &["one"], &[]] {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            assert_eq!(parse_values(&format_values(&values)), values);
        }
        assert_eq!(parse_values("ASSIGNED"), ["ASSIGNED"]);
        assert_eq!(parse_values(",a,,b,a"), ["a", "b"]);
    }

    #[test]
    fn values_are_added_and_removed() {
        assert_eq!(toggle_value("", "a,b"), "a%2Cb");
        assert_eq!(toggle_value("a%2Cb", "c"), "a%2Cb,c");
        assert_eq!(toggle_value("a%2Cb,c", "a,b"), "c");
        assert_eq!(toggle_value("c", "c"), "");
    }
}
