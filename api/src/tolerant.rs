//! Tolerant deserialisers for vendor records: JSON objects whose members may all be absent, null or unknown.
//!
//! A derived deserialiser with a flattened map for unknown members buffers the whole object first, and adds some 10 KB
//! of code per type. This one does not buffer, shares its code between all types, and needs a table entry per member.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};

/// A member name in a record's JSON.
pub enum MemberName {
    /// The index of a name that the contract has.
    Known(usize),
    /// A name that the contract does not have.
    Other(String),
}

/// The wire names of a record's members.
pub struct MemberNames(pub &'static [&'static str]);

impl<'de> de::DeserializeSeed<'de> for MemberNames {
    type Value = MemberName;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<MemberName, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberNames {
    type Value = MemberName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<MemberName, E> {
        let index = self.0.iter().position(|known| *known == name);
        Ok(index.map_or_else(|| MemberName::Other(name.to_owned()), MemberName::Known))
    }
}

/// Implements `Deserialize` for a struct: `tolerant_struct!(Ticket { "id" => id, … } extra)`. With `extra`, members that the
/// contract does not name are stored in the field of that name, else they are ignored. Absent members have their
/// default value.
macro_rules! tolerant_struct {
    ($name:ident { $($wire:literal => $($field:ident).+),+ $(,)? } $($extra:ident)?) => {
        impl $name {
            /// The wire names of the members that the contract has.
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
                        while let Some(member) = members.next_key_seed($crate::tolerant::MemberNames($name::MEMBERS))? {
                            let index = match member {
                                $crate::tolerant::MemberName::Known(index) => index,
                                $crate::tolerant::MemberName::Other(_name) => {
                                    let _value: serde_json::Value = members.next_value()?;
                                    $(record.$extra.insert(_name, _value);)?
                                    continue;
                                }
                            };
                            let mut at = 0;
                            $(
                                if index == at {
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
pub(crate) use tolerant_struct;

/// Implements `Deserialize` for an enum of fixed strings: `string_enum!(Role { "admin" => Admin, … })`.
macro_rules! string_enum {
    ($name:ident { $($word:literal => $variant:ident),+ $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                match text.as_ref() {
                    $($word => Ok(Self::$variant),)+
                    other => Err(serde::de::Error::unknown_variant(other, &[$($word),+])),
                }
            }
        }
    };
}
pub(crate) use string_enum;
