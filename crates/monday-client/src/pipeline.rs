//! The order of the rooms: deadline, then for each attempt admission, governor, breaker, authorize, attempt,
//! judge.
//!
//! Must not know: what any of them does inside.

mod call;

use std::pin::Pin;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use monday_auth::{AuthError, CredentialProvider, Rejection, RequestContext};
use monday_core::{OperationKind, Priority, Quota, Response};
use tokio::time::Instant;
use tracing::{Instrument as _, Span};

use crate::admission::{Admission, Place};
use crate::attempt::Transport;
use crate::authorize::authorize;
use crate::breaker::Breaker;
use crate::deadline::Deadline;
use crate::governor::{Charge, Entries, Governor, Need, Reservation};
use crate::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use crate::judge::{self, Refusal, judge};
use crate::outgoing::Outgoing;
use crate::quota_headers::QuotaHeaders;
use crate::retry::RetryBudget;
use crate::served_version::VersionCheck;
use crate::{Error, ErrorKind};

use call::Call;

pub(crate) const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// An attempt that ends earlier without an answer says nothing about the host.
const FAIR_TIME: Duration = Duration::from_secs(1);

/// So long many entries wait for budgets before some are given up: several windows of any length that is
/// believed.
const PATIENCE: Duration = Duration::from_mins(10);

/// So many headers a request has at most: the four of every request, the credential, the encoding, the host and a key.
const HEADERS: usize = 8;

/// An answer on its way.
type Sent<'a> = Pin<Box<dyn Future<Output = Result<Response<()>, Error>> + Send + 'a>>;

/// Everything a call passes through.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) admission: Admission,
    pub(crate) governor: Governor,
    pub(crate) breaker: Breaker,
    pub(crate) retries: RetryBudget,
    pub(crate) provider: Box<dyn CredentialProvider>,
    pub(crate) transport: Transport,
    pub(crate) version: VersionCheck,
    pub(crate) quota_headers: QuotaHeaders,
    /// The headers that are the same in every request.
    pub(crate) headers: HeaderMap,
    pub(crate) total: Duration,
}

impl Pipeline {
    /// Sends a request until it has an answer, or none can be had in time.
    ///
    /// Boxed: so the rooms are compiled in this crate, and not once more in each crate that calls an
    /// operation.
    pub(crate) fn send<'a>(&'a self, request: &'a mut dyn Outgoing) -> Sent<'a> {
        Box::pin(self.in_span(request))
    }

    async fn in_span(&self, request: &mut dyn Outgoing) -> Result<Response<()>, Error> {
        let kind = match request.kind() {
            OperationKind::Query => "query",
            OperationKind::Mutation => "mutation",
        };
        let span = tracing::info_span!(
            "monday.operation",
            graphql.operation.name = request.operation(),
            graphql.operation.type = kind,
        );
        let result = self.attempts(&mut *request).instrument(span).await;
        result.map_err(|error| error.of_operation(request.operation()))
    }

    async fn attempts(&self, request: &mut dyn Outgoing) -> Result<Response<()>, Error> {
        let options = request.options().clone();
        // A request that waits for its entries has no place yet, and its time has not begun.
        let mut held = match request.entries() {
            Entries::Waiting(_) => {
                Some(self.reserve(request, options.priority, Deadline::after(PATIENCE)).await?)
            }
            Entries::Written(_) => None,
        };
        let own = options.deadline.or_else(|| request.total_time());
        let deadline = Deadline::after(own.unwrap_or(self.total));
        let key = IdempotencyKey::of(request)?;
        if held.is_none() {
            self.governor.check(request.kind(), deadline)?;
        }
        let mut place = Some(self.admission.enter(options.priority, deadline).await?);
        self.retries.earn();
        let credential = {
            let context = RequestContext::new(request.operation(), self.transport.endpoint().audience());
            within(deadline, self.provider.credential(&context)).await??
        };
        let mut call = Call::new(options, deadline, key, credential, request.repeatable());
        loop {
            let error = match self.attempt(&mut *request, &call, &mut place, &mut held).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            call.may_be_done |= error.may_be_done();
            let Some(wait) = self.prepare_next(&mut *request, &mut call, &error).await? else {
                return Err(call.finish(error));
            };
            tracing::debug!(error = ?error.kind(), wait_ms = millis(wait), "another attempt follows");
            // Others go while this one waits.
            drop(place.take());
            tokio::time::sleep(wait).await;
            let priority = call.options.priority;
            let entered = match held {
                Some(_) => self.admission.come_back(priority, deadline).await,
                None => self.admission.enter(priority, deadline).await,
            };
            match entered {
                Ok(entered) => place = Some(entered),
                Err(_) => return Err(call.finish(error)),
            }
            call.resends += 1;
        }
    }

