//! Calls to a vendor's real service.

use std::sync::Arc;

use axum::http::header;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use reqwest::{Client, Method, RequestBuilder, Response, Url};
use tokio::sync::Semaphore;
use trunkline_api::Vendor;
use trunkline_api::digital99;
use trunkline_api::sobot::CustomerQuery;

use super::answer::{self, Answer, Filler, Head};
use super::budget::Budget;
use super::flights::Flights;
use super::held::Held;
use super::outcome::Ended;
use super::redact;
use super::token::{NoToken, Tokens};
use super::wire::{bearer, flight_key, head, is_final, is_read_whole, sensitive};
use crate::config::{self, Auth, Secret};
use crate::gateway::refusal::Refused;
use crate::gateway::upstream_text::TextBody;
use crate::vendor_call::Call;

/// The most bytes of one answer that are passed on.
const LIMIT: usize = 64 << 20;
/// Calls to one vendor that are under way at once; more wait for their turn.
const AT_ONCE: usize = 64;
/// A whole answer may take so many times what its next piece may.
const WHOLE: u32 = 6;

/// A vendor that is proxied to.
pub struct Upstream {
    vendor: Vendor,
    settings: config::Upstream,
    client: Client,
    budget: Option<Budget>,
    flights: Flights,
    tokens: Tokens,
    slots: Semaphore,
}

impl Upstream {
    /// Sets the client up. None if that fails.
    pub fn new(vendor: Vendor, settings: config::Upstream) -> Option<Self> {
        let mut client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(settings.timeout)
            .user_agent(concat!("trunkline/", env!("CARGO_PKG_VERSION")));
        if settings.url.scheme() == "http" {
            client = client.tls_built_in_root_certs(false);
        }
        // A proxy for the world outside has no business with this machine.
        if matches!(settings.url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            client = client.no_proxy();
        }
        let budget = settings.budget.map(Budget::new);
        let client = client.build().ok()?;
        let slots = Semaphore::new(AT_ONCE);
        Some(Self { vendor, settings, client, budget, flights: Flights::default(), tokens: Tokens::default(), slots })
    }

    /// The upstream's host and port.
    pub fn host(&self) -> String {
        let host = self.settings.url.host_str().unwrap_or_default();
        self.settings.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Calls left in the budget.
    pub fn calls_left(&self) -> Option<u32> {
        self.budget.as_ref().map(Budget::left)
    }

    /// Whether less than half of the budget is left: not the time for calls that nobody waits for.
    pub fn is_short(&self) -> bool {
        let half = self.settings.budget.map_or(0, |budget| budget.calls / 2);
        self.calls_left().is_some_and(|left| left < half)
    }

    /// Asks the vendor. A call goes on when the browser has left: nobody could tell how far a write had come.
    /// `note` is told how it went; it is dropped if the call was another's.
    pub fn ask(self: &Arc<Self>, call: Call, reads: bool, note: impl FnOnce(Ended<'_>) + Send + 'static) -> Answer {
        let upstream = Arc::clone(self);
        if reads {
            let key = flight_key(&call);
            return self.flights.join(key, || begin(upstream, call, note));
        }
        begin(upstream, call, note)
    }

    /// A write begins or has ended: reads that are under way are not joined any more.
    pub fn written(&self) {
        self.flights.written();
    }

    /// Sends a POST without credentials, for the token.
    pub(super) async fn post(&self, path: &str, body: Bytes) -> Result<Response, Refused> {
        let request = self.client.post(self.url(path, &[])).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body)).await
    }

    /// Head and whole body.
    pub(super) async fn read_whole(&self, response: Response) -> Result<(Head, Bytes), Refused> {
        let head = head(&response);
        let mut body = TextBody::new(response);
        let (mut whole, mut held) = (BytesMut::new(), Held::default());
        while let Some(chunk) = self.next(&mut body, whole.len()).await? {
            held.grow(chunk.len())?;
            whole.extend_from_slice(&chunk);
        }
        Ok((head, whole.freeze()))
    }

    /// The next piece of the text, in time and within the limit.
    async fn next(&self, body: &mut TextBody, so_far: usize) -> Result<Option<Bytes>, Refused> {
        match tokio::time::timeout(self.settings.timeout, body.next()).await {
            Ok(Ok(Some(chunk))) if so_far + chunk.len() <= LIMIT => Ok(Some(chunk)),
            Ok(Ok(None)) => Ok(None),
            Ok(_) => Err(Refused::broken(self.vendor)),
            Err(_) => Err(Refused::timeout(self.vendor)),
        }
    }

