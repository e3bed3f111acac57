//! The binary: its start, shutdown, messages and log.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tempfile::TempDir;

use crate::test_app::{AGENT, Browser, FakeUpstream, http, json_response};

fn command(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trunkline-server"));
    command.current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.args(["--data", "data"]).env("TRUNKLINE_SANDBOX_TICKETS", "5").env("TRUNKLINE_SANDBOX_EVENTS", "5");
    command
}

fn spawn_server(mut command: Command) -> (Child, Browser) {
    let mut child = command.args(["--listen", "127.0.0.1:0"]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let base = line.trim().strip_prefix("Trunkline is at ").unwrap_or_else(|| panic!("{line}")).to_owned();
    (child, Browser { base, http: http(), cookie: None })
}

/// Starts a server with a limit of file descriptors.
pub fn spawn_with_descriptors(folder: &TempDir, descriptors: u32) -> (Child, Browser) {
    let mut limited = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_trunkline-server");
    limited.args(["-c", &format!("ulimit -n {descriptors}; exec \"$0\" \"$@\""), program]);
    limited.current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    limited.args(["--data", "data"]).env("TRUNKLINE_SANDBOX_TICKETS", "5").env("TRUNKLINE_SANDBOX_EVENTS", "5");
    spawn_server(limited)
}

pub fn terminate(child: &Child, signal: &str) {
    let done = Command::new("sh").args(["-c", &format!("kill -{signal} {}", child.id())]).status().unwrap();
    assert!(done.success());
}

#[tokio::test]
async fn shutdown_with_an_open_stream_takes_less_than_five_seconds() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let (mut child, nobody) = spawn_server(command(&folder));
        let agent = nobody.sign_in(json!({"demo": "agent"})).await;
        let mut stream = agent.request(Method::GET, "/api/live").send().await.unwrap();
        assert!(stream.chunk().await.unwrap().is_some());
        let begun = Instant::now();
        terminate(&child, signal);
        let status = tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap();
        assert!(status.success(), "{signal}: {status}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{signal}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn log_and_responses_have_no_secrets() {
    let vendor = FakeUpstream::start(|seen| async move {
        match seen.path.as_str() {
            "/d/settings/accessToken" => json_response(200, json!({"access_token": "TOKEN-FROM-99", "reason": 1})),
            _ => json_response(500, json!({"message": "no"})),
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key.txt"), "KEY-FROM-FILE\n").unwrap();
    let config = format!(
        "demo_users = true\n[vendors.comm100]\nupstream = \"http://{0}\"\nauth = {{ bearer = \"env:A_KEY\" }}\n\
         [vendors.jtel]\nupstream = \"http://{0}\"\nauth = {{ bearer = \"file:key.txt\" }}\n\
         [vendors.digital99]\nupstream = \"http://{0}/d\"\nauth = {{ client_id = \"CLIENT-ID\", client_secret = \"CLIENT-SECRET\" }}\n",
        vendor.address
    );
    std::fs::write(folder.path().join("trunkline.toml"), config).unwrap();
    let mut command = command(&folder);
    command.args(["--config", "trunkline.toml"]).env("A_KEY", "KEY-FROM-ENV").env("TRUNKLINE_LOG", "trace");
    command.env("TRUNKLINE_VENDORS_SOBOT_UPSTREAM", format!("http://{}/s", vendor.address));
    command
        .env("TRUNKLINE_VENDORS_SOBOT_AUTH_HEADER", "token")
        .env("TRUNKLINE_VENDORS_SOBOT_AUTH_VALUE", "KEY-OVERLAID");
    let (mut child, nobody) = spawn_server(command);
    let mut log = child.stderr.take().unwrap();
    let reader = tokio::task::spawn_blocking(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).unwrap();
        text
    });
    let admin = nobody.sign_in(json!({"demo": "admin"})).await;
    let mut answers = String::new();
    for path in [
        "/api/session",
        "/api/vendors",
        "/api/comm100/ticketing/channelAccounts?include=QUERY-VALUE",
        "/api/jtel/acd/events/event/PATH-VALUE",
        "/api/digital99/online/getAccounts",
        "/api/nothing/PATH-VALUE",
    ] {
        let answer = admin.get(path).await;
        answers.push_str(&format!("{:?} {}", answer.headers, answer.text()));
    }
    let customer = admin.post("/api/sobot/customer/query", &json!({"tel": "BODY-VALUE"})).await;
    answers.push_str(&format!("{:?} {}", customer.headers, customer.text()));
    let credentials: Vec<_> = vendor.requests().iter().map(|seen| format!("{:?}", seen.headers)).collect();
    for key in ["KEY-FROM-ENV", "KEY-FROM-FILE", "TOKEN-FROM-99", "KEY-OVERLAID"] {
        assert!(credentials.iter().any(|headers| headers.contains(key)), "{key} was not sent");
    }
    terminate(&child, "TERM");
    child.wait().unwrap();
    let log = reader.await.unwrap();
    let cookie = admin.cookie.unwrap();
    for secret in ["KEY-FROM-ENV", "KEY-FROM-FILE", "CLIENT-ID", "CLIENT-SECRET", "TOKEN-FROM-99", "KEY-OVERLAID"] {
        assert!(!answers.contains(secret), "{secret} in an answer");
    }
    let ours: Vec<&str> = log.lines().filter(|line| line.contains("trunkline_server")).collect();
    assert!(ours.iter().any(|line| line.contains("/api/jtel/acd/events/event/{AcdEventsID}")), "{ours:?}");
    for secret in [
        "KEY-FROM-ENV",
        "KEY-FROM-FILE",
        "CLIENT-SECRET",
        "TOKEN-FROM-99",
        "KEY-OVERLAID",
        cookie.split_once('=').unwrap().1,
    ] {
        assert!(!log.contains(secret), "{secret} in the log");
    }
    for value in ["PATH-VALUE", "QUERY-VALUE", "BODY-VALUE"] {
        assert!(!ours.iter().any(|line| line.contains(value)), "{value} in the log");
    }
}

#[tokio::test]
async fn added_user_signs_in_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let add = |name: &str, password: &str| {
        let mut command = command(&folder);
        command.args(["user", "add", name, "--role", "agent", "--agent-id", AGENT, "--users-id", "3"]);
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(add("Ruth", "correct horse").status.success());
    for (path, wanted) in [("data", 0o700), ("data/trunkline.db", 0o600)] {
        let mode = std::fs::metadata(folder.path().join(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, wanted, "{path} is for this user alone");
    }
    let again = add("ruth", "correct horse");
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&again.stderr), "trunkline-server: There already is a user named ruth.\n");
    let (mut child, nobody) = spawn_server(command(&folder));
    let ruth = nobody.sign_in(json!({"name": "Ruth", "password": "correct horse"})).await;
    let user = ruth.get("/api/session").await.json()["user"].clone();
    assert_eq!(user, json!({"name": "Ruth", "role": "agent", "agentId": AGENT, "usersId": 3, "status": null}));
    terminate(&child, "TERM");
    child.wait().unwrap();
}

#[test]
fn startup_errors_are_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let configs = [
        ("colour = 1", "unknown field `colour`"),
        ("[vendors.acme]\nupstream = \"https://a\"", "vendors.acme is unknown"),
        ("[vendors.jtel]\nupstream = \"ftp://a\"", "vendors.jtel.upstream must begin with https:// or http://"),
        ("[vendors.jtel]\nupstream = \"https://u:S3CRET@a\"", "must hold neither credentials"),
        (
            "[vendors.jtel]\nupstream = \"https://a\"\nauth = { bearer = \"env:NOT_SET_AT_ALL\" }",
            "NOT_SET_AT_ALL is not set",
        ),
        (
            "[vendors.jtel]\nupstream = \"https://a\"\nauth = { bearer = \"S3CRET\", header = \"x\" }",
            "takes exactly one of",
        ),
        ("[vendors.jtel]\nupstream = \"https://a\"\nauth = \"S3CRET\"", "must be a table"),
        ("[vendors.jtel]\nupstream = \"https://a\"\nauth = { token = \"S3CRET\" }", "unknown field `token`"),
        ("[vendors.jtel]\nauth = { bearer = \"S3CRET\" }", "upstream is not"),
        ("[audit]\ndays = 0", "audit.days"),
        ("vendor_timeout_seconds = 0", "vendor_timeout_seconds"),
        ("[sandbox.faults.jtel]\nfault = \"flood\"", "unknown variant `flood`"),
        ("[sandbox.faults.jtel]\nfault = \"delay\"", "sandbox.faults.jtel: fault = \"delay\" needs delay_ms"),
        ("[sandbox.faults.acme]\nfault = \"hang\"", "unknown variant `acme`"),
        ("demo_users = \"maybe\"", "demo_users"),
        ("[session]\nidle_seconds = -1", "idle_seconds"),
        ("[vendors.jtel]\nupstream = \"https://a\"\nbudget = { calls = \"x\", seconds = 1 }", "budget"),
        ("[vendors.jtel]\nauth = { bearer = \"S3CRET\"", "line 2"),
    ];
    let mut runs = vec![(vec!["--listen".to_owned(), address], None, "is in use by another program.")];
    runs.push((vec!["--config".to_owned(), "none.toml".to_owned()], None, "can't be read"));
    runs.push((vec!["--assets".to_owned(), "none".to_owned()], None, "is not there"));
    for (config, words) in configs {
        let arguments = ["--listen", "127.0.0.1:0", "--config", "bad.toml"];
        runs.push((arguments.map(str::to_owned).to_vec(), Some(config), words));
    }
    for (arguments, config, words) in runs {
        if let Some(config) = config {
            std::fs::write(folder.path().join("bad.toml"), config).unwrap();
        }
        let output = command(&folder).args(&arguments).env("TRUNKLINE_LOG", "off").output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?} {config:?}: {text}");
        assert!(text.contains(words), "{words}: {text}");
        assert!(!text.contains("S3CRET"), "{text}");
        assert_eq!(text.trim_end().lines().count(), 1, "{text}");
    }
}

