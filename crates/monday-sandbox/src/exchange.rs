//! The way of one request: faults, idempotency, quotas, latency, work, answer.
//!
//! Must not know: sockets, GraphQL.

use std::time::{Duration, Instant, SystemTime};

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::execution::{self, Operation};
use crate::fault::Fault;
use crate::faults::Happens;
use crate::idempotency::Claim;
use crate::meter::{self, Purse};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::seen::{End, Envelope, Outcome, SeenRequest};
use crate::site::Site;
use crate::webhooks::Subscribing;
use crate::world::seed;

/// What goes back.
#[derive(Debug)]
pub(crate) enum Reply {
    Json(Answer),
    /// A gateway's page with this status.
    Gateway(u16),
    /// The connection is closed.
    Closed,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
    pub(crate) retry_after: Option<u64>,
    pub(crate) replayed: bool,
    /// `RateLimit-Policy` and `RateLimit`.
    pub(crate) limits: (String, String),
}

/// What a request has come to so far, for those who look at it later.
#[derive(Debug, Default)]
struct Course {
    outcome: Option<Outcome>,
    cost: u64,
}

/// A call that was let in; it leaves when this is dropped.
struct Permit<'s>(&'s Site);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.meter().leave();
    }
}

pub(crate) async fn exchange(site: &Site, envelope: Envelope, asked: Result<Request, Refusal>) -> Reply {
    pause(site.distance()).await;
    let reply = at_work(site, envelope, asked).await;
    pause(site.distance()).await;
    reply
}

async fn at_work(site: &Site, envelope: Envelope, asked: Result<Request, Refusal>) -> Reply {
    site.came_in();
    let came = Instant::now();
    let mut asked = asked.map(|request| {
        let operation = Operation::parse(&request.call, &site.cost);
        (request, operation)
    });
    let seen = seen(envelope, &mut asked);
    site.journal().keep(seen.clone());
    let names = match &asked {
        Ok((_, Ok(operation))) => operation.names(),
        _ => Vec::new(),
    };
    let name = names.first().copied().unwrap_or_default().to_owned();
    site.count(&name, |counts| counts.requests += 1);
    let happens = site.faults.for_request(&names, &mut site.dice());
    let purse = match &asked {
        Ok((request, operation)) => request.purse(operation.as_ref().is_ok_and(Operation::is_mutation)),
        Err(_) => Purse::Person,
    };
    let mut course = Course::default();
    let reply = answer(site, asked, purse, &name, &happens, &mut course).await;
    site.count(&name, |counts| match &reply {
        Err(_) | Ok(Reply::Gateway(_)) => counts.refused += 1,
        Ok(Reply::Closed) => counts.lost += 1,
        Ok(Reply::Json(_)) => {}
    });
    let outcome = match &reply {
        Err(_) | Ok(Reply::Gateway(_)) => course.outcome.unwrap_or(Outcome::Refused),
        Ok(Reply::Closed) => Outcome::Lost,
        Ok(Reply::Json(_)) => course.outcome.unwrap_or(Outcome::Done),
    };
    let reply = reply.unwrap_or_else(|refusal| {
        let body = complete(json!({"errors": refusal.errors}), refusal.status);
        let limits = site.meter().headers(purse, Instant::now());
        let Refusal { status, retry_after, .. } = refusal;
        Reply::Json(Answer { status, body, retry_after, replayed: false, limits })
    });
    seen.ended(End { outcome, status: reply.status(), cost: course.cost, took: came.elapsed() });
    reply
}

/// The request as it is kept; what it takes out of the call is needed nowhere else.
fn seen(
    envelope: Envelope,
    asked: &mut Result<(Request, Result<Operation, Refusal>), Refusal>,
) -> SeenRequest {
    let Ok((Request { call, .. }, operation)) = asked else {
        return SeenRequest::new(Vec::new(), String::new(), serde_json::Map::new(), envelope);
    };
    let names =
        operation.as_ref().map(|operation| operation.names().into_iter().map(str::to_owned).collect());
    let (document, variables) = (std::mem::take(&mut call.query), std::mem::take(&mut call.variables));
    SeenRequest::new(names.unwrap_or_default(), document, variables, envelope)
}

