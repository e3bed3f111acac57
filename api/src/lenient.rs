//! Decodes lists that contain unreadable records: returns the readable ones and describes the others.
//!
//! Valid responses skip this. Only if the endpoint fails to decode a response, each record is decoded alone, wrapped in
//! the response's own envelope, so that the endpoint applies all its checks to each record.

use crate::decode::DecodeError;
use crate::endpoint::Endpoint;
use crate::error::RAW_LIMIT;
use crate::oneview::SECRET_MEMBERS;
use crate::repair_json;

/// The most unreadable records that are described; further ones are only counted.
const MAX_DESCRIBED: usize = 20;

/// An unreadable record of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct UnreadableRecord {
    /// JSON path in the response, such as `$.records[3].ID`.
    pub path: String,
    /// The decoder's message about the value there.
    pub found: String,
    /// The record's JSON as received, at most [`RAW_LIMIT`] bytes, without secrets.
    pub raw: String,
}

/// The unreadable records of a response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnreadableRecords {
    /// Number of unreadable records.
    pub count: usize,
    /// The first of them, at most 20.
    pub records: Vec<UnreadableRecord>,
}

impl UnreadableRecords {
    /// Adds a record; `bytes` is its JSON.
    pub fn push(&mut self, bytes: &[u8], path: String, found: String) {
        self.count += 1;
        if self.records.len() < MAX_DESCRIBED {
            let raw = String::from_utf8_lossy(bytes.get(..RAW_LIMIT).unwrap_or(bytes));
            self.records.push(UnreadableRecord { path, found, raw: redact_secrets(&raw) });
        }
    }
}

/// Removes the values of the contract's secret members from JSON text. The gateway removes them too, so they occur only
/// in a response that did not pass through it.
fn redact_secrets(text: &str) -> String {
    let mut text = text.to_owned();
    for name in SECRET_MEMBERS.map(|name| format!("\"{name}\"")) {
        let mut clean = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(&name) {
            clean.push_str(before);
            clean.push_str(&name);
            clean.push_str(": …");
            // Skip to the next member or the object's end: tokens contain no comma and no bracket.
            rest = after.find([',', '}']).and_then(|end| after.get(end..)).unwrap_or_default();
        }
        clean.push_str(rest);
        text = clean;
    }
    text
}

/// Decodes the body of a successful response. Unreadable records of a list are left out and described.
///
/// # Errors
/// If the response does not match the contract and, for a list, none of its records does.
pub fn decode<E: Endpoint>(body: &[u8]) -> Result<(E::Response, UnreadableRecords), DecodeError> {
    let mut response = None;
    // Only this closure knows the type, so `decode_with_fallbacks` is compiled once and not per endpoint.
    let unreadable =
        decode_with_fallbacks(body, E::LIST_MEMBERS, &mut |body| E::decode(body).map(|read| response = Some(read)))?;
    response.map(|response| (response, unreadable)).ok_or_else(no_value_error)
}

/// Decodes a body as it is, else repaired, else without its unreadable records. The last text that `decode` accepts is
/// the result.
fn decode_with_fallbacks(
    body: &[u8],
    list: Option<&[&str]>,
    decode: TryDecode<'_>,
) -> Result<UnreadableRecords, DecodeError> {
    let Err(failure) = decode(body) else { return Ok(UnreadableRecords::default()) };
    // A failure that the vendor reported is final.
    if matches!(failure, DecodeError::Refused { .. }) {
        return Err(failure);
    }
    let mended = repair_json(body);
    if mended.as_ref().is_some_and(|mended| decode(mended).is_ok()) {
        return Ok(UnreadableRecords::default());
    }
    let body = mended.as_deref().unwrap_or(body);
    let Some((rest, unreadable)) = list.and_then(|names| without_unreadable(body, names, decode)) else {
        return Err(failure);
    };
    match decode(&rest) {
        Ok(()) => Ok(unreadable),
        Err(_) => Err(failure),
    }
}

/// Decodes a text and stores the result on success.
type TryDecode<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), DecodeError>;

/// The error for a decoder that succeeded without storing a result, which cannot happen.
fn no_value_error() -> DecodeError {
    DecodeError::Undecodable { path: "$".to_owned(), found: "nothing".to_owned() }
}

/// The path and message of an unreadable record; `bytes` is its JSON, `index` its index in the list. `None` if it is
/// readable.
pub fn describe_unreadable<E: Endpoint>(index: usize, bytes: &[u8]) -> Option<(String, String)> {
    let list = match E::LIST_MEMBERS {
        Some([member, ..]) => [b"{\"", member.as_bytes(), b"\":[", bytes, b"]}"].concat(),
        _ => [b"[", bytes, b"]"].concat(),
    };
    match E::decode(&list) {
        Err(DecodeError::Undecodable { path, found }) => Some((with_index(&path, index), found)),
        Err(DecodeError::Refused { .. }) => Some((with_index("$[0]", index), "a refusal".to_owned())),
        Ok(_) => None,
    }
}

