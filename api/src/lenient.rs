//! Lists with records that can't be read: the others are given, and what is wrong with the odd ones.
//!
//! A sound answer takes none of this: only one that its endpoint refuses is looked at record by record, each in the
//! answer's own frame, so that whatever the endpoint asks of an answer it asks of each record.

use trunkline_fast::mend;

use crate::endpoint::Endpoint;
use crate::error::RAW_LIMIT;
use crate::wire::Failure;

/// Of so many records it is noted what is wrong; the others are counted.
const NOTED: usize = 20;

/// A record that can't be read.
#[derive(Clone, Debug, PartialEq)]
pub struct OddRecord {
    /// Where in the answer, such as `$.records[3].ID`.
    pub path: String,
    /// What stood there, in the decoder's words.
    pub found: String,
    /// The record's JSON as it came, or its beginning.
    pub raw: String,
}

/// The records of an answer that can't be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unreadable {
    /// How many they are.
    pub count: usize,
    /// The first of them.
    pub records: Vec<OddRecord>,
}

impl Unreadable {
    /// Counts one more; `bytes` is its JSON.
    pub fn push(&mut self, bytes: &[u8], path: String, found: String) {
        self.count += 1;
        if self.records.len() < NOTED {
            let raw = String::from_utf8_lossy(bytes.get(..RAW_LIMIT).unwrap_or(bytes));
            self.records.push(OddRecord { path, found, raw: without_secrets(&raw) });
        }
    }
}

/// JSON text without the values of the contract's secrets, which only an answer that no gateway has cleaned has.
fn without_secrets(text: &str) -> String {
    let mut text = text.to_owned();
    for name in ["\"agentJwt\"", "\"roomSubscriptionToken\""] {
        let mut clean = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(name) {
            clean.push_str(before);
            clean.push_str(name);
            clean.push_str(": …");
            // Up to the next member, or to the object's end: no token has a comma or a bracket.
            rest = after.find([',', '}']).and_then(|end| after.get(end..)).unwrap_or_default();
        }
        clean.push_str(rest);
        text = clean;
    }
    text
}

/// Reads a successful answer's body; of a list, the records that can be read.
///
/// # Errors
/// [`Failure`], when the answer, or no record of it, is what the contract says.
pub fn read<E: Endpoint>(body: &[u8]) -> Result<(E::Response, Unreadable), Failure> {
    let mut response = None;
    // The only place that knows the type: the steps are compiled once, not once an endpoint.
    let unreadable = steps(body, E::LIST, &mut |body| E::decode(body).map(|read| response = Some(read)))?;
    response.map(|response| (response, unreadable)).ok_or_else(nothing)
}

/// Reads a body as it is, else mended, else without its odd records. The last text that is taken is the answer's.
fn steps(body: &[u8], list: Option<&[&str]>, decode: Decode<'_>) -> Result<Unreadable, Failure> {
    let Err(failure) = decode(body) else { return Ok(Unreadable::default()) };
    // A vendor's "no" is an answer.
    if matches!(failure, Failure::Refused { .. }) {
        return Err(failure);
    }
    let mended = mend(body);
    if mended.as_ref().is_some_and(|mended| decode(mended).is_ok()) {
        return Ok(Unreadable::default());
    }
    let body = mended.as_deref().unwrap_or(body);
    let Some((rest, unreadable)) = list.and_then(|names| without_odd(body, names, decode)) else {
        return Err(failure);
    };
    match decode(&rest) {
        Ok(()) => Ok(unreadable),
        Err(_) => Err(failure),
    }
}

/// Takes a text as the answer, if it is one.
type Decode<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), Failure>;

/// A decoder that took a text has given its answer.
fn nothing() -> Failure {
    Failure::Undecodable { path: "$".to_owned(), found: "nothing".to_owned() }
}

/// What is wrong with the record at this place of a list, whose own bytes these are; none if nothing is.
pub fn odd_record<E: Endpoint>(place: usize, bytes: &[u8]) -> Option<(String, String)> {
    let list = [b"[", bytes, b"]"].concat();
    match E::decode(&list) {
        Err(Failure::Undecodable { path, found }) => Some((at_place(&path, place), found)),
        Err(Failure::Refused { .. }) => Some((at_place("$[0]", place), "a refusal".to_owned())),
        Ok(_) => None,
    }
}

