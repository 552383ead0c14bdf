//! No token in any log, at any level.
//!
//! Must not know: what is logged.

use std::io;
use std::process::Command;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use monday_auth::{Expect, SecretReader as _, TokenStore as _};
use monday_auth_aws::{SecretsManagerReader, SecretsManagerStore};
use tokio::time::timeout;
use tracing::Dispatch;
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;
use tracing_subscriber::fmt::MakeWriter;

use crate::client;
use crate::moto::Moto;
use crate::records::{CANARY, key, record};

const LIMIT: Duration = Duration::from_mins(1);

/// With one subscriber alone, tracing takes the word of whichever thread meets an event first, another test's perhaps,
/// on whether anybody listens.
static ANOTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::default()));

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    /// All that this does, and what it starts on this thread, is logged.
    async fn of<F: Future>(&self, work: F) -> F::Output {
        let everything = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
        let subscriber = everything.with_ansi(false).with_writer(self.clone()).finish();
        LazyLock::force(&ANOTHER);
        let _on_this_thread = tracing::subscriber::set_default(subscriber);
        timeout(LIMIT, work.with_current_subscriber()).await.unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Whether the text holds the canary, or its bytes as decimal numbers.
fn holds_canary(text: &str) -> bool {
    let decimal = CANARY.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
    text.contains(CANARY) || text.contains(&decimal)
}

/// With these the SDK logs what it sends and gets, secrets and all. They must be in the environment of a process.
const TALKATIVE: [&str; 2] = ["LOG_SIGNABLE_BODY", "LOG_SENSITIVE_BODIES"];

#[test]
fn no_token_is_logged_at_trace_and_none_shown_by_debug_whatever_the_environment_says() {
    let this = "logs::what_is_logged";
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args([this, "--exact", "--ignored", "--nocapture"]).envs(TALKATIVE.map(|name| (name, "true")));
    assert!(child.status().unwrap().success());
}

#[tokio::test]
#[ignore = "run by the test above, with an environment of its own"]
async fn what_is_logged() {
    let Some(moto) = Moto::start("logs") else { return };
    let (log, bare) = (Log::default(), Log::default());
    let client = client(moto.port);
    // The SDK alone logs the secret, so the scan can fail.
    bare.of(async { client.create_secret().name("token").secret_string(CANARY).send().await.unwrap() }).await;
    assert!(holds_canary(&bare.text()), "the SDK logs no secrets any more");
    let shown = log
        .of(async {
            tracing::trace!("the log is on");
            let reader = SecretsManagerReader::new(&client, "token");
            let secret = reader.read().await.unwrap();
            let (store, key) = (SecretsManagerStore::new(&client, "logs").unwrap(), key("logs"));
            let lease = store.lease(&key, Duration::from_secs(30)).await.unwrap().unwrap();
            store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
            let loaded = store.load(&key).await.unwrap();
            format!("{reader:?} {secret:?} {store:?} {lease:?} {loaded:?}")
        })
        .await;
    let text = log.text();
    assert!(text.contains("the log is on"));
    for text in [&text, &shown] {
        assert!(!holds_canary(text), "{text}");
    }
}
