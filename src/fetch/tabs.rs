//! Messages between the console's tabs in this browser.
//!
//! A message is `[user, kind, text, fingerprint, bytes, change]` over one `BroadcastChannel`. Tabs with another
//! signed-in user ignore it. Nothing leaves the browser, and nothing is stored.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// Name of the channel.
const NAME: &str = "trunkline";

/// Head start in milliseconds of the tab that received a change first, so that its request serves all tabs.
pub const HEAD_START_MS: u32 = 150;

/// Kinds of messages. Tabs may run different versions of the console, so a number never changes its meaning, and an
/// unknown one is ignored.
pub mod kind {
    /// Data whose keys begin with the text has changed; carries the change's id. 2 was used by earlier versions.
    pub const CHANGED: u8 = 1;
    /// The leader's stream is open.
    pub const STREAM_UP: u8 = 3;
    /// The leader's stream is lost.
    pub const STREAM_DOWN: u8 = 4;
    /// A new tab requests the stream's state and all changes.
    pub const STATE_REQUEST: u8 = 5;
    /// The connection is back: the leader reopens its stream.
    pub const STREAM_RETRY: u8 = 6;
    /// The session has ended.
    pub const SIGNED_OUT: u8 = 7;
    /// Somebody has signed in.
    pub const SIGNED_IN: u8 = 8;
    /// A tab has sent the request for the key in the text.
    pub const REQUESTED: u8 = 9;
    /// The response for the key in the text.
    pub const RESPONSE: u8 = 10;
    /// The user has extended the session.
    pub const SESSION_EXTENDED: u8 = 11;
    /// The agent's status as one-view has just confirmed it, as JSON.
    pub const STATUS: u8 = 12;
}

/// A message of another tab.
pub struct Message {
    /// One of [`kind`].
    pub kind: u8,
    /// Key or key prefix; empty for other kinds.
    pub text: String,
    /// Fingerprint of a response.
    pub fingerprint: f64,
    /// Body of a response; `None` if it was too large to share.
    pub body: Option<Vec<u8>>,
    /// Id of a change, or of the last change before a response was requested.
    pub change: String,
}

/// The channel, and the name of the signed-in user.
struct Channel {
    channel: BroadcastChannel,
    user: fn() -> String,
}

thread_local! {
    static CHANNEL: RefCell<Option<Channel>> = const { RefCell::new(None) };
}

/// Joins the channel for as long as the app runs; `on_message` gets the messages for `user`, and every sign-in. Without
/// `BroadcastChannel` each tab works alone.
pub fn start(user: fn() -> String, on_message: fn(Message)) {
    let Ok(channel) = BroadcastChannel::new(NAME) else { return };
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let (sender, message) = parse(&Array::from(&event.data()));
        if message.kind == kind::SIGNED_IN || sender == user() {
            on_message(message);
        }
    });
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    CHANNEL.set(Some(Channel { channel, user }));
}

/// The sender's user, and the message.
fn parse(message: &Array) -> (String, Message) {
    let text = |at| message.get(at).as_string().unwrap_or_default();
    let number = |at| message.get(at).as_f64().unwrap_or_default();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers; others mean nothing")]
    let kind = number(1) as u8;
    let body = message.get(4).dyn_into::<Uint8Array>().ok().map(|body| body.to_vec());
    (text(0), Message { kind, text: text(2), fingerprint: number(3), body, change: text(5) })
}

/// Sends a message to the other tabs.
pub fn broadcast(kind: u8, text: &str) {
    post(kind, text, 0.0, JsValue::NULL, "");
}

/// Reports to the other tabs that data whose keys begin with `prefix` has changed.
pub fn broadcast_change(prefix: &str, id: &str) {
    post(kind::CHANGED, prefix, 0.0, JsValue::NULL, id);
}

/// Shares a response with the other tabs, so that they need not request it; `body` is `None` if it is too large.
pub fn share_response(key: &str, fingerprint: f64, body: Option<&[u8]>, as_of: &str) {
    let body = body.map_or(JsValue::NULL, |body| Uint8Array::from(body).into());
    post(kind::RESPONSE, key, fingerprint, body, as_of);
}

fn post(kind: u8, text: &str, fingerprint: f64, body: JsValue, change: &str) {
    CHANNEL.with_borrow(|channel| {
        if let Some(Channel { channel, user }) = channel {
            let user = user().into();
            let message: Array =
                [user, kind.into(), text.into(), fingerprint.into(), body, change.into()].iter().collect();
            // If posting fails, the other tabs send their own requests.
            let _ = channel.post_message(&message);
        }
    });
}
