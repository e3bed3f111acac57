//! The access token of OAuth client credentials: asked for anew for each test, under the same guards as the test
//! itself, and never stored, logged or shown.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, header};
use serde_json::Value;
use trunkline_api::gateway::{ExternalAuth, NoResponseReason, check_header_value};
use url::{Url, form_urlencoded};

use super::guarded_client::client_for;
use crate::config::ExternalApis;
use crate::gateway::upstream_text::TextBody;

/// Maximum bytes of the token endpoint's response.
const MAX_RESPONSE: usize = 64 * 1024;

/// Gets an access token. Redirects are not followed: the client secret goes to the named address only.
///
/// # Errors
/// If the address is not allowed, there is no response, or it has no token.
pub async fn access_token(auth: &ExternalAuth, config: &ExternalApis) -> Result<String, NoResponseReason> {
    let url = Url::parse(auth.token_url.trim()).map_err(|_| NoResponseReason::Address)?;
    let client = client_for(&url, config).await?;
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    // RFC 6749, 2.3.1: every server takes the credentials as Basic.
    let pair = STANDARD.encode(format!("{}:{}", encoded(&auth.name), encoded(&auth.secret)));
    let request = client
        .request(Method::POST, url)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header(header::AUTHORIZATION, format!("Basic {pair}"))
        .body(request_body(auth));
    let response = request.send().await.map_err(|error| match error.is_connect() {
        true => NoResponseReason::Connection,
        false => NoResponseReason::Broken,
    })?;
    if !response.status().is_success() {
        return Err(NoResponseReason::Token);
    }
    let mut received = TextBody::new(response);
    let mut body = Vec::new();
    while let Some(piece) = received.next().await.map_err(|_| NoResponseReason::Broken)? {
        body.extend_from_slice(&piece);
        if body.len() > MAX_RESPONSE {
            return Err(NoResponseReason::Token);
        }
    }
    let answer: Value = serde_json::from_slice(&body).map_err(|_| NoResponseReason::Token)?;
    let token = answer.get("access_token").and_then(Value::as_str).unwrap_or_default();
    let is_usable = !token.is_empty() && check_header_value(token).is_none();
    if is_usable { Ok(token.to_owned()) } else { Err(NoResponseReason::Token) }
}

fn request_body(auth: &ExternalAuth) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    if !auth.scope.trim().is_empty() {
        form.append_pair("scope", auth.scope.trim());
    }
    form.finish()
}
