//! Reading a vendor's record, by hand: a JSON object whose every member may be absent, null or unknown to the contract.
//!
//! By hand and not derived: a derived reader that also keeps unknown members buffers the whole object before it looks at
//! it, and is compiled anew, some 10 KB, for each type. Here what is the same for all is compiled once, a member costs an
//! entry in a table, and long lists are read without the detour.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};

/// Which of a record's members comes next.
pub enum Member {
    /// One of its names, by place.
    Known(usize),
    /// Another, by its name.
    Other(String),
}

/// The names of a record's members on the wire.
pub struct Names(pub &'static [&'static str]);

impl<'de> de::DeserializeSeed<'de> for Names {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Names {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Member, E> {
        let place = self.0.iter().position(|known| *known == name);
        Ok(place.map_or_else(|| Member::Other(name.to_owned()), Member::Known))
    }
}

/// Makes a type readable: `record!(Ticket { "id" => id, … } extra)`; with `extra`, members the contract doesn't name are
/// kept in the field of that name, without it they are passed over. Absent members keep the type's default.
macro_rules! record {
    ($name:ident { $($wire:literal => $($field:ident).+),+ $(,)? } $($extra:ident)?) => {
        impl $name {
            /// The members that the contract names, as they are called on the wire.
            pub const MEMBERS: &'static [&'static str] = &[$($wire),+];
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;
                impl<'de> serde::de::Visitor<'de> for Reader {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("struct ", stringify!($name)))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut members: A) -> Result<$name, A::Error> {
                        let mut record = $name::default();
                        while let Some(member) = members.next_key_seed($crate::record::Names($name::MEMBERS))? {
                            let place = match member {
                                $crate::record::Member::Known(place) => place,
                                $crate::record::Member::Other(_name) => {
                                    let _value: serde_json::Value = members.next_value()?;
                                    $(record.$extra.insert(_name, _value);)?
                                    continue;
                                }
                            };
                            let mut at = 0;
                            $(
                                if place == at {
                                    record.$($field).+ = members.next_value()?;
                                    continue;
                                }
                                at += 1;
                            )+
                            let _ = at;
                        }
                        Ok(record)
                    }
                }
                deserializer.deserialize_map(Reader)
            }
        }
    };
}
pub(crate) use record;

/// Makes an enum of plain words readable; `closed_words!(Role { "admin" => Admin, … })`.
macro_rules! closed_words {
    ($name:ident { $($word:literal => $variant:ident),+ $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                match word.as_ref() {
                    $($word => Ok(Self::$variant),)+
                    other => Err(serde::de::Error::unknown_variant(other, &[$($word),+])),
                }
            }
        }
    };
}
pub(crate) use closed_words;
