//! JSON copied but for some members, without a value of it in between: a list of 6 MB takes a third of the time.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::Serialize;
use serde_json::Error as Unreadable;

/// The text without the members, at any depth, whose names are `unwanted`; none if it has no such member. All else stays
/// in its order, and twice what is there twice.
///
/// # Errors
/// When it is no JSON.
pub fn without(text: &[u8], unwanted: impl Fn(&str) -> bool) -> Result<Option<Vec<u8>>, Unreadable> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let mut copy = Copy { out: Vec::with_capacity(text.len()), unwanted: &unwanted, met: false };
    copy.deserialize_value(&mut reader)?;
    reader.end()?;
    Ok(copy.met.then_some(copy.out))
}

struct Copy<'a> {
    out: Vec<u8>,
    unwanted: &'a dyn Fn(&str) -> bool,
    /// An unwanted one has been met.
    met: bool,
}

impl Copy<'_> {
    fn deserialize_value<'de, D: Deserializer<'de>>(&mut self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(Next(self))
    }

    fn write<E: Error>(&mut self, value: impl Serialize) -> Result<(), E> {
        serde_json::to_writer(&mut self.out, &value).map_err(E::custom)
    }
}

/// A value that comes next.
struct Next<'a, 'b>(&'a mut Copy<'b>);

impl<'de> DeserializeSeed<'de> for Next<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.0.deserialize_value(from)
    }
}

impl<'de> Visitor<'de> for Next<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.write(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.write(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.0.write(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.0.write(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.0.write(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.0.write(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut before = b'[';
        loop {
            let end = self.0.out.len();
            self.0.out.push(before);
            if list.next_element_seed(Next(self.0))?.is_none() {
                self.0.out.truncate(end);
                break;
            }
            before = b',';
        }
        self.0.close(before, b'[', b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut before = b'{';
        while let Some(wanted) = map.next_key_seed(Name(self.0, before))? {
            if wanted {
                map.next_value_seed(Next(self.0))?;
                before = b',';
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        self.0.close(before, b'{', b'}');
        Ok(())
    }
}

/// A member's name that comes next, and what stands before it. Whether it is wanted: then it is written.
struct Name<'a, 'b>(&'a mut Copy<'b>, u8);

impl<'de> DeserializeSeed<'de> for Name<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<bool, E> {
        let Self(copy, before) = self;
        if (copy.unwanted)(name) {
            copy.met = true;
            return Ok(false);
        }
        copy.out.push(before);
        copy.write(name)?;
        copy.out.push(b':');
        Ok(true)
    }
}

impl Copy<'_> {
    /// Ends a list or an object, which has not even begun if nothing stands in it.
    fn close(&mut self, before: u8, begin: u8, end: u8) {
        if before == begin {
            self.out.push(begin);
        }
        self.out.push(end);
    }
}

#[cfg(test)]
mod tests {
    use super::without;
    use serde_json::Value;

    #[test]
    fn all_but_the_unwanted_is_as_it_was() {
        let text = r#" { "a": [ ], "b": [1, -2, 0.5, 1e3, 18446744073709551615, null, true, "\u00fc\"\n"], "x": {"x": 1}, "c": {"x": 1, "d": {}, "d": 2} } "#;
        let copied = without(text.as_bytes(), |name| name == "x").unwrap().unwrap();
        let wanted = r#"{"a":[],"b":[1,-2,0.5,1000.0,18446744073709551615,null,true,"ü\"\n"],"c":{"d":{},"d":2}}"#;
        assert_eq!(String::from_utf8(copied).unwrap(), wanted);
        assert_eq!(without(text.as_bytes(), |name| name == "y").unwrap(), None);
    }

    #[test]
    fn what_is_no_json_is_none() {
        for text in ["", "[", "[1,]", "{\"a\"}", "[] []", "\u{feff}[]"] {
            assert!(without(text.as_bytes(), |_| false).is_err(), "{text}");
            assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        }
    }
}
