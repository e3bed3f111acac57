//! What is new in an agent's tickets: which came, escalated, changed and went since they were last compared. Nothing is
//! reported twice, over reloads, restarts and sign-outs too: what is known is kept in a compact form.
//!
//! Only hashes are kept, no vendor data. Tickets without an id can't be recognised again and are ignored.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use trunkline_api::oneview::TicketSummary;
use trunkline_api::text::is_blank;
use trunkline_scan::fingerprint;

/// Seconds for which a ticket that went is remembered. If it comes back within them (a response that was empty by
/// mistake, a ticket handed over and back), it is not new.
const RETURN_SECONDS: i64 = 1_800;
/// Most tickets that are stored: 13 bytes each.
const MAX_STORED: usize = 20_000;
/// Most tickets that went and are remembered.
const MAX_GONE: usize = 2_000;
/// Seconds without a look at the tickets after which the news is told as a summary of the time away.
pub const GAP_SECONDS: i64 = 90;
/// Most tickets that are announced one by one; more are announced as a number.
pub const MAX_SINGLE: usize = 3;

/// Begins a stored text; another format, or another hash function, is not read.
const FORMAT: &str = "1";
/// Digits of the stored numbers, 6 bits each.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const ID_DIGITS: usize = 8;
const STATE_DIGITS: usize = 4;
const TIME_DIGITS: usize = 6;
const ESCALATED: u64 = 1;
/// one-view's status of an escalated ticket.
const ESCALATED_STATUS: &str = "ESCALATED";

/// A ticket's id, hashed to 48 bits.
pub type TicketHash = u64;

/// The hash of a ticket's id.
pub fn ticket_hash(id: &str) -> TicketHash {
    fingerprint(id.as_bytes()) & bits(ID_DIGITS)
}

/// The largest number of some digits.
const fn bits(digits: usize) -> u64 {
    (1 << (6 * digits)) - 1
}

/// What is known of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
    /// A hash of the record, 24 bits.
    state: u64,
    is_escalated: bool,
    /// Epoch seconds when it was first missing; `None` while it is there.
    gone_at: Option<i64>,
    /// The comparison in which it was last found.
    round: u32,
}

/// What is new.
#[derive(Debug, Default)]
pub struct News {
    /// Tickets that came.
    pub came: Vec<Arc<TicketSummary>>,
    /// Tickets that were there and have escalated.
    pub escalated: Vec<Arc<TicketSummary>>,
    /// Number of tickets that changed otherwise.
    pub changed: usize,
    /// Number of tickets that went.
    pub gone: usize,
    /// Number of tickets that are back after a short while, which is not told.
    pub returned: usize,
}

impl News {
    /// True if nothing came or escalated.
    pub fn is_quiet(&self) -> bool {
        self.came.is_empty() && self.escalated.is_empty()
    }

    /// True if there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.is_quiet() && self.changed == 0 && self.gone == 0
    }

    /// True if what is known is the same as before.
    pub fn changes_nothing(&self) -> bool {
        self.is_empty() && self.returned == 0
    }
}

/// The tickets that are known.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    known: HashMap<TicketHash, Known, FxBuildHasher>,
    round: u32,
    /// True if there was a first response: before it everything would be new.
    has_baseline: bool,
    /// The hashes of the last response's records, in order: most are the same in the next one.
    last: Vec<(Arc<TicketSummary>, TicketHash, u64)>,
}

impl Watch {
    /// Compares a response with what is known; `now` is in epoch seconds. The first response of all is no news.
    pub fn update(&mut self, tickets: &[Arc<TicketSummary>], now: i64) -> News {
        self.round = self.round.wrapping_add(1);
        let round = self.round;
        let hashed = self.hash(tickets);
        let mut news = News::default();
        for (ticket, hash, state) in &hashed {
            let is_escalated = ticket.status() == ESCALATED_STATUS;
            let current = Known { state: *state, is_escalated, gone_at: None, round };
            let Some(before) = self.known.insert(*hash, current) else {
                if self.has_baseline {
                    news.came.push(Arc::clone(ticket));
                }
                continue;
            };
            let is_back = before.gone_at.is_some_and(|at| now.saturating_sub(at) <= RETURN_SECONDS);
            news.returned += usize::from(is_back);
            if before.round == round && before.gone_at.is_none() {
                // Two tickets with one id: the first counts.
                self.known.insert(*hash, before);
            } else if before.gone_at.is_some() && !is_back {
                news.came.push(Arc::clone(ticket));
            } else if is_escalated && !before.is_escalated {
                news.escalated.push(Arc::clone(ticket));
            } else if before.state != *state {
                news.changed += 1;
            }
        }
        for known in self.known.values_mut().filter(|known| known.round != round && known.gone_at.is_none()) {
            known.gone_at = Some(now);
            news.gone += 1;
        }
        self.forget_gone(now);
        self.has_baseline = true;
        self.last = hashed;
        news
    }

