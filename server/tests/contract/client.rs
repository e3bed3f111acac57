//! A native client: does what the console's transport does in the browser, with the same endpoint values and error
//! mapper.

use std::net::SocketAddr;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use trunkline_api::endpoint::{Endpoint, request_target};
use trunkline_api::gateway::{Credentials, Session, SignIn};
use trunkline_api::{Error, HttpResponse, Role, parse_response};

/// A client that sends what a browser sends.
#[derive(Clone)]
pub struct Client {
    pub base: String,
    pub cookie: Option<String>,
    pub http: reqwest::Client,
}

/// A response with all that the error mapper needs.
pub struct ReceivedResponse {
    pub status: u16,
    pub gateway_error: Option<String>,
    pub retry_after: Option<u32>,
    pub request_id: Option<String>,
    pub cookie: Option<String>,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

impl ReceivedResponse {
    fn raw_response(&self) -> HttpResponse<'_> {
        HttpResponse {
            status: self.status,
            gateway_error: self.gateway_error.as_deref(),
            retry_after: self.retry_after,
            request_id: self.request_id.as_deref(),
            body: &self.body,
        }
    }
}

impl Client {
    /// Creates a client that is signed out.
    pub fn new(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { base: format!("http://{address}/api"), cookie: None, http }
    }

    /// Signs in as a demo user.
    pub async fn demo(self, role: Role) -> Self {
        self.sign_in(Credentials::Demo { demo: role }).await.unwrap().0
    }

    /// Signs in and keeps the session's cookie.
    pub async fn sign_in(mut self, credentials: Credentials) -> Result<(Self, Session), Error> {
        let request = SignIn { credentials };
        let received = self.exchange(&request, true).await;
        let session = parse_response::<SignIn>(&received.raw_response())?;
        self.cookie = received.cookie;
        assert!(self.cookie.is_some(), "no cookie came");
        Ok((self, session))
    }

    /// Sends a request and decodes its response.
    pub async fn send<E: Endpoint>(&self, request: E) -> Result<E::Response, Error> {
        self.send_with_status(request).await.1
    }

    /// Like [`Client::send`], with the HTTP status.
    pub async fn send_with_status<E: Endpoint>(&self, request: E) -> (u16, Result<E::Response, Error>) {
        let received = self.exchange(&request, true).await;
        assert!(received.request_id.is_some(), "{} has no request id", E::PATH);
        if !received.body.is_empty() {
            assert_eq!(received.content_type.as_deref(), Some("application/json"), "{}", E::PATH);
        }
        (received.status, parse_response::<E>(&received.raw_response()))
    }

    /// Like [`Client::send`], without the header that distinguishes the console from another site.
    pub async fn send_as_another_site<E: Endpoint>(&self, request: E) -> Result<E::Response, Error> {
        parse_response::<E>(&self.exchange(&request, false).await.raw_response())
    }

    async fn exchange<E: Endpoint>(&self, request: &E, own: bool) -> ReceivedResponse {
        let prefix = match E::SERVICE.key() {
            "" => String::new(),
            key => format!("/{key}"),
        };
        let url = format!("{}{prefix}{}", self.base, request_target(request));
        let method = Method::from_bytes(E::METHOD.as_str().as_bytes()).unwrap();
        let mut http = self.http.request(method, url);
        if own {
            http = http.header("X-Trunkline", "1");
        }
        if let Some(cookie) = &self.cookie {
            http = http.header(COOKIE, cookie);
        }
        if let Some(body) = request.body() {
            http = http.header(CONTENT_TYPE, "application/json").body(body);
        }
        let response = http.send().await.unwrap();
        let header = |name: &str| Some(response.headers().get(name)?.to_str().unwrap().to_owned());
        ReceivedResponse {
            status: response.status().as_u16(),
            gateway_error: header("Trunkline-Error"),
            retry_after: header("Retry-After").and_then(|wait| wait.parse().ok()),
            request_id: header("Trunkline-Request-Id"),
            cookie: header(SET_COOKIE.as_str()).and_then(|text| Some(text.split_once(';')?.0.to_owned())),
            content_type: header("Content-Type"),
            body: response.bytes().await.unwrap().to_vec(),
        }
    }
}
