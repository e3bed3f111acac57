//! How high cleaned HTML will be: its frame can't be measured, as it has an origin of its own and runs no script.

/// Tags after which a new line begins, and how many lines of space they add.
const BREAKS: [(&str, usize); 13] = [
    ("br", 0),
    ("/p", 1),
    ("/div", 0),
    ("/li", 0),
    ("/tr", 0),
    ("/h1", 1),
    ("/h2", 1),
    ("/h3", 1),
    ("/h4", 1),
    ("/blockquote", 1),
    ("/pre", 1),
    ("/ul", 1),
    ("/table", 1),
];

/// An estimate of the lines that cleaned HTML takes, with so many letters in a line. At least 1.
#[must_use]
pub fn lines(html: &str, columns: usize) -> usize {
    let (mut lines, mut column) = (0, 0_usize);
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag, after) = match rest.split_once('<') {
            None => (rest, "", ""),
            Some((text, tag)) => {
                let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
                (text, tag, after)
            }
        };
        column += text.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>();
        let name = tag.split([' ', '\n', '/']).next().filter(|name| !name.is_empty());
        let name = name.map_or(tag, |name| name);
        if let Some((_, space)) = BREAKS.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(name)) {
            lines += column.div_ceil(columns.max(1)).max(usize::from(name == "br")) + space;
            column = 0;
        }
        rest = after;
    }
    (lines + column.div_ceil(columns.max(1))).max(1)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_by_length_and_by_breaks() {
        for (html, expected) in [
            ("", 1),
            ("Hello", 1),
            ("<b>Hello</b> you", 1),
            ("<b>Hello</b> there", 2),
            ("one<br>two<br/>three", 3),
            ("one<br><br>three", 3),
            ("<p>one</p><p>two</p>", 4),
            ("aaaa bbbb cccc dddd", 2),
            ("1 &lt; 2", 1),
            ("broken <b", 1),
        ] {
            assert_eq!(lines(html, 10), expected, "{html}");
        }
    }
}
