//! The order of the rooms: deadline, admission, then for each attempt governor, breaker, authorize, attempt, judge.
//!
//! Must not know: what any of them does inside.

use std::pin::Pin;
use std::time::Duration;

use http::HeaderMap;
use monday_auth::{AuthError, Credential, CredentialProvider, Rejection, RequestContext};
use monday_core::{OperationKind, Response};
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::admission::Admission;
use crate::attempt::Transport;
use crate::authorize::authorize;
use crate::breaker::Breaker;
use crate::deadline::Deadline;
use crate::governor::Governor;
use crate::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use crate::judge::{self, judge};
use crate::outgoing::Outgoing;
use crate::retry::{Attempts, Repeatable};
use crate::served_version::VersionCheck;
use crate::{Error, ErrorKind};

/// monday keeps the answer of a key for 30 minutes; after this no attempt starts.
const KEY_IS_SAFE_FOR: Duration = Duration::from_mins(25);

/// An attempt that ends earlier without an answer says nothing about the host.
const FAIR_TIME: Duration = Duration::from_secs(1);

/// An answer on its way.
type Sent<'a> = Pin<Box<dyn Future<Output = Result<Response<()>, Error>> + Send + 'a>>;

/// Everything a call passes through.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) admission: Admission,
    pub(crate) governor: Governor,
    pub(crate) breaker: Breaker,
    pub(crate) provider: Box<dyn CredentialProvider>,
    pub(crate) transport: Transport,
    pub(crate) version: VersionCheck,
    /// The headers that are the same in every request.
    pub(crate) headers: HeaderMap,
    pub(crate) total: Duration,
}

impl Pipeline {
    /// Sends a request until it has an answer, or none can be had in time.
    ///
    /// Boxed: so the rooms are compiled in this crate, and not once more in each crate that calls an operation.
    pub(crate) fn send<'a>(&'a self, request: &'a mut dyn Outgoing) -> Sent<'a> {
        Box::pin(self.in_span(request))
    }

    async fn in_span(&self, request: &mut dyn Outgoing) -> Result<Response<()>, Error> {
        let kind = match request.kind() {
            OperationKind::Query => "query",
            OperationKind::Mutation => "mutation",
        };
        let span = tracing::debug_span!(
            "monday.operation",
            graphql.operation.name = request.operation(),
            graphql.operation.type = kind,
        );
        let result = self.attempts(&mut *request).instrument(span).await;
        result.map_err(|error| error.of_operation(request.operation()))
    }

    async fn attempts(&self, request: &mut dyn Outgoing) -> Result<Response<()>, Error> {
        let deadline = Deadline::after(request.total_time().unwrap_or(self.total));
        let key = IdempotencyKey::of(request)?;
        let _place = self.admission.enter(deadline).await?;
        let credential = {
            let context = RequestContext::new(request.operation(), self.transport.endpoint().audience());
            within(deadline, self.provider.credential(&context)).await??
        };
        let mut call = Call {
            attempts: Attempts::new(if key.is_some() {
                Repeatable::KeyedMutation
            } else {
                Repeatable::Query
            }),
            deadline,
            start: Instant::now(),
            key,
            credential,
            renewed: false,
            may_be_done: false,
        };
        loop {
            let error = match self.attempt(&mut *request, &call).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            call.may_be_done |= error.may_be_done();
            if let Some(wait) = self.prepare_next(&mut *request, &mut call, &error).await? {
                tracing::debug!(error = ?error.kind(), wait_ms = millis(wait), "another attempt follows");
                tokio::time::sleep(wait).await;
            } else {
                return Err(call.finish(error));
            }
        }
    }

    /// Makes the call ready for another attempt, and says how long to wait before it; `None` when there is none.
    async fn prepare_next(
        &self,
        request: &mut dyn Outgoing,
        call: &mut Call,
        error: &Error,
    ) -> Result<Option<Duration>, Error> {
        if error.kind() == ErrorKind::Unauthorized {
            return match self.renew(&mut *request, call).await? {
                Ok(true) => Ok(Some(Duration::ZERO)),
                Ok(false) => Ok(None),
                Err(source) => {
                    Err(call.finish(Error::new(ErrorKind::Unauthorized).renewal_failed(error, source)))
                }
            };
        }
        // What this client itself holds back is not tried again inside the call.
        if error.is_local() {
            return Ok(None);
        }
        if error.is_replayed() {
            // The cached fault would come back for ever. A new key is safe only where nothing was done.
            if !error.proves_nothing_was_done() || request.idempotency_key().is_some() {
                return Ok(None);
            }
            call.key = IdempotencyKey::of(request)?;
        }
        let key_is_safe = call.key.is_none() || call.start.elapsed() < KEY_IS_SAFE_FOR;
        let wait = call.attempts.next_after(error).filter(|wait| key_is_safe && call.deadline.allows(*wait));
        Ok(wait)
    }

