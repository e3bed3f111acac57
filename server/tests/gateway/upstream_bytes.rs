//! Bodies as real upstreams send them: compressed without being asked, in other encodings, with byte order marks and
//! truncated characters. The browser gets clean UTF-8 without loss, and no secret.

use async_compression::tokio::bufread::{BrotliEncoder, DeflateEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::test_app::{AGENT, Browser, FakeUpstream, TestApp, start};

/// A body with its headers.
#[derive(Clone)]
struct SentBody {
    media: &'static str,
    coding: &'static str,
    body: Vec<u8>,
}

fn sent_body(media: &'static str, coding: &'static str, body: impl Into<Vec<u8>>) -> SentBody {
    SentBody { media, coding, body: body.into() }
}

const JSON: &str = "application/json";

async fn compress(mut encoder: impl AsyncRead + Unpin) -> Vec<u8> {
    let mut out = Vec::new();
    encoder.read_to_end(&mut out).await.unwrap();
    out
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

async fn vendor(sent: SentBody) -> FakeUpstream {
    FakeUpstream::start(move |_| {
        let SentBody { media, coding, body } = sent.clone();
        async move {
            let mut response = Response::builder().header("content-type", media);
            if !coding.is_empty() {
                response = response.header("content-encoding", coding);
            }
            response.body(Body::from(body)).unwrap()
        }
    })
    .await
}

async fn gateway(key: &str, sent: SentBody) -> TestApp {
    let vendor = vendor(sent).await;
    start(&format!("[vendors.{key}]\nupstream = \"http://{}\"", vendor.address)).await
}

/// The names of jtel's groups, as a browser receives them.
async fn group(sent: SentBody) -> String {
    let gateway = gateway("jtel", sent).await;
    let answer = gateway.agent().await.get("/api/jtel/acd/groups").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some(JSON));
    assert!(std::str::from_utf8(&answer.body).is_ok());
    answer.json()["records"][0]["Name"].as_str().unwrap().to_owned()
}

fn groups(name: &str) -> String {
    format!(r#"{{"records":[{{"ID":1,"Name":"{name}"}}],"count":1,"status":200}}"#)
}

async fn tickets(sent: SentBody) -> Value {
    let gateway = gateway("oneview", sent).await;
    let answer = gateway.agent().await.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!answer.text().contains("s3cret"), "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn lone_surrogate_hides_no_ticket() {
    let body = r#"[{"id":"1"},{"id":"2","content":{"text":"hi \ud83d"}},{"id":"3","metadata":{"agentJwt":"s3cret"}}]"#;
    let shown = tickets(sent_body(JSON, "", body)).await;
    assert_eq!(shown.as_array().unwrap().len(), 3);
    assert_eq!(shown[1]["content"]["text"], "hi \u{fffd}");
    assert_eq!(shown[2], json!({"id": "3", "metadata": {}}));
}

#[tokio::test]
async fn byte_order_mark_hides_no_ticket_and_leaks_no_secret() {
    let body = "\u{feff}[{\"id\":\"1\",\"metadata\":{\"agentJwt\":\"s3cret\",\"roomId\":\"r\"}}]";
    let wanted = json!([{"id": "1", "metadata": {"roomId": "r"}}]);
    assert_eq!(tickets(sent_body(JSON, "", body)).await, wanted);
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        assert_eq!(tickets(sent_body(JSON, "", utf16(body, bytes))).await, wanted);
        assert_eq!(tickets(sent_body(JSON, "", utf16(body.trim_start_matches('\u{feff}'), bytes))).await, wanted);
    }
}

#[tokio::test]
async fn unrequested_compression_is_decoded() {
    let text = groups("Müller");
    let bytes = text.as_bytes();
    let gzip = compress(GzipEncoder::new(bytes)).await;
    let twice = compress(BrotliEncoder::new(&gzip[..])).await;
    for (coding, body) in [
        ("gzip", gzip.clone()),
        ("x-gzip", gzip.clone()),
        ("", gzip.clone()),
        ("gzip", text.clone().into_bytes()),
        ("deflate", compress(ZlibEncoder::new(bytes)).await),
        ("deflate", compress(DeflateEncoder::new(bytes)).await),
        ("br", compress(BrotliEncoder::new(bytes)).await),
        ("zstd", compress(ZstdEncoder::new(bytes)).await),
        ("", compress(ZstdEncoder::new(bytes)).await),
        ("gzip, br", twice),
        ("identity", text.clone().into_bytes()),
    ] {
        assert_eq!(group(sent_body(JSON, coding, body)).await, "Müller", "{coding}");
    }
    // Both compressed and in another encoding.
    let latin: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    let latin = compress(GzipEncoder::new(&latin[..])).await;
    assert_eq!(group(sent_body("application/json; charset=iso-8859-1", "gzip", latin)).await, "Müller");
}

#[tokio::test]
async fn charsets_are_converted_to_utf_8() {
    for (media, name, bytes) in [
        ("application/json; charset=ISO-8859-1", "Müller", &b"M\xfcller"[..]),
        ("application/json;charset=\"iso-8859-1\"", "Müller", b"M\xfcller"),
        ("application/json; charset=windows-1252", "5 €", b"5 \x80"),
        ("application/json; charset=windows-1255", "שלום", b"\xf9\xec\xe5\xed"),
        ("application/json; charset=ISO-8859-8", "שלום", b"\xf9\xec\xe5\xed"),
        ("application/json; charset=utf-8", "שלום", "שלום".as_bytes()),
        (JSON, "a\u{fffd}b", b"a\xffb"),
    ] {
        let text = groups("@");
        let (before, after) = text.split_once('@').unwrap();
        let body = [before.as_bytes(), bytes, after.as_bytes()].concat();
        assert_eq!(group(sent_body(media, "", body)).await, name, "{media}");
    }
}

#[tokio::test]
async fn numbers_are_passed_through_verbatim() {
    let body =
        r#"[{"id":"1","content":{"n":[1e3,123456789012345678901234567890,10.10]},"metadata":{"agentJwt":"s3cret"}}]"#;
    let gateway = gateway("oneview", sent_body(JSON, "", body)).await;
    let answer = gateway.agent().await.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await;
    let wanted = r#"[{"id":"1","content":{"n":[1e3,123456789012345678901234567890,10.10]},"metadata":{}}]"#;
    assert_eq!(answer.text(), wanted);
}

#[tokio::test]
async fn non_json_stays_text() {
    for (media, body) in [("text/html", "<p>\\ud83d</p>"), ("text/plain", "out of order")] {
        let gateway = gateway("jtel", sent_body(media, "", body)).await;
        let answer = gateway.agent().await.get("/api/jtel/acd/groups").await;
        assert_eq!((answer.header("content-type"), answer.text().as_str()), (Some("text/plain; charset=utf-8"), body));
    }
}

#[tokio::test]
async fn decompression_bomb_and_damaged_encoding_are_errors() {
    // Compress a part and repeat it: compressing all 72 MiB takes minutes in a debug build.
    let bomb = compress(GzipEncoder::new(&vec![b' '; 4 << 20][..])).await.repeat(18);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let mut cut = compress(GzipEncoder::new(groups("Müller").as_bytes())).await;
    cut.truncate(cut.len() - 12);
    for (coding, body) in [("gzip", bomb), ("gzip", cut)] {
        // one-view's responses are redacted, so they are read completely before anything is sent.
        let gateway = gateway("oneview", sent_body(JSON, coding, body)).await;
        let answer = gateway.agent().await.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await;
        answer.assert_error(502, "unreachable");
    }
}

#[tokio::test]
async fn large_list_in_another_encoding_is_streamed() {
    let records: String =
        (0..40_000).map(|id| format!("{{\"ID\":{id},\"Subject\":\"M\u{fc}ller \\ud83d \\ud83d\\ude00\"}},")).collect();
    let text = format!("{{\"records\":[{}]}}", records.trim_end_matches(','));
    let latin: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    let body = compress(GzipEncoder::new(&latin[..])).await;
    let gateway = gateway("jtel", sent_body("application/json; charset=iso-8859-1", "gzip", body)).await;
    let answer = gateway.agent().await.get("/api/jtel/acd/events").await;
    assert!(answer.text() == text.replace("\\ud83d \\ud83d\\ude00", "\\ufffd \\ud83d\\ude00"));
}

/// Runs a test of an external API and returns its output `nick`.
async fn test_output(admin: &Browser, sent: SentBody) -> Value {
    let target = vendor(sent).await;
    let api = json!({
        "name": "CRM", "description": "", "method": "GET", "url": format!("http://{}/", target.address),
        "format": "form", "headers": [], "request": [], "output": [{"name": "nick", "path": "nick"}]
    });
    let id = admin.post("/api/sobot/external-apis", &api).await.json()["id"].as_str().unwrap().to_owned();
    let run = admin.post(&format!("/api/sobot/external-apis/{id}/tests"), &json!({"values": []})).await.json();
    assert_eq!(run["status"], 200, "{run}");
    run["outputs"][0]["value"].clone()
}

#[tokio::test]
async fn test_outputs_are_decoded() {
    let gateway = start("[external_apis]\nallow_private = true").await;
    let admin = gateway.admin().await;
    let noa = r#"{"nick":"Noa"}"#;
    let gzip = compress(GzipEncoder::new(noa.as_bytes())).await;
    let zstd = compress(ZstdEncoder::new(noa.as_bytes())).await;
    let brotli = compress(BrotliEncoder::new(noa.as_bytes())).await;
    let digits = "123456789012345678901234567890";
    for (sent, value) in [
        (sent_body(JSON, "", format!("\u{feff}{noa}")), "Noa"),
        (sent_body(JSON, "gzip", gzip.clone()), "Noa"),
        (sent_body(JSON, "", gzip), "Noa"),
        (sent_body(JSON, "zstd", zstd), "Noa"),
        (sent_body(JSON, "br", brotli), "Noa"),
        (sent_body(JSON, "", utf16(noa, u16::to_le_bytes)), "Noa"),
        (sent_body("application/json; charset=ISO-8859-1", "", &b"{\"nick\":\"M\xfcller\"}"[..]), "Müller"),
        (sent_body("application/json; charset=windows-1255", "", &b"{\"nick\":\"\xf0\xe5\xf2\xe4\"}"[..]), "נועה"),
        (sent_body(JSON, "", r#"{"nick":"No\ud83d"}"#), "No\u{fffd}"),
        (sent_body(JSON, "", format!("{{\"nick\":{digits}}}")), digits),
        (sent_body(JSON, "", r#"{"nick":10.10}"#), "10.10"),
    ] {
        assert_eq!(test_output(&admin, sent).await, value);
    }
}

#[tokio::test]
async fn unexpected_status_is_an_error() {
    for line in ["101 Switching Protocols", "407 Proxy Authentication Required", "999 Request denied"] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            use tokio::io::AsyncWriteExt;
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let _ = stream.read(&mut [0; 4096]).await;
                let head = format!("HTTP/1.1 {line}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]");
                let _ = stream.write_all(head.as_bytes()).await;
            }
        });
        let gateway = start(&format!("[vendors.jtel]\nupstream = \"http://{address}\"")).await;
        let answer = gateway.agent().await.get("/api/jtel/users").await;
        assert_eq!(answer.status, 502, "{line}: {}", answer.text());
        assert!(answer.header("trunkline-error").is_some(), "{line}");
    }
}

#[tokio::test]
async fn mail_with_embedded_images_is_sanitised() {
    let gateway = start("").await;
    let agent = gateway.agent().await;
    let clean = async |html: String| agent.post("/api/clean-html", &json!({"html": html})).await;
    for size in [300 << 10, 5 << 20] {
        let image = format!("<p>Hello there</p><img src=\"data:image/png;base64,{}\">", "iVBORw0K".repeat(size / 8));
        let cleaned = clean(image).await;
        assert_eq!((cleaned.status, cleaned.json()["html"].as_str().unwrap().trim()), (200, "<p>Hello there</p>"));
    }
    let attributes: String = (0..50_000).map(|number| format!(" a{number}=\"1\"")).collect();
    let begun = std::time::Instant::now();
    assert_eq!(clean(format!("<p{attributes}>x</p>")).await.json()["html"], "<p>x</p>");
    assert!(begun.elapsed().as_millis() < 5_000, "{:?}", begun.elapsed());
    clean("x".repeat((8 << 20) + 1)).await.assert_error(413, "invalid");
}
