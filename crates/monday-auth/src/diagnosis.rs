//! What a doctor finds: each finding with how bad it is and what to do.
//!
//! Must not know: who was examined, tokens beyond their fingerprints.

use std::fmt;

use crate::AuthError;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindingLevel {
    /// As it should be.
    Good,
    /// It works for now, or it could be better.
    Warning,
    /// It does not work.
    Problem,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// How bad it is.
    pub level: FindingLevel,
    /// What was found.
    pub what: String,
    /// What to do, if something is to be done.
    pub advice: Option<&'static str>,
}

/// What was found, in the order it was looked at. `Display` has a line for each finding and for each advice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnosis {
    findings: Vec<Finding>,
}

impl Diagnosis {
    /// The findings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How bad the worst finding is.
    #[must_use]
    pub fn worst(&self) -> FindingLevel {
        self.findings.iter().map(|finding| finding.level).max().unwrap_or(FindingLevel::Good)
    }

    pub(crate) fn good(&mut self, what: impl Into<String>) {
        self.findings.push(Finding { level: FindingLevel::Good, what: what.into(), advice: None });
    }

    pub(crate) fn warning(&mut self, what: impl Into<String>, advice: &'static str) {
        let (level, advice) = (FindingLevel::Warning, Some(advice));
        self.findings.push(Finding { level, what: what.into(), advice });
    }

    pub(crate) fn problem(&mut self, what: impl Into<String>, advice: &'static str) {
        let (level, advice) = (FindingLevel::Problem, Some(advice));
        self.findings.push(Finding { level, what: what.into(), advice });
    }

    pub(crate) fn error(&mut self, error: &AuthError) {
        self.problem(error.to_string(), error.advice());
    }
}

impl fmt::Display for FindingLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Problem => "problem",
        })
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, Finding { level, what, advice }) in self.findings.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{level:7}  {what}")?;
            if let Some(advice) = advice {
                write!(f, "\n{:7}  -> {advice}", "")?;
            }
        }
        Ok(())
    }
}
