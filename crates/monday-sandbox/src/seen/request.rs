//! One request as a test may look at it: what was asked, by whom, and what became of it.
//!
//! Tokens are not in it. Must not know: how requests are answered.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::{Map, Value};

use super::UsedCredential;

/// A request that has come in. Cheap to clone; a clone learns of the end too.
///
/// `Debug` shows neither document nor variables nor headers.
#[derive(Clone)]
pub struct SeenRequest(Arc<Asked>);

struct Asked {
    /// The operation's own name, if it has one, and those of its root fields.
    names: Vec<String>,
    document: String,
    variables: Map<String, Value>,
    envelope: Envelope,
    end: OnceLock<End>,
}

/// What is known of a request before it is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Envelope {
    pub(crate) credential: UsedCredential,
    /// In the order they came, names in lower case, without those that carry credentials.
    pub(crate) headers: Vec<(String, String)>,
}

/// What became of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End {
    pub(crate) outcome: Outcome,
    /// None where the connection was closed.
    pub(crate) status: Option<u16>,
    pub(crate) cost: u64,
    pub(crate) took: Duration,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Executed; fields may have failed.
    Done,
    /// Answered from the script of [`Sandbox::answer`](crate::Sandbox::answer).
    Scripted,
    /// Answered from what was kept for its idempotency key.
    Replayed,
    /// Answered with an error before it was executed.
    Refused,
    /// Refused by a quota.
    Throttled,
    /// The connection was closed in place of an answer.
    Lost,
}

impl SeenRequest {
    pub(crate) fn new(
        names: Vec<String>,
        document: String,
        variables: Map<String, Value>,
        envelope: Envelope,
    ) -> Self {
        Self(Arc::new(Asked { names, document, variables, envelope, end: OnceLock::new() }))
    }

    /// The operation's name, or its first root field where it has none; "" for what could not be read.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.names.first().map_or("", String::as_str)
    }

    /// Whether its operation has this name, or this root field.
    #[must_use]
    pub fn is_of(&self, operation: &str) -> bool {
        self.operation() == operation || self.names().iter().any(|name| name == operation)
    }

    /// The document as it came; "" where there was none.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.0.document
    }

    /// All variables. Those of files are not among them.
    #[must_use]
    pub fn variables(&self) -> &Map<String, Value> {
        &self.0.variables
    }

    /// One variable, without `$`.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&Value> {
        self.0.variables.get(name)
    }

    /// The first header of this name, in any case. `Authorization` and whatever else carries a credential is
    /// not kept: see [`credential`](Self::credential).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All headers that are kept, names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.envelope.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whose credential it brought.
    #[must_use]
    pub fn credential(&self) -> &UsedCredential {
        &self.0.envelope.credential
    }

    /// How it ended; `None` while it is being worked on.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.end().map(|end| end.outcome)
    }

    /// The HTTP status of its answer, if it has got one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.end()?.status
    }

    /// What it was charged, in points of complexity; 0 while it is being worked on.
    #[must_use]
    pub fn cost(&self) -> u64 {
        self.end().map_or(0, |end| end.cost)
    }

    /// From its arrival to its answer, if it has got one.
    #[must_use]
    pub fn duration(&self) -> Option<Duration> {
        self.end().map(|end| end.took)
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.0.names
    }

    pub(crate) fn ended(&self, end: End) {
        // A request ends once.
        let _ = self.0.end.set(end);
    }

    /// About how many bytes it holds.
    pub(super) fn size(&self) -> usize {
        let Asked { document, variables, envelope, .. } = &*self.0;
        let headers: usize = envelope.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        let variables: usize = variables.iter().map(|(name, value)| name.len() + weight(value)).sum();
        size_of::<Asked>() + document.len() + headers + variables
    }

    fn end(&self) -> Option<&End> {
        self.0.end.get()
    }
}

fn weight(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::String(text) => text.len(),
            Value::Array(list) => list.iter().map(weight).sum(),
            Value::Object(map) => map.iter().map(|(name, value)| name.len() + weight(value)).sum(),
            _ => 0,
        }
}

impl fmt::Debug for SeenRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SeenRequest")
            .field("operation", &self.operation())
            .field("credential", self.credential())
            .field("end", &self.end())
            .finish_non_exhaustive()
    }
}
