//! Which columns a person sees in a list, in which order and how wide.
//!
//! Stored as text: `name:240 channel -original bot` — keys in their order, with a width in pixels, or with `-` for a
//! hidden column. A column that the text doesn't name (a newer one) is shown at its own place.

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

/// The places of a list's columns, in order. `keys` are its columns as the list has them.
#[must_use]
pub fn layout(stored: &str, keys: &[&str]) -> Vec<ColumnPlace> {
    let mut places: Vec<ColumnPlace> = stored.split_whitespace().filter_map(parse_place).collect();
    places.retain(|place| keys.contains(&place.key.as_str()));
    let mut seen = Vec::new();
    places.retain(|place| {
        let is_new = !seen.contains(&place.key);
        seen.push(place.key.clone());
        is_new
    });
    for (at, key) in keys.iter().enumerate() {
        if places.iter().all(|place| place.key != *key) {
            // Behind its neighbour of the list.
            let before = at.checked_sub(1).and_then(|before| keys.get(before));
            let position = before.and_then(|before| places.iter().position(|place| place.key == **before));
            let position = position.map_or(0, |position| position + 1);
            places.insert(position, ColumnPlace { key: (*key).to_owned(), shown: true, width: None });
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
pub fn store(places: &[ColumnPlace], keys: &[&str]) -> String {
    if places == layout("", keys) {
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

    const KEYS: [&str; 4] = ["name", "channel", "original", "bot"];

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
