//! HTML bodies of e-mail and ticket events, some of them unsafe, so that a client has to sanitise them.

use super::people::Person;
use super::rng::nth;

/// Returns the HTML body of an event; `None` if its type has none.
pub fn html(type_id: i64, seed: u64, person: &Person) -> Option<String> {
    let message = escape(nth(person.locale.messages, seed));
    let name = escape(&person.full_name());
    match (type_id, seed % 4) {
        (5, 0) => Some(hostile(&message, &name)),
        (5, _) => Some(format!("<p>{message}</p><p>{name}<br><a href=\"mailto:{0}\">{0}</a></p>", person.email)),
        (6, 0) => Some(format!(
            "<table><tr><th>Item</th><th>Quantity</th></tr><tr><td>{message}</td><td>2</td></tr></table>\
             <p>{name}</p>"
        )),
        _ => None,
    }
}

/// Builds HTML as hostile mail has it: script, handlers, a tracking pixel, style. It does no harm, but exposes a page
/// that runs it.
fn hostile(message: &str, name: &str) -> String {
    format!(
        "<style>p {{ color: red }}</style><p style=\"position:fixed\" onclick=\"alert('body')\">{message}</p>\
         <script>document.title = 'script ran';</script>\
         <img src=\"http://tracker.example.net/pixel.gif\" onerror=\"document.title = 'handler ran'\" alt=\"\">\
         <p><a href=\"javascript:alert('link')\">{name}</a></p>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
