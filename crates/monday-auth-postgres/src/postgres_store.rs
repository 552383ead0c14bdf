//! Token records and leases in a table of PostgreSQL.
//!
//! Must not know: connections, the words of SQL.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use deadpool_postgres::Pool;
use monday_auth::{
    BoxFuture, Expect, Lease, RecordText, StoreError, TokenKey, TokenRecord, TokenStore, Version,
};
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};
use zeroize::Zeroizing;

use crate::hidden::Hidden;
use crate::lease_guard::LeaseGuard;
use crate::link::Link;
use crate::postgres_fault::OTHER_TABLE;
use crate::statements::Statements;
use crate::{PostgresStoreBuilder, PostgresUrlError};

/// Keeps each key's record in a row of a table, in plain text, for all processes that use the same table. Clones share
/// the pool of connections.
///
/// A save is one statement that checks the lease and the version and then writes; the lease is in the same row and ends
/// by the server's clock. Every wait has a limit of 2 seconds, after which PostgreSQL counts as
/// [`StoreError::Unavailable`]; tokens in use go on working.
///
/// **Durability.** A save's commit waits for the disk, also in sessions with `synchronous_commit = off`. Whether it
/// waits for standbys is the server's setting: without `synchronous_standby_names` a failover can lose the last commits.
/// What is lost so is one session: its refresh token is spent and the new one gone, and the user must log in again.
///
/// **Several hosts** of a URL (`postgres://user@one,two/database`), and several addresses of a name, are
/// tried in turn when a connection is made; who says nothing has an equal part of the 2 seconds.
/// `target_session_attrs=read-write` passes over standbys.
///
/// **Rights.** `USAGE` on the schema, `SELECT`, `INSERT` and `UPDATE` on the table, and no more, for
/// [`migrate`](Self::migrate), too, when the table is there; while it is not, `CREATE` on the schema. Rows
/// are never removed: one that was logged out holds nothing but its name. A server with `log_statement =
/// all`, or a `log_min_duration_statement`, writes the values of statements, and so tokens, into its log: set
/// `log_parameter_max_length = 0` for this role.
#[derive(Clone)]
pub struct PostgresStore {
    link: Link,
    statements: Arc<Statements>,
}

impl PostgresStore {
    /// A store at this URL, `postgres://user:password@host:port/database`, in the table `monday_auth_tokens`
    /// of the search path. TLS is required unless the host is this machine, and certificate and host name are
    /// verified: `require`, `verify-ca` and `verify-full` are the same `sslmode` here. Sends nothing:
    /// connections are made when first needed, and again when they are lost, so a server that is not there is
    /// no error yet.
    ///
    /// # Errors
    ///
    /// As [`build`](PostgresStoreBuilder::build) says.
    pub fn connect(url: impl Into<String>) -> Result<Self, PostgresUrlError> {
        Self::builder(url).build()
    }

    /// Builds a store at this URL.
    pub fn builder(url: impl Into<String>) -> PostgresStoreBuilder {
        PostgresStoreBuilder::url(url.into())
    }

    /// Builds a store on a pool of the caller's, who answers for its encryption, and for how its hosts are
    /// tried. Waits have the same limits. [`private_authority`](PostgresStoreBuilder::private_authority) and
    /// [`allow_plain_text`](PostgresStoreBuilder::allow_plain_text) are refused.
    #[must_use]
    pub fn on(pool: Pool) -> PostgresStoreBuilder {
        PostgresStoreBuilder::pool(pool)
    }

    pub(crate) fn new(link: Link, statements: Arc<Statements>) -> Self {
        Self { link, statements }
    }

