//! What PostgreSQL refuses, in the words of a token store.
//!
//! SQLSTATEs are logged, messages never: they may hold a row. Must not know: which statement it was.

use monday_auth::StoreError;
use tokio_postgres::Error;

/// A [`PostgresStore`](crate::PostgresStore) cannot be made of this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum PostgresUrlError {
    /// Not a PostgreSQL URL.
    #[error("the PostgreSQL URL cannot be read: it is `postgres://user:password@host:port/database`")]
    Invalid,
    /// The tokens would cross the network in the open.
    #[error(
        "PostgreSQL on another machine needs TLS: leave `sslmode=disable` out, or allow plain text by name"
    )]
    PlainText,
    /// The PEM file holds no certificate of an authority, or the machine's authorities cannot be read.
    #[error("there are no certificate authorities to trust")]
    Certificate,
    /// The schema's or the table's name has other signs than ASCII letters, digits and underscores, or more than 63.
    #[error("the schema's or the table's name is not made of up to 63 letters, digits and underscores")]
    Name,
}

/// What an error of PostgreSQL means for the store. Source of the codes: PostgreSQL's documentation, appendix A.
pub(crate) fn store_error(error: &Error) -> StoreError {
    let Some(state) = error.code().map(tokio_postgres::error::SqlState::code) else {
        tracing::warn!("PostgreSQL cannot be reached for the token store");
        return StoreError::Unavailable;
    };
    tracing::warn!(sqlstate = state, "PostgreSQL refuses the token store");
    match state {
        // Another table of this name, or one of a later version.
        "42P01" | "42703" | "3F000" => {
            StoreError::Corrupt("its table in PostgreSQL is not there, or another: run `migrate`")
        }
        "42804" | "22P02" | "23514" => StoreError::Corrupt("its table in PostgreSQL is another"),
        // No such database, no right to it.
        "3D000" | "42501" => StoreError::Denied,
        state if state.starts_with("28") => StoreError::Denied,
        // Among others: 08 connection, 25006 read only, 40 serialization, 53 resources, 57P shutting down.
        _ => StoreError::Unavailable,
    }
}
