//! The sounds of new and escalated tickets: files in `public/sounds/`.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser::property;

/// Plays one of `trunkline_model::inbox_settings::SOUNDS` at a volume in percent. `on_blocked` is called if the browser
/// does not permit sound before the user has clicked on the page or pressed a key.
pub fn play_sound(name: &str, volume: u32, on_blocked: impl FnOnce() + 'static) {
    let Some(played) = start(name, volume) else { return };
    spawn_local(async move {
        if let Err(error) = JsFuture::from(played).await
            && property(&error, "name").is_some_and(|name| name == "NotAllowedError")
        {
            on_blocked();
        }
    });
}

/// Starts to play; `None` if the browser has no audio. (By its properties: typed bindings would be code at start.)
fn start(name: &str, volume: u32) -> Option<Promise> {
    let class: Function = property(&js_sys::global(), "Audio")?.dyn_into().ok()?;
    let audio = Reflect::construct(&class, &Array::of1(&format!("/sounds/{name}.wav").into())).ok()?;
    Reflect::set(&audio, &"volume".into(), &JsValue::from(f64::from(volume.min(100)) / 100.0)).ok()?;
    let play: Function = property(&audio, "play")?.dyn_into().ok()?;
    play.call0(&audio).ok()?.dyn_into().ok()
}
