//! The app's secret: given, or read where it is kept and read anew when the server refuses it.
//!
//! Must not know: what is sent with it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::{Either, Shared, select};

use crate::auth_event::AuthEvent;
use crate::{AppFault, AuthError, BoxFuture, Fingerprint, Secret, SecretFault, SecretReader};

/// How long a request waits for the secret to be read anew: with the request before and after it, less than a lease.
pub(crate) const READ_TIME: Duration = Duration::from_secs(5);

/// A refused secret that is still there is not asked about again for so long.
const QUIET: Duration = Duration::from_secs(30);

type Read = Result<Arc<Secret>, SecretFault>;
type Reading = Shared<BoxFuture<'static, Read>>;

/// The secret in use, and where a newer one may be.
pub(crate) struct AppSecret {
    reader: Option<Arc<dyn SecretReader>>,
    state: Mutex<State>,
    quiet: Duration,
}

struct State {
    current: Arc<Secret>,
    reading: Option<Reading>,
    refused: Option<(Fingerprint, Instant)>,
}

impl AppSecret {
    pub(super) fn new(secret: Secret, reader: Option<Arc<dyn SecretReader>>) -> Result<Self, AuthError> {
        if !is_usable(&secret) {
            return Err(AuthError::App(AppFault::Client));
        }
        let state = State { current: Arc::new(secret), reading: None, refused: None };
        Ok(Self { reader, state: Mutex::new(state), quiet: QUIET })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn current(&self) -> Arc<Secret> {
        Arc::clone(&self.lock().current)
    }

    /// Another secret than the one that the server refused, if there is one before the time is up. Callers that come
    /// during a reading share it.
    pub(crate) async fn after_refusal(
        &self,
        refused: Fingerprint,
        time_is_up: BoxFuture<'_, ()>,
    ) -> Option<Arc<Secret>> {
        let reader = self.reader.as_ref()?;
        // A reading whose callers gave up may have ended since: what it found is no news.
        let before = self.lock().reading.clone();
        if let Some(reading) = before.filter(|reading| reading.clone().now_or_never().is_some()) {
            self.lock().ends(&reading);
        }
        let reading = {
            let mut state = self.lock();
            if state.current.fingerprint() != refused {
                return Some(Arc::clone(&state.current));
            }
            if state.refused.is_some_and(|(secret, at)| secret == refused && at.elapsed() < self.quiet) {
                return None;
            }
            state.reading.get_or_insert_with(|| read(reader).boxed().shared()).clone()
        };
        let found = match select(reading.clone(), time_is_up).await {
            Either::Left((found, _)) => found,
            Either::Right(_) => Err(SecretFault::Unavailable),
        };
        let source_name = reader.name();
        let mut state = self.lock();
        // The first of those who share a reading settles what it found.
        let is_first = state.ends(&reading);
        match found {
            Err(fault) => {
                if is_first {
                    AuthEvent::AppSecretNotRead { source_name, fault }.tell();
                }
                None
            }
            Ok(same) if same.fingerprint() == refused => {
                state.refused = Some((refused, Instant::now()));
                None
            }
            Ok(newer) => {
                if is_first {
                    state.current = Arc::clone(&newer);
                    AuthEvent::AppSecretChanged { source_name, old: refused, new: newer.fingerprint() }
                        .tell();
                }
                Some(newer)
            }
        }
    }
}

impl State {
    /// Makes room for the next reading; whether this one was still the last.
    fn ends(&mut self, reading: &Reading) -> bool {
        let is_last = self.reading.as_ref().is_some_and(|last| last.ptr_eq(reading));
        if is_last {
            self.reading = None;
        }
        is_last
    }
}

/// Reads the secret now. None there, or one that cannot be a client secret, is a fault.
pub(super) fn read(reader: &Arc<dyn SecretReader>) -> impl Future<Output = Read> + Send + use<> {
    let reading = reader.read();
    async move {
        let secret = reading.await?.ok_or(SecretFault::Absent)?;
        // Files and consoles end a text with a line's end.
        let text = secret.expose();
        let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
        if text.trim_start().starts_with('{') {
            // Without spaces it would pass for a secret, until the authorization server refuses it.
            return Err(SecretFault::Object);
        }
        let secret = Secret::new(text);
        if is_usable(&secret) { Ok(Arc::new(secret)) } else { Err(SecretFault::NotClientSecret) }
    }
}

/// Whether it can be a client secret: visible ASCII, up to 512 bytes.
fn is_usable(secret: &Secret) -> bool {
    let text = secret.expose();
    (1..=512).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppSecret")
            .field("current", &self.lock().current)
            .field("reader", &self.reader)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