/// The answer with only those records that `sound` takes; none if that doesn't help. `names` as in [`Endpoint::LIST`].
fn without_odd(body: &[u8], names: &[&str], sound: Decode<'_>) -> Option<(Vec<u8>, Unreadable)> {
    let (begin, elements) = elements(body, names)?;
    let end = elements.last().map(|(_, end)| *end)?;
    let (head, tail) = (body.get(..begin)?, body.get(end..)?);
    let mut good = head.to_vec();
    let mut unreadable = Unreadable::default();
    let mut some = false;
    for (place, (from, to)) in elements.iter().enumerate() {
        let element = body.get(*from..*to)?;
        match sound(&[head, element, tail].concat()) {
            Ok(()) => {
                if some {
                    good.push(b',');
                }
                good.extend_from_slice(element);
                some = true;
            }
            Err(Failure::Undecodable { path, found }) => unreadable.push(element, at_place(&path, place), found),
            Err(Failure::Refused { .. }) => return None,
        }
    }
    good.extend_from_slice(tail);
    (some && unreadable.count > 0).then_some((good, unreadable))
}

/// A path into a list of one, as a path into the whole list.
fn at_place(path: &str, place: usize) -> String {
    path.replacen("[0]", &format!("[{place}]"), 1)
}

/// Where the list's first element begins, and where each begins and ends; none if there is no list, or not all of it.
fn elements(body: &[u8], names: &[&str]) -> Option<(usize, Vec<(usize, usize)>)> {
    let mut at = list(body, names)? + 1;
    let mut elements = Vec::new();
    loop {
        at = token(body, at)?;
        if body.get(at) == Some(&b']') {
            break;
        }
        let end = value(body, at)?;
        elements.push((at, end));
        at = token(body, end)?;
        match body.get(at)? {
            b',' => at += 1,
            b']' => break,
            _ => return None,
        }
    }
    Some((elements.first()?.0, elements))
}

/// Where the bracket of the list stands: the answer itself, or the first of these members that is a list.
fn list(body: &[u8], names: &[&str]) -> Option<usize> {
    let mut at = token(body, 0)?;
    if body.get(at) == Some(&b'[') {
        return Some(at);
    }
    if body.get(at) != Some(&b'{') {
        return None;
    }
    loop {
        let name = token(body, at + 1)?;
        let end = value(body, name)?;
        let colon = token(body, end)?;
        let member = token(body, colon + 1)?;
        let is_wanted = |wanted: &&str| body.get(name + 1..end - 1) == Some(wanted.as_bytes());
        if body.get(member) == Some(&b'[') && names.iter().any(is_wanted) {
            return Some(member);
        }
        at = token(body, value(body, member)?)?;
        if body.get(at) != Some(&b',') {
            return None;
        }
    }
}

/// The place of the next byte that is no white space.
fn token(body: &[u8], at: usize) -> Option<usize> {
    Some(at + body.get(at..)?.iter().position(|byte| !byte.is_ascii_whitespace())?)
}

