//! Vendors with an upstream.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use serde_json::json;
use tokio::sync::Semaphore;
use trunkline_api::{Service, registry};
use trunkline_server::vendor_request::VendorRequest;

use crate::test_app::{AGENT, FakeUpstream, json_response, send, start, wait_until};

#[tokio::test]
async fn requests_and_responses_are_proxied_as_documented() {
    let vendor = FakeUpstream::start(|seen| async move {
        let mut answer = match seen.method.as_str() {
            "POST" => json_response(201, json!({"id": "new"})),
            "DELETE" => Response::builder().status(204).body(Body::empty()).unwrap(),
            _ => json_response(403, json!({"code": 403000, "message": "limit"})),
        };
        for (name, value) in [
            ("set-cookie", "vendor=1"),
            ("trunkline-error", "signed-out"),
            ("access-control-allow-origin", "*"),
            ("server", "vendor"),
            ("retry-after", "7"),
        ] {
            answer.headers_mut().insert(name, value.parse().unwrap());
        }
        answer
    })
    .await;
    let gateway = start(&format!(
        "[vendors.comm100]\nupstream = \"http://{}/v4\"\nauth = {{ bearer = \"the-comm100-key\" }}",
        vendor.address
    ))
    .await;
    let admin = gateway.admin().await;
    assert_eq!(admin.get("/api/session").await.json()["sandbox"], json!(["jtel", "sobot", "digital99", "oneview"]));

    let body = json!({"name": "a", "emailAccountInfo": "{\"Port\":993}"});
    let created = admin.post("/api/comm100/ticketing/channelAccounts?x=1", &body).await;
    assert_eq!((created.status, created.json()), (201, json!({"id": "new"})));
    let removed = admin.delete("/api/comm100/ticketing/channelAccounts/a%20b").await;
    assert_eq!((removed.status, removed.text().as_str()), (204, ""));
    let refused = admin.get("/api/comm100/ticketing/channelAccounts/59c7?include=chatbot&other=1").await;
    assert_eq!((refused.status, refused.header("retry-after")), (403, Some("7")));
    assert_eq!(refused.json(), json!({"code": 403000, "message": "limit"}));
    for answer in [&created, &removed, &refused] {
        for name in ["set-cookie", "trunkline-error", "access-control-allow-origin", "server"] {
            assert!(answer.header(name).is_none(), "{name}");
        }
        assert!(answer.header("trunkline-request-id").is_some());
    }

    let seen = vendor.requests();
    assert_eq!((seen[0].method.as_str(), seen[0].path.as_str()), ("POST", "/v4/ticketing/channelAccounts"));
    assert_eq!((seen[0].query.as_str(), seen[0].body.as_str()), ("", body.to_string().as_str()));
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!((seen[1].method.as_str(), seen[1].path.as_str()), ("DELETE", "/v4/ticketing/channelAccounts/a%20b"));
    assert_eq!(
        (seen[2].path.as_str(), seen[2].query.as_str()),
        ("/v4/ticketing/channelAccounts/59c7", "include=chatbot")
    );
    for request in &seen {
        assert_eq!(request.header("authorization"), Some("Bearer the-comm100-key"));
        assert!(request.header("cookie").is_none(), "the session stays here");
    }

    let health = admin.get("/api/vendors").await;
    assert!(!health.text().contains("the-comm100-key"));
    let comm100 = &health.json()[0];
    assert_eq!((&comm100["mode"], &comm100["host"]), (&json!("upstream"), &json!(vendor.address.to_string())));
    assert_eq!((&comm100["failure"], &comm100["callsLeft"]), (&json!("403"), &json!(297)));
}

#[tokio::test]
async fn sobot_look_up_uses_query_parameters_upstream() {
    let vendor = FakeUpstream::start(|_| async { json_response(200, json!(null)) }).await;
    let gateway = start(&format!(
        "[vendors.sobot]\nupstream = \"http://{}/crm/customer?v=2\"\nauth = {{ header = \"token\", value = \"t0ken\" }}",
        vendor.address
    ))
    .await;
    let query = json!({"tel": "+49 1", "email": "", "thirdAccountId": "w&x"});
    let answer = gateway.agent().await.post("/api/sobot/customer/query", &query).await;
    assert_eq!((answer.status, answer.text().as_str()), (200, "null"));
    let seen = vendor.requests();
    assert_eq!((seen[0].method.as_str(), seen[0].path.as_str()), ("GET", "/crm/customer"));
    assert_eq!(seen[0].query, "v=2&tel=%2B49+1&thirdAccountId=w%26x");
    assert_eq!((seen[0].header("token"), seen[0].body.as_str()), (Some("t0ken"), ""));
}

#[tokio::test]
async fn ticket_secrets_are_removed() {
    let vendor = FakeUpstream::start(|seen| async move {
        match seen.path.as_str() {
            path if path.ends_with("tickets") => json_response(
                200,
                json!([{"id": "1", "metadata": {"agentJwt": "JWT", "roomId": "r", "roomSubscriptionToken": "SUB"}}]),
            ),
            _ => json_response(200, json!({"id": AGENT, "agentTimeInStatus": 1_572_499_999, "agentJwt": "JWT"})),
        }
    })
    .await;
    let gateway = start(&format!(
        "[vendors.oneview]\nupstream = \"http://{}/chat-ticket/\"\nauth = {{ bearer = \"k\" }}",
        vendor.address
    ))
    .await;
    let agent = gateway.agent().await;
    let tickets = agent.get(&format!("/api/oneview/v1/{AGENT}/tickets")).await;
    assert_eq!(tickets.json(), json!([{"id": "1", "metadata": {"roomId": "r"}}]));
    let online = send(agent.request(reqwest::Method::PUT, &format!("/api/oneview/v1/{AGENT}/online"))).await;
    assert_eq!(online.status, 200);
    assert!(!online.text().contains("JWT"));
    let status = agent.get("/api/session").await.json()["user"]["status"].clone();
    assert_eq!(status, json!({"online": true, "since": 1_572_499_999, "automatic": false}));
    assert_eq!(vendor.requests()[0].path, format!("/chat-ticket/v1/{AGENT}/tickets"));
}

