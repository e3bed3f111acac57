//! Helpers shared by the tests: samples and comparisons.

use serde::Serialize;
use serde_json::Value;
use trunkline_api::decode::DecodeError;
use trunkline_api::endpoint::Endpoint;

/// A file of `samples/`.
pub fn sample(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A file of `samples/`, as a JSON value.
pub fn sample_value(name: &str) -> Value {
    serde_json::from_slice(&sample(name)).unwrap()
}

/// Asserts that `whole` contains every key and value of `part`. `whole` may have more.
pub fn assert_contains(whole: &Value, part: &Value, at: &str) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (key, value) in part {
                let found = whole.get(key).unwrap_or_else(|| panic!("{at}.{key} was lost"));
                assert_contains(found, value, &format!("{at}.{key}"));
            }
        }
        (Value::Array(whole), Value::Array(part)) => {
            assert_eq!(whole.len(), part.len(), "{at}");
            for (index, (whole, part)) in whole.iter().zip(part).enumerate() {
                assert_contains(whole, part, &format!("{at}[{index}]"));
            }
        }
        _ => assert_eq!(whole, part, "{at}"),
    }
}

/// Decodes as the endpoint does and encodes again. Asserts that nothing of `value` is lost.
pub fn round_trip<E: Endpoint>(value: &Value) -> E::Response
where
    E::Response: Serialize,
{
    let decoded = E::decode(value.to_string().as_bytes()).unwrap_or_else(|failure| panic!("{failure:?}"));
    assert_contains(&serde_json::to_value(&decoded).unwrap(), value, "$");
    decoded
}

/// The error path and message of a response that cannot be decoded.
pub fn undecodable<E: Endpoint>(body: &[u8]) -> (String, String) {
    match E::decode(body) {
        Err(DecodeError::Undecodable { path, found }) => (path, found),
        Err(other) => panic!("{} {}: {other:?}", E::METHOD, E::PATH),
        Ok(_) => panic!("{} {} took {}", E::METHOD, E::PATH, String::from_utf8_lossy(body)),
    }
}

/// The code and message of a response that reports a failure.
pub fn refused<E: Endpoint>(body: &str) -> (Option<String>, Option<String>) {
    match E::decode(body.as_bytes()) {
        Err(DecodeError::Refused { code, message }) => (code, message),
        Err(other) => panic!("{body}: {other:?}"),
        Ok(_) => panic!("taken: {body}"),
    }
}
