//! Real programs: what they see, what they print, and when they are killed. T6 and F62.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use futures_util::future::join_all;

use super::*;
use crate::{Credential, CredentialProvider as _, CredentialSource as _, Rejection};

const CANARY: &str = "canary-parent-secret-1";

/// A shell script of the test's, run as `sh SCRIPT FOLDER`.
struct Script {
    folder: tempfile::TempDir,
}

impl Script {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("script"), text).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn source(&self) -> ProcessSource {
        ProcessSource::new("sh").arg(self.path("script")).arg(self.folder.path())
    }

    fn text_of(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    async fn wait_for(&self, name: &str) -> String {
        for _ in 0..1_000 {
            if let Some(line) = self.text_of(name).strip_suffix('\n') {
                return line.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the script did not write {name}");
    }
}

async fn run(source: &ProcessSource) -> Result<Credential, AuthError> {
    source.find().await.map(Option::unwrap)
}

async fn fault(source: &ProcessSource) -> ProcessFault {
    match run(source).await {
        Err(AuthError::Process(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_program_sees_nothing_of_the_parents_secrets_and_its_stderr_goes_nowhere() {
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "source::process::tests::in_a_process_with_secrets", "--ignored", "--nocapture"]);
    again.env("MONDAY_API_TOKEN", CANARY).env("MONDAY_AUTH_ALLOWED", "seen").env("HOME", "/");
    let output = again.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert!(!said.contains("canary-stderr"), "{said}");
}

#[tokio::test]
#[ignore = "needs a secret in the environment: the test above runs it in a process of its own"]
async fn in_a_process_with_secrets() {
    if super::super::env::variable("MONDAY_AUTH_ALLOWED").is_none() {
        return;
    }
    let script = Script::new(
        "echo canary-stderr >&2; echo $$ >\"$1/pid\"\n\
         while [ ! -e \"$1/go\" ]; do sleep 0.02; done; echo token-1234\n",
    );
    let source = script.source().env_allow("MONDAY_AUTH_ALLOWED").env_allow("MONDAY_AUTH_NOT_SET");
    let seen = async {
        let folder = PathBuf::from("/proc").join(script.wait_for("pid").await);
        let read = |name| String::from_utf8(fs::read(folder.join(name)).unwrap()).unwrap();
        let seen = (read("environ"), read("cmdline"));
        fs::write(script.path("go"), "").unwrap();
        seen
    };
    let (credential, (environ, cmdline)) = tokio::join!(run(&source), seen);
    assert_eq!(credential.unwrap().fingerprint(), crate::Secret::new("token-1234").fingerprint());
    let mut names: Vec<_> = environ.split_terminator('\0').filter_map(|v| v.split('=').next()).collect();
    names.sort_unstable();
    assert_eq!(names, ["HOME", "MONDAY_AUTH_ALLOWED", "PATH"]);
    assert!(environ.contains("MONDAY_AUTH_ALLOWED=seen\0"));
    assert!(!format!("{environ}{cmdline}").contains("canary"));
    assert!(cmdline.starts_with("sh\0"), "no other shell, no other argument: {cmdline:?}");
    assert_eq!(cmdline.matches('\0').count(), 3);
}

#[tokio::test]
async fn what_is_no_token_is_a_typed_error_without_the_programs_words() {
    let table = [
        ("exit 1", ProcessFault::Status(Some(1))),
        ("echo canary-out-1; echo canary-err-1 >&2; exit 7", ProcessFault::Status(Some(7))),
        ("kill -9 $$", ProcessFault::Status(None)),
        ("echo canary-out-1; echo canary-out-2", ProcessFault::NotOneLine),
        ("printf 'canary-out-1\\rX'", ProcessFault::NotOneLine),
        ("printf '\\377\\376canary'", ProcessFault::NotOneLine),
        ("echo canary-err-1 >&2", ProcessFault::NotOneLine),
        ("echo", ProcessFault::NotOneLine),
        ("head -c 10000000 /dev/zero | tr '\\0' x", ProcessFault::TooMuch),
        ("while :; do echo canary-out-1; done", ProcessFault::TooMuch),
    ];
    for (text, expected) in table {
        let script = Script::new(text);
        let source = script.source();
        let found = fault(&source).await;
        assert_eq!(found, expected, "{text}");
        let error = AuthError::Process(found);
        assert!(!format!("{error} {error:?} {error:#?} {source:?}").contains("canary"), "{text}");
    }
    let absent = fault(&ProcessSource::new("/nonexistent/program")).await;
    assert_eq!(absent, ProcessFault::NotStarted(std::io::ErrorKind::NotFound));
    let script = Script::new("echo 'two words-1234'");
    let error = run(&script.source()).await.unwrap_err();
    assert!(matches!(error, AuthError::InvalidToken { source_name: "the program", .. }));
}

#[tokio::test]
async fn a_token_of_64_kib_is_read_and_one_byte_more_is_not() {
    let printing = |count| Script::new(&format!("head -c {count} /dev/zero | tr '\\0' x"));
    let error = run(&printing(64 * 1024).source()).await.unwrap_err();
    assert!(matches!(error, AuthError::InvalidToken { fault: crate::TokenFault::TooLong, .. }));
    assert_eq!(fault(&printing(64 * 1024 + 1).source()).await, ProcessFault::TooMuch);
}

fn is_running(pid: &str) -> bool {
    let state = fs::read_to_string(Path::new("/proc").join(pid).join("stat"));
    state.is_ok_and(|stat| !stat.contains(") Z "))
}

#[tokio::test]
async fn a_program_that_hangs_is_killed_with_what_it_has_started() {
    for text in [
        "echo $$ >\"$1/pid\"; sleep 60 & echo $! >\"$1/child\"; wait",
        // Its output is closed, and it goes on.
        "echo $$ >\"$1/pid\"; echo token-1234; exec >&-; sleep 60 & echo $! >\"$1/child\"; wait",
        // It ends, and what it has started keeps its output open.
        "echo $$ >\"$1/pid\"; echo token-1234; sleep 60 & echo $! >\"$1/child\"",
    ] {
        let script = Script::new(text);
        let begun = Instant::now();
        assert_eq!(
            fault(&script.source().time_limit(Duration::from_millis(1_500))).await,
            ProcessFault::TimedOut
        );
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_millis(200)).await;
        for name in ["pid", "child"] {
            let pid = script.wait_for(name).await;
            assert!(!is_running(&pid), "{name} of {text}");
        }
    }
}

#[tokio::test]
async fn a_hundred_callers_run_one_program() {
    let script = Script::new("echo x >>\"$1/runs\"; sleep 0.2; echo token-1234");
    let source = script.source();
    let found = join_all((0..100).map(|_| source.find())).await;
    assert!(found.iter().all(|found| matches!(found, Ok(Some(_)))));
    assert_eq!(script.text_of("runs"), "x\n");
    run(&source).await.unwrap();
    assert_eq!(script.text_of("runs"), "x\n", "what was read is kept");
}

#[tokio::test]
async fn a_rejected_token_is_asked_for_again_once() {
    let script = Script::new("echo x >>\"$1/runs\"; sleep 0.1; cat \"$1/token\"");
    fs::write(script.path("token"), "Bearer token-old-1\n").unwrap();
    let source = script.source();
    let old = run(&source).await.unwrap();
    assert_eq!(old.kind(), CredentialKind::OAuth);
    let why = Rejection::Unauthorized;
    let same = join_all((0..100).map(|_| source.rejected(&old, why))).await;
    let rejected = AuthError::Rejected { fingerprint: old.fingerprint() };
    assert!(same.iter().all(|error| *error == Err(rejected.clone())));
    assert_eq!(source.rejected(&old, why).await, Err(rejected), "nor is it asked for soon again");
    assert_eq!(script.text_of("runs"), "x\nx\n");

    let source = script.source();
    let old = run(&source).await.unwrap();
    fs::write(script.path("token"), "Bearer token-new-1\n").unwrap();
    let fresh = join_all((0..100).map(|_| source.rejected(&old, why))).await;
    for fresh in fresh {
        let fresh = fresh.unwrap();
        assert_ne!(fresh.fingerprint(), old.fingerprint());
        assert_eq!(fresh.generation().0, 1);
    }
    assert_eq!(script.text_of("runs"), "x\nx\nx\nx\n");
}

#[tokio::test]
async fn a_caller_who_gives_up_leaves_the_run_to_the_next() {
    let script = Script::new("echo x >>\"$1/runs\"; sleep 0.3; echo token-1234");
    let source = script.source();
    assert!(tokio::time::timeout(Duration::from_millis(50), source.find()).await.is_err());
    run(&source).await.unwrap();
    assert_eq!(script.text_of("runs"), "x\n");
}

#[tokio::test]
async fn what_was_read_before_a_refusal_is_no_answer_to_it() {
    let script = Script::new("echo x >>\"$1/runs\"; sleep 0.1; cat \"$1/token\"; echo done >\"$1/end\"");
    fs::write(script.path("token"), "token-old-1\n").unwrap();
    let source = script.source();
    assert!(tokio::time::timeout(Duration::from_millis(20), source.find()).await.is_err());
    script.wait_for("end").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    fs::write(script.path("token"), "token-new-1\n").unwrap();
    let old = Credential::personal_token("token-old-1").unwrap();
    let fresh = source.rejected(&old, Rejection::Unauthorized).await.unwrap();
    assert_eq!(fresh.fingerprint(), crate::Secret::new("token-new-1").fingerprint());
    assert_eq!(script.text_of("runs"), "x\nx\n");
}

#[tokio::test]
async fn the_kind_can_be_told() {
    let script = Script::new("printf token-1234");
    let credential = run(&script.source().kind(CredentialKind::OAuth)).await.unwrap();
    assert_eq!(credential.header_for(&Audience::monday()).unwrap(), "Bearer token-1234");
    assert!(!format!("{:?}", script.source().arg("argument-9")).contains("argument-9"));
}
