//! The kinds of call, and what is asserted of each of them, whatever the fault.
//!
//! Must not know: which faults there are.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use monday_sdk::core::File;
use monday_sdk::queries::{AddFileToColumn, DeleteItem, GetVersion, ItemsPage};
use monday_sdk::{BoardId, Client, ClientBuilder, CredentialKind, Error, Upload};

use super::ledger::Ledger;
use super::row::{DATA, Outcome, Row};
use crate::scripted_server::{Answer, Protocol, ScriptedServer, Seen, Step, authority};
use crate::support::client_for;

/// It is in every request, and must be in no error.
pub(super) const CANARY: &str = "canary-b7f2e19d-token";

/// It is in the variables of every request, and must be in no error.
const CANARY_VARIABLE: &str = "7700770077";

/// What a busy machine may add to a time.
pub(super) const SLACK: Duration = Duration::from_secs(1);

/// A call that does not wait is over by then.
const AT_ONCE: Duration = Duration::from_secs(1);

const KEY: &str = "idempotency-key";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Query,
    Mutation,
    /// The second page of a list.
    Page,
    /// A mutation with a file.
    Upload,
}

impl Kind {
    /// What the wire may do to JSON calls, it may do to all of them; a file has rows of its own.
    pub(super) const ALL: [Self; 3] = [Self::Query, Self::Mutation, Self::Page];
    pub(super) const WITH_FILE: [Self; 4] = [Self::Query, Self::Mutation, Self::Page, Self::Upload];

    fn is_mutation(self) -> bool {
        matches!(self, Self::Mutation | Self::Upload)
    }

    /// Whether a request is one that leads to the one that meets the fault; on a busy machine it may come
    /// twice.
    fn leads_on(self, request: &Seen) -> bool {
        self == Self::Page && !String::from_utf8_lossy(&request.body).contains("query NextItemsPage")
    }

    async fn make(self, client: &Client) -> Result<(), Error> {
        match self {
            Self::Query => client.execute(GetVersion).await.map(drop),
            Self::Mutation => client.execute(DeleteItem::new(CANARY_VARIABLE)).await.map(drop),
            Self::Page => {
                let pages = client.pages(ItemsPage::new(BoardId::from(CANARY_VARIABLE)));
                pages.try_collect::<Vec<_>>().await.map(drop)
            }
            Self::Upload => {
                let request = AddFileToColumn::new(CANARY_VARIABLE, "files", File);
                client.upload(request, &Upload::bytes("a.txt", vec![b'x'; 100])).await.map(drop)
            }
        }
    }
}

pub(super) fn builder(server: &ScriptedServer) -> ClientBuilder {
    client_for(&format!("{}/v2", server.origin()), CredentialKind::OAuth, CANARY)
        .root_certificates(authority())
}

/// A first page that leads to a second.
fn first_page() -> Answer {
    let page = DATA.replacen(r#""cursor":null"#, r#""cursor":"c1""#, 1);
    Answer::new(200, format!(r#"{{"data":{page}}}"#))
}

/// One call through one row.
pub(super) async fn check(row: &Row, kind: Kind, protocol: Protocol, ledger: &Ledger) {
    let (script, number) = (row.script.clone(), AtomicUsize::new(0));
    let server = ScriptedServer::start(protocol, move |_, request| {
        if kind.leads_on(request) {
            return Step::Answer(first_page());
        }
        script(number.fetch_add(1, Ordering::Relaxed))
    })
    .await;
    let client = builder(&server).deadline(row.deadline).first_byte_timeout(row.first_byte);
    let client = client.max_response_bytes(100_000).build().unwrap();
    let start = Instant::now();
    let hangs = row.deadline + Duration::from_secs(10);
    let result = tokio::time::timeout(hangs, kind.make(&client)).await;
    let took = start.elapsed();
    let seen = server.seen();
    let named = |what: String| format!("{} | {kind:?} {protocol:?}: {what}", row.name);

    let Ok(result) = result else {
        return ledger.check(false, || named("hangs".to_owned()));
    };
    ledger.check(took <= row.deadline + Duration::from_secs(1) + SLACK, || named(format!("took {took:?}")));
    ledger.check(took >= row.takes.0 && took <= row.takes.1 + SLACK, || named(format!("took {took:?}")));
    let outcome = result.as_ref().map_or_else(|error| Outcome::Fails(error.kind()), |()| Outcome::Done);
    ledger.check(outcome == row.outcome, || named(format!("{outcome:?} instead of {:?}", row.outcome)));
    let faced: Vec<_> = seen.iter().filter(|request| !kind.leads_on(request)).collect();
    ledger.check(faced.len() == row.requests, || {
        named(format!("{} requests instead of {}", faced.len(), row.requests))
    });
    ledger.check(faced.iter().all(|request| has_what_it_needs(request, kind)), || {
        named(format!("headers: {faced:?}"))
    });
    let keys: Vec<_> = faced.iter().map(|request| request.header(KEY)).collect();
    ledger.check(keys.windows(2).all(|two| two[0] == two[1]), || named(format!("keys: {keys:?}")));
    if row.is_reconnected {
        let is_new = faced.windows(2).all(|two| two[0].connection != two[1].connection);
        ledger.check(is_new, || named("the connection was used again".to_owned()));
    }
    if let Err(error) = &result {
        let ambiguous = row.is_ambiguous && kind.is_mutation();
        ledger.check(error.is_ambiguous() == ambiguous, || {
            named(format!("ambiguous: {}", error.is_ambiguous()))
        });
        let key = error.idempotency_key();
        ledger.check(!ambiguous || Some(key) == keys.last().copied(), || {
            named(format!("the key of the error: {key:?}"))
        });
        ledger.check(!says_a_secret(error), || named(format!("a secret in {error:?}")));
        if let Some(wait) = row.retry_after {
            let said = error.retry_after();
            ledger.check(said.is_some_and(|said| said >= wait), || named(format!("retry after {said:?}")));
            ledger.check(error.resets_at().is_some(), || named("no time of a reset".to_owned()));
        }
    }
    if let Some((expected, requests)) = row.then {
        let start = Instant::now();
        let Ok(again) = tokio::time::timeout(hangs, Kind::Query.make(&client)).await else {
            return ledger.check(false, || named("then it hangs".to_owned()));
        };
        let took = start.elapsed();
        ledger.check(took <= AT_ONCE + SLACK, || named(format!("then it took {took:?}")));
        let outcome = again.as_ref().map_or_else(|error| Outcome::Fails(error.kind()), |()| Outcome::Done);
        let more = server.seen().len() - seen.len();
        ledger.check((outcome, more) == (expected, requests), || {
            named(format!("then {outcome:?} after {more}"))
        });
    }
}

/// Every attempt is whole: its credential, and a key exactly where it is a mutation.
fn has_what_it_needs(request: &Seen, kind: Kind) -> bool {
    let bearer = format!("Bearer {CANARY}");
    request.header("authorization") == Some(bearer.as_str())
        && request.header(KEY).is_some() == kind.is_mutation()
        && request.path == if kind == Kind::Upload { "/v2/file" } else { "/v2" }
}

/// In any of its forms, sources included.
pub(super) fn says_a_secret(error: &Error) -> bool {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text += &format!(" {error} {error:?}");
        source = error.source();
    }
    [CANARY, CANARY_VARIABLE].iter().any(|canary| text.contains(canary))
}
