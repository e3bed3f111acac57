//! The built console's files.

use crate::test_app::{AGENT, TestApp, send, start};

const APP: &str = "/trunkline-2f9c1d7be34a5f60.js";
const WASM: &str = "/trunkline-2f9c1d7be34a5f60_bg.wasm";

async fn built() -> TestApp {
    let gateway = start("").await;
    let dist = gateway.folder.path().join("dist");
    let write = |path: &str, text: &str| std::fs::write(dist.join(path.trim_start_matches('/')), text).unwrap();
    write(APP, "app");
    write(&format!("{APP}.br"), "app in brotli");
    write(&format!("{APP}.gz"), "app in gzip");
    write(WASM, "\0asm");
    write("manifest.webmanifest", "{\"name\":\"Trunkline\"}");
    std::fs::create_dir(dist.join("app-icons")).unwrap();
    write("app-icons/192.png", "\u{89}PNG");
    write("config.json", "{\"session\":null}");
    write(".hidden.txt", "hidden");
    gateway
}

#[tokio::test]
async fn pages_serve_the_document_and_files_are_served_as_files() {
    let gateway = built().await;
    let nobody = gateway.anonymous();
    for path in ["/", "/inbox", "/channel-accounts/59c7/edit", "/events/2039?x=a.b", "/index.html"] {
        let page = nobody.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("<title>Trunkline"), "{path}");
        assert_eq!(page.header("content-type"), Some("text/html"), "{path}");
        assert!(page.header("cache-control").is_some_and(|value| value.contains("no-cache")), "{path}");
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
    // The names of these files do not change with their content.
    for (path, media) in [("/manifest.webmanifest", "application/manifest+json"), ("/app-icons/192.png", "image/png")] {
        let file = nobody.get(path).await;
        assert_eq!((file.status, file.header("content-type")), (200, Some(media)));
        assert_eq!(file.header("cache-control"), Some("no-cache"), "{path}");
    }
    let config = nobody.get("/config.json").await;
    assert_eq!((config.text().as_str(), config.header("cache-control")), ("{\"session\":null}", Some("no-cache")));
    assert_eq!(send(nobody.http.post(gateway.url("/inbox"))).await.status, 405);
}

#[tokio::test]
async fn inline_styles_are_allowed_by_hash_in_the_document_only() {
    let gateway = built().await;
    std::fs::write(gateway.folder.path().join("dist/index.html"), "<title>Trunkline</title><style>p{margin:0}</style>")
        .unwrap();
    let nobody = gateway.anonymous();
    let csp = async |path: &str| nobody.get(path).await.header("content-security-policy").unwrap().to_owned();
    // printf 'p{margin:0}' | openssl dgst -sha256 -binary | base64
    let named = "style-src 'self' 'sha256-QRQPRLGyxt3RJiKpYNjpkgHcmHU2PywsfL2e8oI0LQA='; img-src";
    assert!(csp("/inbox").await.contains(named), "{}", csp("/inbox").await);
    assert!(csp(APP).await.contains("style-src 'self'; img-src"));
    assert!(csp("/api/session").await.contains("style-src 'self'; img-src"));
}

#[tokio::test]
async fn precompressed_files_are_served() {
    let gateway = built().await;
    let get =
        |accept: &'static str| send(gateway.anonymous().http.get(gateway.url(APP)).header("Accept-Encoding", accept));
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
async fn page_preloads_its_first_requests() {
    let gateway = built().await;
    let (admin, agent, nobody) = (gateway.admin().await, gateway.agent().await, gateway.anonymous());
    let tickets = format!("/oneview/v1/{AGENT}/tickets");
    let (events, accounts) = ("/jtel/acd/events", "/comm100/ticketing/channelAccounts?include=chatbot");
    let pages: [(&str, &[&str], &[&str]); 14] = [
        ("/", &[events, accounts], &[events, &tickets]),
        ("/channel-accounts?q=x", &[accounts], &[]),
        ("/channel-accounts/new", &[], &[]),
        ("/channel-accounts/59c7", &[], &[]),
        ("/events", &[events], &[events]),
        ("/events/2039", &[], &[]),
        ("/inbox", &[], &[&tickets]),
        ("/inbox/a-ticket", &[], &[&tickets]),
        ("/customers?tel=1", &[], &[]),
        ("/external-apis", &["/sobot/external-apis"], &[]),
        ("/account", &["/digital99/online/getAccounts"], &[]),
        ("/settings", &["/vendors"], &["/vendors"]),
        ("/sign-in", &[], &[]),
        ("/a/b/%2F%zz", &[], &[]),
    ];
    for (path, for_admin, for_agent) in pages {
        for (who, data) in [(&admin, for_admin), (&agent, for_agent), (&nobody, &[][..])] {
            let page = who.get(path).await;
            let links = ["/session"].iter().chain(data);
            let links: Vec<_> = links.map(|url| format!("</api{url}>; rel=preload; as=fetch; crossorigin")).collect();
            let links = (page.status == 200).then(|| links.join(", "));
            assert_eq!(page.header("link"), links.as_deref(), "{path}");
            if page.status == 200 {
                assert_eq!(page.header("cache-control"), Some("private, no-cache"), "{path}");
            }
        }
    }
    assert_eq!(admin.get("/config.json").await.header("link"), None);
}

#[tokio::test]
async fn page_is_never_304() {
    let gateway = built().await;
    let config = gateway.agent().await.get("/config.json").await;
    for (path, status) in [("/inbox", 200), ("/config.json", 304)] {
        for (name, value) in [("If-None-Match", config.header("etag").unwrap()), ("If-None-Match", "*")] {
            let again = gateway.anonymous().request(reqwest::Method::GET, path).header(name, value);
            assert_eq!(send(again).await.status, status, "{path} {value}");
        }
    }
}

#[tokio::test]
async fn etag_depends_on_content_not_on_time() {
    let gateway = built().await;
    let file = gateway.folder.path().join("dist/config.json");
    let beside = gateway.folder.path().join("dist/config.json.br");
    let pack = |text: &str| {
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &Default::default()).unwrap();
        packed
    };
    let time = std::fs::metadata(&file).unwrap().modified().unwrap();
    std::fs::write(&beside, pack("{\"session\":null}")).unwrap();
    let ask = |tag: &str| {
        let request = gateway.anonymous().request(reqwest::Method::GET, "/config.json");
        send(request.header("If-None-Match", tag).header("Accept-Encoding", "br"))
    };
    let first = ask("").await;
    assert_eq!((first.status, first.header("content-encoding")), (200, Some("br")));
    let tag = first.header("etag").unwrap();
    assert_eq!(ask(tag).await.status, 304);
    assert_eq!(first.header("last-modified"), None);
    // Same size and time; the file compressed from the old content still exists.
    std::fs::write(&file, "{\"session\":true}").unwrap();
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    let second = ask(tag).await;
    assert_eq!((second.status, second.text().as_str()), (200, "{\"session\":true}"));
    assert_eq!(second.header("content-encoding"), None);
}

