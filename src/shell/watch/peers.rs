//! Toasts of a leading tab that nobody looks at. Another tab of the agent that is on the screen shows them in its place:
//! one tab, the one with the focus before others. Without such a tab the leading one keeps them.

use std::collections::HashMap;

use js_sys::{Array, Math};
use leptos::prelude::*;
use trunkline_api::decode::{parse_object, to_json};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::news_toast::Toast;
use crate::browser::timers;
use crate::fetch::{network, session};

/// The channel's name.
const NAME: &str = "trunkline-watch";
/// Milliseconds that a tab without the focus leaves to others.
const HEAD_START_MS: u32 = 200;
/// Milliseconds in which tabs that claim the same toasts hear of each other: the lowest claim counts.
const CONTEST_MS: u32 = 100;
/// Milliseconds until the leading tab takes it that no other one is on the screen.
const CLAIM_MS: u32 = 600;

/// The channel to the other tabs of an agent. Copies share their state.
#[derive(Clone, Copy)]
pub struct Peers {
    /// Tabs of other agents ignore the messages.
    key: StoredValue<String>,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    /// The claims to toasts, by the numbers of their messages.
    claims: StoredValue<HashMap<String, Claim>>,
}

/// Who may show the toasts of a message.
#[derive(Clone, Copy, Default)]
struct Claim {
    /// This tab's claim, if it has made one: a random number.
    own: Option<f64>,
    /// Another tab's claim counts.
    is_lost: bool,
}

impl Claim {
    /// Takes account of another tab's claim.
    fn contest(&mut self, other: f64) {
        self.is_lost |= self.own.is_none_or(|own| other < own);
    }
}

impl Peers {
    /// Joins the channel until the owner is disposed. `show` shows the toasts of a hidden tab.
    pub fn new(key: &str, show: impl Fn(Vec<Toast>) + Copy + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        let this = Self {
            key: StoredValue::new(key.to_owned()),
            channel: StoredValue::new_local(channel),
            claims: StoredValue::new(HashMap::new()),
        };
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let message = Array::from(&event.data());
            let text = |at| message.get(at).as_string().unwrap_or_default();
            if this.key.try_with_value(|key| *key == text(0)) != Some(true) {
                return;
            }
            match message.get(2).as_f64() {
                Some(claim) => {
                    this.claims.update_value(|claims| _ = claims.entry(text(1)).and_modify(|own| own.contest(claim)))
                }
                None => this.receive(text(1), &text(2), show),
            }
        });
        this.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
            }
        });
        let listener = StoredValue::new_local(Some(listener));
        on_cleanup(move || {
            this.channel.try_with_value(|channel| channel.as_ref().map(BroadcastChannel::close));
            listener.try_update_value(Option::take);
        });
        this
    }

    /// Leaves toasts to another tab; `keep` gets them back if there is none on the screen.
    pub fn leave_to_others(self, toasts: Vec<Toast>, keep: impl Fn(Vec<Toast>) + 'static) {
        let number = Math::random().to_string();
        self.claims.update_value(|claims| _ = claims.insert(number.clone(), Claim::default()));
        self.post(&number, &to_json(&toasts.iter().map(Toast::to_json).collect::<Vec<_>>()).into());
        timers::after(CLAIM_MS, move || {
            if self.settle(&number) {
                keep(toasts);
            }
        })
        .detach();
    }

    /// Claims the toasts of another tab if this one is on the screen, and shows them if the claim counts.
    fn receive(self, number: String, toasts: &str, show: impl Fn(Vec<Toast>) + Copy + 'static) {
        let body = format!("{{\"toasts\":{toasts}}}");
        let toasts = parse_object(body.as_bytes()).and_then(|body| body.get("toasts")?.as_array().cloned());
        let toasts: Vec<Toast> = toasts.unwrap_or_default().iter().filter_map(Toast::from_json).collect();
        if !network::is_visible() || untrack(session::is_locked) || toasts.is_empty() {
            return;
        }
        self.claims.update_value(|claims| _ = claims.insert(number.clone(), Claim::default()));
        let wait = if document().has_focus() == Ok(true) { 0 } else { HEAD_START_MS };
        timers::after(wait, move || {
            let own = Math::random();
            let claim = |claims: &mut HashMap<String, Claim>| {
                let claim = claims.get_mut(&number).filter(|claim| !claim.is_lost)?;
                claim.own = Some(own);
                Some(())
            };
            if self.claims.try_update_value(claim).flatten().is_none() {
                self.settle(&number);
                return;
            }
            self.post(&number, &own.into());
            timers::after(CONTEST_MS, move || {
                if self.settle(&number) {
                    show(toasts);
                }
            })
            .detach();
        })
        .detach();
    }

    /// Ends the contest for a message's toasts. Returns `true` if no other tab shows them.
    fn settle(self, number: &str) -> bool {
        let claim = self.claims.try_update_value(|claims| claims.remove(number)).flatten();
        claim.is_some_and(|claim| !claim.is_lost)
    }

    /// Posts the toasts of a message as JSON, or this tab's claim to them as a number.
    fn post(self, number: &str, content: &JsValue) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                let key = self.key.get_value();
                let message = Array::of3(&key.into(), &number.into(), content);
                // If posting fails, nobody claims the toasts, and this tab keeps them.
                let _ = channel.post_message(&message);
            }
        });
    }
}
