//! A program that prints a token, such as `op`, `pass` or `vault`.
//!
//! Must not know: how a child is watched, other sources.

mod child;

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::kept::{Found, Kept, KeptSource, QUIET};
use super::token_form::TokenForm;
use crate::own_thread::on_thread;
use crate::{Audience, AuthError, BoxFuture, CredentialKind, ProcessFault};

const NAME: &str = "the program";

/// How long a program may take unless told otherwise.
const TIME: Duration = Duration::from_secs(30);

/// What a child takes to be killed.
const GRACE: Duration = Duration::from_secs(5);

/// Runs a program that prints the token as one line. It is run when the first request needs a token, and
/// again when the API rejects it; callers that come meanwhile wait for the same run.
///
/// There is no shell: arguments are passed as they are. **Everyone on the machine can read arguments**, so
/// put no secret there. The program gets no input, `PATH` and `HOME` of the environment and what
/// [`env_allow`](Self::env_allow) names. It has 30 seconds and 64 KiB, and on Unix a process group of its
/// own, which is killed when either is over; so it cannot ask for a password in the terminal. What it writes
/// to standard error is discarded.
///
/// ```
/// use monday_auth::ProcessSource;
/// let source = ProcessSource::new("op").arg("read").arg("op://Work/monday/token").env_allow("OP_SESSION");
/// ```
///
/// A source that is set up is never absent: a program that is not there, fails or prints something else is an
/// error ([`ProcessFault`]).
pub struct ProcessSource {
    order: Order,
    form: TokenForm,
    kept: Kept,
}

/// What to run.
#[derive(Clone)]
struct Order {
    program: OsString,
    arguments: Vec<OsString>,
    allowed: Vec<OsString>,
    time: Duration,
}

impl ProcessSource {
    /// A program, by path or as found in `PATH`. The token is for monday's API.
    pub fn new(program: impl Into<OsString>) -> Self {
        // A Windows program does not start without SystemRoot.
        let usual: &[&str] =
            if cfg!(windows) { &["PATH", "HOME", "USERPROFILE", "SystemRoot"] } else { &["PATH", "HOME"] };
        let allowed = usual.iter().map(Into::into).collect();
        let order = Order { program: program.into(), arguments: Vec::new(), allowed, time: TIME };
        Self { order, form: TokenForm::default(), kept: Kept::new(QUIET) }
    }

    /// Adds an argument. Others can read it: it must not be secret.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.order.arguments.push(argument.into());
        self
    }

    /// Lets the program have this variable of the environment.
    #[must_use]
    pub fn env_allow(mut self, name: impl Into<OsString>) -> Self {
        self.order.allowed.push(name.into());
        self
    }

    /// How long the program may take. Default: 30 seconds.
    #[must_use]
    pub fn time_limit(mut self, time: Duration) -> Self {
        self.order.time = time;
        self
    }

    /// The kind of token it prints. Default: OAuth if the line starts with `Bearer `, else a personal token.
    #[must_use]
    pub fn kind(mut self, kind: CredentialKind) -> Self {
        self.form.kind = Some(kind);
        self
    }

    /// The server the token is for.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.form.audience = audience;
        self
    }
}

/// Shows no argument and no variable.
impl fmt::Debug for ProcessSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessSource")
            .field("program", &self.order.program)
            .field("kept", &self.kept)
            .finish_non_exhaustive()
    }
}

impl KeptSource for ProcessSource {
    fn label(&self) -> &'static str {
        NAME
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Starts the program now, on a thread of its own.
    fn read_anew(&self) -> BoxFuture<'static, Found> {
        let (order, form) = (Arc::new(self.order.clone()), self.form.clone());
        let ran = on_thread(self.order.time.saturating_add(GRACE), move || order.run());
        Box::pin(async move {
            let line = ran.await.unwrap_or(Err(ProcessFault::TimedOut)).map_err(AuthError::Process)?;
            form.credential(&line, NAME).map(Some)
        })
    }
}

#[cfg(test)]
mod tests;