/// As a browser requests the URL of its address bar, and a script.
const DOCUMENT: [(&str, &str); 2] = [("Sec-Fetch-Dest", "document"), ("Accept", "text/html,*/*;q=0.8")];
const SCRIPT: [(&str, &str); 2] = [("Sec-Fetch-Dest", "script"), ("Accept", "*/*")];

#[tokio::test]
async fn page_or_file_is_chosen_by_destination() {
    let gateway = built().await;
    let get = async |path: &str, headers: &[(&str, &str)]| {
        let request = gateway.anonymous().request(reqwest::Method::GET, path);
        let answer = send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await;
        (answer.status, answer.text().contains("<title>Trunkline"))
    };
    let ids = [
        "TCK.2026.11",
        "50%25",
        "50%",
        "a%252Fb",
        "a%2Fb",
        "x.html",
        "main.js",
        "..x",
        ".x",
        "%D7%90.1",
        "x..",
        "a%20b.c",
    ];
    for list in ["inbox", "events", "channel-accounts", "external-apis"] {
        for id in ids {
            let path = format!("/{list}/{id}");
            assert_eq!(get(&path, &DOCUMENT).await, (200, true), "{path}");
            // Browsers without `Sec-Fetch-Dest` still send `Accept`.
            assert_eq!(get(&path, &DOCUMENT[1..]).await, (200, true), "{path}");
            assert_eq!(get(&path, &SCRIPT).await, (404, false), "{path} as a script");
        }
        assert_eq!(get(&format!("/{list}/TCK.2026.11/edit"), &DOCUMENT).await, (200, true));
    }
    for path in ["/foo-abc.js", "/missing.js", "/trunkline-0000000000000000.js", "/.hidden.txt", "/.git/config"] {
        for headers in [&DOCUMENT[..], &SCRIPT[..], &[]] {
            assert_eq!(get(path, headers).await, (404, false), "{path} {headers:?}");
        }
    }
    // An existing file is served as such, whatever its destination.
    for headers in [&DOCUMENT[..], &SCRIPT[..], &[]] {
        assert_eq!(get("/app-icons/192.png", headers).await, (200, false));
        assert_eq!(get("/config.json", headers).await, (200, false));
    }
}

#[tokio::test]
async fn ticket_id_with_a_dot_is_a_page() {
    let gateway = built().await;
    let request = gateway.agent().await.request(reqwest::Method::GET, "/inbox/TCK.2026.11");
    let page = send(DOCUMENT.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await;
    let link = page.header("link").unwrap();
    assert!(link.contains(&format!("</api/oneview/v1/{AGENT}/tickets>; rel=preload")), "{link}");
}

#[tokio::test]
async fn overlong_file_name_is_404() {
    let gateway = built().await;
    for length in [255, 256, 300, 5000] {
        for path in [format!("/{}.js", "x".repeat(length)), format!("/app-icons/{}.png", "x".repeat(length))] {
            assert_eq!(gateway.anonymous().get(&path).await.status, 404, "{length}");
        }
    }
}

#[tokio::test]
async fn symlink_is_followed_only_inside_the_folder() {
    let gateway = built().await;
    let folder = gateway.folder.path();
    let link =
        |to: &str, from: &str| std::os::unix::fs::symlink(folder.join(to), folder.join("dist").join(from)).unwrap();
    std::fs::write(folder.join("secret.txt"), "secret").unwrap();
    std::fs::create_dir(folder.join("outside")).unwrap();
    std::fs::write(folder.join("outside/secret.txt"), "secret").unwrap();
    link("secret.txt", "link.txt");
    link("secret.txt", "config.json.br");
    link("outside", "folder");
    link("dist/config.json", "same.json");
    for path in ["/link.txt", "/folder/secret.txt"] {
        assert_eq!(gateway.anonymous().get(path).await.status, 404, "{path}");
    }
    assert_eq!(gateway.anonymous().get("/same.json").await.status, 200);
    let config = gateway.anonymous().request(reqwest::Method::GET, "/config.json").header("Accept-Encoding", "br");
    assert_eq!(send(config).await.text(), "{\"session\":null}");
}
