//! Who wins, who is not asked, and what the trace says of it.

use std::future::ready;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use super::*;
use crate::{Audience, CredentialKind, TokenFault};

/// A source whose word can be changed, and that counts how often it is asked.
#[derive(Debug, Clone)]
struct Fake {
    name: &'static str,
    word: Arc<Mutex<Result<Option<Credential>, AuthError>>>,
    asked: Arc<AtomicUsize>,
    refusals: Arc<AtomicUsize>,
}

impl Fake {
    fn new(name: &'static str, word: Result<Option<&str>, AuthError>) -> Self {
        let word = word.map(|token| token.map(|token| Credential::personal_token(token).unwrap()));
        Self { name, word: Arc::new(Mutex::new(word)), asked: Arc::default(), refusals: Arc::default() }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl CredentialProvider for Fake {
    fn credential<'a>(&'a self, _: &'a RequestContext<'a>) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(ready(self.word.lock().unwrap().clone().map(Option::unwrap)))
    }

    fn rejected<'a>(
        &'a self,
        _: &'a Credential,
        _: Rejection,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        self.refusals.fetch_add(1, Ordering::SeqCst);
        Box::pin(ready(Credential::personal_token("token-after-refusal")))
    }
}

impl CredentialSource for Fake {
    fn name(&self) -> &'static str {
        self.name
    }

    fn find(&self) -> BoxFuture<'_, Result<Option<Credential>, AuthError>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(ready(self.word.lock().unwrap().clone()))
    }
}

fn broken() -> AuthError {
    AuthError::InvalidToken { source_name: "b", fault: TokenFault::TooShort }
}

async fn ask(chain: &Chain) -> Result<Credential, AuthError> {
    let audience = Audience::monday();
    chain.credential(&RequestContext::new("Me", &audience)).await
}

#[tokio::test]
async fn the_first_that_is_set_wins_and_the_rest_is_not_asked() {
    let (a, b, c) = (
        Fake::new("a", Ok(None)),
        Fake::new("b", Ok(Some("token-b-1"))),
        Fake::new("c", Ok(Some("token-c-1"))),
    );
    let chain = Chain::new().then(a.clone()).then(b.clone()).then(c.clone());
    for _ in 0..10 {
        let credential = ask(&chain).await.unwrap();
        assert_eq!(credential.fingerprint(), crate::Secret::new("token-b-1").fingerprint());
    }
    assert_eq!((a.asked(), b.asked(), c.asked()), (1, 1, 0));
    // It stays, even if an earlier one is set later.
    *a.word.lock().unwrap() = Ok(Some(Credential::personal_token("token-a-1").unwrap()));
    assert_eq!(ask(&chain).await, b.word.lock().unwrap().clone().map(Option::unwrap));
    let trace = chain.trace().await;
    assert_eq!(trace.winner(), Some("b"));
    let outcomes: Vec<_> = trace.steps().iter().map(|step| &step.outcome).collect();
    assert!(matches!(
        outcomes[..],
        [
            SourceOutcome::Absent,
            SourceOutcome::Won { kind: CredentialKind::PersonalToken, expires_at: None, .. },
            SourceOutcome::NotAsked
        ]
    ));
}

#[tokio::test]
async fn a_source_that_is_set_and_broken_stops_the_chain() {
    let (b, c) = (Fake::new("b", Err(broken())), Fake::new("c", Ok(Some("token-c-1"))));
    let chain = Chain::new().then(Fake::new("a", Ok(None))).then(b.clone()).then(c.clone());
    assert_eq!(ask(&chain).await, Err(broken()));
    assert_eq!(c.asked(), 0);
    let trace = chain.trace().await;
    assert_eq!((trace.steps()[1].outcome.clone(), trace.winner()), (SourceOutcome::Broken(broken()), None));
    assert_eq!(trace.steps()[2].outcome, SourceOutcome::NotAsked);
    // Mended, it wins.
    *b.word.lock().unwrap() = Ok(Some(Credential::personal_token("token-b-1").unwrap()));
    assert!(ask(&chain).await.is_ok());
    assert_eq!(chain.trace().await.winner(), Some("b"));
}

#[tokio::test]
async fn a_chain_of_absent_sources_names_them() {
    let chain = Chain::new().then(Fake::new("a", Ok(None))).then(Fake::new("b", Ok(None)));
    let missing = AuthError::Missing { tried: vec!["a", "b"] };
    assert_eq!(ask(&chain).await, Err(missing));
    assert_eq!(ask(&Chain::new()).await, Err(AuthError::Missing { tried: vec![] }));
}