/// The response with only the records that `decode` accepts. `None` if no record is readable or all are. `names` as in
/// [`Endpoint::LIST_MEMBERS`].
fn without_unreadable(body: &[u8], names: &[&str], decode: TryDecode<'_>) -> Option<(Vec<u8>, UnreadableRecords)> {
    let (begin, elements) = array_elements(body, names)?;
    let end = elements.last().map(|(_, end)| *end)?;
    let (head, tail) = (body.get(..begin)?, body.get(end..)?);
    let mut good = head.to_vec();
    let mut unreadable = UnreadableRecords::default();
    let mut some = false;
    for (place, (from, to)) in elements.iter().enumerate() {
        let element = body.get(*from..*to)?;
        match decode(&[head, element, tail].concat()) {
            Ok(()) => {
                if some {
                    good.push(b',');
                }
                good.extend_from_slice(element);
                some = true;
            }
            Err(DecodeError::Undecodable { path, found }) => unreadable.push(element, with_index(&path, place), found),
            Err(DecodeError::Refused { .. }) => return None,
        }
    }
    good.extend_from_slice(tail);
    (some && unreadable.count > 0).then_some((good, unreadable))
}

/// Converts a path into a list of one record to a path into the whole list.
fn with_index(path: &str, index: usize) -> String {
    path.replacen("[0]", &format!("[{index}]"), 1)
}

/// The offset of the list's first element, and the range of each element. `None` if there is no complete list.
fn array_elements(body: &[u8], names: &[&str]) -> Option<(usize, Vec<(usize, usize)>)> {
    let mut at = list_start(body, names)? + 1;
    let mut elements = Vec::new();
    loop {
        at = skip_whitespace(body, at)?;
        if body.get(at) == Some(&b']') {
            break;
        }
        let end = value_end(body, at)?;
        elements.push((at, end));
        at = skip_whitespace(body, end)?;
        match body.get(at)? {
            b',' => at += 1,
            b']' => break,
            _ => return None,
        }
    }
    Some((elements.first()?.0, elements))
}

/// The offset of the list's opening bracket: the response itself, or its first member with one of these names that is a
/// list.
#[must_use]
pub fn list_start(body: &[u8], names: &[&str]) -> Option<usize> {
    let mut at = skip_whitespace(body, 0)?;
    if body.get(at) == Some(&b'[') {
        return Some(at);
    }
    if body.get(at) != Some(&b'{') {
        return None;
    }
    loop {
        let name = skip_whitespace(body, at + 1)?;
        let end = value_end(body, name)?;
        let colon = skip_whitespace(body, end)?;
        let member = skip_whitespace(body, colon + 1)?;
        let is_wanted = |wanted: &&str| body.get(name + 1..end - 1) == Some(wanted.as_bytes());
        if body.get(member) == Some(&b'[') && names.iter().any(is_wanted) {
            return Some(member);
        }
        at = skip_whitespace(body, value_end(body, member)?)?;
        if body.get(at) != Some(&b',') {
            return None;
        }
    }
}

/// The offset of the next byte that is not white space.
fn skip_whitespace(body: &[u8], at: usize) -> Option<usize> {
    Some(at + body.get(at..)?.iter().position(|byte| !byte.is_ascii_whitespace())?)
}

