//! The way to Redis: one connection, made when needed, given up when it fails, with a limit to every wait.
//!
//! Must not know: what is sent.

use std::sync::Arc;
use std::time::Duration;

use monday_auth::StoreError;
use redis::aio::{ConnectionLike, ConnectionManager, MultiplexedConnection};
use redis::{
    AsyncConnectionConfig, Client, Cmd, FromRedisValue, RedisError, RedisResult, Value, from_redis_value,
};
use tokio::sync::Mutex;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use crate::redis_fault::store_error;

/// How long a connection may take, TLS and login included, and the wait for it.
const CONNECT_TIME: Duration = Duration::from_secs(2);

/// How long an answer may take.
const ANSWER_TIME: Duration = Duration::from_secs(2);

/// Clones share the connection.
#[derive(Clone)]
pub(crate) enum Link {
    Own(Arc<OwnLink>),
    /// The caller's, with its own ways of connecting.
    Managed(ConnectionManager),
}

pub(crate) struct OwnLink {
    client: Client,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    connection: Option<MultiplexedConnection>,
    /// Counts the connections, so that only the one that failed is given up.
    number: u64,
}

/// Why there is no answer.
enum Silence {
    /// The connection was lost, or there was none.
    Lost(RedisError),
    Refused(RedisError),
    TooLate,
}

impl Link {
    pub(crate) fn own(client: Client) -> Self {
        Self::Own(Arc::new(OwnLink { client, open: Mutex::default() }))
    }

    /// Runs a command once.
    pub(crate) async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        self.ask(command).await.map_err(Silence::into_store_error)
    }

    /// Runs a command that does no harm twice: again on a new connection, if the one there was is dead.
    pub(crate) async fn run_again<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        match self.ask(command).await {
            Err(Silence::Lost(_)) => self.run(command).await,
            answer => answer.map_err(Silence::into_store_error),
        }
    }

    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, Silence> {
        let answer = match self {
            Self::Managed(manager) => {
                let mut connection = manager.clone();
                let answer = timeout(CONNECT_TIME + ANSWER_TIME, connection.req_packed_command(command));
                Silence::or(answer.await)?
            }
            Self::Own(own) => own.ask(command).await?,
        };
        from_redis_value(answer).map_err(|error| Silence::Refused(error.into()))
    }
}

impl OwnLink {
    async fn ask(&self, command: &Cmd) -> Result<Value, Silence> {
        let connection = timeout(CONNECT_TIME, self.connection()).await;
        let (mut connection, number) = connection.map_err(|_| Silence::TooLate)?.map_err(Silence::of)?;
        let answer = Silence::or(timeout(ANSWER_TIME, connection.req_packed_command(command)).await);
        if matches!(answer, Err(Silence::Lost(_) | Silence::TooLate)) {
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

impl Silence {
    /// The answer, if there is one and it is no error.
    fn or(answer: Result<RedisResult<Value>, Elapsed>) -> Result<Value, Self> {
        let answer = answer.map_err(|_| Self::TooLate)?.and_then(Value::extract_error);
        answer.map_err(Self::of)
    }

    fn of(error: RedisError) -> Self {
        if error.is_io_error() || error.is_unrecoverable_error() {
            Self::Lost(error)
        } else {
            Self::Refused(error)
        }
    }

    fn into_store_error(self) -> StoreError {
        match self {
            Self::Lost(error) | Self::Refused(error) => store_error(&error),
            Self::TooLate => {
                tracing::warn!("Redis does not answer the token store in time");
                StoreError::Unavailable
            }
        }
    }
}
