//! The built console's files.

use crate::kit::{AGENT, Gateway, send, start};

const APP: &str = "/trunkline-2f9c1d7be34a5f60.js";
const WASM: &str = "/trunkline-2f9c1d7be34a5f60_bg.wasm";

async fn built() -> Gateway {
    let gateway = start("").await;
    let dist = gateway.folder.path().join("dist");
    let write = |path: &str, text: &str| std::fs::write(dist.join(path.trim_start_matches('/')), text).unwrap();
    write(APP, "app");
    write(&format!("{APP}.br"), "app in brotli");
    write(&format!("{APP}.gz"), "app in gzip");
    write(WASM, "\0asm");
    write("config.json", "{\"session\":null}");
    write(".hidden.txt", "hidden");
    gateway
}

#[tokio::test]
async fn pages_are_the_one_document_and_files_are_files() {
    let gateway = built().await;
    let nobody = gateway.nobody();
    for path in ["/", "/inbox", "/channel-accounts/59c7/edit", "/events/2039?x=a.b", "/index.html"] {
        let page = nobody.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("<title>Trunkline"), "{path}");
        assert_eq!(page.header("content-type"), Some("text/html"), "{path}");
        assert_eq!(page.header("cache-control"), Some("no-cache"), "{path}");
    }
    for path in ["/missing.js", "/inbox/missing.png", "/.hidden.txt", "/.git/config", "/trunkline-0000000000000000.js"]
    {
        let missing = nobody.get(path).await;
        assert_eq!(missing.status, 404, "{path}");
        assert!(!missing.text().contains("<title>"), "{path}");
        assert_eq!(missing.header("cache-control"), Some("no-store"), "{path}");
    }
    let wasm = nobody.get(WASM).await;
    assert_eq!(wasm.header("content-type"), Some("application/wasm"));
    assert_eq!(wasm.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let config = nobody.get("/config.json").await;
    assert_eq!((config.text().as_str(), config.header("cache-control")), ("{\"session\":null}", Some("no-cache")));
    assert_eq!(send(nobody.http.post(gateway.url("/inbox"))).await.status, 405);
}

#[tokio::test]
async fn what_was_compressed_at_build_time_is_sent_so() {
    let gateway = built().await;
    let get =
        |accept: &'static str| send(gateway.nobody().http.get(gateway.url(APP)).header("Accept-Encoding", accept));
    for (accept, encoding, text) in
        [("br, gzip", Some("br"), "app in brotli"), ("gzip", Some("gzip"), "app in gzip"), ("identity", None, "app")]
    {
        let answer = get(accept).await;
        assert_eq!((answer.header("content-encoding"), answer.text().as_str()), (encoding, text), "{accept}");
        assert_eq!(answer.header("content-type"), Some("text/javascript"), "{accept}");
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "{accept}");
    }
}

#[tokio::test]
async fn the_inbox_asks_for_the_tickets_at_once() {
    let gateway = built().await;
    let agent = gateway.agent().await;
    let link = format!("</api/oneview/v1/{AGENT}/tickets>; rel=preload; as=fetch; crossorigin");
    assert_eq!(agent.get("/inbox").await.header("link"), Some(link.as_str()));
    assert_eq!(agent.get("/inbox").await.header("cache-control"), Some("private, no-cache"));
    assert_eq!(agent.get("/inbox/a-ticket").await.header("link"), Some(link.as_str()));
    assert_eq!(agent.get("/").await.header("link"), None);
    assert_eq!(gateway.nobody().get("/inbox").await.header("link"), None);
    assert_eq!(gateway.admin().await.get("/inbox").await.header("link"), None);
}