/// Resident memory of a process, in MB.
fn resident(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[tokio::test]
async fn wrong_sign_ins_do_not_grow_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(&folder);
    command.env("TRUNKLINE_LOG", "warn").env("TRUNKLINE_TRUSTED_PROXIES", "127.0.0.1");
    let (mut child, nobody) = spawn_server(command);
    let before = resident(&child);
    // First all at once, as in a flood; then a few at a time, so that each is checked.
    let wrong = |number: usize| {
        let request = nobody.request(Method::POST, "/api/session");
        let request = request.header("X-Forwarded-For", format!("203.0.{}.{}", number / 50, number % 50));
        let request = request.json(&json!({"name": format!("nobody {number}"), "password": "battery staple"}));
        tokio::spawn(async move { request.send().await.unwrap().status().as_u16() })
    };
    let mut figures = Vec::new();
    for (count, at_once) in [(100, 100), (300, 300), (100, 4), (300, 4)] {
        let mut checked = 0;
        let numbers: Vec<usize> = (0..count).collect();
        for some in numbers.chunks(at_once) {
            let all: Vec<_> = some.iter().map(|number| wrong(*number)).collect();
            for one in all {
                checked += usize::from(one.await.unwrap() == 422);
            }
        }
        let now = resident(&child);
        figures.push(format!("{count} wrong ones, {at_once} at once, {checked} checked: {now} MB"));
        assert!(now < 200, "{figures:?}");
    }
    println!("resident memory: {before} MB at the start; {}", figures.join("; "));
    terminate(&child, "TERM");
    child.wait().unwrap();
}

