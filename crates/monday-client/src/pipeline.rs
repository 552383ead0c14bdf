//! The order of the rooms: deadline, admission, then for each attempt governor, breaker, authorize, attempt, judge.
//!
//! Must not know: what any of them does inside.

use std::time::Duration;

use http::HeaderMap;
use monday_auth::{AuthError, Credential, CredentialProvider, Rejection, RequestContext};
use monday_core::{OperationKind, Request, Response};
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::admission::Admission;
use crate::attempt::Transport;
use crate::authorize::authorize;
use crate::breaker::Breaker;
use crate::deadline::Deadline;
use crate::governor::Governor;
use crate::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use crate::judge::{RetryClass, judge};
use crate::retry::{Attempts, Repeatable};
use crate::served_version::VersionCheck;
use crate::{Error, ErrorKind};

/// monday keeps the answer of a key for 30 minutes; after this no attempt starts.
const KEY_IS_SAFE_FOR: Duration = Duration::from_mins(25);

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
    pub(crate) async fn send<D>(&self, request: &Request<D>) -> Result<Response<D>, Error> {
        let kind = match request.kind() {
            OperationKind::Query => "query",
            OperationKind::Mutation => "mutation",
        };
        let span = tracing::debug_span!(
            "monday.operation",
            graphql.operation.name = request.operation(),
            graphql.operation.type = kind,
        );
        let result = self.attempts(request).instrument(span).await;
        result.map_err(|error| error.of_operation(request.operation()))
    }

    async fn attempts<D>(&self, request: &Request<D>) -> Result<Response<D>, Error> {
        let deadline = Deadline::after(self.total);
        let start = Instant::now();
        let _place = self.admission.enter(deadline).await?;
        let mut key = IdempotencyKey::for_kind(request.kind());
        let repeatable = if key.is_some() { Repeatable::KeyedMutation } else { Repeatable::Query };
        let mut attempts = Attempts::new(repeatable);
        let mut authority = Authority::default();
        loop {
            let (error, replayed) = match self.attempt(request, key.as_ref(), &mut authority, deadline).await
            {
                Ok(response) => return Ok(response),
                Err(Failed { error, replayed }) => (error, replayed),
            };
            if error.kind() == ErrorKind::Unauthorized && authority.may_be_renewed() {
                self.renew(request, &mut authority).await.map_err(|source| error.unauthorized(source))?;
                continue;
            }
            if replayed {
                // The cached fault would come back for ever. A new key is safe only where nothing was done.
                match RetryClass::of(error.kind()) {
                    RetryClass::NotExecuted => key = IdempotencyKey::for_kind(request.kind()),
                    _ => return Err(named(error, key.as_ref())),
                }
            }
            let wait = attempts.next_after(&error).filter(|wait| deadline.allows(*wait));
            let key_is_safe = key.is_none() || start.elapsed() < KEY_IS_SAFE_FOR;
            let Some(wait) = wait.filter(|_| key_is_safe) else {
                return Err(named(error, key.as_ref()));
            };
            tracing::debug!(error = ?error.kind(), wait_ms = millis(wait), "another attempt follows");
            tokio::time::sleep(wait).await;
        }
    }

    async fn attempt<D>(
        &self,
        request: &Request<D>,
        key: Option<&IdempotencyKey>,
        authority: &mut Authority,
        deadline: Deadline,
    ) -> Result<Response<D>, Failed> {
        self.governor.admit(deadline).await?;
        self.breaker.check()?;
        let mut headers = self.headers.clone();
        if let Some(key) = key.and_then(IdempotencyKey::header) {
            headers.insert(IDEMPOTENCY_KEY, key);
        }
        let endpoint = self.transport.endpoint();
        let credential = match authority.credential.take() {
            Some(credential) => credential,
            None => self.provider.credential(&self.context(request)).await.map_err(Error::from)?,
        };
        authorize(&mut headers, &credential, endpoint.audience())?;
        authority.credential = Some(credential);

        let answer = match self.transport.post(headers, request.body().clone(), deadline).await {
            Ok(answer) => answer,
            Err(error) => {
                if error.kind() == ErrorKind::Timeout || RetryClass::of(error.kind()) != RetryClass::Never {
                    self.breaker.failed();
                }
                return Err(error.into());
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
        let (replayed, served) = (meta.replayed, meta.api_version.clone());
        let judged =
            judge(request, &answer, meta).map_err(|error| Failed { error: self.note(error), replayed });
        let response = judged?;
        self.version.check(served.as_deref()).map_err(|error| error.with_status(answer.status.as_u16()))?;
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

    /// Asks the provider once for another credential.
    async fn renew<D>(&self, request: &Request<D>, authority: &mut Authority) -> Result<(), AuthError> {
        let Some(rejected) = authority.credential.take() else {
            return Ok(());
        };
        let fingerprint = rejected.fingerprint();
        tracing::warn!(%fingerprint, operation = request.operation(), "monday refused the credential");
        authority.renewed = true;
        authority.credential = Some(self.provider.rejected(&rejected, Rejection::Unauthorized).await?);
        Ok(())
    }

    fn context<'a, D>(&'a self, request: &'a Request<D>) -> RequestContext<'a> {
        RequestContext::new(request.operation(), self.transport.endpoint().audience())
    }
}

/// The credential of one call, asked for once and renewed at most once.
#[derive(Default)]
struct Authority {
    credential: Option<Credential>,
    renewed: bool,
}

impl Authority {
    fn may_be_renewed(&self) -> bool {
        !self.renewed && self.credential.is_some()
    }
}

/// An attempt without an answer that could be used.
struct Failed {
    error: Error,
    replayed: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, replayed: false }
    }
}

/// A mutation that may have been done leaves its key, so that the caller can find out.
fn named(error: Error, key: Option<&IdempotencyKey>) -> Error {
    let unclear = matches!(RetryClass::of(error.kind()), RetryClass::MaybeExecuted)
        || error.kind() == ErrorKind::Timeout;
    match key {
        Some(key) if unclear => error.with_idempotency_key(key.as_str()),
        _ => error,
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
