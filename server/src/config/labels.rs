//! `[vendors.jtel.statuses]` and `[vendors.sobot.custom_fields]`: the operator's names for values that the vendor sends
//! without names.

use std::collections::BTreeMap;

use trunkline_api::Service;
use trunkline_api::gateway::LabelKind;

/// Names by value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Names of the status numbers of ACD events, in numeric order.
    pub statuses: Vec<(String, String)>,
    /// Names of the ids of customers' custom fields.
    pub custom_fields: Vec<(String, String)>,
}

/// The tables as written in the file.
#[derive(Default)]
pub struct RawLabels {
    pub statuses: BTreeMap<String, String>,
    pub custom_fields: BTreeMap<String, String>,
}

impl Labels {
    /// The names of this kind of value.
    #[must_use]
    pub fn of(&self, kind: LabelKind) -> &[(String, String)] {
        match kind {
            LabelKind::EventStatus => &self.statuses,
            LabelKind::CustomerField => &self.custom_fields,
        }
    }

    /// Adds a vendor's names.
    ///
    /// # Errors
    /// If a name is blank, or the vendor has no such values.
    pub fn add(&mut self, vendor: Service, raw: RawLabels) -> Result<(), String> {
        let RawLabels { statuses, custom_fields } = raw;
        if !statuses.is_empty() {
            self.statuses = check(vendor, Service::Jtel, "statuses", statuses)?;
            // Unsigned: a status that is no number comes last, in the order of the text.
            self.statuses.sort_by_key(|(number, _)| number.parse::<u64>().unwrap_or(u64::MAX));
        }
        if !custom_fields.is_empty() {
            self.custom_fields = check(vendor, Service::Sobot, "custom_fields", custom_fields)?;
        }
        Ok(())
    }
}

fn check(
    vendor: Service,
    owner: Service,
    table: &str,
    names: BTreeMap<String, String>,
) -> Result<Vec<(String, String)>, String> {
    if vendor != owner {
        return Err(format!("vendors.{}.{table} belongs into vendors.{}", vendor.key(), owner.key()));
    }
    let names: Vec<_> =
        names.into_iter().map(|(value, name)| (value.trim().to_owned(), name.trim().to_owned())).collect();
    match names.iter().find(|(value, name)| value.is_empty() || name.is_empty()) {
        Some((value, _)) => Err(format!("vendors.{}.{table}: {value:?} needs a name", vendor.key())),
        None => Ok(names),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, std::iter::empty())
    }

    #[test]
    fn statuses_are_in_numeric_order() {
        let config = parse("[vendors.jtel.statuses]\n20 = \"closed\"\n1 = \" open \"\n3 = \"in work\"").unwrap();
        let expected = [("1", "open"), ("3", "in work"), ("20", "closed")];
        assert_eq!(config.labels.statuses, expected.map(|(value, name)| (value.to_owned(), name.to_owned())));
        assert!(config.labels.custom_fields.is_empty());
    }

    #[test]
    fn names_come_from_a_variable_too() {
        let variable =
            ("TRUNKLINE_VENDORS_SOBOT_CUSTOM_FIELDS".to_owned(), "{ 1607394835 = \"Loyalty number\" }".to_owned());
        let config = Config::parse("", std::iter::once(variable)).unwrap();
        assert_eq!(config.labels.custom_fields, [("1607394835".to_owned(), "Loyalty number".to_owned())]);
    }

    #[test]
    fn wrong_tables_name_the_setting() {
        for (text, setting) in [
            ("[vendors.comm100.statuses]\n1 = \"open\"", "vendors.comm100.statuses"),
            ("[vendors.jtel.statuses]\n1 = \" \"", "vendors.jtel.statuses"),
            ("[vendors.jtel.custom_fields]\na = \"b\"", "vendors.jtel.custom_fields"),
        ] {
            let problem = parse(text).err().unwrap();
            assert!(problem.contains(setting), "{problem}");
        }
    }
}