    async fn attempt(&self, request: &mut dyn Outgoing, call: &Call) -> Result<Response<()>, Error> {
        self.governor.admit(call.deadline).await.map_err(Error::local)?;
        self.breaker.check().map_err(Error::local)?;
        let mut headers = self.headers.clone();
        if let Some(key) = &call.key {
            headers.insert(IDEMPOTENCY_KEY, key.header());
        }
        authorize(&mut headers, &call.credential, self.transport.endpoint().audience())?;

        let sent = Instant::now();
        let answer = match self.transport.send(request.payload(), headers, call.deadline).await {
            Ok(answer) => answer,
            Err(error) => {
                // A host is not to blame for an attempt that had no time.
                let had_time = error.kind() != ErrorKind::Timeout || sent.elapsed() >= FAIR_TIME;
                if had_time && error.kind() != ErrorKind::TooLarge && error.kind() != ErrorKind::Decode {
                    self.breaker.failed();
                }
                return Err(error);
            }
        };
        if answer.status.is_server_error() {
            self.breaker.failed();
        } else {
            self.breaker.succeeded();
        }
        let meta = answer.meta();
        tracing::debug!(http.response.status_code = meta.status, bytes = answer.body.len(), "answered");
        self.governor.observe(&meta.quota);
        let response = judge(request, &answer, meta).map_err(|error| self.note(error))?;
        if judge::kind_of(&response.errors, response.meta.status) == ErrorKind::DailyLimit {
            self.governor.close_day();
        }
        self.version.check(response.meta.api_version.as_deref()).map_err(|error| {
            error.with_status(response.meta.status).with_request_id(response.meta.request_id.clone())
        })?;
        Ok(response)
    }

    /// Tells the governor what an error says about the quota.
    fn note(&self, error: Error) -> Error {
        match (error.kind(), error.retry_after()) {
            (ErrorKind::RateLimited, Some(wait)) => {
                self.governor.pause(wait);
                error
            }
            (ErrorKind::DailyLimit, _) => {
                let wait = self.governor.close_day();
                error.with_retry_after(wait)
            }
            _ => error,
        }
    }

    /// Asks the provider for another credential, once for a call. `Ok(false)` when it has been asked already.
    async fn renew(
        &self,
        request: &mut dyn Outgoing,
        call: &mut Call,
    ) -> Result<Result<bool, AuthError>, Error> {
        let fingerprint = call.credential.fingerprint();
        tracing::warn!(%fingerprint, operation = request.operation(), "monday refused the credential");
        if std::mem::replace(&mut call.renewed, true) {
            return Ok(Ok(false));
        }
        let fresh =
            within(call.deadline, self.provider.rejected(&call.credential, Rejection::Unauthorized)).await?;
        Ok(fresh.map(|fresh| {
            call.credential = fresh;
            true
        }))
    }
}

/// What one call carries from attempt to attempt.
struct Call {
    attempts: Attempts,
    deadline: Deadline,
    start: Instant,
    key: Option<IdempotencyKey>,
    credential: Credential,
    renewed: bool,
    /// Some attempt may have been executed, whatever the last one says.
    may_be_done: bool,
}

impl Call {
    /// A mutation that may have been done leaves its key, so that the caller can find out or repeat it safely.
    fn finish(&self, error: Error) -> Error {
        match &self.key {
            Some(key) if self.may_be_done => error.with_idempotency_key(key.as_str()),
            _ => error,
        }
    }
}

/// A provider's answer, if it comes before the deadline.
async fn within<T>(deadline: Deadline, answer: impl Future<Output = T>) -> Result<T, Error> {
    let answer = tokio::time::timeout_at(deadline.instant(), answer).await;
    answer.map_err(|_| Error::new(ErrorKind::Credential))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
