//! Builds ACD events, for requests and for the demo data.

use trunkline_api::jtel::{AcdEvent, CALLBACK, NewAcdEvent, TICKET, event_data_xml};

/// Builds the event as the vendor would, still without an ID.
pub fn build_event(new: &NewAcdEvent, now: &str) -> AcdEvent {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    // `Body` is plain text, and only a callback has one; the element it goes into contains HTML.
    let html = new.body.as_deref().filter(|_| new.type_id == CALLBACK).map(escape_html).unwrap_or_default();
    let scalar = |value: &Option<String>| value.as_deref().map(Into::into);
    AcdEvent {
        type_id: Some(new.type_id.into()),
        status_id: Some(1.into()),
        group_id: Some(new.group_id.into()),
        user_id: new.user_id.map(Into::into),
        sender: Some(new.sender.as_str().into()),
        receiver: scalar(&new.receiver),
        subject: Some(new.subject.clone()),
        user_data: scalar(&new.user_data),
        crm_url: new.crm_url.clone(),
        event_data: Some(event_data_xml(&text(&new.crm_url), &text(&new.user_data), &html)),
        foreign_system_number: scalar(&new.user_data).filter(|_| new.type_id == TICKET),
        close_by_foreign_system: Some(false),
        last_agent_time: Some(0),
        created: Some(now.to_owned()),
        modified: Some(now.to_owned()),
        last_modified: Some(now.to_owned()),
        ..AcdEvent::default()
    }
}

/// Escapes text as HTML, with line breaks as `<br>`.
fn escape_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.replace("\r\n", "\n").replace(['\r', '\n'], "<br>")
}
