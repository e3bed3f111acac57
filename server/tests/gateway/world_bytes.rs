//! What upstreams really send: compressed though nobody asked, in other encodings, with marks and cut characters. The
//! browser gets clean UTF-8, nothing is lost, no secret slips through.

use async_compression::tokio::bufread::{BrotliEncoder, DeflateEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::kit::{AGENT, Browser, Gateway, Upstream, start};

/// A body with its head.
#[derive(Clone)]
struct Sent {
    media: &'static str,
    coding: &'static str,
    body: Vec<u8>,
}

fn sent(media: &'static str, coding: &'static str, body: impl Into<Vec<u8>>) -> Sent {
    Sent { media, coding, body: body.into() }
}

const JSON: &str = "application/json";

async fn packed(mut encoder: impl AsyncRead + Unpin) -> Vec<u8> {
    let mut out = Vec::new();
    encoder.read_to_end(&mut out).await.unwrap();
    out
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

async fn vendor(sent: Sent) -> Upstream {
    Upstream::start(move |_| {
        let Sent { media, coding, body } = sent.clone();
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

async fn gateway(key: &str, sent: Sent) -> Gateway {
    let vendor = vendor(sent).await;
    start(&format!("[vendors.{key}]\nupstream = \"http://{}\"", vendor.address)).await
}

/// The names of jtel's groups, as a browser gets them.
async fn group(sent: Sent) -> String {
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

async fn tickets(sent: Sent) -> Value {
    let gateway = gateway("oneview", sent).await;
    let answer = gateway.agent().await.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!answer.text().contains("s3cret"), "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a1_half_an_emoji_hides_no_ticket() {
    let body = r#"[{"id":"1"},{"id":"2","content":{"text":"hi \ud83d"}},{"id":"3","metadata":{"agentJwt":"s3cret"}}]"#;
    let shown = tickets(sent(JSON, "", body)).await;
    assert_eq!(shown.as_array().unwrap().len(), 3);
    assert_eq!(shown[1]["content"]["text"], "hi \u{fffd}");
    assert_eq!(shown[2], json!({"id": "3", "metadata": {}}));
}

#[tokio::test]
async fn a2_a_byte_order_mark_hides_no_ticket_and_no_secret_comes_through() {
    let body = "\u{feff}[{\"id\":\"1\",\"metadata\":{\"agentJwt\":\"s3cret\",\"roomId\":\"r\"}}]";
    let wanted = json!([{"id": "1", "metadata": {"roomId": "r"}}]);
    assert_eq!(tickets(sent(JSON, "", body)).await, wanted);
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        assert_eq!(tickets(sent(JSON, "", utf16(body, bytes))).await, wanted);
        assert_eq!(tickets(sent(JSON, "", utf16(body.trim_start_matches('\u{feff}'), bytes))).await, wanted);
    }
}

#[tokio::test]
async fn a3_a_compressed_body_is_read_though_nobody_asked() {
    let text = groups("Müller");
    let bytes = text.as_bytes();
    let gzip = packed(GzipEncoder::new(bytes)).await;
    let twice = packed(BrotliEncoder::new(&gzip[..])).await;
    for (coding, body) in [
        ("gzip", gzip.clone()),
        ("x-gzip", gzip.clone()),
        ("", gzip.clone()),
        ("gzip", text.clone().into_bytes()),
        ("deflate", packed(ZlibEncoder::new(bytes)).await),
        ("deflate", packed(DeflateEncoder::new(bytes)).await),
        ("br", packed(BrotliEncoder::new(bytes)).await),
        ("zstd", packed(ZstdEncoder::new(bytes)).await),
        ("", packed(ZstdEncoder::new(bytes)).await),
        ("gzip, br", twice),
        ("identity", text.clone().into_bytes()),
    ] {
        assert_eq!(group(sent(JSON, coding, body)).await, "Müller", "{coding}");
    }
    // Compressed and in another encoding.
    let latin: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    let latin = packed(GzipEncoder::new(&latin[..])).await;
    assert_eq!(group(sent("application/json; charset=iso-8859-1", "gzip", latin)).await, "Müller");
}

#[tokio::test]
async fn a4_a_charset_is_converted() {
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
        assert_eq!(group(sent(media, "", body)).await, name, "{media}");
    }
}

#[tokio::test]
async fn numbers_come_as_they_were_sent() {
    let body =
        r#"[{"id":"1","content":{"n":[1e3,123456789012345678901234567890,10.10]},"metadata":{"agentJwt":"s3cret"}}]"#;
    let gateway = gateway("oneview", sent(JSON, "", body)).await;
    let answer = gateway.agent().await.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await;
    let wanted = r#"[{"id":"1","content":{"n":[1e3,123456789012345678901234567890,10.10]},"metadata":{}}]"#;
    assert_eq!(answer.text(), wanted);
}

#[tokio::test]
async fn what_is_no_json_stays_text() {
    for (media, body) in [("text/html", "<p>\\ud83d</p>"), ("text/plain", "out of order")] {
        let gateway = gateway("jtel", sent(media, "", body)).await;
        let answer = gateway.agent().await.get("/api/jtel/acd/groups").await;
        assert_eq!((answer.header("content-type"), answer.text().as_str()), (Some("text/plain; charset=utf-8"), body));
    }
}

#[tokio::test]
async fn a_bomb_and_a_damaged_coding_are_refused() {
    // Packed once and repeated: packing all 72 MiB takes minutes unoptimised.
    let bomb = packed(GzipEncoder::new(&vec![b' '; 4 << 20][..])).await.repeat(18);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let mut cut = packed(GzipEncoder::new(groups("Müller").as_bytes())).await;
    cut.truncate(cut.len() - 12);
    for (coding, body) in [("gzip", bomb), ("gzip", cut)] {
        // Read whole before anything goes out: one-view's answers are looked through.
        let gateway = gateway("oneview", sent(JSON, coding, body)).await;
        let answer = gateway.agent().await.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await;
        answer.is_refusal(502, "unreachable");
    }
}

#[tokio::test]
async fn a_large_list_in_another_encoding_streams() {
    let records: String =
        (0..40_000).map(|id| format!("{{\"ID\":{id},\"Subject\":\"M\u{fc}ller \\ud83d \\ud83d\\ude00\"}},")).collect();
    let text = format!("{{\"records\":[{}]}}", records.trim_end_matches(','));
    let latin: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    let body = packed(GzipEncoder::new(&latin[..])).await;
    let gateway = gateway("jtel", sent("application/json; charset=iso-8859-1", "gzip", body)).await;
    let answer = gateway.agent().await.get("/api/jtel/acd/events").await;
    assert!(answer.text() == text.replace("\\ud83d \\ud83d\\ude00", "\\ufffd \\ud83d\\ude00"));
}

/// One test of an external API whose output `nick` is read.
async fn nick(admin: &Browser, sent: Sent) -> Value {
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
async fn a5_outputs_of_a_test_are_read_as_they_were_meant() {
    let gateway = start("[external_apis]\nallow_private = true").await;
    let admin = gateway.admin().await;
    let noa = r#"{"nick":"Noa"}"#;
    let gzip = packed(GzipEncoder::new(noa.as_bytes())).await;
    let zstd = packed(ZstdEncoder::new(noa.as_bytes())).await;
    let brotli = packed(BrotliEncoder::new(noa.as_bytes())).await;
    let digits = "123456789012345678901234567890";
    for (sent, value) in [
        (sent(JSON, "", format!("\u{feff}{noa}")), "Noa"),
        (sent(JSON, "gzip", gzip.clone()), "Noa"),
        (sent(JSON, "", gzip), "Noa"),
        (sent(JSON, "zstd", zstd), "Noa"),
        (sent(JSON, "br", brotli), "Noa"),
        (sent(JSON, "", utf16(noa, u16::to_le_bytes)), "Noa"),
        (sent("application/json; charset=ISO-8859-1", "", &b"{\"nick\":\"M\xfcller\"}"[..]), "Müller"),
        (sent("application/json; charset=windows-1255", "", &b"{\"nick\":\"\xf0\xe5\xf2\xe4\"}"[..]), "נועה"),
        (sent(JSON, "", r#"{"nick":"No\ud83d"}"#), "No\u{fffd}"),
        (sent(JSON, "", format!("{{\"nick\":{digits}}}")), digits),
        (sent(JSON, "", r#"{"nick":10.10}"#), "10.10"),
    ] {
        assert_eq!(nick(&admin, sent).await, value);
    }
}

#[tokio::test]
async fn a_status_that_no_endpoint_has_is_not_passed_on() {
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
async fn a7_a_mail_with_its_images_is_cleaned_and_read() {
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
    clean("x".repeat((8 << 20) + 1)).await.is_refusal(413, "invalid");
}
