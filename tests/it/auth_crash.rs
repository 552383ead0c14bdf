//! A process that is killed, or stopped, in the middle of a refresh.
//!
//! The library says at TRACE how far it is; the process sends itself the signal there. Must not know: what
//! comes between.

use std::fmt;
use std::fs;
use std::time::Duration;

use futures_util::future::join_all;
use monday_sdk::auth::{Rejection, TokenStore as _};
use monday_sdk::{AuthError, CredentialProvider as _};
use tracing::field::{Field, Visit};
use tracing::span;

use crate::auth_support::{file_store, key, log_in, sandbox, sessions};
use crate::own_process::{process, told};

const ROUNDS: usize = 10;

/// The marked points in their order, and whether the session outlives a death there.
const POINTS: [(&str, bool); 12] = [
    ("started", true),
    ("leased", true),
    ("reread", true),
    ("preflighted", true),
    ("posting", true),
    // The server has burnt the old refresh token and the new one is nowhere yet.
    ("answered", false),
    ("written", false),
    ("synced", false),
    ("renamed", true),
    ("saved", true),
    ("published", true),
    ("never", true),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_at_any_point_loses_the_session_between_answer_and_save_only() {
    let sandbox = sandbox(Duration::from_hours(1), Duration::ZERO).await;
    for (point, survives) in POINTS {
        let origin = sandbox.authorization_url();
        // A lost session is looked for three seconds long: the rounds of a point run at once.
        let rounds = (0..ROUNDS).map(|round| killed_at(&origin, point, survives, round));
        join_all(rounds).await;
    }
}

/// One process that dies at this point, and another that goes on in its place.
async fn killed_at(origin: &str, point: &str, survives: bool, round: usize) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("tokens");
    let store = file_store(&folder);
    log_in(&sessions(origin, store.clone()), &key()).await;

    let mut command = process("auth_crash::a_process_that_dies", origin, &folder);
    let output = command.env("TEST_POINT", point).output().await.unwrap();
    let signal = std::os::unix::process::ExitStatusExt::signal(&output.status);
    let expected = if point == "never" { None } else { Some(9) };
    assert_eq!(signal, expected, "{point} {round}: {}", String::from_utf8_lossy(&output.stderr));

    let found = store.load(&key()).await;
    let record = found.unwrap_or_else(|error| panic!("{point} {round}: {error}")).unwrap();
    assert!(record.can_refresh(), "{point} {round}");
    // The lease is free again.
    let provider = sessions(origin, file_store(&folder)).provider(&key()).unwrap();
    let held = provider.current().await.unwrap();
    let refreshed = provider.rejected(&held, Rejection::Unauthorized).await;
    assert_eq!(refreshed.is_ok(), survives, "{point} {round}: {refreshed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_stopped_in_a_refresh_is_waited_for_and_never_overtaken() {
    let sandbox = sandbox(Duration::from_hours(1), Duration::ZERO).await;
    let origin = sandbox.authorization_url();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("tokens");
    let ours = sessions(&origin, file_store(&folder));
    log_in(&ours, &key()).await;
    let provider = ours.provider(&key()).unwrap();
    let held = provider.current().await.unwrap();

    let mut command = process("auth_crash::a_process_that_dies", &origin, &folder);
    let stopped = command.env("TEST_POINT", "posting").env("TEST_SIGNAL", "-STOP").spawn().unwrap();
    let id = stopped.id().unwrap().to_string();
    let state = || fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    while !state().contains(") T ") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Its lock outlives every time limit, and nobody refreshes without the lock.
    let error = provider.rejected(&held, Rejection::Unauthorized).await.unwrap_err();
    assert_eq!(error, AuthError::LeaseTimeout);
    assert_eq!(sandbox.oauth_counts().refreshes, 0, "{:?} {}", sandbox.oauth_counts(), state());

    tokio::process::Command::new("kill").args(["-CONT", &id]).status().await.unwrap();
    let output = tokio::time::timeout(Duration::from_secs(30), stopped.wait_with_output()).await;
    assert!(output.expect("it goes on").unwrap().status.success());
    let counts = sandbox.oauth_counts();
    assert_eq!((counts.refreshes, counts.invalid_grants), (1, 0));
    let after = sessions(&origin, file_store(&folder)).provider(&key()).unwrap().current().await.unwrap();
    assert_eq!(after.generation().0, held.generation().0 + 1);
}

/// Sends the process a signal when the library says that it has come to a point.
struct Death(String);

struct IsThere<'a>(&'a str, bool);

impl Visit for IsThere<'_> {
    fn record_debug(&mut self, _: &Field, value: &dyn fmt::Debug) {
        self.1 |= format!("{value:?}") == format!("{:?}", self.0);
    }
}

impl tracing::Subscriber for Death {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "monday_auth::step"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut there = IsThere(&self.0, false);
        event.record(&mut there);
        if there.1 {
            // The hard way: nothing is dropped, nothing is flushed.
            let signal = told("TEST_SIGNAL").unwrap_or_else(|| "-KILL".to_owned());
            let mut kill = std::process::Command::new("kill");
            let _ = kill.args([signal, std::process::id().to_string()]).status();
            // The signal may reach another thread first, and this one a moment later.
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process that is killed"]
async fn a_process_that_dies() {
    let (Some(origin), Some(folder), Some(point)) =
        (told("TEST_ORIGIN"), told("TEST_FOLDER"), told("TEST_POINT"))
    else {
        return;
    };
    let provider = sessions(&origin, file_store(folder.as_ref())).provider(&key()).unwrap();
    let held = provider.current().await.unwrap();
    tracing::subscriber::set_global_default(Death(point)).unwrap();
    let refreshed = provider.rejected(&held, Rejection::Unauthorized).await;
    assert!(refreshed.is_ok());
}
