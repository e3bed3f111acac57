//! Variables in a definition's texts: `{{name}}` stands for a value that each call chooses.

/// A piece of a text with variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplatePart<'a> {
    /// Text as it stands.
    Text(&'a str),
    /// The name of a variable.
    Variable(&'a str),
}

/// Splits a text at its variables. Braces around anything but a name are text.
pub fn template_parts(text: &str) -> Vec<TemplatePart<'_>> {
    let mut parts = Vec::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find("{{")) {
        let open = from + at;
        let inner = rest.get(open + 2..).unwrap_or_default();
        match inner.split_once("}}").map(|(name, after)| (name.trim(), after)) {
            Some((name, after)) if is_variable_name(name) => {
                parts.extend(rest.get(..open).filter(|text| !text.is_empty()).map(TemplatePart::Text));
                parts.push(TemplatePart::Variable(name));
                (rest, from) = (after, 0);
            }
            _ => from = open + 1,
        }
    }
    parts.extend(Some(rest).filter(|text| !text.is_empty()).map(TemplatePart::Text));
    parts
}

/// True if a text can be a variable's name: 1 to 64 letters, digits, `_`, `-` and `.`.
pub fn is_variable_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// Fills in a text's variables.
pub fn fill_template(text: &str, value: impl Fn(&str) -> String) -> String {
    let part = |part| match part {
        TemplatePart::Text(text) => text.to_owned(),
        TemplatePart::Variable(name) => value(name),
    };
    template_parts(text).into_iter().map(part).collect()
}

/// True if a text has a variable.
pub fn has_variable(text: &str) -> bool {
    template_parts(text).iter().any(|part| matches!(part, TemplatePart::Variable(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_names_in_two_braces() {
        use TemplatePart::{Text, Variable};
        for (text, parts) in [
            ("", vec![]),
            ("tel", vec![Text("tel")]),
            ("{{tel}}", vec![Variable("tel")]),
            ("a{{ tel }}b{{x.y-1}}", vec![Text("a"), Variable("tel"), Text("b"), Variable("x.y-1")]),
            ("{tel} {{", vec![Text("{tel} {{")]),
            ("{{a b}}{{}}", vec![Text("{{a b}}{{}}")]),
            (r#"{"a":{"b":"{{c}}"}}"#, vec![Text(r#"{"a":{"b":""#), Variable("c"), Text(r#""}}"#)]),
            (r#"{{"a":"{{c}}"}}"#, vec![Text(r#"{{"a":""#), Variable("c"), Text(r#""}}"#)]),
            ("{{{tel}}}", vec![Text("{"), Variable("tel"), Text("}")]),
            ("ü{{ü}}{{tel}}", vec![Text("ü{{ü}}"), Variable("tel")]),
        ] {
            assert_eq!(template_parts(text), parts, "{text}");
        }
        assert_eq!(fill_template("/{{a}}/{{b}}", |name| name.to_uppercase()), "/A/B");
        assert!(has_variable("x{{a}}") && !has_variable("x{a}"));
    }
}
