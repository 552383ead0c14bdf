//! The way to PostgreSQL: a pool, with a limit to every wait.
//!
//! Must not know: what is asked.

use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use monday_auth::StoreError;
use tokio::time::timeout;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Error, Row};

use crate::postgres_fault::store_error;

/// How long a connection may take, TLS and login included, and the wait for it.
pub(crate) const CONNECT_TIME: Duration = Duration::from_secs(2);

/// How long an answer may take.
const ANSWER_TIME: Duration = Duration::from_secs(2);

/// How long a migration may take: it waits for others.
const MIGRATION_TIME: Duration = Duration::from_mins(1);

/// A value of a statement, and its type.
pub(crate) type Value<'a> = (&'a (dyn ToSql + Sync), Type);

/// Clones share the pool.
#[derive(Clone)]
pub(crate) struct Link(Pool);

/// Why there is no answer.
enum Silence {
    Error(Error),
    TooLate,
}

impl Link {
    pub(crate) fn new(pool: Pool) -> Self {
        Self(pool)
    }

    /// Runs a statement once.
    pub(crate) async fn run(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        self.ask(sql, values).await.map_err(Silence::into_store_error)
    }

    /// Runs a statement that does no harm twice: again on another connection, if the first is dead.
    pub(crate) async fn run_again(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        match self.ask(sql, values).await {
            Err(Silence::Error(error)) if error.is_closed() => self.run(sql, values).await,
            answer => answer.map_err(Silence::into_store_error),
        }
    }

    async fn ask(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Silence> {
        let connection = self.connection().await?;
        // Without a prepared statement: one message, and a pooler between may give each to another connection.
        if let Ok(answer) = timeout(ANSWER_TIME, connection.query_typed(sql, values)).await {
            return answer.map_err(Silence::Error);
        }
        // The next user would wait for the same answer.
        drop(Object::take(connection));
        Err(Silence::TooLate)
    }

    /// Runs several statements without values.
    pub(crate) async fn run_all(&self, sql: &str) -> Result<(), StoreError> {
        let connection = self.connection().await.map_err(Silence::into_store_error)?;
        let done = timeout(MIGRATION_TIME, connection.batch_execute(sql)).await;
        // A transaction may be left open in it.
        drop(Object::take(connection));
        let done = done.map_err(|_| Silence::TooLate).and_then(|done| done.map_err(Silence::Error));
        done.map_err(Silence::into_store_error)
    }

    async fn connection(&self) -> Result<Object, Silence> {
        use deadpool_postgres::PoolError;
        let connection = timeout(CONNECT_TIME, self.0.get()).await.map_err(|_| Silence::TooLate)?;
        connection.map_err(|error| match error {
            PoolError::Backend(error) => Silence::Error(error),
            _ => Silence::TooLate,
        })
    }
}

impl Silence {
    fn into_store_error(self) -> StoreError {
        match self {
            Self::Error(error) => store_error(&error),
            Self::TooLate => {
                tracing::warn!("PostgreSQL does not answer the token store in time");
                StoreError::Unavailable
            }
        }
    }
}
