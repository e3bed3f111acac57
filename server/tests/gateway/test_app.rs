//! A gateway, a browser and an upstream for tests.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::response::Response;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use trunkline_server::config::Config;
use trunkline_server::gateway::{App, AppState};
use trunkline_server::{db, serve};

pub const AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";

/// Small demo data, because these tests are not about it.
const SMALL: &str = "[sandbox]\ntickets = 5\nevents = 5\nchannel_accounts = 3\ncustomers = 3\n";

pub struct TestApp {
    pub address: SocketAddr,
    pub state: AppState,
    pub folder: TempDir,
    pub stop: CancellationToken,
    pub ended: tokio::task::JoinHandle<std::io::Result<()>>,
}

/// Starts a gateway with a configuration, and with demo users unless the configuration sets them.
pub async fn start(config: &str) -> TestApp {
    let demo = if config.contains("demo_users") || !config.contains("[vendors") { "" } else { "demo_users = true\n" };
    start_exactly(&format!("{demo}{config}")).await
}

/// Starts a gateway with exactly this configuration.
pub async fn start_exactly(config: &str) -> TestApp {
    start_in(tempfile::tempdir().unwrap(), config).await
}

/// As [`start_exactly`], on the data of an earlier gateway.
pub async fn start_in(folder: TempDir, config: &str) -> TestApp {
    let dist = folder.path().join("dist");
    std::fs::create_dir_all(&dist).unwrap();
    std::fs::write(dist.join("index.html"), "<!doctype html><title>Trunkline</title>").unwrap();
    let config = Config::parse(&format!("{config}\n{SMALL}"), std::iter::empty()).unwrap();
    let pool = db::open(&folder.path().join("trunkline.db")).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let state = App::new(pool, config, address, Some(dist)).await.unwrap();
    let stop = CancellationToken::new();
    let ended = tokio::spawn(serve::serve(listener, state.clone(), stop.clone().cancelled_owned()));
    TestApp { address, state, folder, stop, ended }
}

impl TestApp {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Stops the gateway and starts another on its data.
    pub async fn restart(self, config: &str) -> Self {
        self.stop.cancel();
        self.ended.await.unwrap().unwrap();
        self.state.write_behind.flushed().await;
        start_in(self.folder, config).await
    }

    /// A browser that is not signed in.
    pub fn anonymous(&self) -> Browser {
        Browser { base: self.url(""), http: http(), cookie: None }
    }

    pub async fn admin(&self) -> Browser {
        self.anonymous().sign_in(json!({"demo": "admin"})).await
    }

    pub async fn agent(&self) -> Browser {
        self.anonymous().sign_in(json!({"demo": "agent"})).await
    }
}

pub fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

#[derive(Clone)]
pub struct Browser {
    pub base: String,
    pub http: reqwest::Client,
    pub cookie: Option<String>,
}

impl Browser {
    pub async fn sign_in(mut self, credentials: Value) -> Self {
        let answer = self.post("/api/session", &credentials).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let cookie = answer.header("set-cookie").unwrap();
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        self
    }

    /// Builds a request as the console sends it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        if method != Method::GET {
            request = request.header("X-Trunkline", "1");
        }
        match &self.cookie {
            Some(cookie) => request.header("Cookie", cookie),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> TestResponse {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> TestResponse {
        send(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> TestResponse {
        send(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> TestResponse {
        send(self.request(Method::DELETE, path)).await
    }
}

pub struct TestResponse {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

pub async fn send(request: RequestBuilder) -> TestResponse {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    TestResponse { status, headers, body: response.bytes().await.unwrap().to_vec() }
}

impl TestResponse {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// Asserts that this is the gateway's own error, complete, with this status and code.
    #[track_caller]
    pub fn assert_error(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.header("trunkline-error")), (status, Some(code)), "{}", self.text());
        let body = self.json();
        assert_eq!(body["error"], code);
        assert_eq!(body["requestId"].as_str(), self.header("trunkline-request-id"));
        assert!(!body["message"].as_str().unwrap().is_empty());
    }
}

/// A request that an upstream received.
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl ReceivedRequest {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

#[derive(Clone)]
pub struct FakeUpstream {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<ReceivedRequest>>>,
}

impl FakeUpstream {
    /// Starts an upstream that responds with a function.
    pub async fn start<F, R>(answer: F) -> Self
    where
        F: Fn(ReceivedRequest) -> R + Clone + Send + Sync + 'static,
        R: Future<Output = Response> + Send + 'static,
    {
        let seen: Arc<Mutex<Vec<ReceivedRequest>>> = Arc::default();
        let log = Arc::clone(&seen);
        let handler = move |request: Request| {
            let (log, answer) = (Arc::clone(&log), answer.clone());
            async move {
                let (parts, body) = request.into_parts();
                let body = to_bytes(body, 1 << 22).await.unwrap();
                let seen = ReceivedRequest {
                    method: parts.method.to_string(),
                    path: parts.uri.path().to_owned(),
                    query: parts.uri.query().unwrap_or("").to_owned(),
                    headers: parts.headers,
                    body: String::from_utf8(body.to_vec()).unwrap(),
                };
                log.lock().unwrap().push(seen.clone());
                answer(seen).await
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(handler)).await });
        Self { address, requests: seen }
    }

    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.lock().unwrap().clone()
    }
}

/// A JSON response.
pub fn json_response(status: u16, body: Value) -> Response {
    axum::http::Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(body.to_string().into())
        .unwrap()
}

/// Waits until a condition holds, for at most five seconds.
pub async fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let begun = std::time::Instant::now();
    while !condition() {
        assert!(begun.elapsed().as_secs() < 5, "{what}");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}
