//! The samples of the vendors' documents, which the tests of `api` decode too.

use serde::de::DeserializeOwned;
use trunkline_api::Endpoint;

fn text(name: &str) -> String {
    let file = format!("{}/../api/tests/samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Returns a sample request's body.
pub fn body<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_str(&text(name)).unwrap()
}

/// Returns a sample response of an endpoint.
pub fn response<E: Endpoint>(name: &str) -> E::Response {
    E::decode(text(name).as_bytes()).unwrap()
}