impl Reply {
    fn status(&self) -> Option<u16> {
        match self {
            Self::Json(answer) => Some(answer.status.as_u16()),
            Self::Gateway(status) => Some(*status),
            Self::Closed => None,
        }
    }
}

async fn answer(
    site: &Site,
    asked: Result<(Request, Result<Operation, Refusal>), Refusal>,
    purse: Purse,
    name: &str,
    happens: &Happens,
    course: &mut Course,
) -> Result<Reply, Refusal> {
    let (Request { caller, .. }, operation) = asked?;
    if let Some(fault) = &happens.fault
        && let Some(reply) = before_work(fault)
    {
        pause(site.latency() + happens.delay).await;
        return reply;
    }
    let key = caller.idempotency_key.clone().filter(|_| operation.as_ref().is_ok_and(Operation::is_mutation));
    let claim = key.map(|key| site.answers.claim(&caller.credential, &key));
    let (cost, tenths) = match (&claim, &operation) {
        (Some(Claim::Replay(_)), _) | (_, Err(_)) => (0, meter::CALL),
        (_, Ok(operation)) if operation.is_complexity_only() => (operation.cost, meter::TENTH),
        (_, Ok(operation)) => (operation.cost, meter::CALL),
    };
    if let Some(Claim::Conflict) = claim {
        return Err(Refusal::conflict());
    }
    let bill = site.meter().enter(purse, cost, tenths, Instant::now(), SystemTime::now());
    let bill = bill.inspect_err(|_| {
        course.outcome = Some(Outcome::Throttled);
        site.count(name, |counts| counts.throttled += 1);
    })?;
    course.cost = cost;
    let permit = Permit(site);
    let (status, body, replayed) = match claim {
        Some(Claim::Replay(body)) => {
            course.outcome = Some(Outcome::Replayed);
            site.count(name, |counts| counts.replayed += 1);
            (StatusCode::OK, body.to_string(), true)
        }
        claim => {
            let mut operation = operation?;
            let scripted = site.scripted.take(&operation);
            if scripted.is_none() && !operation.webhook_urls.is_empty() {
                let secret = site.authorization.signing_secret(&caller.credential);
                operation.subscribing = Subscribing::challenge(&operation.webhook_urls, secret).await;
            }
            pause(site.latency() + happens.delay).await;
            let (status, answer) = if let Some(scripted) = scripted {
                let (status, answer) = scripted?;
                course.outcome = Some(Outcome::Scripted);
                site.count(name, |counts| counts.scripted += 1);
                (StatusCode::from_u16(status).unwrap_or_default(), answer)
            } else {
                let answer = execution::execute(site, &operation, bill)?;
                site.count(name, |counts| counts.done += 1);
                (StatusCode::OK, answer)
            };
            let body = complete(answer, status);
            // Of what failed as a whole nothing is kept, so that it can be tried again.
            if let Some(Claim::New(work)) = claim
                && status.is_success()
            {
                work.done(&body);
            }
            (status, body, false)
        }
    };
    pause(happens.delay_answer).await;
    if happens.fault == Some(Fault::LoseAnswer) {
        return Ok(Reply::Closed);
    }
    let limits = site.meter().headers(purse, Instant::now());
    drop(permit);
    Ok(Reply::Json(Answer { status, body, retry_after: None, replayed, limits }))
}

/// What a fault answers in place of the work; nothing for those that let the work be done.
fn before_work(fault: &Fault) -> Option<Result<Reply, Refusal>> {
    match fault {
        Fault::Refuse(error) => Some(Err(error.refusal())),
        Fault::Unauthorized => Some(Err(Refusal::not_authenticated())),
        Fault::Gateway(status) => Some(Ok(Reply::Gateway(*status))),
        Fault::Close => Some(Ok(Reply::Closed)),
        _ => None,
    }
}

/// The body with what every answer has.
fn complete(mut answer: Value, status: StatusCode) -> String {
    // The old shape of errors has no extensions.
    if answer.get("error_code").is_none() {
        answer["extensions"] = json!({"request_id": uuid::Uuid::new_v4().to_string()});
    }
    if status != StatusCode::UNAUTHORIZED {
        answer["account_id"] = json!(seed::ACCOUNT);
    }
    answer.to_string()
}

async fn pause(wait: Duration) {
    // A timer of no length still takes a tick.
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
}
