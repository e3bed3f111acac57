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
use trunkline_server::gateway::{App, State};
use trunkline_server::{serve, store};

pub const AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";

/// Small demo data: these tests are not about it.
const SMALL: &str = "[sandbox]\ntickets = 5\nevents = 5\nchannel_accounts = 3\ncustomers = 3\n";

pub struct Gateway {
    pub address: SocketAddr,
    pub state: State,
    pub folder: TempDir,
    pub stop: CancellationToken,
    pub ended: tokio::task::JoinHandle<std::io::Result<()>>,
}

/// A running gateway with a configuration. There are demo users, unless the configuration says otherwise.
pub async fn start(config: &str) -> Gateway {
    let demo = if config.contains("demo_users") || !config.contains("[vendors") { "" } else { "demo_users = true\n" };
    start_with(&format!("{demo}{config}")).await
}

/// A running gateway with exactly this configuration.
pub async fn start_with(config: &str) -> Gateway {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    std::fs::create_dir(&dist).unwrap();
    std::fs::write(dist.join("index.html"), "<!doctype html><title>Trunkline</title>").unwrap();
    let config = Config::parse(&format!("{config}\n{SMALL}"), std::iter::empty()).unwrap();
    let pool = store::open(&folder.path().join("trunkline.db")).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let state = App::new(pool, config, address, Some(dist)).await.unwrap();
    let stop = CancellationToken::new();
    let ended = tokio::spawn(serve::serve(listener, state.clone(), stop.clone().cancelled_owned()));
    Gateway { address, state, folder, stop, ended }
}

impl Gateway {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Someone who isn't signed in.
    pub fn nobody(&self) -> Browser {
        Browser { base: self.url(""), http: http(), cookie: None }
    }

    pub async fn admin(&self) -> Browser {
        self.nobody().sign_in(json!({"demo": "admin"})).await
    }

    pub async fn agent(&self) -> Browser {
        self.nobody().sign_in(json!({"demo": "agent"})).await
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

    /// A request as the console sends it.
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

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }
}

pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.bytes().await.unwrap().to_vec() }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The gateway's own refusal with this status and word, complete.
    #[track_caller]
    pub fn is_refusal(&self, status: u16, word: &str) {
        assert_eq!((self.status, self.header("trunkline-error")), (status, Some(word)), "{}", self.text());
        let body = self.json();
        assert_eq!(body["error"], word);
        assert_eq!(body["requestId"].as_str(), self.header("trunkline-request-id"));
        assert!(!body["message"].as_str().unwrap().is_empty());
    }
}

/// What an upstream was sent.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

#[derive(Clone)]
pub struct Upstream {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Upstream {
    /// An upstream whose every answer is made by a function.
    pub async fn start<F, R>(answer: F) -> Self
    where
        F: Fn(Seen) -> R + Clone + Send + Sync + 'static,
        R: Future<Output = Response> + Send + 'static,
    {
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let log = Arc::clone(&seen);
        let handler = move |request: Request| {
            let (log, answer) = (Arc::clone(&log), answer.clone());
            async move {
                let (parts, body) = request.into_parts();
                let body = to_bytes(body, 1 << 22).await.unwrap();
                let seen = Seen {
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
        Self { address, seen }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

/// An answer with JSON.
pub fn reply(status: u16, body: Value) -> Response {
    axum::http::Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(body.to_string().into())
        .unwrap()
}

/// Waits until something is so, at most five seconds.
pub async fn until(what: &str, so: impl Fn() -> bool) {
    let begun = std::time::Instant::now();
    while !so() {
        assert!(begun.elapsed().as_secs() < 5, "{what}");
        tokio::task::yield_now().await;
    }
}
