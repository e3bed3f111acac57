//! Connections that are idle, or that read nothing.

use std::time::{Duration, Instant};

use axum::response::IntoResponse;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::process::{spawn_with_descriptors, terminate};
use crate::test_app::{FakeUpstream, TestApp, start, wait_until};

/// Sends a raw request and returns the response, from the status line to the connection's end.
async fn send_raw(gateway: &TestApp, request: &str) -> String {
    let mut stream = TcpStream::connect(gateway.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn idle_connections_block_no_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, nobody) = spawn_with_descriptors(&folder, 256);
    let address = nobody.base.strip_prefix("http://").unwrap().to_owned();
    let mut idle = Vec::new();
    for _ in 0..300 {
        idle.push(TcpStream::connect(&address).await.unwrap());
    }
    let begun = Instant::now();
    for _ in 0..5 {
        // Each on a connection of its own.
        let answer =
            crate::test_app::Browser { http: crate::test_app::http(), ..nobody.clone() }.get("/api/health").await;
        assert_eq!(answer.status, 200);
    }
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    drop(idle);
    terminate(&child, "TERM");
    assert!(child.wait().unwrap().success());
}

#[tokio::test]
async fn connection_without_a_request_closes_after_ten_seconds() {
    let gateway = start("").await;
    let begun = Instant::now();
    let mut silent = TcpStream::connect(gateway.address).await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(30), silent.read_to_end(&mut Vec::new())).await;
    assert!(ended.is_ok(), "it is still open");
    // A connection whose first head has arrived has the configured 75 s.
    assert!(begun.elapsed() >= Duration::from_secs(9), "{:?}", begun.elapsed());
}

/// True while this process has an established connection between two ports on loopback, seen from the first.
fn is_established(local: u16, remote: u16) -> bool {
    let port = |address: &str| u16::from_str_radix(address.rsplit_once(':').unwrap().1, 16).unwrap();
    std::fs::read_to_string("/proc/self/net/tcp").unwrap().lines().skip(1).any(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        (port(fields[1]), port(fields[2]), fields[3]) == (local, remote, "01")
    })
}

#[tokio::test]
async fn unread_response_closes_its_connection() {
    let body = format!("[\"{}\"]", "x".repeat(40 << 20));
    let vendor = FakeUpstream::start(move |_| {
        let body = body.clone();
        async move { ([("content-type", "application/json")], body).into_response() }
    })
    .await;
    let gateway =
        start(&format!("write_timeout_seconds = 1\n[vendors.jtel]\nupstream = \"http://{}\"", vendor.address)).await;
    let admin = gateway.admin().await;
    let mut stream = TcpStream::connect(gateway.address).await.unwrap();
    let request = format!(
        "GET /api/jtel/acd/events HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
        gateway.address,
        admin.cookie.as_deref().unwrap()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    // The response has begun. Read nothing until the server closes the connection.
    stream.readable().await.unwrap();
    let (server, client) = (gateway.address.port(), stream.local_addr().unwrap().port());
    wait_until("the server closes the connection", || !is_established(server, client)).await;
    let mut taken = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut taken)).await.expect("it has ended");
    assert!(taken.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&taken[..taken.len().min(200)]));
    assert!(taken.len() < 20 << 20, "{} bytes", taken.len());
}

#[tokio::test]
async fn request_without_exactly_one_valid_host_is_400() {
    let gateway = start("").await;
    let own = gateway.address.to_string();
    for (head, status) in [
        (format!("GET /api/health HTTP/1.1\r\nHost: {own}\r\n"), 200),
        (format!("GET http://{own}/api/health HTTP/1.1\r\nHost: {own}\r\n"), 200),
        ("GET /api/health HTTP/1.1\r\n".to_owned(), 400),
        ("GET /inbox HTTP/1.0\r\n".to_owned(), 400),
        (format!("GET /api/health HTTP/1.1\r\nHost: {own}\r\nHost: {own}\r\n"), 400),
        (format!("GET /api/health HTTP/1.1\r\nHost: {own}\r\nHost: evil.example\r\n"), 400),
        (format!("GET http://evil.example/api/health HTTP/1.1\r\nHost: {own}\r\n"), 400),
        ("GET / HTTP/1.1\r\nHost: a b\r\n".to_owned(), 400),
    ] {
        let answer = send_raw(&gateway, &format!("{head}Connection: close\r\n\r\n")).await;
        assert!(answer.contains(&format!(" {status} ")), "{head}: {answer}");
    }
}

#[tokio::test]
async fn hsts_is_sent_behind_tls_only() {
    let gateway = start("").await;
    for (scheme, has_hsts) in [("https", true), ("HTTPS", true), ("https, http", true), ("http", false)] {
        for path in ["/", "/api/session", "/config.json"] {
            let request = gateway.anonymous().request(reqwest::Method::GET, path).header("X-Forwarded-Proto", scheme);
            let answer = crate::test_app::send(request).await;
            assert_eq!(answer.header("strict-transport-security").is_some(), has_hsts, "{scheme} {path}");
        }
    }
    assert_eq!(gateway.anonymous().get("/").await.header("strict-transport-security"), None);
}