    /// Makes the call ready for another attempt, and says how long to wait before it; `None` when there is
    /// none.
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
        Ok(call.next_after(error).filter(|_| self.retries.spend()))
    }

    /// Waits for what the request needs of the budgets, and writes it if it is not written yet.
    async fn reserve(
        &self,
        request: &mut dyn Outgoing,
        priority: Priority,
        deadline: Deadline,
    ) -> Result<Reservation<'_>, Error> {
        let reservation = self.governor.admit(&need_of(request, priority), deadline).await;
        let reservation = reservation.map_err(Error::local)?;
        request.write(reservation.entries()).map_err(|error| Error::from(error).local())?;
        Ok(reservation)
    }

    /// The same for a call that has its place, which others have while it waits.
    async fn reserve_in_place<'g>(
        &'g self,
        request: &mut dyn Outgoing,
        call: &Call,
        place: &mut Option<Place<'g>>,
    ) -> Result<Reservation<'g>, Error> {
        let priority = call.options.priority;
        let now = self.governor.try_admit(&need_of(request, priority), call.deadline).await;
        if let Some(now) = now.map_err(Error::local)? {
            return Ok(now);
        }
        let resting = place.take().map(Place::rest);
        let reservation = self.reserve(request, priority, call.deadline).await?;
        *place = Some(self.admission.come_back(priority, call.deadline).await.map_err(Error::local)?);
        drop(resting);
        Ok(reservation)
    }

    /// What the call holds of the budgets stays with it where a mutation may have been done: if it was, its
    /// repetition costs nothing, and must not wait for a window in which there is room for it once more.
    async fn attempt<'g>(
        &'g self,
        request: &mut dyn Outgoing,
        call: &Call,
        place: &mut Option<Place<'g>>,
        held: &mut Option<Reservation<'g>>,
    ) -> Result<Response<()>, Error> {
        let reservation = match held.take() {
            Some(reservation) => {
                self.governor.rest(request.kind(), call.deadline).await.map_err(Error::local)?;
                reservation
            }
            None => self.reserve_in_place(request, call, place).await?,
        };
        self.breaker.check().map_err(Error::local)?;
        // Most calls are one attempt: who wants to see them apart pays for it.
        let span = tracing::debug_span!(
            "monday.attempt",
            http.request.method = "POST",
            http.request.resend_count = (call.resends > 0).then_some(call.resends),
            http.response.status_code = tracing::field::Empty,
            server.address = self.transport.endpoint().url().host_str(),
        );
        let reservation = reservation.sent_now();
        let answer = self.exchange(request, call, &reservation, &span).instrument(span.clone()).await;
        let may_be_done = answer.as_ref().is_err_and(Error::may_be_done);
        *held = Some(reservation).filter(|_| may_be_done && request.kind() == OperationKind::Mutation);
        answer
    }

    async fn exchange(
        &self,
        request: &mut dyn Outgoing,
        call: &Call,
        reservation: &Reservation<'_>,
        span: &Span,
    ) -> Result<Response<()>, Error> {
        // A clone would have to grow for what is put in here and on the way.
        let mut headers = HeaderMap::with_capacity(HEADERS);
        headers.extend(self.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
        if let Some(key) = &call.key {
            headers.insert(IDEMPOTENCY_KEY, key.header());
        }
        if let Some(version) = &call.options.api_version {
            let version = HeaderValue::from_str(version.as_str());
            headers.insert(API_VERSION, version.map_err(|_| Error::new(ErrorKind::Configuration))?);
        }
        authorize(&mut headers, &call.credential, self.transport.endpoint().audience())?;

        let sent = reservation.sent();
        let answer = match self.transport.send(request.payload(), headers, call.deadline).await {
            Ok(answer) => answer,
            Err(error) => {
                // A host is not to blame for an attempt that had no time.
                let had_time = error.kind() != ErrorKind::Timeout || sent.elapsed() >= FAIR_TIME;
                let is_its_own = matches!(
                    error.kind(),
                    ErrorKind::Decode | ErrorKind::ResponseTooLarge | ErrorKind::Upload
                );
                if had_time && !is_its_own {
                    self.breaker.failed();
                }
                return Err(error);
            }
        };
        self.breaker.answered(answer.status);
        let mut meta = answer.meta(&self.quota_headers);
        span.record("http.response.status_code", meta.status);
        tracing::debug!(bytes = answer.body.len(), "answered");
        let (kind, is_replayed) = (request.kind(), meta.replayed);
        let verdict = judge(request, &answer, &mut meta);
        // What a refusal says comes before what its headers say: nobody slips in between.
        let response = verdict.map_err(|error| self.note(error, kind, &meta.quota, sent));
        let quota = response.as_ref().map_or(&meta.quota, |response| &response.meta.quota);
        let refused = response.as_ref().err().and_then(|error| Refusal::of(error, quota));
        // A server that fails is no reason to send more.
        if refused != Some(Refusal::Concurrency) && !answer.status.is_server_error() {
            self.admission.answered(quota, self.governor.processes());
        }
        let charge = match request.points() {
            _ if is_replayed || response.is_err() => Charge::Nothing,
            Some(points) => Charge::Points(points),
            None => Charge::Untold,
        };
        reservation.answered(quota, charge);
        let response = response?;
        if judge::kind_of(&response.errors, response.meta.status) == ErrorKind::DailyLimit {
            self.governor.close_day();
        }
        let asked = call.options.api_version.as_ref();
        self.version.check(asked, response.meta.api_version.as_deref()).map_err(|error| {
            error.with_status(response.meta.status).with_request_id(response.meta.request_id.clone())
        })?;
        Ok(response)
    }

    /// Passes on to the other rooms what an error says about calls beside this one.
    fn note(&self, error: Error, kind: OperationKind, quota: &Quota, sent: Instant) -> Error {
        if error.kind() == ErrorKind::DailyLimit {
            let wait = self.governor.close_day();
            return error.with_retry_after(wait);
        }
        match Refusal::of(&error, quota) {
            Some(Refusal::Concurrency) => self.admission.refused(sent),
            Some(Refusal::Everyone) => self.pause(&error, kind),
            _ => {}
        }
        error
    }

    /// Takes note of a refusal of one entry among many: those of a concurrency or a field concern no other
    /// call.
    pub(crate) fn note_entry(&self, error: &Error) {
        if Refusal::of(error, &Quota::default()) == Some(Refusal::Everyone) {
            self.pause(error, OperationKind::Mutation);
        }
    }

    fn pause(&self, error: &Error, kind: OperationKind) {
        match error.retry_after() {
            Some(wait) if judge::is_of_points(error) => self.governor.pause_points(kind, wait),
            Some(wait) => self.governor.pause(wait),
            None => {}
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

fn need_of(request: &dyn Outgoing, priority: Priority) -> Need<'_> {
    Need {
        operation: request.operation(),
        page_size: request.page_size(),
        kind: request.kind(),
        priority,
        entries: request.entries(),
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
