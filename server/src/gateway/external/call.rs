//! One test of an external API: out from the gateway, 10 s, 1 MiB, at most 5 redirects, each checked.

use std::time::{Duration, Instant};

use axum::http::header;
use reqwest::{Client, Method, Response, StatusCode, redirect};
use serde_json::{Map, Value};
use trunkline_api::gateway::{BodyFormat, ExternalApiBody, ExternalMethod, NoAnswer, TestRun, TestSummary, TestValues};
use trunkline_api::{FieldError, Problem};
use url::Url;

use super::mask::Mask;
use super::{guard, outputs};
use crate::config::ExternalApis;
use crate::gateway::state::now;
use crate::gateway::upstream_text::TextBody;

/// [`NoAnswer::Late`] is told with this number, in every language.
const PATIENCE: Duration = Duration::from_secs(10);
const LIMIT: usize = 1 << 20;
/// [`NoAnswer::Redirects`] is told with this number, likewise.
const REDIRECTS: usize = 5;

/// What a test sends, by parameter.
pub type Sent = Vec<(String, Value)>;

/// The values to send: those given, else the defaults.
///
/// # Errors
/// The problems, as `values.{name}`.
pub fn values(api: &ExternalApiBody, given: &TestValues) -> Result<Sent, Vec<FieldError>> {
    let mut problems = Vec::new();
    let mut sent = Vec::new();
    for param in &api.request {
        let value = given.values.iter().find(|(name, _)| *name == param.name).map(|(_, value)| value.as_str());
        let value = value.filter(|value| !value.is_empty()).unwrap_or(&param.default);
        let mut problem = |problem| problems.push(FieldError { field: format!("values.{}", param.name), problem });
        if value.is_empty() {
            if param.required {
                problem(Problem::Required);
            }
        } else if param.integer {
            match value.trim().parse::<i64>() {
                Ok(number) => sent.push((param.name.clone(), number.into())),
                Err(_) => problem(Problem::NotNumber),
            }
        } else {
            sent.push((param.name.clone(), value.into()));
        }
    }
    if problems.is_empty() { Ok(sent) } else { Err(problems) }
}

/// Sends it and tells what came back; what kept an answer from coming is told too.
pub async fn run(api: &ExternalApiBody, sent: &Sent, config: &ExternalApis) -> TestRun {
    let mask = Mask::of(api);
    let begun = Instant::now();
    let mut shown = api.url.clone();
    let outcome = tokio::time::timeout(PATIENCE, exchange(api, sent, config, &mut shown)).await;
    let outcome = outcome.unwrap_or(Err(NoAnswer::Late));
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut run = TestRun {
        id: uuid::Uuid::now_v7().to_string(),
        summary: TestSummary { at: now(), status: None, error: None, millis },
        url: mask.apply(&shown),
        headers: Vec::new(),
        body: String::new(),
        truncated: false,
        outputs: outputs::read(&api.output, b""),
    };
    match outcome {
        Ok(answer) => {
            let params = api.output.clone();
            run.summary.status = Some(answer.status.as_u16());
            // Up to 1 MiB is searched many times over: not on a thread that serves others.
            let read = tokio::task::spawn_blocking(move || {
                let masked = |text: &str| mask.apply(text);
                let headers = answer.headers.iter().map(|(name, value)| (name.clone(), masked(value))).collect();
                let mut outputs = outputs::read(&params, &answer.body);
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
    run
}

struct Received {
    status: StatusCode,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    truncated: bool,
}

async fn exchange(
    api: &ExternalApiBody,
    sent: &Sent,
    config: &ExternalApis,
    shown: &mut String,
) -> Result<Received, NoAnswer> {
    let mut url = Url::parse(api.url.trim()).map_err(|_| NoAnswer::Address)?;
    let mut post = api.method == ExternalMethod::Post;
    if !post && !sent.is_empty() {
        url.query_pairs_mut().extend_pairs(sent.iter().map(|(name, value)| (name, plain(value))));
    }
    let origin = url.origin();
    // Once elsewhere, the headers stay here: where a redirect leads back to is elsewhere's choice.
    let mut home = true;
    for _ in 0..=REDIRECTS {
        *shown = url.to_string();
        home &= url.origin() == origin;
        let response = send(api, sent, &url, post, home, config).await?;
        let Some(next) = redirect(&response, &url) else { return receive(response).await };
        // As browsers do: 307 and 308 send the same again, the others ask for what is there.
        post &= matches!(response.status().as_u16(), 307 | 308);
        url = next;
    }
    Err(NoAnswer::Redirects)
}

/// One request, to the very address that was checked. Another origin gets no headers of the definition's.
async fn send(
    api: &ExternalApiBody,
    sent: &Sent,
    url: &Url,
    post: bool,
    home: bool,
    config: &ExternalApis,
) -> Result<Response, NoAnswer> {
    let addresses = guard::resolve(url, config).await?;
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .tls_built_in_root_certs(url.scheme() == "https")
        .resolve_to_addrs(url.host_str().unwrap_or_default(), &addresses)
        .user_agent(concat!("trunkline/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|_| NoAnswer::Request)?;
    let mut request = client.request(if post { Method::POST } else { Method::GET }, url.clone());
    if post && api.format == BodyFormat::Json {
        let body: Map<String, Value> = sent.iter().cloned().collect();
        request = request.json(&body);
    } else if post {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(sent.iter().map(|(name, value)| (name, plain(value))));
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.finish());
    }
    for header in api.headers.iter().filter(|_| home) {
        request = request.header(&header.name, &header.value);
    }
    request.send().await.map_err(|error| match error {
        error if error.is_connect() => NoAnswer::Connection,
        error if error.is_builder() => NoAnswer::Request,
        _ => NoAnswer::Broken,
    })
}

/// Where a redirect leads.
fn redirect(response: &Response, from: &Url) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    from.join(response.headers().get(header::LOCATION)?.to_str().ok()?).ok()
}

/// Status, headers, and the body as text, up to [`LIMIT`] bytes of it.
async fn receive(response: Response) -> Result<Received, NoAnswer> {
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let status = response.status();
    let mut received = TextBody::new(response);
    let mut body = Vec::new();
    let mut truncated = false;
    while let Some(piece) = received.next().await.map_err(|_| NoAnswer::Broken)? {
        let room = LIMIT - body.len();
        body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if piece.len() > room {
            truncated = true;
            break;
        }
    }
    Ok(Received { status, headers, body, truncated })
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
