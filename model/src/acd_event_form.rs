//! The form for a new ACD event: from its input to the event, and from jtel's refusal to the fields.

use trunkline_api::jtel::NewAcdEvent;
use trunkline_api::{Error, FieldError, ValidationError};

/// The vendor's names of the form's fields.
pub const FIELD_NAMES: [&str; 9] =
    ["AcdEventTypesID", "AcdGroupsID", "UsersID", "Sender", "Receiver", "Subject", "Body", "CrmURL", "UserData"];

/// The form's input. Ids stay text until they are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventInput {
    /// `AcdEventTypesID`
    pub type_id: String,
    /// `AcdGroupsID`
    pub group: String,
    /// `UsersID`; empty for none.
    pub user: String,
    /// `Sender`
    pub sender: String,
    /// `Receiver`
    pub receiver: String,
    /// `Subject`
    pub subject: String,
    /// `Body`, sent only with a callback.
    pub body: String,
    /// `CrmURL`
    pub crm_url: String,
    /// `UserData`
    pub user_data: String,
}

impl EventInput {
    /// The event to send.
    ///
    /// # Errors
    /// If a field is invalid; errors are by wire name.
    pub fn to_event(&self) -> Result<NewAcdEvent, Vec<FieldError>> {
        let number = |text: &str| text.trim().parse::<i64>().ok();
        let text = |text: &str| text.trim().to_owned();
        let optional = |value: &str| Some(text(value)).filter(|text| !text.is_empty());
        let event = NewAcdEvent {
            type_id: number(&self.type_id).unwrap_or_default(),
            group_id: number(&self.group).unwrap_or_default(),
            user_id: number(&self.user),
            sender: text(&self.sender),
            receiver: optional(&self.receiver),
            subject: text(&self.subject),
            // jtel's line ends are CRLF.
            body: Some(self.body.replace("\r\n", "\n").replace('\n', "\r\n")),
            crm_url: optional(&self.crm_url),
            user_data: optional(&self.user_data),
        };
        let mut errors = event.validate().err().unwrap_or_default();
        for (field, value) in
            [("AcdEventTypesID", &self.type_id), ("AcdGroupsID", &self.group), ("UsersID", &self.user)]
        {
            if !value.trim().is_empty() && number(value).is_none_or(|id| id <= 0) {
                errors.retain(|error| error.field != field);
                errors.push(FieldError { field: field.to_owned(), problem: ValidationError::NotNumber });
            }
        }
        if errors.is_empty() { Ok(event.normalised()) } else { Err(errors) }
    }
}

/// The fields that a refusal names. jtel sends one sentence for all, which contains the names of parameters.
#[must_use]
pub fn fields_named_by(error: &Error) -> Vec<FieldError> {
    let sentence = error.message.as_deref().filter(|_| matches!(error.status, Some(400 | 409))).unwrap_or_default();
    let words = sentence.split(|character: char| !character.is_ascii_alphanumeric());
    let names = words.filter(|word| FIELD_NAMES.contains(word));
    let field_error =
        |name: &str| FieldError { field: name.to_owned(), problem: ValidationError::Said(sentence.to_owned()) };
    names.map(field_error).collect()
}

#[cfg(test)]
mod tests {
    use trunkline_api::{ErrorKind, Service};

    use super::*;

    /// The vendor's sample of a callback, as typed into the form.
    fn callback() -> EventInput {
        EventInput {
            type_id: "3".into(),
            group: " 235 ".into(),
            sender: "+49 199 123456789".into(),
            receiver: String::new(),
            subject: " Please call back ".into(),
            body: "first\nsecond\r\nthird".into(),
            ..EventInput::default()
        }
    }

    #[test]
    fn callback_is_trimmed_with_crlf_and_e164() {
        let event = callback().to_event().unwrap();
        assert_eq!((event.type_id, event.group_id, event.user_id), (3, 235, None));
        assert_eq!((event.sender.as_str(), event.subject.as_str()), ("49199123456789", "Please call back"));
        assert_eq!(event.body.as_deref(), Some("first\r\nsecond\r\nthird"));
        assert_eq!((event.receiver, event.crm_url, event.user_data), (None, None, None));
    }

    #[test]
    fn other_types_have_no_body() {
        assert_eq!(EventInput { type_id: "6".into(), ..callback() }.to_event().unwrap().body, None);
    }

    #[test]
    fn ids_must_be_positive_integers() {
        let errors = |input: EventInput| -> Vec<(String, ValidationError)> {
            input.to_event().unwrap_err().into_iter().map(|error| (error.field, error.problem)).collect()
        };
        let one = |field: &str, error| vec![(field.to_owned(), error)];
        assert_eq!(errors(EventInput { user: "x".into(), ..callback() }), one("UsersID", ValidationError::NotNumber));
        assert_eq!(
            errors(EventInput { group: "-1".into(), ..callback() }),
            one("AcdGroupsID", ValidationError::NotNumber)
        );
        assert_eq!(
            errors(EventInput { group: " ".into(), ..callback() }),
            one("AcdGroupsID", ValidationError::Required)
        );
        assert_eq!(errors(EventInput::default()).len(), 4);
    }

    #[test]
    fn refusals_mark_the_parameters_they_name() {
        let error = |status, message: &str| Error {
            status: Some(status),
            message: Some(message.to_owned()),
            ..Error::without_answer(ErrorKind::Conflict, Service::Jtel, String::new())
        };
        let fields =
            |error: &Error| -> Vec<String> { fields_named_by(error).into_iter().map(|error| error.field).collect() };
        assert_eq!(fields(&error(409, "Parameter AcdGroupsID, or UsersID: not found.")), ["AcdGroupsID", "UsersID"]);
        assert_eq!(fields(&error(400, "Subjects are missing")), [""; 0]);
        assert_eq!(fields(&error(500, "Subject")), [""; 0]);
    }
}
