//! The console's tabs in this browser, and what they tell one another.
//!
//! A message is `[user, kind, text, mark, bytes, change]` over one `BroadcastChannel`; whoever is signed in as somebody else
//! does not hear it. Nothing here leaves the browser, and nothing is kept.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{cache, live, network, session};

/// Name of the channel.
const NAME: &str = "trunkline";
/// Bytes up to which an answer is handed to the other tabs; of a larger one they only learn that it is another.
pub const SHARED: usize = 256 * 1024;

/// Milliseconds that a tab gives the one that heard of a change before it, to ask for all of them.
pub const PAUSE_MS: u32 = 150;

/// What a message is about. Tabs may be of two versions of the console: a number keeps its meaning, and an unknown one is
/// passed over.
pub mod kind {
    /// Data whose keys begin with the text has changed, with this change's id. 2 was used by earlier versions.
    pub const CHANGED: u8 = 1;
    /// The stream is there.
    pub const UP: u8 = 3;
    /// The stream is not there.
    pub const DOWN: u8 = 4;
    /// A new tab wants to know whether the stream is there, and what has changed.
    pub const STATE: u8 = 5;
    /// The connection is back: whoever leads looks after the stream now.
    pub const CHECK: u8 = 6;
    /// The session is over.
    pub const OUT: u8 = 7;
    /// Somebody has signed in.
    pub const IN: u8 = 8;
    /// A tab is asking for the key in the text.
    pub const ASKED: u8 = 9;
    /// The answer for the key in the text.
    pub const DATA: u8 = 10;
    /// The user has asked for the session to go on.
    pub const STAYED: u8 = 11;
}

thread_local! {
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Joins the other tabs, for as long as the app lives. A browser without the channel is a browser of single tabs.
pub fn start() {
    let Ok(channel) = BroadcastChannel::new(NAME) else { return };
    let hear = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| hear(&Array::from(&event.data())));
    channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    CHANNEL.set(Some(channel));
}

/// Tells the other tabs of this browser.
pub fn say(kind: u8, text: &str) {
    post(kind, text, 0.0, JsValue::NULL, "");
}

/// Tells the other tabs that data whose keys begin with `prefix` has changed.
pub fn say_changed(prefix: &str, id: &str) {
    post(kind::CHANGED, prefix, 0.0, JsValue::NULL, id);
}

/// Hands an answer to the other tabs: they need not ask for it.
pub fn share(key: &str, mark: f64, body: Option<&[u8]>, as_of: &str) {
    let body = body.filter(|body| body.len() <= SHARED);
    let body = body.map_or(JsValue::NULL, |body| Uint8Array::from(body).into());
    post(kind::DATA, key, mark, body, as_of);
}

fn post(kind: u8, text: &str, mark: f64, body: JsValue, change: &str) {
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            let name = session::name().into();
            let message: Array = [name, kind.into(), text.into(), mark.into(), body, change.into()].iter().collect();
            // What can't be posted the others find out by themselves.
            let _ = channel.post_message(&message);
        }
    });
}

fn hear(message: &Array) {
    let text = |at| message.get(at).as_string().unwrap_or_default();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers; others mean nothing")]
    let kind = message.get(1).as_f64().unwrap_or_default() as u8;
    let about = text(2);
    if kind == kind::IN {
        session::renew();
    } else if text(0) != session::name() {
        return;
    }
    match kind {
        kind::CHANGED => cache::changed(&about, &text(5), PAUSE_MS),
        kind::UP => live::set_up(true),
        kind::DOWN => {
            live::set_up(false);
            network::doubt();
        }
        kind::STATE => live::tell_state(),
        kind::CHECK => live::check(),
        kind::OUT => session::signed_out(),
        kind::STAYED => session::stayed_elsewhere(),
        kind::ASKED => cache::asked_elsewhere(&about),
        kind::DATA => {
            let body = message.get(4).dyn_into::<Uint8Array>().ok().map(|body| body.to_vec());
            cache::answered_elsewhere(&about, message.get(3).as_f64().unwrap_or_default(), body, text(5));
        }
        _ => {}
    }
}
