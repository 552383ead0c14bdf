//! The keyring store against the real gnome-keyring, and against a session bus that is not there.
//!
//! Each test starts this binary again with an environment of its own. Must not know: how the keyring is reached.
#![cfg(all(target_os = "linux", feature = "keyring", feature = "oauth"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use monday_auth::{
    BoxFuture, CredentialSource as _, Expect, Keyring, KeyringSource, KeyringStore, RecordText, Runtime,
    StoreError, TokenKey, TokenRecord, TokenStore as _,
};
use zbus_secret_service_keyring_store::Store;

const FOLDER: &str = "MONDAY_AUTH_TEST_FOLDER";
const CANARY: &str = "canary-access-1";

#[derive(Debug)]
struct Tokio(Instant);

impl Runtime for Tokio {
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }

    fn blocking(&self, work: Box<dyn FnOnce() + Send>) {
        std::thread::spawn(work);
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[expect(clippy::disallowed_methods, reason = "a process of a test is told by its environment what to do")]
fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

fn keyring() -> Keyring {
    Keyring::opened_by(|| Ok(Store::new()?))
}

fn store(folder: &Path) -> KeyringStore {
    KeyringStore::new(keyring(), folder.join("locks"), Arc::new(Tokio(Instant::now())))
}

fn record(key: &TokenKey, generation: u64) -> Arc<TokenRecord> {
    let text = format!(
        r#"{{"format":"monday-token-record","version":1,"app":"app","account":"account","user":"user","kind":"oauth",
            "access_token":"{CANARY}","refresh_token":"refresh-{generation}","scope":"me:read",
            "obtained_at":1700000000000,"expires_at":1700003600000,"authorized_at":1700000000000,
            "generation":{generation},"issuer":"https://auth.monday.com","needs_consent":false}}"#
    );
    Arc::new(RecordText::read(key, text.as_bytes()).unwrap())
}

/// This binary again, running one ignored test.
fn again(test: &str) -> [String; 5] {
    let binary = std::env::current_exe().unwrap().display().to_string();
    [binary, "--exact".into(), test.into(), "--ignored".into(), "--nocapture".into()]
}

fn passes(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output();
    !matches!(found, Err(error) if error.kind() == ErrorKind::NotFound)
}

#[test]
fn a_record_is_kept_in_the_real_gnome_keyring() {
    for program in ["gnome-keyring-daemon", "dbus-run-session"] {
        if !is_installed(program) {
            println!("skipped: {program} is not installed");
            return;
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let unlock =
        "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec \"$@\"";
    let mut session = Command::new("dbus-run-session");
    session.args(["--", "sh", "-c", unlock, "sh"]).args(again("in_a_session_with_a_keyring"));
    // Its own home: nobody's keyring is touched.
    for name in ["HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", FOLDER] {
        let path = folder.path().join(name);
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        session.env(name, path);
    }
    passes(session.env_remove("GNOME_KEYRING_CONTROL"));
    let kept = folder.path().join("XDG_DATA_HOME/keyrings/login.keyring");
    let kept = std::fs::read(kept).expect("the keyring's file");
    assert!(!String::from_utf8_lossy(&kept).contains("canary"), "the keyring encrypts");
}

#[tokio::test]
#[ignore = "needs a session of its own: the test above makes one"]
async fn in_a_session_with_a_keyring() {
    let Some(folder) = folder() else { return };
    let (store, key) = (store(&folder), TokenKey::new("app", "account", "user"));
    assert!(store.load(&key).await.unwrap().is_none());
    let lease = store.lease(&key, Duration::from_secs(30)).await.unwrap().unwrap();
    store.check_writable(&key, &lease).await.unwrap();
    let first = record(&key, 1);
    store.save(&key, Arc::clone(&first), Expect::Absent, &lease).await.unwrap();
    assert_eq!(store.load(&key).await.unwrap().unwrap().fingerprint(), first.fingerprint());
    let expect = Expect::Version(first.version());
    store.save(&key, record(&key, 2), expect, &lease).await.unwrap();
    assert_eq!(store.save(&key, record(&key, 3), expect, &lease).await, Err(StoreError::Conflict));
    assert_eq!(store.load(&key).await.unwrap().unwrap().version(), record(&key, 2).version());

    // What one has saved another finds, and a source finds what a person has put there.
    let another = self::store(&folder);
    assert!(another.load(&key).await.unwrap().is_some());
    assert!(another.lease(&key, Duration::from_secs(30)).await.unwrap().is_none());
    let source = KeyringSource::new(keyring(), "monday.com", "me");
    assert_eq!(source.find().await, Ok(None));
    tokio::task::spawn_blocking(|| {
        let person: Arc<keyring_core::CredentialStore> = Store::new().unwrap();
        person.build("monday.com", "me", None).unwrap().set_password("token-1234").unwrap();
    })
    .await
    .unwrap();
    assert!(source.find().await.unwrap().is_some());

    store.delete(&key).await.unwrap();
    assert!(store.load(&key).await.unwrap().is_none());
    #[cfg(feature = "store-conformance")]
    {
        let runtime = Arc::new(Tokio(Instant::now()));
        let suite = monday_auth::StoreConformance::new(store.clone(), another.clone(), runtime);
        let run = tokio::time::timeout(Duration::from_mins(3), suite.run()).await;
        assert_eq!(run.expect("within three minutes"), Ok(()));
    }
    for file in std::fs::read_dir(folder.join("locks")).unwrap() {
        assert_eq!(file.unwrap().metadata().unwrap().len(), 0, "lock files hold nothing");
    }
}

#[test]
fn without_a_session_bus_the_keyring_is_unavailable_and_no_file_appears() {
    let folder = tempfile::tempdir().unwrap();
    let socket = tempfile::tempdir().unwrap();
    let silent = socket.path().join("bus");
    let _listener = UnixListener::bind(&silent).unwrap();
    for address in [Path::new("/nonexistent/bus"), &silent] {
        let [program, arguments @ ..] = again("in_a_session_without_a_keyring");
        let bus = format!("unix:path={}", address.display());
        let mut command = Command::new(program);
        passes(command.args(arguments).env("DBUS_SESSION_BUS_ADDRESS", bus).env(FOLDER, folder.path()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[tokio::test]
#[ignore = "needs an environment without a session bus: the test above makes one"]
async fn in_a_session_without_a_keyring() {
    let Some(folder) = folder() else { return };
    let (store, key) = (store(&folder), TokenKey::new("app", "account", "user"));
    let source = KeyringSource::new(keyring(), "monday.com", "me");
    let begun = Instant::now();
    let (loaded, leased, found) =
        tokio::join!(store.load(&key), store.lease(&key, Duration::from_secs(30)), source.find());
    // Five seconds, and what a busy machine needs to notice.
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    assert!(matches!(loaded, Err(StoreError::KeyringUnavailable(_))));
    assert!(matches!(leased, Err(StoreError::KeyringUnavailable(_))));
    assert!(matches!(found, Err(monday_auth::AuthError::Store(StoreError::KeyringUnavailable(_)))));
    // A call that is stuck does not keep the process from ending.
}
