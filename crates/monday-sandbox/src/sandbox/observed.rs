//! What a test may look at and say of requests: what has come in, and what is answered.
//!
//! Must not know: how a request is answered.

use super::Sandbox;
use crate::scripted::{Answers, Unscripted};
use crate::seen::{Expectation, Seen, SeenRequest};

impl Sandbox {
    /// How many GraphQL requests have come in, refused ones included.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.site.requests()
    }

    /// What has come in so far and what became of it, counted by operation.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.site.seen()
    }

    /// The last requests, oldest first, with those that are being worked on: as many as
    /// [`keep_requests`](super::SandboxBuilder::keep_requests) says.
    #[must_use]
    pub fn received_requests(&self) -> Vec<SeenRequest> {
        self.site.journal().kept().cloned().collect()
    }

    /// Those of them whose operation has this name, or this root field.
    #[must_use]
    pub fn requests_of(&self, operation: &str) -> Vec<SeenRequest> {
        self.site.journal().kept().filter(|request| request.is_of(operation)).cloned().collect()
    }

    /// What is expected of the requests so far whose operation has this name, or this root field.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # let sandbox = monday_sandbox::Sandbox::builder().items(10).start().await?;
    /// sandbox.expect("CreateItem").never();
    /// # Ok(())
    /// # }
    /// ```
    pub fn expect(&self, operation: &str) -> Expectation<'_> {
        Expectation::new(&self.site, operation)
    }

    /// Scripts an answer to requests whose operation has this name, or this root field, in place of the work.
    /// They are authorised, limited and kept for their idempotency keys as if they were executed.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use serde_json::json;
    ///
    /// # let sandbox = monday_sandbox::Sandbox::builder().items(10).start().await?;
    /// // First a failure, then a user that no seeded account has, then the account again.
    /// sandbox.answer("Me").with_status(503).once();
    /// sandbox.answer("Me").with_data(json!({"me": {"id": "1", "name": "Nobody"}})).once();
    /// # Ok(())
    /// # }
    /// ```
    pub fn answer(&self, operation: &str) -> Unscripted<'_> {
        Unscripted::new(&self.site.scripted, operation)
    }

    /// The script of answers; empty unless told.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.site.scripted
    }
}
