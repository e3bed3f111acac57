//! A sandbox in memory with a clock that tests advance, and requests as the gateway sends them.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use serde_json::Value;
use sqlx::SqlitePool;
use trunkline_api::endpoint::percent_decode;
use trunkline_api::{Service, registry};
use trunkline_server::sandbox::{Clock, Sandbox, SandboxConfig};
use trunkline_server::vendor_request::{VendorRequest, VendorResponse};

/// 2026-03-04 05:06:07.891 UTC, in milliseconds.
pub const START: i64 = 1_772_600_767_891;
pub const ACCOUNT: &str = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
pub const AGENT: &str = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";

pub struct TestSandbox {
    pub sandbox: Sandbox,
    millis: Arc<AtomicI64>,
}

impl TestSandbox {
    pub async fn new(config: SandboxConfig) -> Self {
        Self::at(trunkline_server::db::in_memory().await.unwrap(), config, START).await
    }

    pub async fn default() -> Self {
        Self::new(SandboxConfig::default()).await
    }

    pub async fn at(pool: SqlitePool, config: SandboxConfig, start: i64) -> Self {
        let millis = Arc::new(AtomicI64::new(start));
        let read = Arc::clone(&millis);
        let clock = Clock::new(move || jiff::Timestamp::from_millisecond(read.load(Ordering::Relaxed)).unwrap());
        Self { sandbox: Sandbox::open_at(pool, config, clock).await.unwrap(), millis }
    }

    /// Opens a database file, which has several connections, for tests of concurrency.
    pub async fn on_file(config: SandboxConfig) -> (Self, TempFile) {
        let file = TempFile::new();
        (Self::at(trunkline_server::db::open(&file.0).await.unwrap(), config, START).await, file)
    }

    pub fn pass_seconds(&self, seconds: i64) {
        self.millis.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    pub async fn send(&self, vendor: Service, method: &str, target: &str, body: impl Into<Bytes>) -> VendorResponse {
        self.sandbox.handle(&call(vendor, method, target, body)).await
    }

    /// Sends a request and returns status and JSON.
    pub async fn ask(&self, vendor: Service, method: &str, target: &str, body: &str) -> (u16, Value) {
        let reply = self.send(vendor, method, target, body.to_owned()).await;
        assert_eq!(reply.content_type, Some("application/json"), "{method} {target}");
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }
}

pub fn call(vendor: Service, method: &str, target: &str, body: impl Into<Bytes>) -> VendorRequest {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (endpoint, values) = registry::find(vendor, method, path).unwrap();
    let query = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = query.map(|(name, value)| (name.to_owned(), percent_decode(value).unwrap())).collect();
    VendorRequest {
        endpoint,
        path: path.to_owned(),
        path_params: values,
        query,
        body: body.into(),
        origin: Default::default(),
    }
}

/// A database file that is deleted on drop.
pub struct TempFile(pub std::path::PathBuf);

impl TempFile {
    pub fn new() -> Self {
        Self(std::env::temp_dir().join(format!("trunkline-sandbox-{}.db", uuid::Uuid::new_v4())))
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
    }
}