#[tokio::test]
async fn a_refusal_goes_to_the_winner_alone() {
    let (a, b) = (Fake::new("a", Ok(Some("token-a-1"))), Fake::new("b", Ok(Some("token-b-1"))));
    let chain = Chain::new().then(a.clone()).then(b.clone());
    let foreign = Credential::personal_token("token-foreign").unwrap();
    let rejected = AuthError::Rejected { fingerprint: foreign.fingerprint() };
    assert_eq!(chain.rejected(&foreign, Rejection::Unauthorized).await, Err(rejected));
    let old = ask(&chain).await.unwrap();
    let fresh = chain.rejected(&old, Rejection::Unauthorized).await.unwrap();
    assert_eq!(fresh.fingerprint(), crate::Secret::new("token-after-refusal").fingerprint());
    assert_eq!((a.refusals.load(Ordering::SeqCst), b.refusals.load(Ordering::SeqCst), b.asked()), (1, 0, 0));
}

/// The table of a chain of the environment and a profile file, in a process of its own.
#[cfg(feature = "profile-file")]
fn trace_with(environment: &[(&str, &std::path::Path)], profiles: &std::path::Path) -> String {
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "source::chain::tests::in_a_process_of_its_own", "--ignored", "--nocapture"]);
    again.env_remove("MONDAY_API_TOKEN").env_remove("MONDAY_API_TOKEN_FILE");
    again.envs(environment.iter().copied()).env("MONDAY_AUTH_PROFILES", profiles);
    let output = String::from_utf8(again.output().unwrap().stdout).unwrap();
    let rows = output.lines().filter(|line| line.starts_with(['1', '2', '3']));
    // Without the fingerprint.
    rows.map(|row| row.split(" sha256").next().unwrap().to_owned() + "\n").collect()
}

#[cfg(feature = "profile-file")]
#[tokio::test]
#[ignore = "needs an environment of its own: the test below makes one"]
async fn in_a_process_of_its_own() {
    if let Some(path) = super::super::env::variable("MONDAY_AUTH_PROFILES") {
        println!("\n{}", Chain::local(crate::ProfileSource::new(path, "work")).trace().await);
    }
}

#[cfg(feature = "profile-file")]
#[cfg(unix)]
#[test]
fn the_usual_order_is_variable_then_file_then_profile() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (file, none, profiles) =
        (folder.path().join("token"), folder.path().join("none"), folder.path().join("profiles.toml"));
    std::fs::write(&file, "token-file-1\n").unwrap();
    std::fs::write(&profiles, "[work]\ntoken = \"token-profile-1\"\n").unwrap();
    std::fs::set_permissions(&profiles, std::fs::Permissions::from_mode(0o600)).unwrap();
    let value = std::path::Path::new("token-value-1");
    for (environment, path, outcomes) in [
        (
            &[("MONDAY_API_TOKEN", value), ("MONDAY_API_TOKEN_FILE", &*none)][..],
            &none,
            ["won: personal token", "not asked", "not asked"],
        ),
        (&[("MONDAY_API_TOKEN_FILE", &*file)], &none, ["absent", "won: personal token", "not asked"]),
        (
            &[("MONDAY_API_TOKEN_FILE", &*none)],
            &profiles,
            [
                "absent",
                "broken: the file named in MONDAY_API_TOKEN_FILE could not be read: entity not found",
                "not asked",
            ],
        ),
        (&[], &profiles, ["absent", "absent", "won: personal token"]),
        (&[], &none, ["absent", "absent", "absent"]),
    ] {
        let [value, file, profile] = outcomes;
        let expected = format!(
            "1 MONDAY_API_TOKEN       {value}\n\
             2 MONDAY_API_TOKEN_FILE  {file}\n\
             3 the profile file       {profile}\n"
        );
        assert_eq!(trace_with(environment, path), expected);
    }
}

#[tokio::test]
async fn a_value_given_wins_and_has_no_newer_one() {
    let value = Credential::short_lived("token-value-1").unwrap();
    let chain = Chain::new().then(value.clone()).then(EnvSource::token());
    assert_eq!(ask(&chain).await.unwrap(), value);
    let rejected = AuthError::Rejected { fingerprint: value.fingerprint() };
    assert_eq!(chain.rejected(&value, Rejection::Unauthorized).await, Err(rejected));
}

#[tokio::test]
async fn the_trace_is_a_table_with_fingerprints_only() {
    let end = SystemTime::now() + Duration::from_mins(10);
    let won = Fake::new("the value given", Ok(None));
    *won.word.lock().unwrap() = Ok(Some(Credential::oauth("canary-token-1").unwrap().with_expiry(end)));
    let chain = Chain::new().then(Fake::new("first", Ok(None))).then(won).then(Fake::new("c", Ok(None)));
    let trace = chain.trace().await;
    let fingerprint = crate::Secret::new("canary-token-1").fingerprint();
    let expected = format!(
        "1 first            absent\n\
         2 the value given  won: OAuth token {fingerprint}, ends in 9 minutes\n\
         3 c                not asked"
    );
    assert_eq!(trace.to_string(), expected);
    assert!(!format!("{trace:?}{chain:?}").contains("canary"));
    let stopped = Chain::new().then(Fake::new("b", Err(broken()))).trace().await;
    assert_eq!(stopped.to_string(), "1 b  broken: the token in b is not valid: shorter than 8 bytes");
}
