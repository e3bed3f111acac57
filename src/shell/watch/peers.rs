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
/// Milliseconds until the leading tab takes it that no other one is on the screen.
const CLAIM_MS: u32 = 600;

/// The channel to the other tabs of an agent. Copies share their state.
#[derive(Clone, Copy)]
pub struct Peers {
    /// Tabs of other agents ignore the messages.
    key: StoredValue<String>,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    /// The numbers of messages, and whether a tab has taken the toasts.
    is_claimed: StoredValue<HashMap<String, bool>>,
}

impl Peers {
    /// Joins the channel until the owner is disposed. `show` shows the toasts of a hidden tab.
    pub fn new(key: &str, show: impl Fn(Vec<Toast>) + Copy + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        let this = Self {
            key: StoredValue::new(key.to_owned()),
            channel: StoredValue::new_local(channel),
            is_claimed: StoredValue::new(HashMap::new()),
        };
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = |at| Array::from(&event.data()).get(at).as_string().unwrap_or_default();
            if this.key.try_with_value(|key| *key == text(0)) == Some(true) {
                this.receive(text(1), &text(2), show);
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
        self.is_claimed.update_value(|claims| _ = claims.insert(number.clone(), false));
        self.post(&number, &to_json(&toasts.iter().map(Toast::to_json).collect::<Vec<_>>()));
        timers::after(CLAIM_MS, move || {
            if self.is_claimed.try_update_value(|claims| claims.remove(&number)) == Some(Some(false)) {
                keep(toasts);
            }
        })
        .detach();
    }

    /// A message without toasts claims them.
    fn receive(self, number: String, toasts: &str, show: impl Fn(Vec<Toast>) + Copy + 'static) {
        if toasts.is_empty() {
            self.is_claimed.update_value(|claims| _ = claims.entry(number).and_modify(|claimed| *claimed = true));
            return;
        }
        let body = format!("{{\"toasts\":{toasts}}}");
        let toasts = parse_object(body.as_bytes()).and_then(|body| body.get("toasts")?.as_array().cloned());
        let toasts: Vec<Toast> = toasts.unwrap_or_default().iter().filter_map(Toast::from_json).collect();
        if !network::is_visible() || untrack(session::is_locked) || toasts.is_empty() {
            return;
        }
        self.is_claimed.update_value(|claims| _ = claims.insert(number.clone(), false));
        let wait = if document().has_focus() == Ok(true) { 0 } else { HEAD_START_MS };
        timers::after(wait, move || {
            if self.is_claimed.try_update_value(|claims| claims.remove(&number)) == Some(Some(false)) {
                self.post(&number, "");
                show(toasts);
            }
        })
        .detach();
    }

    fn post(self, number: &str, toasts: &str) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                let key = self.key.get_value();
                let message: Array = [key.as_str(), number, toasts].map(JsValue::from_str).iter().collect();
                // If posting fails, nobody claims the toasts, and this tab keeps them.
                let _ = channel.post_message(&message);
            }
        });
    }
}