    /// True if a ticket was in the last response.
    pub fn contains(&self, hash: TicketHash) -> bool {
        self.known.get(&hash).is_some_and(|known| known.gone_at.is_none())
    }

    /// The tickets with an id, and the hashes of id and record.
    fn hash(&self, tickets: &[Arc<TicketSummary>]) -> Vec<(Arc<TicketSummary>, TicketHash, u64)> {
        let mut at = 0;
        let with_id = tickets.iter().filter(|ticket| !is_blank(ticket.id()));
        let hashed = with_id.map(|ticket| {
            // Most tickets are the same records as before, in the same order but for some that came or went.
            let known = (at..at + 3).find_map(|at| {
                self.last.get(at).filter(|(last, ..)| Arc::ptr_eq(last, ticket)).map(|known| (at, known))
            });
            match known {
                Some((place, known)) => {
                    at = place + 1;
                    known.clone()
                }
                None => (Arc::clone(ticket), ticket_hash(ticket.id()), ticket.fingerprint() & bits(STATE_DIGITS)),
            }
        });
        hashed.collect()
    }

    /// Forgets tickets that went long ago, and the oldest beyond [`MAX_GONE`].
    fn forget_gone(&mut self, now: i64) {
        let is_recent = |at: i64| now.saturating_sub(at) <= RETURN_SECONDS;
        self.known.retain(|_, known| known.gone_at.is_none_or(is_recent));
        let mut times: Vec<i64> = self.known.values().filter_map(|known| known.gone_at).collect();
        if let Some(excess) = times.len().checked_sub(MAX_GONE + 1) {
            let (_, limit, _) = times.select_nth_unstable(excess);
            let limit = *limit;
            self.known.retain(|_, known| known.gone_at.is_none_or(|at| at > limit));
        }
    }

    /// A compact text of what is known, at most some 300 KB; [`Watch::load`] reads it.
    pub fn store(&self) -> String {
        let mut known: Vec<_> = self.known.iter().collect();
        // Tickets that are there come first, should there be more than can be stored.
        known.sort_unstable_by_key(|(hash, known)| (known.gone_at.is_some(), **hash));
        let mut text = header();
        for (hash, known) in known.into_iter().take(MAX_STORED) {
            push_number(&mut text, *hash, ID_DIGITS);
            push_number(&mut text, known.state, STATE_DIGITS);
            push_number(&mut text, if known.is_escalated { ESCALATED } else { 0 }, 1);
            if let Some(at) = known.gone_at {
                text.push('.');
                push_number(&mut text, u64::try_from(at).unwrap_or_default() & bits(TIME_DIGITS), TIME_DIGITS);
            }
        }
        text
    }

    /// What was stored; `None` if that is damaged or of another version, so that the next response is the first.
    pub fn load(stored: &str) -> Option<Self> {
        let mut rest = stored.strip_prefix(header().as_str())?;
        let mut known = HashMap::default();
        while !rest.is_empty() {
            let hash = take_number(&mut rest, ID_DIGITS)?;
            let state = take_number(&mut rest, STATE_DIGITS)?;
            let is_escalated = take_number(&mut rest, 1)? == ESCALATED;
            let gone_at = match rest.strip_prefix('.') {
                Some(time) => {
                    rest = time;
                    Some(i64::try_from(take_number(&mut rest, TIME_DIGITS)?).ok()?)
                }
                None => None,
            };
            known.insert(hash, Known { state, is_escalated, gone_at, round: 0 });
        }
        Some(Self { known, round: 0, has_baseline: true, last: Vec::new() })
    }
}