    /// The base with a path and query parameters appended; what the base has of a query stays.
    fn url(&self, path: &str, query: &[(String, String)]) -> Url {
        let mut url = self.settings.url.clone();
        if !path.is_empty() {
            let joined = format!("{}{path}", url.path().trim_end_matches('/'));
            url.set_path(&joined);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// The request as the vendor wants it, without credentials.
    fn request(&self, call: &Call) -> Result<RequestBuilder, Refused> {
        if self.vendor == Vendor::Sobot {
            // The browser posts the keys so that they stand in no URL of its own; the vendor takes them in the query.
            let keys: CustomerQuery =
                serde_json::from_slice(&call.body).map_err(|_| Refused::malformed("The body is not a query."))?;
            let query: Vec<(String, String)> =
                keys.given().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            return Ok(self.client.get(self.url("", &query)));
        }
        let method = Method::from_bytes(call.endpoint.method.as_str().as_bytes()).map_err(|_| Refused::fault())?;
        let reads = method == Method::GET;
        let mut request = self.client.request(method, self.url(&call.path, &call.query));
        if !call.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if !reads {
            request = request.body(call.body.clone());
        }
        Ok(request)
    }

    /// Sends within the budget and in time.
    async fn send(&self, request: RequestBuilder) -> Result<Response, Refused> {
        if let Some(budget) = &self.budget {
            budget.take().map_err(|seconds| Refused::vendor_budget(self.vendor, seconds))?;
        }
        let request = request.header(header::ACCEPT, "application/json");
        match tokio::time::timeout(self.settings.timeout, request.send()).await {
            Ok(Ok(response)) if is_final(response.status().as_u16()) => Ok(response),
            Ok(Ok(response)) => Err(Refused::bad_status(self.vendor, response.status().as_u16())),
            Ok(Err(error)) if error.is_timeout() => Err(Refused::timeout(self.vendor)),
            Ok(Err(error)) if error.is_connect() => Err(Refused::unreachable(self.vendor)),
            Ok(Err(_)) => Err(Refused::broken(self.vendor)),
            Err(_) => Err(Refused::timeout(self.vendor)),
        }
    }

    /// One call, its answer given on as it comes where nothing has to be looked at.
    async fn fill(&self, call: &Call, filler: &Filler) -> Result<(), Refused> {
        let request = self.request(call)?;
        let request = match &self.settings.auth {
            Auth::None => request,
            Auth::Bearer(token) => request.header(header::AUTHORIZATION, bearer(token)?),
            Auth::Basic(user, password) => request.basic_auth(user, Some(password.reveal())),
            Auth::Header(name, value) => request.header(name, sensitive(value.reveal())?),
            Auth::Client(id, secret) => return self.fill_with_token(call, filler, id, secret).await,
        };
        let response = self.send(request).await?;
        if is_read_whole(self.vendor, response.status().as_u16()) {
            let (head, mut body) = self.read_whole(response).await?;
            if self.vendor == Vendor::Oneview {
                let safe = tokio::task::spawn_blocking(move || redact::tickets(body)).await;
                body = safe.ok().flatten().ok_or_else(|| Refused::unsafe_answer(self.vendor))?;
            }
            answer::begin(filler, head);
            return answer::push(filler, self.scrub(body, None));
        }
        answer::begin(filler, head(&response));
        let mut body = TextBody::new(response);
        let mut size = 0;
        while let Some(chunk) = self.next(&mut body, size).await? {
            size += chunk.len();
            answer::push(filler, chunk)?;
        }
        Ok(())
    }

    /// A body without the credentials, should the vendor quote them.
    fn scrub(&self, body: Bytes, token: Option<&Secret>) -> Bytes {
        let own: &[&Secret] = match &self.settings.auth {
            Auth::None => &[],
            Auth::Bearer(secret) | Auth::Basic(_, secret) | Auth::Header(_, secret) => &[secret],
            Auth::Client(id, secret) => &[id, secret],
        };
        let basic = match &self.settings.auth {
            Auth::Basic(user, password) => Some(STANDARD.encode(format!("{user}:{}", password.reveal()))),
            _ => None,
        };
        let words = own.iter().copied().chain(token).map(Secret::reveal).chain(basic.as_deref());
        words.flat_map(redact::spellings).fold(body, |body, word| redact::word(body, &word))
    }

    /// 99digital: a token that is over is renewed once, and the call sent once more: the vendor did nothing with it.
    async fn fill_with_token(&self, call: &Call, filler: &Filler, id: &Secret, secret: &Secret) -> Result<(), Refused> {
        let mut spent = None;
        loop {
            let token = match self.tokens.get(self, id, secret, spent.as_ref()).await {
                Ok(token) => token,
                Err(NoToken::Refused(refused)) => return Err(refused),
                Err(NoToken::Vendor(reply)) => {
                    let head = Head { status: reply.status, content_type: reply.content_type, retry_after: None };
                    answer::begin(filler, head);
                    return answer::push(filler, self.scrub(reply.body, None));
                }
            };
            let request = self.request(call)?.header(header::AUTHORIZATION, bearer(&token)?);
            let (head, body) = self.read_whole(self.send(request).await?).await?;
            let over = head.status == 401 || digital99::error::read(&body).code.as_deref() == Some("3");
            if !over || spent.is_some() {
                answer::begin(filler, head);
                return answer::push(filler, self.scrub(body, Some(&token)));
            }
            spent = Some(token);
        }
    }
}

fn begin(upstream: Arc<Upstream>, call: Call, note: impl FnOnce(Ended<'_>) + Send + 'static) -> Answer {
    let (filler, answer) = answer::channel(&call.origin);
    tokio::spawn(async move {
        let work = async {
            let _slot = upstream.slots.acquire().await.map_err(|_| Refused::fault())?;
            upstream.fill(&call, &filler).await
        };
        let whole = upstream.settings.timeout.saturating_mul(WHOLE);
        let result = tokio::time::timeout(whole, work).await;
        let result = result.unwrap_or_else(|_| Err(Refused::timeout(upstream.vendor)));
        match &result {
            Ok(()) => note(answer::outcome(&filler).ok_or("fault")),
            Err(refused) => note(Err(refused.word)),
        }
        answer::end(&filler, result);
        upstream.flights.land();
    });
    answer
}
