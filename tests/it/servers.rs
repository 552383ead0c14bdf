//! The Redis and the PostgreSQL that tests of shared stores use: those of the environment, else those of this machine.
//!
//! `REDIS_URL` and `DATABASE_URL` name them; what is named must work. Must not know: what is tested.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::LazyLock;
use std::time::Duration;

use crate::own_process::told;

/// How long a server of this machine may take to say that it is one.
const PATIENCE: Duration = Duration::from_secs(2);

const REDIS_PORT: u16 = 6379;
const POSTGRES_PORT: u16 = 5432;

/// Where Redis is; without one the test is skipped, and said to be.
pub(crate) fn redis_url() -> Option<String> {
    static URL: LazyLock<Option<String>> = LazyLock::new(|| {
        let is_there = || answers(REDIS_PORT, b"PING\r\n", b"+PONG");
        told("REDIS_URL").or_else(|| is_there().then(|| format!("redis://127.0.0.1:{REDIS_PORT}")))
    });
    or_skipped(URL.clone(), "Redis", "start `redis-server` on port 6379, or set REDIS_URL")
}

/// Where PostgreSQL is; without one the test is skipped, and said to be.
pub(crate) fn postgres_url() -> Option<String> {
    static URL: LazyLock<Option<String>> = LazyLock::new(|| {
        // PostgreSQL's protocol: length, version 3.0, pairs; `R`, length 8, 0 is "no password needed".
        let pairs = b"\0\x03\0\0user\0postgres\0database\0postgres\0\0";
        let length = u32::try_from(pairs.len() + 4).unwrap().to_be_bytes();
        let is_there = || answers(POSTGRES_PORT, &[&length, &pairs[..]].concat(), b"R\0\0\0\x08\0\0\0\0");
        let url = || format!("postgres://postgres@127.0.0.1:{POSTGRES_PORT}/postgres");
        told("DATABASE_URL").or_else(|| is_there().then(url))
    });
    let how = "start it on port 5432 with user `postgres` and no password, or set DATABASE_URL";
    or_skipped(URL.clone(), "PostgreSQL", how)
}

/// What a test needs; without it the test is skipped, and said to be. Where `MONDAY_REQUIRE_SERVERS` is set, nothing is.
pub(crate) fn or_skipped<T>(needed: Option<T>, server: &str, how: &str) -> Option<T> {
    if needed.is_none() {
        assert!(told("MONDAY_REQUIRE_SERVERS").is_none(), "there is no {server}");
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        // Not `println!`: what is printed so shows for a test that passes, too.
        let mut visible = std::io::stderr();
        let _ = writeln!(visible, "SKIPPED {test}: there is no {server}; to run it, {how}");
    }
    needed
}

/// Whether a server on this port answers this so.
fn answers(port: u16, question: &[u8], expected: &[u8]) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(question)?;
        let mut answer = vec![0; expected.len()];
        stream.read_exact(&mut answer)?;
        std::io::Result::Ok(answer == expected)
    };
    ask().unwrap_or(false)
}