    /// Makes the table, and its schema if one was named, where they are not there. Can be run at every start,
    /// by many processes at once, and with no other rights than the store needs once the table is there. Who
    /// has other tools for that runs the files of this crate's `migrations` folder. Waits up to a minute for
    /// others who do the same.
    ///
    /// # Errors
    ///
    /// [`Denied`](StoreError::Denied) if the table is not there and this role may not make it, or may not log
    /// in; [`Unavailable`](StoreError::Unavailable) if the server cannot be reached, or not in time.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.link.run_all(&self.statements.migrate).await
    }

    async fn read(&self, key: &TokenKey) -> Result<Option<Arc<TokenRecord>>, StoreError> {
        let longest = i32::try_from(RecordText::LONGEST).unwrap_or(i32::MAX);
        let values = [(&key.name() as _, Type::TEXT), (&longest as _, Type::INT4)];
        let rows = self.link.run_again(&self.statements.load, &values).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        if column::<i32>(row, 0)? > longest {
            return Err(StoreError::Corrupt("it is longer than 64 KiB"));
        }
        let record = RecordText::read(key, &Zeroizing::new(column::<Vec<u8>>(row, 1)?))?;
        if kept(record.version())? != (column(row, 2)?, column(row, 3)?) {
            return Err(StoreError::Corrupt("its version in PostgreSQL is another"));
        }
        Ok(Some(Arc::new(record)))
    }

    async fn write(
        &self,
        key: &TokenKey,
        record: &TokenRecord,
        expect: Expect,
        token: &[u8],
    ) -> Result<(), StoreError> {
        let text = RecordText::write(key, record)?;
        let (authorized_at, generation) = kept(record.version())?;
        let (old_authorized_at, old_generation) = match expect {
            Expect::Absent => (None, None),
            Expect::Version(version) => {
                let (authorized_at, generation) = kept(version)?;
                (Some(authorized_at), Some(generation))
            }
        };
        let values = [
            (&key.name() as _, Type::TEXT),
            (&Hidden(token) as _, Type::BYTEA),
            (&Hidden(&text) as _, Type::BYTEA),
            (&authorized_at as _, Type::INT8),
            (&generation as _, Type::INT8),
            (&old_authorized_at as _, Type::INT8),
            (&old_generation as _, Type::INT8),
        ];
        let rows = self.link.run(&self.statements.save, &values).await?;
        let row = rows.first().ok_or(StoreError::Unavailable)?;
        match (column(row, 0)?, column(row, 1)?) {
            (true, _) => Ok(()),
            (false, true) => Err(StoreError::Conflict),
            (false, false) => Err(StoreError::NoLease),
        }
    }

    async fn lend(&self, key: &TokenKey, ttl: Duration) -> Result<Option<Lease>, StoreError> {
        let guard = LeaseGuard::new(self.link.clone(), Arc::clone(&self.statements), key.name())?;
        let millis = ttl.as_secs_f64() * 1000.0;
        let values = [
            (&key.name() as _, Type::TEXT),
            (&Hidden(guard.token()) as _, Type::BYTEA),
            (&millis as _, Type::FLOAT8),
        ];
        // The server counts from later on: here the lease ends first.
        let begun = Instant::now();
        let rows = self.link.run(&self.statements.lease, &values).await?;
        if rows.is_empty() {
            guard.disarm();
            return Ok(None);
        }
        Ok(Some(Lease::new(key, ttl.saturating_sub(begun.elapsed()), guard)))
    }

    /// Runs a statement of the lease's holder.
    async fn under_lease(
        &self,
        sql: &str,
        key: &TokenKey,
        lease: &Lease,
        third: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let token = Hidden(token_of(key, lease)?);
        let third = third.map(Hidden);
        let name = key.name();
        let mut values = vec![(&name as _, Type::TEXT), (&token as _, Type::BYTEA)];
        if let Some(third) = &third {
            values.push((third as _, Type::BYTEA));
        }
        let rows = self.link.run(sql, &values).await?;
        if rows.is_empty() { Err(StoreError::NoLease) } else { Ok(()) }
    }
}

/// The lease's token, if the lease is of such a store, for this key, and has not ended by the clock of this process.
fn token_of<'a>(key: &TokenKey, lease: &'a Lease) -> Result<&'a [u8], StoreError> {
    let guard = lease.guard::<LeaseGuard>().filter(|_| lease.covers(key));
    guard.map(LeaseGuard::token).ok_or(StoreError::NoLease)
}

/// A version as the table has it.
fn kept(version: Version) -> Result<(i64, i64), StoreError> {
    let number = |number| {
        i64::try_from(number).map_err(|_| StoreError::Corrupt("its version is no number of PostgreSQL's"))
    };
    Ok((number(version.authorized_at)?, number(version.generation)?))
}

fn column<'a, T: FromSql<'a>>(row: &'a Row, index: usize) -> Result<T, StoreError> {
    row.try_get(index).map_err(|_| OTHER_TABLE)
}

impl TokenStore for PostgresStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        Box::pin(self.read(key))
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.write(key, &record, expect, token_of(key, lease)?).await })
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let values = [(&key.name() as _, Type::TEXT)];
            self.link.run_again(&self.statements.delete, &values).await.map(|_| ())
        })
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(self.lend(key, ttl))
    }

    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            // As long as a record may be. Random: what repeats is compressed, and needs no room.
            let mut filler = vec![0; RecordText::LONGEST];
            getrandom::fill(&mut filler).map_err(|_| StoreError::Unavailable)?;
            self.under_lease(&self.statements.preflight, key, lease, Some(&filler)).await
        })
    }

    /// Keeps it in a column of its own, for 30 days or until the next one; [`delete`](TokenStore::delete) removes it.
    fn set_aside<'a>(&'a self, key: &'a TokenKey, lease: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.under_lease(&self.statements.set_aside, key, lease, None))
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").field("table", &self.statements.table).finish_non_exhaustive()
    }
}
