//! A process that is killed, is stopped, or ends in the middle of a refresh.
//!
//! The library says at TRACE how far it is; the process sends itself the signal there. Must not know: what
//! comes between.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use futures_util::future::join_all;
use monday_sdk::auth::{Rejection, TokenStore as _};
use monday_sdk::{AuthError, CredentialProvider as _};
use tokio::process::{Child, Command};
use tracing::field::{Field, Visit};
use tracing::span;

use crate::auth_support::{file_store, key, log_in, sandbox, sessions};
use crate::own_process::{process, told};
use crate::store_place::{StorePlace, server_places};
use crate::support::within;

const ROUNDS: usize = 10;

/// How a process begins to say what became of its refresh.
const ENDED_WITH: &str = "ended with ";

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

    let output =
        refreshing_process(origin, &StorePlace::Folder(folder.clone()), point).output().await.unwrap();
    let signal = std::os::unix::process::ExitStatusExt::signal(&output.status);
    let expected = if point == "never" { None } else { Some(9) };
    assert_eq!(signal, expected, "{point} {round}: {}", String::from_utf8_lossy(&output.stderr));

    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.contains(&format!("{ENDED_WITH}Ok(2)")), point == "never", "{point} {round}: {text}");

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
async fn a_process_killed_at_any_point_leaves_a_whole_record_on_the_server() {
    let sandbox = sandbox(Duration::from_hours(1), Duration::ZERO).await;
    let origin = sandbox.authorization_url();
    for (point, generation) in
        [("leased", 1), ("preflighted", 1), ("answered", 1), ("saved", 2), ("published", 2)]
    {
        for place in server_places().await {
            log_in(&sessions(&origin, place.store()), &key()).await;
            let output = within(Duration::from_secs(30), refreshing_process(&origin, &place, point).output());
            let output = output.await.unwrap();
            let signal = std::os::unix::process::ExitStatusExt::signal(&output.status);
            assert_eq!(signal, Some(9), "{point} {place}");
            let record = place.store().load(&key()).await.unwrap().unwrap();
            assert!(record.can_refresh(), "{point} {place}");
            assert_eq!(record.version().generation, generation, "{point} {place}");
            place.clear().await;
        }
    }
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

    let stopped = StoppedProcess::at("posting", &origin, &StorePlace::Folder(folder.clone())).await;
    // Its lock outlives every time limit, and nobody refreshes without the lock.
    let error = provider.rejected(&held, Rejection::Unauthorized).await.unwrap_err();
    assert_eq!(error, AuthError::LeaseTimeout);
    assert_eq!(sandbox.oauth_counts().refreshes, 0, "{:?}", sandbox.oauth_counts());

    assert_eq!(stopped.go_on().await, "Ok(2)");
    let counts = sandbox.oauth_counts();
    assert_eq!((counts.refreshes, counts.invalid_grants), (1, 0));
    let after = sessions(&origin, file_store(&folder)).provider(&key()).unwrap().current().await.unwrap();
    assert_eq!(after.generation().0, held.generation().0 + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_settles_before_it_ends_keeps_what_its_refresh_brings() {
    // Longer than a process takes that does not wait for the answer.
    let sandbox = sandbox(Duration::from_hours(1), Duration::from_secs(2)).await;
    let origin = sandbox.authorization_url();
    for (settles, generation) in [("yes", 2), ("no", 1)] {
        let folder = tempfile::tempdir().unwrap();
        let place = StorePlace::Folder(folder.path().join("tokens"));
        log_in(&sessions(&origin, place.store()), &key()).await;
        let mut command = process("auth_crash::a_process_that_ends", &origin, Path::new(""));
        command.env("TEST_STORE", place.to_string()).env("TEST_SETTLES", settles);
        let output = within(Duration::from_secs(30), command.output()).await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let record = place.store().load(&key()).await.unwrap().unwrap();
        assert_eq!(record.version().generation, generation, "settles: {settles}");
    }
}

/// A process that refreshes, and gets a signal at this point.
fn refreshing_process(origin: &str, place: &StorePlace, point: &str) -> Command {
    let mut command = process("auth_crash::a_process_that_dies", origin, Path::new(""));
    command.env("TEST_STORE", place.to_string()).env("TEST_POINT", point);
    command
}

/// A process that is stopped in the middle of a refresh.
pub(crate) struct StoppedProcess(Child);

impl StoppedProcess {
    /// Waits until it has come there.
    pub(crate) async fn at(point: &str, origin: &str, place: &StorePlace) -> Self {
        let mut command = refreshing_process(origin, place, point);
        let stopped = Self(command.env("TEST_SIGNAL", "-STOP").stdout(Stdio::piped()).spawn().unwrap());
        let stat = format!("/proc/{}/stat", stopped.0.id().unwrap());
        within(Duration::from_secs(20), async {
            while !fs::read_to_string(&stat).unwrap().contains(") T ") {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
        stopped
    }

    /// Lets it go on to its end: what became of its refresh, the generation or the error.
    pub(crate) async fn go_on(self) -> String {
        let id = self.0.id().unwrap().to_string();
        Command::new("kill").args(["-CONT", &id]).status().await.unwrap();
        let output = within(Duration::from_secs(30), self.0.wait_with_output()).await.unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().find_map(|line| line.strip_prefix(ENDED_WITH)).expect("it says how it ended").to_owned()
    }
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
    let (Some(origin), Some(place), Some(point)) =
        (told("TEST_ORIGIN"), told("TEST_STORE"), told("TEST_POINT"))
    else {
        return;
    };
    let provider = sessions(&origin, StorePlace::told(&place).store()).provider(&key()).unwrap();
    let held = provider.current().await.unwrap();
    tracing::subscriber::set_global_default(Death(point)).unwrap();
    let refreshed = provider.rejected(&held, Rejection::Unauthorized).await;
    println!("{ENDED_WITH}{:?}", refreshed.map(|credential| credential.generation().0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process that ends"]
async fn a_process_that_ends() {
    let (Some(origin), Some(place), Some(settles)) =
        (told("TEST_ORIGIN"), told("TEST_STORE"), told("TEST_SETTLES"))
    else {
        return;
    };
    let sessions = sessions(&origin, StorePlace::told(&place).store());
    let provider = sessions.provider(&key()).unwrap();
    let held = provider.current().await.unwrap();
    // A caller who gives up, right before the program ends.
    let call = provider.rejected(&held, Rejection::Unauthorized);
    tokio::time::timeout(Duration::from_millis(100), call).await.unwrap_err();
    if settles == "yes" {
        sessions.settle().await.unwrap();
    }
}
