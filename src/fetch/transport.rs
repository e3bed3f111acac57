//! One request on the wire.
//!
//! All of it works on a [`Wire`], a request without its type, so that it is compiled once and not once an endpoint;
//! only reading the answer knows the type.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use gloo_net::http::{Method as HttpMethod, RequestBuilder, Response};
use trunkline_api::answer::{self, Answer};
use trunkline_api::endpoint::{Endpoint, Method, target};
use trunkline_api::lenient::Unreadable;
use trunkline_api::{Error, ErrorKind, Vendor, read};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal, ReadableStream};

use super::records::{self, Body, Marked, Receiving};
use super::{charset, config, network, session};
use crate::browser::{clock, timers};
use crate::i18n::format;

/// Milliseconds until a request without an answer is given up. The gateway gives a vendor 20 seconds.
const TIMEOUT_MS: u32 = 30_000;

/// A request without its type: what goes on the wire, and how an error names it.
pub struct Wire {
    /// Whose contract.
    pub vendor: Vendor,
    /// Method.
    pub method: Method,
    /// Path template, for errors.
    pub path: &'static str,
    /// Path and query below the vendor's base.
    pub target: String,
    /// JSON body.
    pub body: Option<String>,
    /// Whether it only reads: then it may be sent again.
    pub is_read: bool,
    /// Whether the app asks by itself: then it keeps no session alive.
    pub is_background: bool,
}

impl Wire {
    /// What a request puts on the wire.
    pub fn of<E: Endpoint>(request: &E) -> Self {
        Self {
            vendor: E::VENDOR,
            method: E::METHOD,
            path: E::PATH,
            target: target(request),
            body: request.body(),
            is_read: E::READS,
            is_background: false,
        }
    }

    /// The same once more, for a person or by itself.
    pub fn again(&self, is_background: bool) -> Self {
        Self { target: self.target.clone(), body: self.body.clone(), is_background, ..*self }
    }

    /// An error without an answer. Before one it is the gateway that can't be reached; without one, the vendor itself.
    fn fail(&self, kind: ErrorKind) -> Error {
        let vendor = if config::has_gateway() { Vendor::Gateway } else { self.vendor };
        Error::without_answer(kind, vendor, format!("{} {}", self.method, self.path))
    }
}

/// An answer as it came.
pub struct Received {
    status: u16,
    gateway_error: Option<String>,
    request_id: Option<String>,
    retry_after: Option<u32>,
    /// The id of the last change before the gateway asked for it; empty without a gateway.
    pub as_of: String,
    body: Vec<u8>,
    /// The body's records, where it is a list that was read on its way.
    pub list: Option<Marked>,
    /// The records of such a list that could not be read.
    pub unreadable: Unreadable,
}

impl Received {
    /// Reads it as the answer to a request of type `E`.
    ///
    /// # Errors
    /// [`Error`], when it is a refusal or isn't what the contract says.
    #[allow(clippy::result_large_err, reason = "made once per failed request")]
    pub fn read<E: Endpoint>(&self) -> Result<E::Response, Error> {
        read::<E>(&self.answer())
    }

    /// As [`Self::read`], with a list's records that can't be read.
    ///
    /// # Errors
    /// As [`Self::read`].
    #[allow(clippy::result_large_err, reason = "made once per failed request")]
    pub fn read_list<E: Endpoint>(&self) -> Result<(E::Response, Unreadable), Error> {
        answer::read_list::<E>(&self.answer())
    }

    fn answer(&self) -> Answer<'_> {
        Answer {
            status: self.status,
            gateway_error: self.gateway_error.as_deref(),
            retry_after: self.retry_after,
            request_id: self.request_id.as_deref(),
            body: &self.body,
        }
    }

    /// A good answer that another tab received.
    pub fn good(body: Vec<u8>, as_of: String) -> Self {
        let unreadable = Unreadable::default();
        Self {
            status: 200,
            gateway_error: None,
            request_id: None,
            retry_after: None,
            as_of,
            body,
            list: None,
            unreadable,
        }
    }

    /// The body as it came; none of a long list, which was not kept.
    pub fn body(&self) -> Option<&[u8]> {
        (!self.body.is_empty()).then_some(&self.body)
    }

    /// A number that another answer hardly has; never zero.
    pub fn mark(&self) -> f64 {
        let mark = match &self.list {
            Some(list) => records::mark_of(list, &self.unreadable),
            None => trunkline_fast::mark(&self.body) ^ u64::from(self.status),
        };
        #[allow(clippy::cast_precision_loss, reason = "52 bits are exact")]
        let mark = ((mark >> 12) | 1) as f64;
        mark
    }

    fn of(response: &Response, date: Option<i64>, Body { bytes: body, list, unreadable }: Body) -> Self {
        let headers = response.headers();
        // By the clock that the date was reckoned with, if the answer shows it.
        let now = || date.unwrap_or_else(clock::now);
        let retry_after =
            headers.get("Retry-After").and_then(|value| answer::retry_after(&value, now(), format::parse_iso));
        Self {
            status: response.status(),
            gateway_error: headers.get("Trunkline-Error"),
            request_id: headers.get("Trunkline-Request-Id"),
            retry_after,
            as_of: headers.get("Trunkline-Change").unwrap_or_default(),
            body,
            list,
            unreadable,
        }
    }
}

thread_local! {
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
}

/// Counts a request from its sending to the end of its answer, however it ends.
struct UnderWay;

impl UnderWay {
    fn begin() -> Self {
        UNDER_WAY.set(UNDER_WAY.get().saturating_add(1));
        Self
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.set(UNDER_WAY.get().saturating_sub(1));
    }
}

