//! The one error of the client: opaque, with the questions a caller asks of it.
//!
//! Holds no body, no variable, no URL, no header. Must not know: how a fault was found.

mod detail;
mod kind;
mod source;
mod words;

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use monday_auth::AuthError;
use monday_core::GraphQlError;

use crate::judge::RetryClass;

pub use kind::ErrorKind;
use source::Source;

/// A call that did not give its data.
///
/// `Display` says what happened, where, and what to do; monday's own message is in
/// [`api_errors`](Self::api_errors), since it may repeat what was sent.
///
/// # Troubleshooting
///
/// [`advice`](Self::advice) has a sentence for each kind. For monday's support note
/// [`request_id`](Self::request_id).
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Cow<'static, str>,
    api_errors: Vec<GraphQlError>,
    status: Option<u16>,
    retry_after: Option<Duration>,
    resets_at: Option<SystemTime>,
    request_id: Option<String>,
    /// A mutation that may or may not have been done.
    ambiguous: bool,
    idempotency_key: Option<String>,
    source: Option<Source>,
    flags: Flags,
}

/// What the pipeline needs to know of an error beside its kind.
#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    /// Held back by this client; nothing was sent.
    local: bool,
    /// From the server's idempotency cache.
    replayed: bool,
    /// There was data too.
    beside_data: bool,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: Cow::Borrowed(""),
            api_errors: Vec::new(),
            status: None,
            retry_after: None,
            resets_at: None,
            request_id: None,
            ambiguous: false,
            idempotency_key: None,
            source: None,
            flags: Flags::default(),
        }))
    }

    pub(crate) fn of_operation(mut self, operation: &str) -> Self {
        self.0.operation = Cow::Owned(operation.to_owned());
        self
    }

    pub(crate) fn with_api_errors(mut self, errors: Vec<GraphQlError>) -> Self {
        self.0.api_errors = errors;
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self.0.resets_at = SystemTime::now().checked_add(wait);
        self
    }

    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = request_id;
        self
    }

    /// The same error for an entry of a request. What caused it stays with the request, and so does the key,
    /// which is of all entries together.
    pub(crate) fn of_entry(&self) -> Self {
        let Inner {
            kind,
            operation,
            api_errors,
            status,
            retry_after,
            request_id,
            flags,
            resets_at,
            ambiguous,
            ..
        } = &*self.0;
        let mut this = Self::new(*kind);
        this.0.operation.clone_from(operation);
        this.0.api_errors.clone_from(api_errors);
        this.0.request_id.clone_from(request_id);
        (this.0.status, this.0.retry_after, this.0.resets_at) = (*status, *retry_after, *resets_at);
        this.0.flags = Flags { beside_data: false, ..*flags };
        this.0.ambiguous = *ambiguous || self.may_be_done();
        this
    }

    pub(crate) fn with_idempotency_key(mut self, key: &str) -> Self {
        self.0.idempotency_key = Some(key.to_owned());
        self.0.ambiguous = true;
        self
    }

    /// Held back by this client: nothing was sent.
    pub(crate) fn local(mut self) -> Self {
        self.0.flags.local = true;
        self
    }

    pub(crate) fn is_local(&self) -> bool {
        self.0.flags.local
    }

    pub(crate) fn replayed(mut self) -> Self {
        self.0.flags.replayed = true;
        self
    }

    pub(crate) fn is_replayed(&self) -> bool {
        self.0.flags.replayed
    }

    pub(crate) fn beside_data(mut self) -> Self {
        self.0.flags.beside_data = true;
        self
    }

    /// Whether the attempt that ended so may have been executed.
    pub(crate) fn may_be_done(&self) -> bool {
        use ErrorKind::{
            Conflict, Decode, Disconnected, NoData, Protocol, ResponseTooLarge, Server, Stalled, Timeout,
            Truncated, UnexpectedContent, VersionMismatch,
        };
        let unclear = matches!(
            self.kind(),
            Conflict
                | Decode
                | Disconnected
                | NoData
                | Protocol
                | Server
                | Stalled
                | Timeout
                | ResponseTooLarge
                | Truncated
                | UnexpectedContent
                | VersionMismatch
        );
        // A fault below the root field is one of reading what the mutation gave.
        let below = self.api_errors().iter().any(|error| error.path().len() > 1);
        !self.is_local() && (unclear || below)
    }

    /// A refusal of the whole request before it was executed.
    pub(crate) fn proves_nothing_was_done(&self) -> bool {
        matches!(self.status(), Some(423 | 429)) && !self.may_be_done()
    }

    /// The API refused a credential and its provider has no other.
    pub(crate) fn renewal_failed(self, refused: &Self, source: AuthError) -> Self {
        let this = self.with_api_errors(refused.api_errors().to_vec()).unauthorized(source);
        let this = this.with_request_id(refused.request_id().map(str::to_owned));
        match refused.status() {
            Some(status) => this.with_status(status),
            None => this,
        }
    }

    /// What kind of fault it was.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation's name; empty when there was none yet.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.0.operation
    }

    /// monday's errors, with their messages.
    #[must_use]
    pub fn api_errors(&self) -> &[GraphQlError] {
        &self.0.api_errors
    }

    /// The HTTP status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// How long to wait before another call can succeed, where that is known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// When another call can succeed, where that is known: [`retry_after`](Self::retry_after) from the moment
    /// of the error, for a spent day midnight UTC.
    #[must_use]
    pub fn resets_at(&self) -> Option<SystemTime> {
        self.0.resets_at
    }

    /// The scope that the token lacks, such as `boards:write`, where monday names it.
    ///
    /// Source: <https://developer.monday.com/apps/docs/oauth#permission-scopes>.
    #[must_use]
    pub fn missing_scope(&self) -> Option<&str> {
        let errors = (self.kind() == ErrorKind::MissingScope).then_some(self.api_errors());
        errors.into_iter().flatten().find_map(detail::scope)
    }

    /// The column whose value was refused or that does not exist, where monday names it.
    #[must_use]
    pub fn column_id(&self) -> Option<&str> {
        self.api_errors().iter().find_map(detail::column_id)
    }

    /// monday's id of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The key of a mutation that may have been done. The same request under this key
    /// ([`Request::with_idempotency_key`](monday_core::Request::with_idempotency_key)) within 30 minutes is
    /// done once.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// A mutation that may or may not have been done. Repeat it under its
    /// [`idempotency_key`](Self::idempotency_key) only, or look first; an entry of a bulk has no key of its
    /// own.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.0.ambiguous
    }

    /// Whether making the same call again is safe and can succeed without anyone's doing. The client has
    /// already tried. Never so for a mutation that may have been done, nor where there was data.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let held = self.is_ambiguous() || self.0.flags.beside_data;
        !held && RetryClass::of(self.kind()) != RetryClass::Never
    }

    /// What to do.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match &self.0.source {
            Some(Source::Auth(error)) => error.advice(),
            _ => self.kind().advice(),
        }
    }
}
