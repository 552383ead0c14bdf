//! What every token store must do, as checks that can be run on any of them.
//!
//! Must not know: which store it is.

use std::fmt;
use std::sync::Arc;

use super::TokenStore;
use crate::Runtime;

/// The checks that every [`TokenStore`] must pass.
#[derive(Debug)]
pub struct StoreConformance {
    first: Arc<dyn TokenStore>,
    second: Arc<dyn TokenStore>,
    runtime: Arc<dyn Runtime>,
}

/// A promise that a store does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenPromise {
    promise: &'static str,
    found: String,
}

impl StoreConformance {
    /// Two handles on the same place, as two processes have them.
    pub fn new(first: impl TokenStore, second: impl TokenStore, runtime: Arc<dyn Runtime>) -> Self {
        Self { first: Arc::new(first), second: Arc::new(second), runtime }
    }

    /// Runs all checks, under keys of their own, and deletes what it made.
    pub async fn run(&self) -> Result<(), BrokenPromise> {
        Err(BrokenPromise { promise: "the checks are written", found: String::new() })
    }
}

impl fmt::Display for BrokenPromise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.promise, self.found)
    }
}

impl std::error::Error for BrokenPromise {}