/// Simulates a full disk with a limit on file sizes: writes beyond it fail.
#[tokio::test]
async fn reads_respond_at_once_on_a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_trunkline-server");
    let mut shell = Command::new("sh");
    // With the signal ignored the write fails, as on a full disk.
    shell.args(["-c", &format!("trap '' XFSZ; exec {program} --data data \"$0\" \"$1\"")]);
    shell.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let (mut child, nobody) = spawn_server(shell);
    let admin = nobody.sign_in(json!({"demo": "admin"})).await;
    let pid = child.id().to_string();
    let done = Command::new("prlimit").args(["--pid", &pid, "--fsize=0:0"]).status().unwrap();
    assert!(done.success());
    for path in [
        "/api/session",
        "/api/vendors",
        "/api/comm100/ticketing/channelAccounts",
        "/api/jtel/acd/events",
        "/api/activity",
    ] {
        let begun = Instant::now();
        let answer = admin.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert!(begun.elapsed() < Duration::from_secs(1), "{path}: {:?}", begun.elapsed());
    }
    // A write fails, and its activity entry stays in memory.
    let account = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
    let write = admin.post(&format!("/api/comm100/ticketing/channelAccounts/{account}:enableBot"), &json!({})).await;
    assert_eq!(write.status, 500, "{}", write.text());
    let activity = admin.get("/api/activity").await.json();
    assert_eq!(activity[0]["path"], "/api/comm100/ticketing/channelAccounts/{id}:enableBot", "{activity}");
    assert_eq!(admin.delete("/api/session").await.status, 204);
    admin.get("/api/vendors").await.assert_error(401, "signed-out");
    terminate(&child, "TERM");
    child.wait().unwrap();
}

