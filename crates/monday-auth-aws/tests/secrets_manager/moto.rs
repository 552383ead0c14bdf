//! moto's server as a process of its own.
//!
//! Must not know: secrets.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A server that is stopped when dropped.
pub(crate) struct Moto {
    child: Child,
    pub(crate) port: u16,
}

impl Moto {
    /// Starts a server: the program in `MOTO_SERVER`, else `moto_server` on the path. Without one the test is skipped
    /// and says so, unless `MONDAY_REQUIRE_MOTO` is set.
    pub(crate) fn start(test: &str) -> Option<Self> {
        let program = variable("MOTO_SERVER").unwrap_or_else(|| PathBuf::from("moto_server"));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let arguments = ["-H", "127.0.0.1", "-p", &port.to_string()];
        let silent =
            Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let Ok(child) = silent else {
            assert!(variable("MONDAY_REQUIRE_MOTO").is_none(), "there is no moto_server, and it is required");
            // libtest keeps what `eprintln!` prints to itself.
            let _ =
                writeln!(std::io::stderr(), "SKIPPED {test}: no moto_server (pip install 'moto[server]')");
            return None;
        };
        let mut moto = Self { child, port };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert_eq!(moto.child.try_wait().unwrap(), None, "moto ended");
            assert!(begun.elapsed() < Duration::from_mins(1), "moto does not start");
            sleep(Duration::from_millis(50));
        }
        Some(moto)
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(clippy::disallowed_methods, reason = "where the test's server is")]
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
