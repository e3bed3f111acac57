//! A native client: what the console's transport does in the browser, with the same endpoint values and the same mapper.

use std::net::SocketAddr;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use trunkline_api::endpoint::{Endpoint, target};
use trunkline_api::gateway::{Credentials, Session, SignIn};
use trunkline_api::{Answer, Error, Role, read};

/// A browser, as far as the gateway can tell.
#[derive(Clone)]
pub struct Client {
    pub base: String,
    pub cookie: Option<String>,
    pub http: reqwest::Client,
}

/// An answer with all that the mapper needs.
pub struct Received {
    pub status: u16,
    pub gateway_error: Option<String>,
    pub retry_after: Option<u32>,
    pub request_id: Option<String>,
    pub cookie: Option<String>,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

impl Received {
    fn answer(&self) -> Answer<'_> {
        Answer {
            status: self.status,
            gateway_error: self.gateway_error.as_deref(),
            retry_after: self.retry_after,
            request_id: self.request_id.as_deref(),
            body: &self.body,
        }
    }
}

impl Client {
    /// Signed out.
    pub fn new(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { base: format!("http://{address}/api"), cookie: None, http }
    }

    /// Signs in as a demo user.
    pub async fn demo(self, role: Role) -> Self {
        self.sign_in(Credentials::Demo { demo: role }).await.unwrap().0
    }

    /// Signs in, and keeps the session's cookie.
    pub async fn sign_in(mut self, credentials: Credentials) -> Result<(Self, Session), Error> {
        let request = SignIn { credentials };
        let received = self.exchange(&request, true).await;
        let session = read::<SignIn>(&received.answer())?;
        self.cookie = received.cookie;
        assert!(self.cookie.is_some(), "no cookie came");
        Ok((self, session))
    }

    /// Sends a request and reads its answer.
    pub async fn send<E: Endpoint>(&self, request: E) -> Result<E::Response, Error> {
        self.send_with_status(request).await.1
    }

    /// As [`Client::send`], with the HTTP status.
    pub async fn send_with_status<E: Endpoint>(&self, request: E) -> (u16, Result<E::Response, Error>) {
        let received = self.exchange(&request, true).await;
        assert!(received.request_id.is_some(), "{} has no request id", E::PATH);
        if !received.body.is_empty() {
            assert_eq!(received.content_type.as_deref(), Some("application/json"), "{}", E::PATH);
        }
        (received.status, read::<E>(&received.answer()))
    }

    /// As [`Client::send`], without the header that tells the console from another site.
    pub async fn send_as_another_site<E: Endpoint>(&self, request: E) -> Result<E::Response, Error> {
        read::<E>(&self.exchange(&request, false).await.answer())
    }

    async fn exchange<E: Endpoint>(&self, request: &E, own: bool) -> Received {
        let prefix = match E::VENDOR.key() {
            "" => String::new(),
            key => format!("/{key}"),
        };
        let url = format!("{}{prefix}{}", self.base, target(request));
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
        Received {
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
