//! Definitions of external APIs as files, without their secrets, and an example to start from.

use serde_json::{Value, json};
use trunkline_api::Endpoint;
use trunkline_api::gateway::{
    AuthKind, ExternalApiBody, ExternalAuth, GetExternalApi, MASK, OutputParam, ParamPlace, RequestParam, Variable,
};

use crate::pretty_json::pretty;

/// What a file says it is.
const KIND: &str = "trunkline-external-apis";
/// The version of the format.
const VERSION: i64 = 1;

/// Definitions as the text of a file. Secrets are left out: who imports it enters them again.
#[must_use]
pub fn to_file<'a>(apis: impl Iterator<Item = &'a ExternalApiBody>) -> String {
    let definition = |api: &ExternalApiBody| {
        let mut api = api.clone();
        api.secrets_mut().into_iter().for_each(String::clear);
        serde_json::to_value(&api).unwrap_or_default()
    };
    let all: Vec<Value> = apis.map(definition).collect();
    let text = json!({ "kind": KIND, "version": VERSION, "definitions": all }).to_string();
    pretty(&text).unwrap_or(text)
}

/// The definitions of a file's text; also a single definition, or a list of them. `None` if it is something else.
#[must_use]
pub fn from_file(text: &str) -> Option<Vec<ExternalApiBody>> {
    let value: Value = serde_json::from_str(text.trim().trim_start_matches('\u{feff}')).ok()?;
    let list = match value {
        Value::Array(list) => list,
        Value::Object(mut file) if file.contains_key("definitions") => {
            let is_ours = file.get("kind").is_some_and(|kind| kind == KIND);
            let version = file.get("version").and_then(Value::as_i64).unwrap_or_default();
            match file.remove("definitions") {
                Some(Value::Array(list)) if is_ours && version <= VERSION => list,
                _ => return None,
            }
        }
        single => vec![single],
    };
    let definitions: Option<Vec<ExternalApiBody>> = list.iter().map(definition).collect();
    definitions.filter(|list| !list.is_empty())
}

fn definition(value: &Value) -> Option<ExternalApiBody> {
    value.get("url")?.as_str()?;
    // The gateway serialises definitions the same way, so the decoder of its responses reads them.
    let mut api = GetExternalApi::decode(value.to_string().as_bytes()).ok()?.body;
    api.normalise();
    api.secrets_mut().into_iter().filter(|secret| *secret == MASK).for_each(String::clear);
    Some(api)
}

/// An example: a customer by phone number, as an IVR flow looks one up.
#[must_use]
pub fn example(name: String, description: String) -> ExternalApiBody {
    let output = |name: &str, path: &str, required| OutputParam {
        name: name.to_owned(),
        path: path.to_owned(),
        required,
        ..OutputParam::default()
    };
    let tel = RequestParam {
        name: "tel".to_owned(),
        default: "{{tel}}".to_owned(),
        required: true,
        place: ParamPlace::Query,
        ..RequestParam::default()
    };
    ExternalApiBody {
        name,
        description,
        url: "https://crm.example.com/customers".to_owned(),
        auth: ExternalAuth { kind: AuthKind::Bearer, ..ExternalAuth::default() },
        request: vec![tel],
        variables: vec![Variable { name: "tel".to_owned(), sample: "49199123456789".to_owned() }],
        output: vec![output("nick", "/data/0/nick", true), output("vipLevel", "/data/0/vipLevel", false)],
        ..ExternalApiBody::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_back_without_secrets() {
        let mut api = example("A".to_owned(), String::new());
        api.auth.secret = "s3cret".to_owned();
        api.request.push(RequestParam {
            name: "k".to_owned(),
            default: "s3cret".to_owned(),
            secret: true,
            ..Default::default()
        });
        let text = to_file([&api, &api].into_iter());
        assert!(!text.contains("s3cret"), "{text}");
        api.secrets_mut().into_iter().for_each(String::clear);
        assert_eq!(from_file(&format!("\u{feff}{text}")), Some(vec![api.clone(), api]));
    }

    #[test]
    fn single_definitions_and_older_ones_are_read() {
        let old = r#"{"name":"A","url":"https://a.example","headers":[{"name":"X","value":"••••••••","secret":true}],
            "request":[{"name":"n","integer":true}]}"#;
        let read = from_file(old).unwrap();
        assert_eq!((read[0].headers[0].value.as_str(), read[0].request[0].kind.as_str()), ("", "integer"));
        assert_eq!(from_file(&format!("[{old},{old}]")).unwrap().len(), 2);
        for other in [
            "",
            "{",
            "[]",
            "1",
            "{}",
            r#"{"kind":"x","version":1,"definitions":[]}"#,
            r#"{"kind":"trunkline-external-apis","version":2,"definitions":[{"url":"https://a.example"}]}"#,
        ] {
            assert_eq!(from_file(other), None, "{other}");
        }
    }

    #[test]
    fn the_example_lacks_only_its_secret() {
        let problems = example("A".to_owned(), String::new()).validate().unwrap_err();
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["auth.secret"]);
    }
}
