//! Connections that do nothing, or take nothing.

use std::time::{Duration, Instant};

use axum::response::IntoResponse;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::kit::{Gateway, Upstream, start};
use crate::process::{begin_within, terminate};

/// What a raw request is answered with: the status line and all after it, up to the connection's end.
async fn raw(gateway: &Gateway, request: &str) -> String {
    let mut stream = TcpStream::connect(gateway.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn three_hundred_idle_connections_keep_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, nobody) = begin_within(&folder, 256);
    let address = nobody.base.strip_prefix("http://").unwrap().to_owned();
    let mut idle = Vec::new();
    for _ in 0..300 {
        idle.push(TcpStream::connect(&address).await.unwrap());
    }
    let begun = Instant::now();
    for _ in 0..5 {
        // Each by a connection of its own.
        let answer = crate::kit::Browser { http: crate::kit::http(), ..nobody.clone() }.get("/api/health").await;
        assert_eq!(answer.status, 200);
    }
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    drop(idle);
    terminate(&child, "TERM");
    assert!(child.wait().unwrap().success());
}

#[tokio::test]
async fn an_answer_that_nobody_takes_ends_its_connection() {
    let body = format!("[\"{}\"]", "x".repeat(40 << 20));
    let vendor = Upstream::start(move |_| {
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
    // It has begun. Now it waits longer than it may.
    stream.readable().await.unwrap();
    tokio::time::sleep(Duration::from_secs(4)).await;
    let mut taken = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut taken)).await.expect("it has ended");
    assert!(taken.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&taken[..taken.len().min(200)]));
    assert!(taken.len() < 20 << 20, "{} bytes", taken.len());
}

#[tokio::test]
async fn a_request_names_exactly_one_host() {
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
        let answer = raw(&gateway, &format!("{head}Connection: close\r\n\r\n")).await;
        assert!(answer.contains(&format!(" {status} ")), "{head}: {answer}");
    }
}

#[tokio::test]
async fn behind_tls_browsers_are_told_to_stay_with_it() {
    let gateway = start("").await;
    for (scheme, told) in [("https", true), ("HTTPS", true), ("https, http", true), ("http", false)] {
        for path in ["/", "/api/session", "/config.json"] {
            let request = gateway.nobody().request(reqwest::Method::GET, path).header("X-Forwarded-Proto", scheme);
            let answer = crate::kit::send(request).await;
            assert_eq!(answer.header("strict-transport-security").is_some(), told, "{scheme} {path}");
        }
    }
    assert_eq!(gateway.nobody().get("/").await.header("strict-transport-security"), None);
}