/// The place behind the value that begins here, as far as brackets and quotes tell.
fn value(body: &[u8], at: usize) -> Option<usize> {
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

    /// How many records are read, and where the odd ones stand.
    fn told<E: Endpoint>(body: &str, count: impl Fn(&E::Response) -> usize) -> (usize, Vec<String>) {
        let (response, unreadable) = read::<E>(body.as_bytes()).unwrap();
        assert_eq!(unreadable.count, unreadable.records.len());
        (count(&response), unreadable.records.into_iter().map(|odd| odd.path).collect())
    }

    #[test]
    fn an_odd_record_hides_no_other_in_any_list() {
        let tickets = r#"[{"id": "1", "assignedTime": "1790000000"}, {"id": "2"}, null, {"id": {}}]"#;
        let odd = ["$[0].assignedTime", "$[2]", "$[3].id"].map(str::to_owned).to_vec();
        assert_eq!(told::<ListTickets>(tickets, Vec::len), (1, odd));
        let accounts = r#" [ {"id":1},{"isEnabled":"yes"} ] "#;
        assert_eq!(told::<ListChannelAccounts>(accounts, Vec::len), (1, vec!["$[1].isEnabled".to_owned()]));
        let bots = r#"{"x":"[","chatbots":[{"id":"b","name":["]"]},{"id":"c"}]}"#;
        assert_eq!(told::<ListChatbots>(bots, Vec::len), (1, vec!["$.chatbots[0].name".to_owned()]));
        let events = r#"{"count":"2","records":[{"ID":1,"Subject":7},{"ID":2}],"status":200}"#;
        let odd = vec!["$.records[0].Subject".to_owned()];
        assert_eq!(told::<ListAcdEvents>(events, |list| list.records.len()), (1, odd));
        let named = r#"{"records":[{"ID":1,"Name":{}},{"ID":2,"Name":"Sales"}]}"#;
        let odd = vec!["$.records[0].Name".to_owned()];
        assert_eq!(told::<ListAcdGroups>(named, |list| list.records.len()), (1, odd.clone()));
        assert_eq!(told::<ListUsers>(named, |list| list.records.len()), (1, odd));
        let vendor = r#"{"status":"OK","list":[{"account_id":"8"},{"account_id":"9","account_name":9}]}"#;
        let odd = vec!["$.list[1].account_name".to_owned()];
        assert_eq!(told::<ListAccounts>(vendor, |list| list.list.len()), (1, odd));
        let apis = r#"[{"id":1},{"id":"a","createdAt":1,"updatedAt":1,"name":"n","description":"","method":"GET",
            "url":"https://a","format":"json","headers":[],"request":[],"output":[]}]"#;
        assert_eq!(told::<ListExternalApis>(apis, Vec::len).0, 1);
    }

    #[test]
    fn the_odd_record_is_kept_as_it_came() {
        let body = r#"[{"id":"1"},{"id":"2","assignedTime":"soon"}]"#;
        let (tickets, unreadable) = read::<ListTickets>(body.as_bytes()).unwrap();
        assert_eq!(tickets[0].id(), "1");
        assert_eq!(unreadable.records[0].raw, r#"{"id":"2","assignedTime":"soon"}"#);
        assert!(unreadable.records[0].found.contains("invalid type"), "{unreadable:?}");
        assert_eq!(
            odd_record::<ListTickets>(7, br#"{"assignedTime":"soon"}"#).unwrap().0,
            "$[7].assignedTime".to_owned()
        );
    }

    #[test]
    fn secrets_are_not_noted() {
        let body = r#"[{"id":"1"},{"assignedTime":"x","metadata":{"agentJwt":"ey.J0","roomId":2,"roomSubscriptionToken" : "s3cret"}}]"#;
        let (_, unreadable) = read::<ListTickets>(body.as_bytes()).unwrap();
        let raw = &unreadable.records[0].raw;
        assert!(raw.contains("roomId") && !raw.contains("ey.J0") && !raw.contains("s3cret"), "{raw}");
    }

    #[test]
    fn what_is_no_list_or_has_no_sound_record_is_a_failure() {
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
            assert!(read::<ListTickets>(body.as_bytes()).is_err(), "{body}");
        }
        assert!(read::<ListAcdEvents>(br#"{"records":null}"#).is_err());
        let refused = read::<ListAccounts>(br#"{"status":"FAIL","reason":"10","list":[{"account_id":{}}]}"#);
        assert!(matches!(refused, Err(Failure::Refused { .. })), "a vendor's no stays one");
    }

    #[test]
    fn careless_text_is_mended_first() {
        let body = b"\xEF\xBB\xBF[{\"id\":\"1\",\"queue\":\"hi \\ud83d\"},{\"id\":\"2\",\"queue\":\"M\xFCller\"},{\"id\":\"3\"}]";
        let (tickets, unreadable) = read::<ListTickets>(body).unwrap();
        assert_eq!(unreadable.count, 0);
        assert_eq!((tickets[0].queue(), tickets[1].queue(), tickets.len()), ("hi \u{fffd}", "M\u{fffd}ller", 3));
    }

    #[test]
    fn of_very_many_the_first_are_noted() {
        let odd = vec![r#"{"id":[]}"#; 99].join(",");
        let (tickets, unreadable) = read::<ListTickets>(format!(r#"[{odd},{{"id":"1"}}]"#).as_bytes()).unwrap();
        assert_eq!((tickets.len(), unreadable.count, unreadable.records.len()), (1, 99, NOTED));
    }
}
