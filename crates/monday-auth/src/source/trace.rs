//! What a chain found where: which source won, and why the others did not.
//!
//! Must not know: tokens, beyond their fingerprints.

use std::fmt;
use std::time::SystemTime;

use crate::time_words::in_words;
use crate::{AuthError, Credential, CredentialKind, Fingerprint};

/// What became of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceOutcome {
    /// Its credential is the one in use.
    Won {
        /// The token's fingerprint.
        fingerprint: Fingerprint,
        /// What kind of token it is.
        kind: CredentialKind,
        /// When it ends, if known.
        expires_at: Option<SystemTime>,
    },
    /// Nothing is set there.
    Absent,
    /// Something is set there and cannot be used. The chain stops here.
    Broken(AuthError),
    /// An earlier source decided.
    NotAsked,
}

/// One source of a chain and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TraceStep {
    /// The source.
    pub source: &'static str,
    /// What became of it.
    pub outcome: SourceOutcome,
}

/// What a chain found, source by source in its order. `Display` is a small table, with fingerprints only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainTrace {
    pub(super) steps: Vec<TraceStep>,
}

impl ChainTrace {
    /// The sources in order.
    #[must_use]
    pub fn steps(&self) -> &[TraceStep] {
        &self.steps
    }

    /// The name of the source that won.
    #[must_use]
    pub fn winner(&self) -> Option<&'static str> {
        let won = |step: &&TraceStep| matches!(step.outcome, SourceOutcome::Won { .. });
        self.steps.iter().find(won).map(|step| step.source)
    }
}

impl SourceOutcome {
    pub(super) fn of(found: &Result<Option<Credential>, AuthError>) -> Self {
        match found {
            Ok(Some(credential)) => Self::Won {
                fingerprint: credential.fingerprint(),
                kind: credential.kind(),
                expires_at: credential.expires_at(),
            },
            Ok(None) => Self::Absent,
            Err(error) => Self::Broken(error.clone()),
        }
    }
}

impl fmt::Display for SourceOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Won { fingerprint, kind, expires_at } => {
                write!(f, "won: {} {fingerprint}", kind.words())?;
                let left = expires_at.map(|end| end.duration_since(SystemTime::now()));
                match left {
                    None => Ok(()),
                    Some(Ok(left)) => write!(f, ", ends in {}", in_words(left)),
                    Some(Err(_)) => f.write_str(", has ended"),
                }
            }
            Self::Absent => f.write_str("absent"),
            Self::Broken(error) => write!(f, "broken: {error}"),
            Self::NotAsked => f.write_str("not asked"),
        }
    }
}

impl fmt::Display for ChainTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.steps.iter().map(|step| step.source.len()).max().unwrap_or_default();
        for (place, TraceStep { source, outcome }) in self.steps.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{} {source:width$}  {outcome}", place + 1)?;
        }
        Ok(())
    }
}
