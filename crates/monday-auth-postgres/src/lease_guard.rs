//! The random token by which a lease in PostgreSQL is known, and giving it back.
//!
//! Must not know: what the lease is for.

use std::sync::Arc;

use monday_auth::StoreError;
use tokio::runtime::Handle;
use tokio_postgres::types::Type;

use crate::hidden::Hidden;
use crate::link::Link;
use crate::statements::Statements;

/// Gives a lease back when dropped, in a task: whoever drops it cannot wait. One that is not given back runs out.
pub(crate) struct LeaseGuard {
    link: Link,
    statements: Arc<Statements>,
    name: String,
    token: [u8; 16],
    runtime: Option<Handle>,
    is_armed: bool,
}

impl LeaseGuard {
    /// A guard with a token of its own, to be made before the server is asked: an answer may be lost, or nobody waits
    /// for it.
    pub(crate) fn new(link: Link, statements: Arc<Statements>, name: String) -> Result<Self, StoreError> {
        let mut token = [0; 16];
        getrandom::fill(&mut token).map_err(|_| StoreError::Unavailable)?;
        Ok(Self { link, statements, name, token, runtime: Handle::try_current().ok(), is_armed: true })
    }

    pub(crate) fn token(&self) -> &[u8] {
        &self.token
    }

    /// Someone else has the lease: there is nothing to give back.
    pub(crate) fn disarm(mut self) {
        self.is_armed = false;
    }
}

impl Drop for LeaseGuard {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take().filter(|_| self.is_armed) {
            let (link, statements, token) = (self.link.clone(), Arc::clone(&self.statements), self.token);
            let name = std::mem::take(&mut self.name);
            runtime.spawn(async move {
                let values: [(&(dyn tokio_postgres::types::ToSql + Sync), Type); 2] =
                    [(&name, Type::TEXT), (&Hidden(&token), Type::BYTEA)];
                // A lost one runs out.
                let _ = link.run_again(&statements.give_back, &values).await;
            });
        }
    }
}
