//! The differences between two texts, line by line.

/// A line of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffLine {
    /// In both.
    Same(String),
    /// In the older text only.
    Removed(String),
    /// In the newer text only.
    Added(String),
    /// This many equal lines are left out.
    Skipped(usize),
}

/// Equal lines that are shown around a difference.
const CONTEXT: usize = 2;
/// The most pairs of lines that are compared; longer middles are shown as replaced as a whole.
const MAX_PAIRS: usize = 1_000_000;

/// The differences from one text to another; empty if they are equal.
#[must_use]
pub fn diff(before: &str, after: &str) -> Vec<DiffLine> {
    if before == after {
        return Vec::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let old_middle = old_rest.get(..old_rest.len().saturating_sub(tail)).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len().saturating_sub(tail)).unwrap_or_default();
    let mut lines: Vec<DiffLine> = old.iter().take(head).map(|line| DiffLine::Same((*line).to_owned())).collect();
    lines.extend(compare(old_middle, new_middle));
    let end = old.iter().skip(old.len().saturating_sub(tail));
    lines.extend(end.map(|line| DiffLine::Same((*line).to_owned())));
    shorten(lines)
}

/// The longest common subsequence decides which lines are in both.
fn compare(old: &[&str], new: &[&str]) -> Vec<DiffLine> {
    let removed = |line: &&str| DiffLine::Removed((*line).to_owned());
    let added = |line: &&str| DiffLine::Added((*line).to_owned());
    if old.len().saturating_mul(new.len()) > MAX_PAIRS {
        return old.iter().map(removed).chain(new.iter().map(added)).collect();
    }
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    let at =
        |lengths: &[u32], row: usize, column: usize| lengths.get(row * width + column).copied().unwrap_or_default();
    for (row, one) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let length = if one == other {
                at(&lengths, row + 1, column + 1) + 1
            } else {
                at(&lengths, row + 1, column).max(at(&lengths, row, column + 1))
            };
            if let Some(cell) = lengths.get_mut(row * width + column) {
                *cell = length;
            }
        }
    }
    let (mut row, mut column, mut lines) = (0, 0, Vec::new());
    loop {
        match (old.get(row), new.get(column)) {
            (Some(one), Some(other)) if one == other => {
                lines.push(DiffLine::Same((*one).to_owned()));
                (row, column) = (row + 1, column + 1);
            }
            (Some(one), other) if other.is_none() || at(&lengths, row + 1, column) >= at(&lengths, row, column + 1) => {
                lines.push(removed(one));
                row += 1;
            }
            (_, Some(other)) => {
                lines.push(added(other));
                column += 1;
            }
            _ => return lines,
        }
    }
}

/// Leaves out equal lines far from a difference.
fn shorten(lines: Vec<DiffLine>) -> Vec<DiffLine> {
    let changed: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| !matches!(line, DiffLine::Same(_))).map(|(at, _)| at).collect();
    let mut next = changed.iter().peekable();
    let mut last: Option<usize> = None;
    let mut short = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        while next.peek().is_some_and(|change| **change <= at) {
            last = next.next().copied();
        }
        let near =
            last.is_some_and(|last| at <= last + CONTEXT) || next.peek().is_some_and(|next| **next <= at + CONTEXT);
        match (near, short.last_mut()) {
            (true, _) => short.push(line),
            (false, Some(DiffLine::Skipped(count))) => *count += 1,
            (false, _) => short.push(DiffLine::Skipped(1)),
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(before: &str, after: &str) -> String {
        let line = |line: DiffLine| match line {
            DiffLine::Same(text) => format!(" {text}"),
            DiffLine::Removed(text) => format!("-{text}"),
            DiffLine::Added(text) => format!("+{text}"),
            DiffLine::Skipped(count) => format!("…{count}"),
        };
        diff(before, after).into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn changed_lines_are_shown_with_their_neighbours() {
        assert_eq!(text("a\nb", "a\nb"), "");
        assert_eq!(text("a\nb\nc", "a\nx\nc"), " a\n-b\n+x\n c");
        assert_eq!(text("", "a"), "+a");
        assert_eq!(text("a", ""), "-a");
        assert_eq!(text("1\n2\n3\n4\n5\n6\n7\n8", "1\n2\n3\n4\n5\n6\n7\nX"), "…5\n 6\n 7\n-8\n+X");
        assert_eq!(text("a\nb\nc\nd", "b\nx\nd\ne"), "-a\n b\n-c\n+x\n d\n+e");
    }

    #[test]
    fn long_texts_end() {
        let before: String = (0..5000).map(|line| format!("{line}\n")).collect();
        let after: String = (0..5000).map(|line| format!("x{line}\n")).collect();
        assert_eq!(diff(&before, &after).len(), 10_000);
    }
}
