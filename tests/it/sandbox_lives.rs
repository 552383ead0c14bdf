//! A thousand sandboxes in one process leave nothing behind: no task, no file descriptor, no port, no memory.
//!
//! Must not know: how a sandbox ends.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use monday_sandbox::Sandbox;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Handle;

use crate::own_process::{process, told};
use crate::support::within;

const LIVES: usize = 1_000;
const WARM_UP: usize = 100;

/// What memory may grow by over all of them: a leak of 8 KiB each would be more.
const GROWTH: usize = 8 * 1024;

const LIMIT: Duration = Duration::from_mins(2);

/// One request on a connection that is kept alive, and is given back.
async fn asked(sandbox: &Sandbox) -> TcpStream {
    let body = json!({"query": "query Me { me { id } }"}).to_string();
    let request = format!(
        "POST /v2 HTTP/1.1\r\nHost: sandbox\r\nContent-Type: application/json\r\nAuthorization: {}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        sandbox.personal_token(),
        body.len()
    );
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 2048];
    let length = stream.read(&mut answer).await.unwrap();
    assert!(answer[..length].starts_with(b"HTTP/1.1 200 OK"));
    stream
}

/// Every other one is stopped, the rest are dropped; the connection outlives the sandbox and is closed by it.
async fn live(number: usize) {
    let sandbox = Sandbox::builder().items(10).start().await.unwrap();
    let mut stream = asked(&sandbox).await;
    if number.is_multiple_of(2) {
        sandbox.stop().await;
    } else {
        drop(sandbox);
    }
    let end = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut [0; 64])).await;
    assert!(matches!(end, Ok(Ok(0) | Err(_))), "a connection stayed open");
}

/// The sockets of this process that listen, by their inodes.
fn listening() -> usize {
    let own: BTreeSet<String> = fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| fs::read_link(entry.ok()?.path()).ok())
        .map(|target| target.to_string_lossy().into_owned())
        .collect();
    let table = fs::read_to_string("/proc/self/net/tcp").unwrap();
    let sockets = table.lines().skip(1).filter_map(|line| {
        let columns: Vec<_> = line.split_whitespace().collect();
        (columns[3] == "0A").then(|| format!("socket:[{}]", columns[9]))
    });
    sockets.filter(|socket| own.contains(socket)).count()
}

fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

/// What the process holds, in KiB.
fn memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// Once the last tasks are gone, which were ended without waiting.
async fn at_rest() -> (usize, usize, usize) {
    let begun = Instant::now();
    while tasks() > 0 && begun.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    (tasks(), descriptors(), listening())
}

#[tokio::test]
#[ignore = "a process of its own: `a_thousand_sandboxes_leave_nothing_behind` runs it"]
async fn a_thousand_sandboxes() {
    if told("TEST_ORIGIN").is_none() {
        return;
    }
    let running = Sandbox::builder().items(10).start().await.unwrap();
    assert_eq!((listening(), tasks() > 0), (2, true), "what is counted is there");
    drop(running);
    for number in 0..WARM_UP {
        live(number).await;
    }
    let (before, held, begun) = (at_rest().await, memory(), Instant::now());
    for number in 0..LIVES {
        live(number).await;
    }
    let took = begun.elapsed();
    assert_eq!(at_rest().await, before, "tasks, file descriptors, listening ports");
    assert_eq!((before.0, before.2), (0, 0));
    let grown = memory().saturating_sub(held);
    println!("{LIVES} lives in {took:?}, {grown} KiB more");
    assert!(grown <= GROWTH, "{grown} KiB more");
}

#[tokio::test]
async fn a_thousand_sandboxes_leave_nothing_behind() {
    if !cfg!(target_os = "linux") {
        println!("SKIPPED: what a process holds is read from /proc");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = process("sandbox_lives::a_thousand_sandboxes", "none", folder.path());
    let output = within(LIMIT, command.output()).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let measured = said.lines().find(|line| line.contains(" lives in ")).expect("it says what it measured");
    println!("{measured}");
}
