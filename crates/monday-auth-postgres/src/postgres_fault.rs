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
    /// A private authority, and no TLS in which it would count.
    #[error(
        "a private authority says nothing without TLS: leave it out, or `sslmode=disable` or the socket's path"
    )]
    WithoutTls,
    /// Settings of a connection, and a pool that has its own.
    #[error("a pool of your own has its own encryption: leave the authority and the word for plain text out")]
    OwnPool,
    /// The schema's or the table's name has other signs than ASCII letters, digits and underscores, or more than 63.
    #[error("the schema's or the table's name is not made of up to 63 letters, digits and underscores")]
    Name,
}

/// How the driver's error begins when TLS is refused, by whichever side. It has no other sign that covers all
/// of them.
const TLS: &str = "error performing TLS handshake";

/// What an error of PostgreSQL means for the store. Source of the codes: PostgreSQL's documentation, appendix A.
pub(crate) fn store_error(error: &Error) -> StoreError {
    let Some(state) = error.code().map(tokio_postgres::error::SqlState::code) else {
        if error.to_string().starts_with(TLS) {
            tracing::warn!(
                "TLS with PostgreSQL is refused: the server has none, or a certificate that is not trusted"
            );
        } else {
            tracing::warn!("PostgreSQL cannot be reached for the token store");
        }
        return StoreError::Unavailable;
    };
    tracing::warn!(sqlstate = state, "PostgreSQL refuses the token store");
    match state {
        // No table of this name, one of a later version, no schema.
        "42P01" | "42703" | "3F000" => {
            StoreError::NotSetUp("its table in PostgreSQL is not there, or another: run `migrate`")
        }
        // No such database, no right to it.
        "3D000" | "42501" => StoreError::Denied,
        state if state.starts_with("28") => StoreError::Denied,
        // What the store asks for does not fit the table: columns of other types, no primary key, more
        // constraints.
        "22P02" => OTHER_TABLE,
        state if state.starts_with("42") || state.starts_with("23") => OTHER_TABLE,
        // Among others: 08 connection, 25006 read only, 40 serialization, 53 resources, 57P shutting down.
        _ => StoreError::Unavailable,
    }
}

/// A table that `migrate` did not make.
pub(crate) const OTHER_TABLE: StoreError = StoreError::NotSetUp("its table in PostgreSQL is another");
