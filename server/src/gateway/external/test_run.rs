//! Runs one test of an external API from the gateway: within the definition's time limit, 1 MiB, at most 5 redirects,
//! each checked.

use std::time::{Duration, Instant};

use axum::http::{HeaderName, HeaderValue, header};
use reqwest::{Method, Response, StatusCode};
use trunkline_api::gateway::{AuthKind, ExternalApiBody, NoResponseReason, OutputValue, TestRun, TestSummary, Verdict};
use url::Url;

use super::guarded_client::client_for;
use super::mask::Mask;
use super::prepare::PreparedRequest;
use super::{output_mapping, ssrf_guard, token};
use crate::config::ExternalApis;
use crate::gateway::clock::now;
use crate::gateway::upstream_text::TextBody;

const MAX_BODY: usize = 1 << 20;
/// The texts of [`NoResponseReason::Redirects`] name this number in every language.
const MAX_REDIRECTS: usize = 5;

/// Sends the request and returns the result. A failure to get a response is part of the result.
pub async fn run(api: &ExternalApiBody, mut request: PreparedRequest, config: &ExternalApis) -> TestRun {
    let begun = Instant::now();
    let mut shown = request.url.clone();
    let limit = Duration::from_secs(api.timeout_seconds().into());
    let outcome = tokio::time::timeout(limit, exchange(api, &mut request, config, &mut shown)).await;
    let outcome = outcome.unwrap_or(Err(NoResponseReason::Late));
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mask = Mask::of(api, &request.secrets);
    let mut run = TestRun {
        id: uuid::Uuid::now_v7().to_string(),
        summary: TestSummary { at: now(), millis, ..TestSummary::default() },
        url: mask.apply(&shown),
        headers: Vec::new(),
        body: String::new(),
        truncated: false,
        outputs: output_mapping::extract(&api.output, b""),
    };
    match outcome {
        Ok(answer) => {
            let params = api.output.clone();
            run.summary.status = Some(answer.status.as_u16());
            // Masking searches up to 1 MiB many times, so it runs on a blocking thread.
            let read = tokio::task::spawn_blocking(move || {
                let masked = |text: &str| mask.apply(text);
                let headers = answer.headers.iter().map(|(name, value)| (name.clone(), masked(value))).collect();
                let mut outputs = output_mapping::extract(&params, &answer.body);
                for output in &mut outputs {
                    output.value = output.value.as_deref().map(masked);
                }
                (headers, outputs, masked(&String::from_utf8_lossy(&answer.body)), answer.truncated)
            });
            if let Ok((headers, outputs, body, truncated)) = read.await {
                (run.headers, run.outputs, run.body, run.truncated) = (headers, outputs, body, truncated);
            }
        }
        Err(why) => run.summary.error = Some(why),
    }
    run.summary.verdict = Some(verdict(run.summary.status, &run.outputs));
    run
}

fn verdict(status: Option<u16>, outputs: &[OutputValue]) -> Verdict {
    match status {
        None => Verdict::NoResponse,
        Some(200..=299) if outputs.iter().any(|output| output.problem.is_some()) => Verdict::Outputs,
        Some(200..=299) => Verdict::Passed,
        Some(_) => Verdict::Status,
    }
}

struct ReceivedResponse {
    status: StatusCode,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    truncated: bool,
}

async fn exchange(
    api: &ExternalApiBody,
    request: &mut PreparedRequest,
    config: &ExternalApis,
    shown: &mut String,
) -> Result<ReceivedResponse, NoResponseReason> {
    let mut url = Url::parse(request.url.trim()).map_err(|_| NoResponseReason::Address)?;
    if api.auth.kind == AuthKind::OAuth {
        // The API's own address is checked first: a token for an address that may not be called is of no use.
        ssrf_guard::resolve(&url, config).await?;
        let token = token::access_token(&api.auth, config).await?;
        request.headers.push(("Authorization".to_owned(), format!("Bearer {token}")));
        request.secrets.push(token);
    }
    let mut method = request.method.clone();
    let origin = url.origin();
    // After a redirect to another origin the headers are never sent again, because that origin chooses where later
    // redirects lead.
    let mut home = true;
    for _ in 0..=MAX_REDIRECTS {
        *shown = url.to_string();
        home &= url.origin() == origin;
        let response = send(request, &url, &method, home, config).await?;
        let Some(next) = redirect(&response, &url) else { return receive(response).await };
        // As in browsers: 303, and 301 and 302 after a POST, become a GET; the others repeat the request.
        let becomes_get = match response.status().as_u16() {
            303 => true,
            301 | 302 => method == Method::POST,
            _ => false,
        };
        if becomes_get {
            method = Method::GET;
        }
        url = next;
    }
    Err(NoResponseReason::Redirects)
}

/// Sends one request. Other origins get none of the definition's headers and no secrets.
async fn send(
    prepared: &PreparedRequest,
    url: &Url,
    method: &Method,
    home: bool,
    config: &ExternalApis,
) -> Result<Response, NoResponseReason> {
    let client = client_for(url, config).await?;
    let mut headers = axum::http::HeaderMap::new();
    let body = prepared.body.as_ref().filter(|_| *method == prepared.method);
    if let Some(body) = body {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(body.content_type()));
    }
    for (name, value) in prepared.headers.iter().filter(|_| home) {
        let name = HeaderName::try_from(name).map_err(|_| NoResponseReason::Request)?;
        let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| NoResponseReason::Request)?;
        headers.insert(name, value);
    }
    let mut request = client.request(method.clone(), url.clone()).headers(headers);
    if let Some(body) = body {
        request = request.body(body.text(home));
    }
    request.send().await.map_err(|error| match error {
        error if error.is_connect() => NoResponseReason::Connection,
        error if error.is_builder() => NoResponseReason::Request,
        _ => NoResponseReason::Broken,
    })
}

/// The target of a redirect; `None` if the response is none.
fn redirect(response: &Response, from: &Url) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    from.join(response.headers().get(header::LOCATION)?.to_str().ok()?).ok()
}

/// Reads status, headers and the body as text, up to [`MAX_BODY`] bytes.
async fn receive(response: Response) -> Result<ReceivedResponse, NoResponseReason> {
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let status = response.status();
    let mut received = TextBody::new(response);
    let mut body = Vec::new();
    let mut truncated = false;
    while let Some(piece) = received.next().await.map_err(|_| NoResponseReason::Broken)? {
        let room = MAX_BODY - body.len();
        body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if piece.len() > room {
            truncated = true;
            break;
        }
    }
    Ok(ReceivedResponse { status, headers, body, truncated })
}
