//! No token in any log, at any level.
//!
//! Must not know: what is logged.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use monday_auth::{Expect, SecretReader as _, TokenStore as _};
use monday_auth_aws::{SecretsManagerReader, SecretsManagerStore};
use tokio::time::timeout;
use tracing::instrument::WithSubscriber as _;
use tracing_subscriber::fmt::MakeWriter;

use crate::client;
use crate::moto::Moto;
use crate::records::{CANARY, key, record};

const LIMIT: Duration = Duration::from_secs(60);

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

#[tokio::test]
async fn no_token_is_logged_at_trace_and_none_shown_by_debug() {
    let Some(moto) = Moto::start("logs") else { return };
    let (log, bare) = (Log::default(), Log::default());
    let client = client(moto.port);
    // The SDK alone logs what it sends, so the scan can fail.
    bare.of(async { client.create_secret().name("token").secret_string(CANARY).send().await.unwrap() }).await;
    assert!(bare.text().contains(CANARY), "the SDK logs no requests any more");
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
    let decimal = CANARY.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
    for text in [&text, &shown] {
        assert!(!text.contains(CANARY) && !text.contains(&decimal), "{text}");
    }
}