/// Stops the server and returns its log.
fn stop_and_read_log(mut child: Child) -> String {
    terminate(&child, "TERM");
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    text
}

#[test]
fn second_server_on_one_database_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, _) = spawn_server(command(&folder));
    let second = command(&folder).args(["--listen", "127.0.0.1:0"]).env("TRUNKLINE_LOG", "off").output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    let words = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(words, "trunkline-server: Another server uses the data folder data.\n");
    // The lock ends with the process, however it ends.
    first.kill().unwrap();
    first.wait().unwrap();
    let (third, _) = spawn_server(command(&folder));
    stop_and_read_log(third);
}

#[test]
fn startup_warns_of_readable_files_and_unknown_variables() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let readable = |name: &str| std::fs::set_permissions(path(name), std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::write(path("key.txt"), "KEY-FROM-FILE").unwrap();
    readable("key.txt");
    std::fs::create_dir(path("data")).unwrap();
    std::fs::write(path("data/trunkline.db"), "").unwrap();
    readable("data/trunkline.db");
    let config = "[vendors.jtel]\nupstream = \"http://jtel.example\"\nauth = { bearer = \"file:key.txt\" }\n\
                  [vendors.comm100]\nupstream = \"http://127.0.0.1:1\"\nauth = { bearer = \"KEY\" }\n";
    std::fs::write(path("trunkline.toml"), config).unwrap();
    let mut risky = command(&folder);
    risky.env("TRUNKLINE_DEMO_USER", "true").env("TRUNKLINE_CACHE", "/nowhere");
    let log = stop_and_read_log(spawn_server(risky).0);
    let warnings: Vec<&str> = log.lines().filter(|line| line.contains("WARN")).collect();
    for words in ["TRUNKLINE_DEMO_USER", "key.txt", "trunkline.db", "jtel"] {
        assert_eq!(warnings.iter().filter(|line| line.contains(words)).count(), 1, "{words}: {log}");
    }
    for words in ["comm100", "TRUNKLINE_CACHE", "TRUNKLINE_SANDBOX", "KEY-FROM-FILE"] {
        assert!(!log.contains(words), "{words}: {log}");
    }
}
