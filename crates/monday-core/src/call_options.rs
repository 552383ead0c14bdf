//! What a caller asks for one call alone, beside what the client does for all.
//!
//! Must not know: how it is kept (`monday-client`).

use std::time::Duration;

use crate::ApiVersion;

/// What differs for one call. The default is what the client does for every call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallOptions {
    /// The caller's own key of a mutation.
    pub idempotency_key: Option<String>,
    /// How long the call may take, all attempts and waits together.
    pub deadline: Option<Duration>,
    /// Who goes first where calls wait.
    pub priority: Priority,
    /// The API version to ask for.
    pub api_version: Option<ApiVersion>,
}

impl CallOptions {
    /// The options of a call that asks for nothing of its own.
    pub const NONE: Self =
        Self { idempotency_key: None, deadline: None, priority: Priority::Interactive, api_version: None };
}

/// Who goes first where calls wait for a place or for quota. The earlier one here does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Priority {
    /// Someone waits for the answer.
    #[default]
    Interactive,
    /// It may take its time: goes when no interactive call waits.
    Batch,
}
