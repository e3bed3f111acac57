//! Which columns a person sees in a list, in which order and how wide.
//!
//! Stored as text: `name:240 channel -original bot` — keys in their order, with a width in pixels, or with `-` for a
//! hidden column. A column that the text doesn't name (a newer one) is at its own place, shown unless it is optional.

/// The least and the greatest width of a column in pixels.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 48..=800;

/// A column in a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnPlace {
    /// The column's key.
    pub key: String,
    /// True if it is shown.
    pub shown: bool,
    /// Its width in pixels; `None` for its own.
    pub width: Option<u32>,
}

/// A column of a list: its key, and `true` if it is hidden until a user selects it.
pub type ListColumn<'a> = (&'a str, bool);

/// The places of a list's columns, in order. `columns` are those of the list.
#[must_use]
pub fn layout(stored: &str, columns: &[ListColumn<'_>]) -> Vec<ColumnPlace> {
    let mut places: Vec<ColumnPlace> = stored.split_whitespace().filter_map(parse_place).collect();
    places.retain(|place| columns.iter().any(|(key, _)| *key == place.key));
    let mut seen = Vec::new();
    places.retain(|place| {
        let is_new = !seen.contains(&place.key);
        seen.push(place.key.clone());
        is_new
    });
    for (at, (key, is_optional)) in columns.iter().enumerate() {
        if places.iter().all(|place| place.key != *key) {
            // Behind its neighbour of the list.
            let before = at.checked_sub(1).and_then(|before| columns.get(before));
            let position = before.and_then(|(before, _)| places.iter().position(|place| place.key == **before));
            let position = position.map_or(0, |position| position + 1);
            places.insert(position, ColumnPlace { key: (*key).to_owned(), shown: !is_optional, width: None });
        }
    }
    if places.iter().all(|place| !place.shown)
        && let Some(first) = places.first_mut()
    {
        first.shown = true;
    }
    places
}

fn parse_place(text: &str) -> Option<ColumnPlace> {
    let (shown, text) = text.strip_prefix('-').map_or((true, text), |rest| (false, rest));
    let (key, width) = text.split_once(':').map_or((text, None), |(key, width)| (key, width.parse().ok()));
    let width = width.map(|width: u32| width.clamp(*WIDTHS.start(), *WIDTHS.end()));
    (!key.is_empty()).then(|| ColumnPlace { key: key.to_owned(), shown, width })
}

/// The text of a layout; empty if it is the list's own.
#[must_use]
pub fn store(places: &[ColumnPlace], columns: &[ListColumn<'_>]) -> String {
    if places == layout("", columns) {
        return String::new();
    }
    let text = |place: &ColumnPlace| {
        let hidden = if place.shown { "" } else { "-" };
        let width = place.width.map(|width| format!(":{width}")).unwrap_or_default();
        format!("{hidden}{}{width}", place.key)
    };
    places.iter().map(text).collect::<Vec<_>>().join(" ")
}

/// Moves a column by `by` places, as far as there are any.
pub fn shift(places: &mut Vec<ColumnPlace>, key: &str, by: isize) {
    let Some(at) = places.iter().position(|place| place.key == key) else { return };
    let to = at.saturating_add_signed(by).min(places.len() - 1);
    let place = places.remove(at);
    places.insert(to, place);
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [ListColumn<'static>; 4] = [("name", false), ("channel", false), ("original", false), ("bot", false)];

    fn keys(places: &[ColumnPlace]) -> Vec<&str> {
        places.iter().filter(|place| place.shown).map(|place| place.key.as_str()).collect()
    }

    #[test]
    fn layouts_survive_storing() {
        for stored in ["", "bot name:240 -original channel", "-name channel original bot"] {
            let places = layout(stored, &KEYS);
            assert_eq!(store(&places, &KEYS), stored);
        }
    }

    #[test]
    fn unknown_and_double_columns_are_dropped_and_new_ones_shown() {
        let places = layout("gone bot bot:99999 name", &KEYS);
        assert_eq!(keys(&places), ["bot", "name", "channel", "original"]);
        assert_eq!(layout("name:99999", &KEYS).first().and_then(|place| place.width), Some(800));
        assert_eq!(keys(&layout("-name -channel -original -bot", &KEYS)), ["name"]);
    }

    #[test]
    fn optional_columns_are_hidden_until_they_are_chosen() {
        let columns = [("name", false), ("id", true), ("bot", false), ("created", true)];
        assert_eq!(keys(&layout("", &columns)), ["name", "bot"]);
        let mut places = layout("", &columns);
        places.iter_mut().filter(|place| place.key == "created").for_each(|place| place.shown = true);
        let stored = store(&places, &columns);
        assert_eq!(stored, "name -id bot created");
        assert_eq!(keys(&layout(&stored, &columns)), ["name", "bot", "created"]);
        assert_eq!(keys(&layout("bot name", &columns)), ["bot", "name"], "stored before the columns came");
    }

    #[test]
    fn columns_move_within_the_list() {
        let mut places = layout("", &KEYS);
        shift(&mut places, "bot", -1);
        assert_eq!(keys(&places), ["name", "channel", "bot", "original"]);
        shift(&mut places, "name", -1);
        shift(&mut places, "original", 5);
        assert_eq!(keys(&places), ["name", "channel", "bot", "original"]);
        assert_eq!(store(&places, &KEYS), "name channel bot original");
    }
}
