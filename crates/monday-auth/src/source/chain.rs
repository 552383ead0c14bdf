//! Sources in an order: the first that has a token wins.
//!
//! Must not know: what the sources are, how a winner keeps its token.

mod doctor;

use std::sync::OnceLock;

use super::trace::{ChainTrace, SourceOutcome, TraceStep};
use super::{CredentialSource, EnvSource};
use crate::{AuthError, BoxFuture, Credential, CredentialProvider, Rejection, RequestContext};

/// Asks sources in the order given until one has a token. A source with nothing set is passed over; one that is set
/// and broken stops the chain, so that no other identity is used by mistake.
///
/// The source that wins stays: it hands out the credential for every request, and a newer one when the API has
/// rejected its last. The usual order is an explicit value, `MONDAY_API_TOKEN`, `MONDAY_API_TOKEN_FILE`, a profile
/// file, a program, the keyring, the store of OAuth tokens.
///
/// ```
/// use monday_auth::{Chain, ProcessSource};
/// let chain = Chain::env().then(ProcessSource::new("pass").arg("monday/token"));
/// ```
#[derive(Debug, Default)]
pub struct Chain {
    sources: Vec<Box<dyn CredentialSource>>,
    selected: OnceLock<Selected>,
}

#[derive(Debug)]
struct Selected {
    place: usize,
    steps: Vec<TraceStep>,
}

impl Chain {
    /// A chain without sources.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// `MONDAY_API_TOKEN`, then `MONDAY_API_TOKEN_FILE`.
    #[must_use]
    pub fn env() -> Self {
        Self::new().then(EnvSource::token()).then(EnvSource::token_file())
    }

    /// `MONDAY_API_TOKEN`, then `MONDAY_API_TOKEN_FILE`, then a profile: the usual order on a person's machine.
    #[cfg(feature = "profile-file")]
    #[must_use]
    pub fn local(profile: super::ProfileSource) -> Self {
        Self::env().then(profile)
    }

    /// Adds a source after those there are.
    #[must_use]
    pub fn then(mut self, source: impl CredentialSource) -> Self {
        self.sources.push(Box::new(source));
        // Whatever had won has not been asked beside this one.
        self.selected = OnceLock::new();
        self
    }

    /// What became of each source. Asks them as a request would if no source has won yet; what has been read is not read
    /// again.
    pub async fn trace(&self) -> ChainTrace {
        if self.selected.get().is_none() {
            let (steps, found) = self.select().await;
            if found.is_err() {
                return ChainTrace { steps };
            }
        }
        let Some((Selected { place, steps }, winner)) = self.winner() else {
            return ChainTrace { steps: Vec::new() };
        };
        // The token in use may be a later one than the one it won with.
        let now = SourceOutcome::of(&winner.find().await);
        let mut steps = steps.clone();
        if let Some(step) = steps.get_mut(*place) {
            step.outcome = now;
        }
        ChainTrace { steps }
    }

    /// The credential in use, if a source has won or wins now.
    pub(crate) async fn current(&self) -> Result<Credential, AuthError> {
        if self.selected.get().is_some() { self.of_winner().await } else { self.select().await.1 }
    }

    fn winner(&self) -> Option<(&Selected, &dyn CredentialSource)> {
        let selected = self.selected.get()?;
        Some((selected, &**self.sources.get(selected.place)?))
    }

    /// Asks the sources until one decides, and remembers the winner.
    async fn select(&self) -> (Vec<TraceStep>, Result<Credential, AuthError>) {
        let (mut steps, mut decided) = (Vec::new(), None);
        for (place, source) in self.sources.iter().enumerate() {
            let mut outcome = SourceOutcome::NotAsked;
            if decided.is_none() {
                let found = source.find().await;
                outcome = SourceOutcome::of(&found);
                decided = found.transpose().map(|found| (place, found));
            }
            steps.push(TraceStep { source: source.name(), outcome });
        }
        let found = match decided {
            None => Err(AuthError::Missing { tried: steps.iter().map(|step| step.source).collect() }),
            Some((_, Err(error))) => Err(error),
            Some((place, found)) => {
                let selected = self.selected.get_or_init(|| Selected { place, steps: steps.clone() });
                // Another caller's selection may have ended differently and been first; it counts.
                if selected.place == place { found } else { self.of_winner().await }
            }
        };
        (steps, found)
    }

    async fn of_winner(&self) -> Result<Credential, AuthError> {
        let Some((_, source)) = self.winner() else {
            return Err(AuthError::Missing { tried: Vec::new() });
        };
        source.find().await?.ok_or_else(|| super::missing(source.name()))
    }
}

impl CredentialProvider for Chain {
    fn credential<'a>(
        &'a self,
        context: &'a RequestContext<'a>,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        match self.winner() {
            Some((_, source)) => source.credential(context),
            None => Box::pin(self.current()),
        }
    }

    fn rejected<'a>(
        &'a self,
        credential: &'a Credential,
        why: Rejection,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        if let Some((_, source)) = self.winner() {
            return source.rejected(credential, why);
        }
        // It is none of this chain's.
        let error = AuthError::Rejected { fingerprint: credential.fingerprint() };
        Box::pin(std::future::ready(Err(error)))
    }
}

#[cfg(test)]
mod tests;
