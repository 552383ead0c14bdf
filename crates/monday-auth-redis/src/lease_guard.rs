//! The random token by which a lease in Redis is known, and giving it back.
//!
//! Must not know: what the lease is for.

use monday_auth::StoreError;
use monday_redis::Link;
use tokio::runtime::Handle;

use crate::scripts::GIVE_BACK;

/// Gives a lease back when dropped, in a task: whoever drops it cannot wait. One that is not given back runs out.
pub(crate) struct LeaseGuard {
    link: Link,
    name: String,
    token: String,
    runtime: Option<Handle>,
    is_armed: bool,
}

impl LeaseGuard {
    /// A guard with a token of its own, to be made before Redis is asked: an answer may be lost, or nobody waits for it.
    pub(crate) fn new(link: Link, name: String) -> Result<Self, StoreError> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| StoreError::Unavailable)?;
        let token = format!("{:032x}", u128::from_ne_bytes(random));
        Ok(Self { link, name, token, runtime: Handle::try_current().ok(), is_armed: true })
    }

    pub(crate) fn token(&self) -> &str {
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
            let (link, name, token) =
                (self.link.clone(), std::mem::take(&mut self.name), std::mem::take(&mut self.token));
            runtime.spawn(async move {
                // A lost one runs out.
                let _ = link.run_again::<i64>(GIVE_BACK.on(&[&name]).arg(token)).await;
            });
        }
    }
}
