//! HTML in the bodies of e-mail and ticket events, some of it of the kind that a reader must clean.

use super::dice::nth;
use super::people::Person;

/// The body of an event; none where its type brings none of its own.
pub fn html(type_id: i64, seed: u64, person: &Person) -> Option<String> {
    let message = escape(nth(person.words.messages, seed));
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

/// What mail brings along: script, handlers, a tracking pixel, style. Harmless in itself; it only tells on a page
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
