//! `login --store keyring` with the real gnome-keyring, and where there is none.
//!
//! The first test starts this binary again in a session of its own. Must not know: how a keyring is reached.
#![cfg(target_os = "linux")]

use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::Duration;

use monday_sdk::auth::{Chain, Keyring, KeyringSource};
use zbus_secret_service_keyring_store::Store;

use crate::consent::App;
use crate::desk::Desk;

const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";
const TOLD: &str = "CARGO_MONDAY_TEST_KEYRING";

#[expect(clippy::disallowed_methods, reason = "a process of a test is told by its environment what to do")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub(crate) fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output();
    !matches!(found, Err(error) if error.kind() == ErrorKind::NotFound)
}

#[test]
fn tokens_and_sessions_are_kept_in_the_real_gnome_keyring() {
    for program in ["gnome-keyring-daemon", "dbus-run-session"] {
        if !is_installed(program) {
            println!("skipped: {program} is not installed");
            return;
        }
    }
    let unlock =
        "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec \"$@\"";
    let binary = std::env::current_exe().unwrap();
    let mut session = Command::new("dbus-run-session");
    session.args(["--", "sh", "-c", unlock, "sh"]).arg(binary);
    session.args(["--exact", "keyring::in_a_session_with_a_keyring", "--ignored", "--nocapture"]);
    // Its own home: nobody's keyring is touched.
    let folder = tempfile::tempdir().unwrap();
    for name in ["HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", TOLD] {
        let path = folder.path().join(name);
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        session.env(name, path);
    }
    let output = session.env_remove("GNOME_KEYRING_CONTROL").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs a session of its own: the test above makes one"]
async fn in_a_session_with_a_keyring() {
    let (Some(bus), Some(_)) = (told(BUS), told(TOLD)) else { return };
    let app = App::new();
    let desk = Desk::with(app.sandbox().token_life(Duration::from_secs(2))).await;
    let mut text = String::new();
    let types =
        |words: &str, input: &str| desk.run(words, input, |command| command.env(BUS, &bus)).text + "\n";
    let profiles = || std::fs::read_to_string(desk.profiles()).unwrap();

    text += &types("login --store keyring", "a-token-that-nobody-has\n");
    assert!(!desk.profiles().exists(), "what is refused is not kept");
    text += &types("login --store keyring", &format!("{}\n", desk.sandbox.personal_token()));
    assert_eq!(profiles(), "[default]\nstore = \"keyring\"\n");
    text += &types("board pull 2000000001", "");
    text += &types("doctor", "");
    assert!(has_token("default").await, "a chain of one's own finds it");

    // Another store: the keyring has it no more.
    text += &types("login", &format!("Bearer {}\n", desk.sandbox.oauth_token()));
    assert!(!profiles().contains("store") && !has_token("default").await);

    let bearer = format!("Bearer {}\n", desk.sandbox.oauth_token());
    types("login --store keyring --profile pasted", &bearer);
    let doctor = types("doctor --offline --profile pasted", "");
    assert!(doctor.contains("the keyring has the OAuth"), "{doctor}");

    text += &app.logs_in(&desk, "--store keyring --profile work", |command| command.env(BUS, &bus)).await;
    let work = profiles().split_once("[work]\n").unwrap().1.to_owned();
    let server = format!("authorization-server = {:?}\n", desk.sandbox.authorization_url());
    let expected = "store = \"keyring\"\nkind = \"oauth\"\nclient-id = \"an-app\"\naccount = \"1000001\"\nuser = \"501\"\n";
    assert_eq!(work, format!("{expected}{server}"));
    // Its first access token has ended.
    tokio::time::sleep(Duration::from_millis(3100)).await;
    let before = desk.sandbox.oauth_counts().refreshes;
    text += "\n";
    text += &types("board pull 2000000001 --profile work", "");
    assert_eq!(desk.sandbox.oauth_counts().refreshes, before + 1);
    let doctor = desk.run("doctor --profile work", "", |command| command.env(BUS, &bus));
    assert!(doctor.text.contains("I am Ada Example"), "{}", doctor.text);
    assert_eq!(desk.sandbox.oauth_counts().reuses, 0, "no refresh token is spent twice");
    for file in std::fs::read_dir(desk.profiles().with_file_name("sessions")).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().len(), 0, "{:?} is a lock, and empty", file.path());
    }
    insta::assert_snapshot!("a_session_with_a_keyring", text);
}

/// As a user's program asks, by the words that `login` prints.
async fn has_token(profile: &str) -> bool {
    let keyring = Keyring::opened_by(|| Ok(Store::new()?));
    let chain = Chain::new().then(KeyringSource::new(keyring, "monday", profile));
    chain.trace().await.winner() == Some("the keyring")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_keyring_nothing_is_kept_and_nobody_is_asked() {
    let desk = Desk::new().await;
    let token = format!("{}\n", desk.sandbox.personal_token());
    let bus = |command: &mut Command| {
        command.env(BUS, "unix:path=/nonexistent/bus");
    };
    let types = |words: &str, input: &str| {
        desk.run(words, input, |command| {
            bus(command);
            command
        })
    };
    let mut text = types("login --store keyring", &token).text + "\n";
    text += &(types("login --store keyring --oauth --client-id an-app --no-browser", "").text + "\n");
    assert!(!desk.profiles().parent().unwrap().exists(), "no file is made in its place");
    assert!(desk.sandbox.requests() == 0, "the token is not even tried");

    // A profile that says that its token is in a keyring.
    std::fs::create_dir_all(desk.profiles().parent().unwrap()).unwrap();
    std::fs::write(desk.profiles(), "[default]\nstore = \"keyring\"\n").unwrap();
    std::fs::set_permissions(desk.profiles(), std::fs::Permissions::from_mode(0o600)).unwrap();
    text += &types("board pull 2000000001", "").text;
    // A token in the environment goes before it, and no keyring is asked, not even for the secret of an app.
    let token = desk.sandbox.personal_token();
    let of_app = "[default]\nstore = \"keyring\"\nclient-id = \"an-app\"\naccount = \"1\"\nuser = \"2\"\n";
    std::fs::write(desk.profiles(), of_app).unwrap();
    text += "\n";
    text += &types("board pull 2000000001", "").text;
    let session = desk.run("board pull 2000000001", "", |command| {
        bus(command);
        command.env("MONDAY_API_TOKEN", token)
    });
    assert_eq!(session.code, Some(0), "{}", session.text);
    insta::assert_snapshot!(text);
}
