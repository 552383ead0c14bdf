//! The way to Redis: one connection, made when needed, given up when it fails, with a limit to every wait.
//!
//! Must not know: what is sent.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use redis::aio::{ConnectionLike, ConnectionManager, MultiplexedConnection};
use redis::{AsyncConnectionConfig, Client, Cmd, FromRedisValue, RedisError, Value, from_redis_value};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::Silence;

/// How long Redis may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a connection, TLS and login included, and the wait for it.
    pub connect: Duration,
    /// For an answer.
    pub answer: Duration,
}

/// A way to Redis. Clones share the connection.
#[derive(Clone)]
pub struct Link {
    way: Way,
    limits: Limits,
}

#[derive(Clone)]
enum Way {
    Own(Arc<OwnWay>),
    /// The caller's, with its own ways of connecting.
    Managed(ConnectionManager),
}

struct OwnWay {
    client: Client,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    connection: Option<MultiplexedConnection>,
    /// Counts the connections, so that only the one that failed is given up.
    number: u64,
}

impl Link {
    pub(crate) fn to(client: Client, limits: Limits) -> Self {
        Self { way: Way::Own(Arc::new(OwnWay { client, open: Mutex::default() })), limits }
    }

    /// On a connection of the caller's.
    #[must_use]
    pub fn on(manager: ConnectionManager, limits: Limits) -> Self {
        Self { way: Way::Managed(manager), limits }
    }

    /// Runs a command once.
    pub async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, Silence> {
        let answer = match &self.way {
            Way::Managed(manager) => {
                let mut connection = manager.clone();
                let limit = self.limits.connect + self.limits.answer;
                Silence::or(timeout(limit, connection.req_packed_command(command)).await)?
            }
            Way::Own(own) => own.ask(command, self.limits).await?,
        };
        from_redis_value(answer).map_err(|error| Silence::Refused(error.into()))
    }

    /// Runs a command that does no harm twice: again on a new connection, if the one there was is dead.
    pub async fn run_again<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, Silence> {
        match self.run(command).await {
            Err(Silence::Lost(_)) => self.run(command).await,
            answer => answer,
        }
    }
}

impl OwnWay {
    async fn ask(&self, command: &Cmd, limits: Limits) -> Result<Value, Silence> {
        let connection = timeout(limits.connect, self.connection()).await;
        let (mut connection, number) = connection.map_err(|_| Silence::TooLate)?.map_err(Silence::of)?;
        let answer = Silence::or(timeout(limits.answer, connection.req_packed_command(command)).await);
        if answer.as_ref().is_err_and(Silence::ends_connection) {
            // A dead peer would be waited for until the system gives it up, which takes minutes.
            let mut open = self.open.lock().await;
            if open.number == number {
                open.connection = None;
            }
        }
        answer
    }

    async fn connection(&self) -> Result<(MultiplexedConnection, u64), RedisError> {
        let mut open = self.open.lock().await;
        if let Some(connection) = &open.connection {
            return Ok((connection.clone(), open.number));
        }
        // The limits are this module's.
        let limits = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        let connection = self.client.get_multiplexed_async_connection_with_config(&limits).await?;
        open.connection = Some(connection.clone());
        open.number += 1;
        Ok((connection, open.number))
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("limits", &self.limits).finish_non_exhaustive()
    }
}
