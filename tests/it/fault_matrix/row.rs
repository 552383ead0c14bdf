//! One fault and what is expected of a call that meets it.
//!
//! Must not know: how a row is run.

use std::sync::Arc;
use std::time::Duration;

use monday_sdk::ErrorKind;

use super::call::Kind;
use crate::scripted_server::{Answer, Step};

type Script = Arc<dyn Fn(usize) -> Step + Send + Sync>;

/// What a call comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    Fails(ErrorKind),
}

#[derive(Clone)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) script: Script,
    pub(super) outcome: Outcome,
    pub(super) requests: usize,
    /// Where the call fails: whether a mutation may have been done.
    pub(super) is_ambiguous: bool,
    pub(super) kinds: &'static [Kind],
    pub(super) deadline: Duration,
    pub(super) first_byte: Duration,
    /// How long the call takes.
    pub(super) takes: (Duration, Duration),
    /// What `retry_after` of the error says at least.
    pub(super) retry_after: Option<Duration>,
    /// The second attempt goes over another connection.
    pub(super) is_reconnected: bool,
    /// What a second call over the same client comes to at once, and how many requests that makes.
    pub(super) then: Option<(Outcome, usize)>,
}

/// What every kind of call takes for a good answer.
pub(super) const DATA: &str = r#"{"version":{"kind":"current","value":"2026-10","display_name":"d"},"versions":null,"delete_item":{"id":"1","name":"n","state":"deleted"},"add_file_to_column":{"id":"1","name":"n","file_extension":"txt","file_size":1,"public_url":"https://x/y","url":"https://x/y"},"boards":[{"items_page":{"cursor":null,"items":[]}}],"next_items_page":{"cursor":null,"items":[]}}"#;

pub(super) fn good() -> Answer {
    Answer::new(200, format!(r#"{{"data":{DATA}}}"#))
}

/// An answer of one error.
pub(super) fn error(status: u16, code: &str, more: &str) -> Answer {
    let body =
        format!(r#"{{"errors":[{{"message":"m","extensions":{{"code":"{code}"{more}}}}}],"data":null}}"#);
    Answer::new(status, body)
}

impl Row {
    fn new(name: &'static str, script: impl Fn(usize) -> Step + Send + Sync + 'static) -> Self {
        Self {
            name,
            script: Arc::new(script),
            outcome: Outcome::Done,
            requests: 1,
            is_ambiguous: false,
            kinds: &Kind::ALL,
            deadline: Duration::from_secs(20),
            first_byte: Duration::from_secs(10),
            takes: (Duration::ZERO, Duration::from_secs(21)),
            retry_after: None,
            is_reconnected: false,
            then: None,
        }
    }

    /// The step each time.
    pub(super) fn always(name: &'static str, step: Step) -> Self {
        Self::new(name, move |_| step.clone())
    }

    /// The step once, then a good answer: the call is done with the second request.
    pub(super) fn once(name: &'static str, step: Step) -> Self {
        let mut row =
            Self::new(name, move |number| if number == 0 { step.clone() } else { Step::Answer(good()) });
        row.requests = 2;
        row
    }

    /// A good answer at once.
    pub(super) fn fine(name: &'static str, answer: Answer) -> Self {
        Self::always(name, Step::Answer(answer))
    }

    /// The fault's number in the table: names begin with `F` and it.
    pub(super) fn fault(&self) -> u32 {
        let name = self.name.strip_prefix('F').unwrap();
        name.split(' ').next().unwrap().parse().unwrap()
    }

    /// The call fails after so many requests; a mutation was not done.
    pub(super) fn fails(mut self, kind: ErrorKind, requests: usize) -> Self {
        (self.outcome, self.requests) = (Outcome::Fails(kind), requests);
        self
    }

    pub(super) fn ambiguous(mut self) -> Self {
        self.is_ambiguous = true;
        self
    }

    pub(super) fn only(mut self, kinds: &'static [Kind]) -> Self {
        self.kinds = kinds;
        self
    }

    pub(super) fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    pub(super) fn first_byte(mut self, wait: Duration) -> Self {
        self.first_byte = wait;
        self
    }

    pub(super) fn takes(mut self, least: Duration, most: Duration) -> Self {
        self.takes = (least, most);
        self
    }

    pub(super) fn says_wait(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    pub(super) fn reconnected(mut self) -> Self {
        self.is_reconnected = true;
        self
    }

    pub(super) fn then(mut self, outcome: Outcome, requests: usize) -> Self {
        self.then = Some((outcome, requests));
        self
    }
}