#[tokio::test]
async fn equal_reads_in_flight_share_one_call_without_caching() {
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    let vendor = FakeUpstream::start(move |_| {
        let held = Arc::clone(&held);
        async move {
            held.acquire().await.unwrap().forget();
            json_response(200, json!({"records": [], "count": 0}))
        }
    })
    .await;
    let gateway = start(&format!("[vendors.jtel]\nupstream = \"http://{}\"", vendor.address)).await;
    let jtel = gateway.state.vendors.get(Service::Jtel).unwrap();
    // Query the upstream directly: over the network the order would be unknown.
    let ask = |path: &str| {
        let (endpoint, path_params) = registry::find(Service::Jtel, "GET", path).unwrap();
        let call = VendorRequest {
            endpoint,
            path: path.to_owned(),
            path_params,
            query: Vec::new(),
            body: Bytes::new(),
            origin: Default::default(),
        };
        jtel.send(call)
    };
    let mut answers = vec![ask("/acd/events"), ask("/acd/events"), ask("/users")];
    wait_until("two calls", || vendor.requests().len() == 2).await;
    answers.push(ask("/acd/events"));
    // A read after a write never joins one from before it.
    jtel.bump_generation();
    answers.extend([ask("/acd/events"), ask("/acd/events")]);
    wait_until("a third", || vendor.requests().len() == 3).await;
    gate.add_permits(10);
    for answer in answers {
        assert_eq!(answer.collect().await.unwrap(), (200, Bytes::from(r#"{"count":0,"records":[]}"#)));
    }
    let calls = |path: &str| vendor.requests().iter().filter(|seen| seen.path == path).count();
    assert_eq!((calls("/acd/events"), calls("/users")), (2, 1));
    let agent = gateway.agent().await;
    for more in 3..5 {
        assert_eq!(agent.get("/api/jtel/acd/events").await.status, 200);
        assert_eq!(calls("/acd/events"), more, "nothing is kept");
    }
}

#[tokio::test]
async fn large_responses_are_streamed_and_json_is_compressed() {
    let records: Vec<_> = (0..20_000).map(|id| json!({"ID": id, "Subject": "a subject"})).collect();
    let text = json!({"records": records}).to_string();
    let sent = text.clone();
    let vendor = FakeUpstream::start(move |_| {
        let text = text.clone();
        async move { Response::builder().header("content-type", "application/json").body(Body::from(text)).unwrap() }
    })
    .await;
    let gateway = start(&format!("[vendors.jtel]\nupstream = \"http://{}\"", vendor.address)).await;
    let agent = gateway.agent().await;
    let plain = agent.get("/api/jtel/acd/events").await;
    assert!(plain.text() == sent, "the whole answer, as it came");
    for encoding in ["br", "gzip"] {
        let request = agent.request(reqwest::Method::GET, "/api/jtel/acd/events").header("Accept-Encoding", encoding);
        let packed = send(request).await;
        assert_eq!(packed.header("content-encoding"), Some(encoding));
        assert!(packed.body.len() < sent.len() / 5, "{encoding}: {} of {}", packed.body.len(), sent.len());
    }
}

#[tokio::test]
async fn vendor_failures_are_mapped() {
    let hang = FakeUpstream::start(|_| std::future::pending::<Response>()).await;
    let html = FakeUpstream::start(|_| async {
        Response::builder()
            .status(500)
            .header("content-type", "text/html")
            .body(Body::from("<script>x</script>"))
            .unwrap()
    })
    .await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gateway = start(&format!(
        "[vendors.jtel]\nupstream = \"http://{}\"\ntimeout_seconds = 1\n[vendors.comm100]\nupstream = \"http://{nobody}\"\n\
         [vendors.digital99]\nupstream = \"http://{}\"",
        hang.address, html.address
    ))
    .await;
    let admin = gateway.admin().await;
    admin.get("/api/jtel/acd/events").await.assert_error(504, "timeout");
    let unreachable = admin.get("/api/comm100/ticketing/channelAccounts").await;
    unreachable.assert_error(502, "unreachable");
    let bot = "/api/comm100/ticketing/channelAccounts/59c749f4-af8e-eb11-aacf-06c7a219a2ac:enableBot";
    let write = admin.post(bot, &json!({})).await;
    write.assert_error(502, "unreachable");
    assert_eq!(write.json()["sent"], json!(null), "there was no connection: nothing was sent");
    let fault = admin.get("/api/digital99/online/getAccounts").await;
    assert_eq!((fault.status, fault.header("content-type")), (500, Some("text/plain; charset=utf-8")));
    assert!(fault.header("trunkline-error").is_none());
    let health = admin.get("/api/vendors").await.json();
    let failures: Vec<_> = health.as_array().unwrap().iter().map(|vendor| vendor["failure"].clone()).collect();
    assert_eq!(failures, [json!("unreachable"), json!("timeout"), json!(null), json!("500"), json!(null)]);
}

#[tokio::test]
async fn truncated_response_is_an_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"records\":[").await;
        }
    });
    let gateway = start(&format!("[vendors.jtel]\nupstream = \"http://{address}\"")).await;
    gateway.agent().await.get("/api/jtel/users").await.assert_error(502, "unreachable");
}