/// The format's version, and a hash that differs if the hash function does.
fn header() -> String {
    let mut text = FORMAT.to_owned();
    push_number(&mut text, ticket_hash("trunkline"), ID_DIGITS);
    text
}

fn push_number(text: &mut String, number: u64, digits: usize) {
    for place in (0..digits).rev() {
        let digit = usize::try_from((number >> (6 * place)) & 63).ok().and_then(|digit| DIGITS.get(digit));
        text.push(digit.copied().map_or('A', char::from));
    }
}

fn take_number(rest: &mut &str, digits: usize) -> Option<u64> {
    let (number, after) = rest.split_at_checked(digits)?;
    *rest = after;
    number.bytes().try_fold(0, |number, byte| {
        let digit = DIGITS.iter().position(|digit| *digit == byte)?;
        Some(number << 6 | u64::try_from(digit).ok()?)
    })
}

/// The tickets that came or escalated and were not seen yet. Every tab may change it, so it is kept apart from the
/// [`Watch`], which only one tab writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unseen(Vec<TicketHash>);

impl Unseen {
    /// The stored hashes; what is damaged is ignored.
    pub fn load(stored: &str) -> Self {
        let mut rest = stored;
        let mut hashes = Vec::new();
        while let Some(hash) = take_number(&mut rest, ID_DIGITS) {
            hashes.push(hash);
        }
        Self(hashes)
    }

    /// As [`Unseen::load`] reads it.
    pub fn store(&self) -> String {
        let mut text = String::new();
        self.0.iter().for_each(|hash| push_number(&mut text, *hash, ID_DIGITS));
        text
    }

    /// Adds the tickets of the news, and removes those that went.
    pub fn apply(&mut self, news: &News, watch: &Watch) {
        for ticket in news.came.iter().chain(&news.escalated) {
            let hash = ticket_hash(ticket.id());
            if !self.0.contains(&hash) {
                self.0.push(hash);
            }
        }
        self.0.retain(|hash| watch.contains(*hash));
        // As many as are stored of the watch; older ones go.
        let excess = self.0.len().saturating_sub(MAX_GONE);
        self.0.drain(..excess);
    }

    /// Removes a ticket that was opened.
    pub fn remove(&mut self, id: &str) {
        let hash = ticket_hash(id);
        self.0.retain(|unseen| *unseen != hash);
    }

    /// Number of tickets.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// What is told.
#[derive(Clone, Debug)]
pub enum Notice {
    /// A ticket came.
    Came(Arc<TicketSummary>),
    /// A ticket has escalated.
    Escalated(Arc<TicketSummary>),
    /// Too many to tell one by one.
    Many {
        /// Number of tickets that came.
        came: usize,
        /// Number of tickets that have escalated.
        escalated: usize,
    },
    /// What happened during a gap.
    Away {
        /// Number of tickets that came.
        came: usize,
        /// Number of tickets that have escalated.
        escalated: usize,
        /// Number of tickets that changed otherwise.
        changed: usize,
        /// Number of tickets that went.
        gone: usize,
    },
}

impl Notice {
    /// The notices of some news: each ticket, a number if there are many, and one summary after a gap.
    pub fn of(news: &News, after_gap: bool) -> Vec<Self> {
        let News { came, escalated, changed, gone, .. } = news;
        if after_gap {
            let away = Self::Away { came: came.len(), escalated: escalated.len(), changed: *changed, gone: *gone };
            return if news.is_empty() { Vec::new() } else { vec![away] };
        }
        if came.len() + escalated.len() > MAX_SINGLE {
            return vec![Self::Many { came: came.len(), escalated: escalated.len() }];
        }
        // The escalated ones last: what is announced last is read last, and stays longest.
        came.iter().cloned().map(Self::Came).chain(escalated.iter().cloned().map(Self::Escalated)).collect()
    }

    /// True if a ticket escalated, or one that came is escalated.
    pub fn is_escalation(&self) -> bool {
        match self {
            Self::Came(ticket) => ticket.status() == ESCALATED_STATUS,
            Self::Escalated(_) => true,
            Self::Many { escalated, .. } | Self::Away { escalated, .. } => *escalated > 0,
        }
    }