/// The offset after the value that starts at `at`, by its brackets and quotes.
fn value_end(body: &[u8], at: usize) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let is_plain = !matches!(body.get(at)?, b'{' | b'[' | b'"');
    for (offset, byte) in body.get(at..)?.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            _ if in_text => continue,
            b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' if is_plain => {
                return (offset > 0).then_some(at + offset);
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if !is_plain && depth == 0 && !in_text {
            return Some(at + offset + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comm100::{ListChannelAccounts, ListChatbots};
    use crate::digital99::ListAccounts;
    use crate::gateway::ListExternalApis;
    use crate::jtel::{ListAcdEvents, ListAcdGroups, ListUsers};
    use crate::oneview::ListTickets;

    /// The number of readable records and the paths of the unreadable ones.
    fn readable_and_paths<E: Endpoint>(body: &str, count: impl Fn(&E::Response) -> usize) -> (usize, Vec<String>) {
        let (response, unreadable) = decode::<E>(body.as_bytes()).unwrap();
        assert_eq!(unreadable.count, unreadable.records.len());
        (count(&response), unreadable.records.into_iter().map(|odd| odd.path).collect())
    }

    #[test]
    fn unreadable_records_are_skipped_in_every_list() {
        let tickets = r#"[{"id": "1", "assignedTime": "1790000000"}, {"id": "2"}, null, {"id": {}}]"#;
        let odd = ["$[0].assignedTime", "$[2]", "$[3].id"].map(str::to_owned).to_vec();
        assert_eq!(readable_and_paths::<ListTickets>(tickets, Vec::len), (1, odd));
        let accounts = r#" [ {"id":1},{"isEnabled":"yes"} ] "#;
        assert_eq!(
            readable_and_paths::<ListChannelAccounts>(accounts, Vec::len),
            (1, vec!["$[1].isEnabled".to_owned()])
        );
        let bots = r#"{"x":"[","chatbots":[{"id":"b","name":["]"]},{"id":"c"}]}"#;
        assert_eq!(readable_and_paths::<ListChatbots>(bots, Vec::len), (1, vec!["$.chatbots[0].name".to_owned()]));
        let events = r#"{"count":"2","records":[{"ID":1,"Subject":7},{"ID":2}],"status":200}"#;
        let odd = vec!["$.records[0].Subject".to_owned()];
        assert_eq!(readable_and_paths::<ListAcdEvents>(events, |list| list.records.len()), (1, odd));
        let named = r#"{"records":[{"ID":1,"Name":{}},{"ID":2,"Name":"Sales"}]}"#;
        let odd = vec!["$.records[0].Name".to_owned()];
        assert_eq!(readable_and_paths::<ListAcdGroups>(named, |list| list.records.len()), (1, odd.clone()));
        assert_eq!(readable_and_paths::<ListUsers>(named, |list| list.records.len()), (1, odd));
        let vendor = r#"{"status":"OK","list":[{"account_id":"8"},{"account_id":"9","account_name":9}]}"#;
        let odd = vec!["$.list[1].account_name".to_owned()];
        assert_eq!(readable_and_paths::<ListAccounts>(vendor, |list| list.list.len()), (1, odd));
        let apis = r#"[{"id":1},{"id":"a","createdAt":1,"updatedAt":1,"name":"n","description":"","method":"GET",
            "url":"https://a","format":"json","headers":[],"request":[],"output":[]}]"#;
        assert_eq!(readable_and_paths::<ListExternalApis>(apis, Vec::len).0, 1);
    }

    #[test]
    fn unreadable_records_are_stored_as_received() {
        let body = r#"[{"id":"1"},{"id":"2","assignedTime":"soon"}]"#;
        let (tickets, unreadable) = decode::<ListTickets>(body.as_bytes()).unwrap();
        assert_eq!(tickets[0].id(), "1");
        assert_eq!(unreadable.records[0].raw, r#"{"id":"2","assignedTime":"soon"}"#);
        assert!(unreadable.records[0].found.contains("invalid type"), "{unreadable:?}");
        assert_eq!(
            describe_unreadable::<ListTickets>(7, br#"{"assignedTime":"soon"}"#).unwrap().0,
            "$[7].assignedTime".to_owned()
        );
    }

    #[test]
    fn secrets_are_removed_from_stored_records() {
        let body = r#"[{"id":"1"},{"assignedTime":"x","metadata":{"agentJwt":"ey.J0","roomId":2,"roomSubscriptionToken" : "s3cret"}}]"#;
        let (_, unreadable) = decode::<ListTickets>(body.as_bytes()).unwrap();
        let raw = &unreadable.records[0].raw;
        assert!(raw.contains("roomId") && !raw.contains("ey.J0") && !raw.contains("s3cret"), "{raw}");
    }

    #[test]
    fn lists_without_a_readable_record_fail() {
        for body in [
            "",
            "null",
            "{}",
            "7",
            "[7]",
            "[null,{\"id\":[]}]",
            "[{\"id\":1},",
            "[{\"id\":1} {\"id\":2}]",
            "[{\"id\":1},{]",
        ] {
            assert!(decode::<ListTickets>(body.as_bytes()).is_err(), "{body}");
        }
        assert!(decode::<ListAcdEvents>(br#"{"records":null}"#).is_err());
        let refused = decode::<ListAccounts>(br#"{"status":"FAIL","reason":"10","list":[{"account_id":{}}]}"#);
        assert!(matches!(refused, Err(DecodeError::Refused { .. })), "a vendor's no stays one");
    }

    #[test]
    fn malformed_text_is_repaired_first() {
        let body = b"\xEF\xBB\xBF[{\"id\":\"1\",\"queue\":\"hi \\ud83d\"},{\"id\":\"2\",\"queue\":\"M\xFCller\"},{\"id\":\"3\"}]";
        let (tickets, unreadable) = decode::<ListTickets>(body).unwrap();
        assert_eq!(unreadable.count, 0);
        assert_eq!((tickets[0].queue(), tickets[1].queue(), tickets.len()), ("hi \u{fffd}", "M\u{fffd}ller", 3));
    }

    #[test]
    fn only_the_first_unreadable_records_are_described() {
        let odd = vec![r#"{"id":[]}"#; 99].join(",");
        let (tickets, unreadable) = decode::<ListTickets>(format!(r#"[{odd},{{"id":"1"}}]"#).as_bytes()).unwrap();
        assert_eq!((tickets.len(), unreadable.count, unreadable.records.len()), (1, 99, MAX_DESCRIBED));
    }
}
