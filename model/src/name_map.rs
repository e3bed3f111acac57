//! Names by id.

/// A map from ids to names, for a few hundred entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameMap(Vec<(String, String)>);

impl NameMap {
    /// Builds the map from pairs of id and name. Of two names for one id the later wins.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut names = Vec::<(String, String)>::new();
        for (id, name) in pairs {
            match names.binary_search_by(|(known, _)| known.cmp(&id)) {
                Ok(at) => names.splice(at..=at, [(id, name)]).for_each(drop),
                Err(at) => names.insert(at, (id, name)),
            }
        }
        Self(names)
    }

    /// The name of an id, if there is one.
    pub fn get(&self, id: &str) -> Option<&str> {
        let at = self.0.binary_search_by(|(known, _)| known.as_str().cmp(id)).ok()?;
        self.0.get(at).map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_names_win() {
        let named = [("10", "ten"), ("9", "nine"), ("10", "TEN")].map(|(id, name)| (id.to_owned(), name.to_owned()));
        let names = NameMap::new(named);
        assert_eq!([names.get("10"), names.get("9"), names.get("1")], [Some("TEN"), Some("nine"), None]);
    }
}
