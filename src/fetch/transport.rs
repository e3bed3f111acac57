//! Sending a request and receiving its response.
//!
//! The code works on a [`RawRequest`], a request without its type, so that it is compiled once and not per endpoint;
//! only decoding the response knows the type.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;

use gloo_net::http::{Method as HttpMethod, RequestBuilder, Response};
use trunkline_api::endpoint::{Endpoint, Method};
use trunkline_api::{Error, ErrorKind};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal, ReadableStream};

use super::request::RawRequest;
use super::response::{Body, RawResponse};
use super::streaming_list::Receiving;
use super::{charset, config, network};
use crate::browser::{clock, timers};

/// Milliseconds until a request times out. The gateway allows a vendor 20 seconds.
const TIMEOUT_MS: u32 = 30_000;

thread_local! {
    static IN_FLIGHT: Cell<u32> = const { Cell::new(0) };
    static RUN: RefCell<Option<String>> = const { RefCell::new(None) };
    static SIGNED_OUT_HANDLER: Cell<Option<fn(bool)>> = const { Cell::new(None) };
}

/// Sets what follows from the gateway's `signed-out`; `is_background` is that of the request.
pub fn set_signed_out_handler(handler: fn(is_background: bool)) {
    SIGNED_OUT_HANDLER.set(Some(handler));
}

/// Marks the writes from now on as those of one bulk run, or of none: the activity lists a run as one change.
pub fn mark_run(is_run: bool) {
    let id = || format!("{}-{}", clock::now(), js_sys::Math::random().to_string().replace('.', ""));
    RUN.set(is_run.then(id));
}

/// Counts a request as in flight until it is dropped.
struct InFlight;

impl InFlight {
    fn begin() -> Self {
        IN_FLIGHT.set(IN_FLIGHT.get().saturating_add(1));
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        IN_FLIGHT.set(IN_FLIGHT.get().saturating_sub(1));
    }
}

/// `true` if no request is in flight.
pub fn is_idle() -> bool {
    IN_FLIGHT.get() == 0
}

/// Receives the body of a list from its stream.
pub type ListReceiver = Box<dyn FnOnce(ReadableStream) -> Receiving>;

/// The future of a request's response.
pub type Exchange = Pin<Box<dyn Future<Output = Result<RawResponse, Error>>>>;

/// Sends a request and decodes its response; `signal` aborts it.
///
/// # Errors
/// Errors if the request can't be sent, is refused, or its response is lost or can't be decoded.
pub async fn send<E: Endpoint>(request: &E, signal: Option<&AbortSignal>) -> Result<E::Response, Error> {
    exchange(RawRequest::new(request), signal.cloned()).await?.read::<E>()
}

/// Like [`send`], but in the background: it does not extend the session.
///
/// # Errors
/// As [`send`].
pub async fn send_in_background<E: Endpoint>(request: &E) -> Result<E::Response, Error> {
    exchange(RawRequest::new(request).with_background(true), None).await?.read::<E>()
}

/// Sends a request and receives its response.
///
/// The caller may retry a read, but never a write: if a write's response is lost, the error is [`ErrorKind::Lost`], as
/// its outcome is unknown.
pub fn exchange(request: RawRequest, signal: Option<AbortSignal>) -> Exchange {
    exchange_list(request, signal, None)
}

/// Like [`exchange`]; `list` parses a list while it arrives.
pub fn exchange_list(request: RawRequest, signal: Option<AbortSignal>, list: Option<ListReceiver>) -> Exchange {
    Box::pin(async move {
        if !request.is_read && !network::is_online_untracked() {
            // A person is waiting for the write, so the connection is probed now.
            if !network::probe().await {
                return Err(request.to_error(ErrorKind::Offline));
            }
            network::mark_online();
        }
        let received = receive(&request, signal.as_ref(), list).await.inspect_err(|error| {
            if matches!(error.kind, ErrorKind::Offline | ErrorKind::Lost | ErrorKind::TimedOut) {
                network::verify_connection();
            }
        })?;
        if received.is_signed_out()
            && let Some(handler) = SIGNED_OUT_HANDLER.get()
        {
            handler(request.is_background);
        }
        network::mark_online();
        Ok(received)
    })
}

async fn receive(
    request: &RawRequest,
    signal: Option<&AbortSignal>,
    list: Option<ListReceiver>,
) -> Result<RawResponse, Error> {
    let _in_flight = InFlight::begin();
    let timeout = AbortController::new().ok();
    let timer = timers::after(TIMEOUT_MS, {
        let timeout = timeout.clone();
        move || timeout.iter().for_each(AbortController::abort)
    });
    let timed_out = || timeout.as_ref().is_some_and(|timeout| timeout.signal().aborted());
    let cancelled = || signal.is_some_and(AbortSignal::aborted);
    let failure_kind = || match (cancelled(), timed_out(), request.is_read) {
        (true, _, _) => ErrorKind::Cancelled,
        (_, _, false) => ErrorKind::Lost,
        (_, true, _) => ErrorKind::TimedOut,
        _ => ErrorKind::Offline,
    };

    let mut signals: js_sys::Array = signal.iter().map(|signal| JsValue::from(*signal)).collect();
    signals.extend(timeout.iter().map(|timeout| JsValue::from(timeout.signal())));
    let Ok(built) = build(request, &AbortSignal::any(&signals)) else {
        return Err(request.to_error(ErrorKind::NotAllowed));
    };
    let sent = clock::monotonic_ms();
    let response = built.send().await.map_err(|_| request.to_error(failure_kind()))?;
    let date = fresh_date(&response).and_then(|date| clock::sync(&date, sent));
    // The body can still be cut off: the timer runs until it has arrived.
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
        Ok(body) => Ok(RawResponse::from_parts(&response, date, body)),
        Err(_) if cancelled() || timed_out() || !request.is_read => Err(request.to_error(failure_kind())),
        Err(error) => {
            let kind = ErrorKind::Undecodable { path: "$".to_owned(), found: error };
            Err(Error { service: request.service, status: Some(response.status()), ..request.to_error(kind) })
        }
    }
}

/// The `Date` of a fresh response; `None` for one from a cache, which has an `Age`.
fn fresh_date(response: &Response) -> Option<String> {
    let headers = response.headers();
    headers.get("Date").filter(|_| !headers.has("Age"))
}

fn build(request: &RawRequest, signal: &AbortSignal) -> Result<gloo_net::http::Request, gloo_net::Error> {
    let method = match request.method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    };
    let mut builder = RequestBuilder::new(&format!("{}{}", config::base(request.service), request.target))
        .method(method)
        .abort_signal(Some(signal))
        .header("Accept", "application/json");
    if !matches!(request.method, Method::Get) {
        // The gateway requires this header for every method but GET: a page of another origin can't set it (CSRF).
        builder = builder.header("X-Trunkline", "1");
    }
    if request.is_background && config::has_gateway() {
        builder = builder.header("X-Trunkline-Background", "1");
    }
    if let Some(run) = RUN.with_borrow(Option::clone).filter(|_| !request.is_read && config::has_gateway()) {
        builder = builder.header("X-Trunkline-Run", &run);
    }
    match &request.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body.as_str()),
        None => builder.build(),
    }
}