/// Whether no answer is waited for.
pub fn is_quiet() -> bool {
    UNDER_WAY.get() == 0
}

/// Receives the body of a list from its stream.
pub type Receiver = Box<dyn FnOnce(ReadableStream) -> Receiving>;

/// An exchange under way.
pub type Exchange = Pin<Box<dyn Future<Output = Result<Received, Error>>>>;

/// Sends a request and reads its answer; `signal` aborts it.
///
/// # Errors
/// [`Error`], whatever goes wrong.
pub async fn send<E: Endpoint>(request: &E, signal: Option<&AbortSignal>) -> Result<E::Response, Error> {
    exchange(Wire::of(request), signal.cloned()).await?.read::<E>()
}

/// As [`send`], but not for a person: it keeps no session alive.
///
/// # Errors
/// [`Error`], whatever goes wrong.
pub async fn send_quietly<E: Endpoint>(request: &E) -> Result<E::Response, Error> {
    exchange(Wire::of(request).again(true), None).await?.read::<E>()
}

/// Sends a request and receives its answer.
///
/// What only reads may be sent again by the caller; a write never is, so an answer to one that is lost on the way back
/// is [`ErrorKind::Lost`]: nobody knows whether it arrived.
pub fn exchange(wire: Wire, signal: Option<AbortSignal>) -> Exchange {
    exchange_list(wire, signal, None)
}

/// As [`exchange`]; a list is read while it arrives, with the records of the answer before.
pub fn exchange_list(wire: Wire, signal: Option<AbortSignal>, list: Option<Receiver>) -> Exchange {
    Box::pin(async move {
        if !wire.is_read && !network::is_online_now() {
            // A person wants it sent now: so it is now that the connection is looked for.
            if !network::probe().await {
                return Err(wire.fail(ErrorKind::Offline));
            }
            network::answered();
        }
        let received = receive(&wire, signal.as_ref(), list).await.inspect_err(|error| {
            if matches!(error.kind, ErrorKind::Offline | ErrorKind::Lost | ErrorKind::TimedOut) {
                network::doubt();
            }
        })?;
        if received.gateway_error.as_deref() == Some("signed-out") {
            if wire.is_background {
                session::signed_out();
            } else {
                session::signed_out_at_work();
            }
        }
        network::answered();
        Ok(received)
    })
}

async fn receive(wire: &Wire, signal: Option<&AbortSignal>, list: Option<Receiver>) -> Result<Received, Error> {
    let _under_way = UnderWay::begin();
    let timeout = AbortController::new().ok();
    let timer = timers::after(TIMEOUT_MS, {
        let timeout = timeout.clone();
        move || timeout.iter().for_each(AbortController::abort)
    });
    let timed_out = || timeout.as_ref().is_some_and(|timeout| timeout.signal().aborted());
    let cancelled = || signal.is_some_and(AbortSignal::aborted);
    let broken = || match (cancelled(), timed_out(), wire.is_read) {
        (true, _, _) => ErrorKind::Cancelled,
        (_, _, false) => ErrorKind::Lost,
        (_, true, _) => ErrorKind::TimedOut,
        _ => ErrorKind::Offline,
    };

    let mut either: js_sys::Array = signal.iter().map(|signal| JsValue::from(*signal)).collect();
    either.extend(timeout.iter().map(|timeout| JsValue::from(timeout.signal())));
    let Ok(request) = build(wire, &AbortSignal::any(&either)) else { return Err(wire.fail(ErrorKind::NotAllowed)) };
    let sent = clock::monotonic_ms();
    let response = request.send().await.map_err(|_| wire.fail(broken()))?;
    let date = date_of(&response).and_then(|date| clock::learn(&date, sent));
    // The body can still break off: the timer goes on until it is here.
    let content_type = response.headers().get("Content-Type").unwrap_or_default();
    let is_list = response.ok() && charset::is_utf8(&content_type);
    let body = match list.filter(|_| is_list).zip(response.body()) {
        Some((list, stream)) => list(stream).await.map_err(|error| js_sys::Error::from(error).to_string().into()),
        None => {
            response.binary().await.map_err(|error| error.to_string()).map(|bytes| Body { bytes, ..Body::default() })
        }
    };
    let body = body.map(|body| Body { bytes: charset::to_utf8(body.bytes, &content_type), ..body });
    drop(timer);
    match body {
        Ok(body) => Ok(Received::of(&response, date, body)),
        Err(_) if cancelled() || timed_out() || !wire.is_read => Err(wire.fail(broken())),
        Err(error) => {
            let kind = ErrorKind::Undecodable { path: "$".to_owned(), found: error };
            Err(Error { vendor: wire.vendor, status: Some(response.status()), ..wire.fail(kind) })
        }
    }
}

/// The `Date` of an answer that was made now: one from a cache in between has an age.
fn date_of(response: &Response) -> Option<String> {
    let headers = response.headers();
    headers.get("Date").filter(|_| !headers.has("Age"))
}

fn build(wire: &Wire, signal: &AbortSignal) -> Result<gloo_net::http::Request, gloo_net::Error> {
    let method = match wire.method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    };
    let mut builder = RequestBuilder::new(&format!("{}{}", config::base(wire.vendor), wire.target))
        .method(method)
        .abort_signal(Some(signal))
        .header("Accept", "application/json");
    if !matches!(wire.method, Method::Get) {
        // The gateway takes no other method without it, not even for what only reads: a foreign page cannot set it.
        builder = builder.header("X-Trunkline", "1");
    }
    if wire.is_background && config::has_gateway() {
        builder = builder.header("X-Trunkline-Background", "1");
    }
    match &wire.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body.as_str()),
        None => builder.build(),
    }
}