    /// True if a ticket came or escalated: what calls for a sound and a desktop notification.
    pub fn is_call(&self) -> bool {
        match self {
            Self::Came(_) | Self::Escalated(_) | Self::Many { .. } => true,
            Self::Away { came, escalated, .. } => came + escalated > 0,
        }
    }
}

/// The key of an agent in storage, which must not name the agent.
pub fn agent_key(agent_id: &str) -> String {
    let mut key = String::new();
    push_number(&mut key, ticket_hash(agent_id), ID_DIGITS);
    key
}

/// The beginning of a text, at most `max` characters, with "…" if it was cut: between words if possible, and never
/// inside a character that consists of several (a letter with marks, an emoji).
pub fn shorten(text: &str, max: usize) -> String {
    let Some((limit, _)) = text.char_indices().nth(max) else { return text.to_owned() };
    let (kept, _) = text.split_at(limit);
    let words = kept.char_indices().rev().find(|(_, character)| character.is_whitespace()).map(|(at, _)| at);
    // A text without spaces, as in Chinese, or with one very long word.
    let at = words.filter(|at| *at > limit / 2).unwrap_or_else(|| {
        let is_boundary = |at: usize| {
            let (before, after) = text.split_at(at);
            !after.chars().next().is_some_and(joins_previous) && !before.ends_with(joins_next)
        };
        let places = std::iter::once(limit).chain(kept.char_indices().rev().map(|(at, _)| at));
        places.into_iter().find(|at| is_boundary(*at)).unwrap_or_default()
    });
    format!("{}…", text.split_at(at).0.trim_end())
}

/// True if the next character belongs to this one: a joiner, and the signs that join consonants of Indian scripts.
fn joins_next(character: char) -> bool {
    matches!(character, '\u{200d}' | '\u{94d}' | '\u{9cd}' | '\u{acd}' | '\u{b4d}' | '\u{c4d}' | '\u{d4d}')
}

/// True if a character belongs to the one before it: marks, vowel signs, joiners, variation selectors, skin tones, the
/// letters that make flags, and the later parts of a Korean syllable.
fn joins_previous(character: char) -> bool {
    trunkline_scan::is_invisible_mark(character)
        || matches!(character, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{93c}'
            | '\u{93e}'..='\u{94f}' | '\u{981}'..='\u{983}' | '\u{9bc}' | '\u{9be}'..='\u{9cd}' | '\u{a01}'..='\u{a03}'
            | '\u{a3c}'..='\u{a51}' | '\u{a81}'..='\u{a83}' | '\u{abc}' | '\u{abe}'..='\u{acd}' | '\u{b3c}' | '\u{b3e}'..='\u{b57}'
            | '\u{b82}' | '\u{bbe}'..='\u{bcd}' | '\u{c00}'..='\u{c04}' | '\u{c3c}' | '\u{c3e}'..='\u{c56}' | '\u{cbc}'
            | '\u{cbe}'..='\u{cd6}' | '\u{d3b}'..='\u{d4d}' | '\u{dca}'..='\u{ddf}' | '\u{e31}' | '\u{e33}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}' | '\u{eb1}' | '\u{eb3}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' | '\u{f71}'..='\u{f84}'
            | '\u{102b}'..='\u{103e}' | '\u{1160}'..='\u{11ff}' | '\u{17b4}'..='\u{17d3}' | '\u{1ab0}'..='\u{1aff}'
            | '\u{200c}'..='\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}'..='\u{309a}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{ff9e}'..='\u{ff9f}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// True if the time since the tickets were last known to be current is a gap; both in epoch seconds. A clock that was
/// set back is none.
pub const fn is_gap(current_at: i64, now: i64) -> bool {
    now.saturating_sub(current_at) > GAP_SECONDS
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    /// A list of tickets: `a` is assigned, `a!` escalated, `a*` has changed; an empty name has no id.
    fn tickets(names: &str) -> Vec<Arc<TicketSummary>> {
        let ticket = |name: &str| {
            let id = name.trim_end_matches(['!', '*']);
            let status = if name.contains('!') { "ESCALATED" } else { "ASSIGNED" };
            let text = if name.contains('*') { "second message" } else { "first message" };
            format!(r#"{{"id": "{id}", "ticketStatus": "{status}", "content": "{text}"}}"#)
        };
        let list: Vec<String> = names.split(',').map(ticket).collect();
        list.iter().map(|json| Arc::new(TicketSummary::parse(json.as_bytes()).unwrap().0)).collect()
    }

    fn ids(tickets: &[Arc<TicketSummary>]) -> Vec<&str> {
        tickets.iter().map(|ticket| ticket.id()).collect()
    }

    /// The news of a response as one text: `+came !escalated ~changed -gone`.
    fn news(watch: &mut Watch, list: &[Arc<TicketSummary>], now: i64) -> String {
        let News { came, escalated, changed, gone, .. } = watch.update(list, now);
        let mut parts: Vec<String> = ids(&came).iter().map(|id| format!("+{id}")).collect();
        parts.extend(ids(&escalated).iter().map(|id| format!("!{id}")));
        parts.extend((changed > 0).then(|| format!("~{changed}")));
        parts.extend((gone > 0).then(|| format!("-{gone}")));
        parts.join(" ")
    }

    fn watching(names: &str) -> Watch {
        let mut watch = Watch::default();
        assert_eq!(news(&mut watch, &tickets(names), 1_000), "", "the first response is no news");
        watch
    }

    fn next(watch: &mut Watch, names: &str) -> String {
        news(watch, &tickets(names), 1_010)
    }

    #[test]
    fn came_escalated_changed_and_gone_are_told_apart() {
        let mut watch = watching("a,b,c,d!");
        assert_eq!(next(&mut watch, "e,a,b!,c*,f!"), "+e +f !b ~1 -1");
        assert_eq!(next(&mut watch, "e,a,b!,c*,f!"), "");
        assert_eq!(next(&mut watch, "e,a,b,c*,f!"), "~1");
        assert_eq!(next(&mut watch, "e,a,b!,c*,f!"), "!b");
    }

    #[test]
    fn order_and_duplicates_are_no_news() {
        let mut watch = watching("a,b,c");
        assert_eq!(next(&mut watch, "c,a,b"), "");
        assert_eq!(next(&mut watch, "c,a,b,b,a*,b!"), "");
        assert_eq!(next(&mut watch, "d,d,a,b,c"), "+d");
    }

    #[test]
    fn tickets_without_id_are_ignored() {
        let mut watch = watching("a,, ");
        assert_eq!(next(&mut watch, ",a,,,"), "");
        assert_eq!(next(&mut watch, ""), "-1");
    }

    #[test]
    fn empty_response_in_between_announces_nothing_again() {
        let mut watch = watching("a,b!");
        assert_eq!(news(&mut watch, &[], 2_000), "-2");
        assert_eq!(news(&mut watch, &[], 2_001), "");
        assert_eq!(news(&mut watch, &tickets("a,b!,c"), 2_005), "+c");
        // Escalated while it was missing.
        assert_eq!(news(&mut watch, &tickets("b!,c"), 2_010), "-1");
        assert_eq!(news(&mut watch, &tickets("a!,b!,c"), 2_020), "!a");
    }

    #[test]
    fn silent_return_changes_what_is_stored() {
        let mut watch = watching("a,b");
        let stored = watch.store();
        assert!(watch.update(&tickets("a,b"), 1_010).changes_nothing());
        assert_eq!(news(&mut watch, &[], 2_000), "-2");
        let back = watch.update(&tickets("a,b"), 2_005);
        assert!(back.is_empty() && !back.changes_nothing());
        assert_eq!(watch.store(), stored);
    }

    #[test]
    fn ticket_that_returns_after_half_an_hour_is_new() {
        let mut watch = watching("a,b");
        assert_eq!(news(&mut watch, &tickets("a"), 2_000), "-1");
        assert_eq!(news(&mut watch, &tickets("a,b"), 2_000 + RETURN_SECONDS), "");
        assert_eq!(news(&mut watch, &tickets("a"), 5_000), "-1");
        assert_eq!(news(&mut watch, &tickets("a,b"), 5_001 + RETURN_SECONDS), "+b");
    }

    #[test]
    fn clock_that_jumps_repeats_nothing() {
        let mut watch = watching("a,b");
        for now in [i64::MAX, 0, -5, i64::MIN, 4_000_000_000, 1_000] {
            assert_eq!(news(&mut watch, &tickets("b,a"), now), "", "{now}");
        }
        assert_eq!(news(&mut watch, &tickets("a"), 9_000), "-1");
        assert_eq!(news(&mut watch, &tickets("a,b"), 10), "");
    }

    #[test]
    fn snapshot_survives_a_reload_and_a_sign_out() {
        let mut watch = watching("a,b!,c");
        assert_eq!(next(&mut watch, "a,b!"), "-1");
        let mut restored = Watch::load(&watch.store()).unwrap();
        assert_eq!(restored.store(), watch.store());
        assert_eq!(next(&mut restored, "a,b!"), "");
        assert_eq!(next(&mut restored, "a*,b!,c,d"), "+d ~1");
    }

    #[test]
    fn snapshot_of_nothing_is_a_baseline() {
        let mut watch = Watch::default();
        assert_eq!(news(&mut watch, &[], 1_000), "");
        let mut restored = Watch::load(&watch.store()).unwrap();
        assert_eq!(next(&mut restored, "a"), "+a");
    }

    #[test]
    fn damaged_snapshot_is_not_read() {
        let stored = watching("a,b").store();
        let cut = stored.get(..stored.len() - 1).unwrap();
        for text in [
            "",
            "1",
            "2AAAAAAAA",
            cut,
            "null",
            &stored.replace(&header(), "1AAAAAAAA"),
            &format!("{stored}é"),
            &format!("{stored}."),
        ] {
            assert!(Watch::load(text).is_none(), "{text}");
        }
    }

    #[test]
    fn snapshot_and_memory_are_bounded() {
        let list = |from: usize, count: usize| -> Vec<Arc<TicketSummary>> {
            let json = |id| format!(r#"{{"id": {id}}}"#);
            (from..from + count).map(|id| Arc::new(TicketSummary::parse(json(id).as_bytes()).unwrap().0)).collect()
        };
        let mut watch = Watch::default();
        watch.update(&list(0, 30_000), 0);
        assert!(watch.store().len() <= 13 * MAX_STORED + 9);
        for round in 1..10 {
            watch.update(&list(round * 30_000, 3_000), 60 * i64::try_from(round).unwrap());
        }
        assert!(watch.known.len() <= 3_000 + MAX_GONE, "{}", watch.known.len());
    }

    #[test]
    fn ten_thousand_ids_have_no_common_hash() {
        let hashes: std::collections::HashSet<u64> = (0..10_000).map(|id| ticket_hash(&format!("TCK-{id}"))).collect();
        assert_eq!(hashes.len(), 10_000);
    }

    #[test]
    fn unseen_are_counted_until_opened_or_gone() {
        let mut watch = watching("a,b,c");
        let mut unseen = Unseen::default();
        let first = watch.update(&tickets("a,b!,c,d,e"), 1_100);
        unseen.apply(&first, &watch);
        unseen.apply(&first, &watch);
        assert_eq!(unseen.count(), 3);
        unseen.remove("d");
        unseen.remove("nobody");
        assert_eq!(unseen.count(), 2);
        assert_eq!(Unseen::load(&unseen.store()), unseen);
        let second = watch.update(&tickets("a,c,d,e"), 1_200);
        unseen.apply(&second, &watch);
        assert_eq!(unseen.count(), 1);
        for damaged in ["", "é", "AAA", "!!!!!!!!"] {
            assert_eq!(Unseen::load(damaged).count(), 0, "{damaged}");
        }
    }

    #[test]
    fn few_are_told_one_by_one_many_and_gaps_as_numbers() {
        let news = |came: &str, escalated: &str| News {
            came: if came.is_empty() { Vec::new() } else { tickets(came) },
            escalated: if escalated.is_empty() { Vec::new() } else { tickets(escalated) },
            changed: 2,
            gone: 1,
            returned: 0,
        };
        let told = |news: &News, gap| format!("{:?}", Notice::of(news, gap));
        assert_eq!(Notice::of(&news("a,b", "c!"), false).len(), 3);
        assert_eq!(told(&news("a,b,c", "d!"), false), "[Many { came: 3, escalated: 1 }]");
        assert_eq!(told(&news("", ""), false), "[]");
        assert_eq!(told(&news("", ""), true), "[Away { came: 0, escalated: 0, changed: 2, gone: 1 }]");
        assert_eq!(told(&news("a", ""), true), "[Away { came: 1, escalated: 0, changed: 2, gone: 1 }]");
        assert_eq!(told(&News::default(), true), "[]");
        let [came, escalated] = Notice::of(&news("a", "b!"), false).try_into().unwrap();
        assert!(!came.is_escalation() && escalated.is_escalation() && came.is_call());
        assert!(!Notice::of(&news("", ""), true)[0].is_call());
        assert!(Notice::of(&news("a!", ""), false)[0].is_escalation());
    }

    #[test]
    fn texts_are_cut_between_words_or_whole_characters() {
        for (text, max, cut) in [
            ("Alma Öberg", 10, "Alma Öberg"),
            ("Alma Öberg Lindqvist", 13, "Alma Öberg…"),
            ("Donaudampfschifffahrt", 5, "Donau…"),
            // A letter with an accent of its own, an emoji of several, a flag.
            ("abcde\u{301}f", 5, "abcd…"),
            ("abc👩‍👩‍👧", 5, "abc…"),
            ("abc👍🏽d", 4, "abc…"),
            ("客户要求退款并且很生气", 4, "客户要求…"),
            ("", 3, ""),
        ] {
            assert_eq!(shorten(text, max), cut, "{text}");
        }
    }

    /// Words in 20 languages, each with what people and attackers add to them, cut at every length.
    #[test]
    fn no_text_is_cut_within_a_character() {
        const WORDS: [&str; 20] = [
            "It went to my old flat.",
            "Bitte an die Weißenburger Straße 3a liefern.",
            "Le remboursement n’est « toujours » pas arrivé…",
            "¡No funciona! ¿Pueden llamarme mañana?",
            "Não recebi a devolução até agora.",
            "Zażółć gęślą jaźń",
            "Příliš žluťoučký kůň úpěl ďábelské ódy.",
            "Ürün kırık geldi, lütfen arayın.",
            "Tôi muốn đổi địa chỉ giao hàng.",
            "Θέλω τα χρήματά μου πίσω.",
            "Посылка не пришла, перезвоните, пожалуйста.",
            "Прошу зателефонувати щодо повернення, ґанок і їжак.",
            "אֲנִי רוֹצֶה הֶחְזֵר: 12.50 ₪",
            "لم تصل الشحنة رقم 42 بعد، يُرجى الاتصالُ",
            "لطفاً با من تماس بگیرید؛ بسته نرسیده‌است.",
            "कृपया मुझे वापस कॉल करें, क्षतिग्रस्त सामान मिला।",
            "สินค้าเสียหายกรุณาโทรกลับด้วยครับ ทำน้ำ",
            "包裹还没有到,请给我回电话。",
            "荷物がまだ届いていません。折り返しお電話ください。が",
            "택배가 아직 도착하지 않았습니다. 전화 부탁드립니다.",
        ];
        let with_more: [fn(&str) -> String; 5] = [
            str::to_owned,
            |words| format!("👩🏽‍🔧👨‍👩‍👧‍👦🏳️‍🌈{words}🇩🇪🇫🇷1️⃣"),
            |words| words.replace(' ', ""),
            |words| format!("\u{202e}{words}\u{202c} e\u{301}\u{323}"),
            |words| unicode_normalization::UnicodeNormalization::nfd(words).collect(),
        ];
        for words in WORDS {
            for more in with_more {
                let text = more(words);
                let whole: Vec<&str> = text.graphemes(true).collect();
                for max in 0..=text.chars().count() {
                    let cut = shorten(&text, max);
                    let kept = cut.strip_suffix('…').unwrap_or(&cut);
                    let count = kept.graphemes(true).count();
                    let prefix: String = whole.iter().copied().take(count).collect();
                    assert_eq!(prefix, kept, "{text:?} cut at {max}");
                }
            }
        }
    }

    #[test]
    fn gap_is_a_time_without_a_look() {
        assert!(!is_gap(1_000, 1_000 + GAP_SECONDS));
        assert!(is_gap(1_000, 1_001 + GAP_SECONDS));
        assert!(!is_gap(5_000, 1_000));
        assert!(!is_gap(i64::MAX, i64::MIN));
    }
}
