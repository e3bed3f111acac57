//! Desktop notifications: the browser's permission, and showing one.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

use crate::browser::property;

/// The permission to show desktop notifications of this site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Given.
    Granted,
    /// The user has to be asked first.
    Ask,
    /// The user, or an administrator, has refused; only the browser's own settings change that.
    Denied,
    /// The browser has none, or not on a page without https.
    Unsupported,
}

/// The current permission.
pub fn permission() -> Permission {
    if property(&js_sys::global(), "Notification").is_none() || !window().is_secure_context() {
        return Permission::Unsupported;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::Ask,
    }
}

/// Asks the user, who may have decided already, and passes the permission on. Call it in the handler of a click: browsers
/// refuse it elsewhere.
pub fn request_permission(decided: impl FnOnce(Permission) + 'static) {
    if permission() != Permission::Ask {
        return decided(permission());
    }
    let Ok(asked) = Notification::request_permission() else { return decided(permission()) };
    spawn_local(async move {
        // If asking fails, the permission stays as it was.
        let _ = JsFuture::from(asked).await;
        decided(permission());
    });
}

/// Shows a notification, if permitted. One with the same `tag` is replaced. A click on it focuses this tab and calls
/// `on_click`. It is silent: the console has sounds of its own.
pub fn show_notification(title: &str, body: &str, tag: &str, on_click: impl FnOnce() + 'static) {
    if permission() != Permission::Granted {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    options.set_icon("/app-icons/192.png");
    options.set_silent(Some(true));
    // Browsers of phones have the class but not this constructor.
    let Ok(notification) = Notification::new_with_options(title, &options) else { return };
    let shown = notification.clone();
    let click = Closure::once_into_js(move || {
        // If the window can't be focused, the notification still leads to the page.
        let _ = window().focus();
        shown.close();
        on_click();
    });
    notification.set_onclick(Some(click.unchecked_ref()));
}
