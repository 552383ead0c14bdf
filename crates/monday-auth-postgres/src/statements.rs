//! The SQL of the store, with its table's name put in.
//!
//! Every write is one statement and so one message: a process that is stopped can hold no row locked. Must not know:
//! connections, records.

use std::fmt::Write as _;

/// What the migrations call the table.
const TABLE: &str = "monday_auth_tokens";

/// Makes the table.
const TABLE_MIGRATION: &str = include_str!("../migrations/0001_token_records.sql");

/// A commit that has not reached the disk can be lost with the refresh token's only successor. Whoever has turned
/// waiting for the disk off for their sessions has not meant this; every other setting waits at least for that.
const DURABLE: &str = "WITH durable AS MATERIALIZED (
    SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') \
        WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true) AS setting
)";

/// The statements for one table.
#[derive(Debug)]
pub(crate) struct Statements {
    pub(crate) table: String,
    pub(crate) load: String,
    pub(crate) save: String,
    pub(crate) delete: String,
    pub(crate) lease: String,
    pub(crate) give_back: String,
    pub(crate) preflight: String,
    pub(crate) set_aside: String,
    pub(crate) migrate: String,
}

impl Statements {
    /// `None` for a name that PostgreSQL would cut short or cannot hold.
    pub(crate) fn new(schema: Option<&str>, table: &str) -> Option<Self> {
        let quoted = quoted_name(table)?;
        let place = match schema {
            Some(schema) => format!("{}.{quoted}", quoted_name(schema)?),
            None => quoted,
        };
        let held = "name = $1 AND lease_token = $2 AND lease_until > clock_timestamp()";
        Some(Self {
            load: format!(
                "SELECT octet_length(record), CASE WHEN octet_length(record) <= $2 THEN record END, \
                 authorized_at, generation FROM {place} WHERE name = $1 AND record IS NOT NULL"
            ),
            save: format!(
                "{DURABLE}, saved AS (
                    UPDATE {place} SET record = $3, authorized_at = $4, generation = $5, preflight = NULL,
                        unreadable = CASE WHEN unreadable_since > clock_timestamp() - interval '30 days' \
                            THEN unreadable END,
                        updated_at = clock_timestamp()
                    FROM durable WHERE durable.setting <> '' AND {held}
                        AND authorized_at IS NOT DISTINCT FROM $6 AND generation IS NOT DISTINCT FROM $7
                    RETURNING 1
                )
                SELECT EXISTS (SELECT FROM saved), EXISTS (SELECT FROM {place} WHERE {held})"
            ),
            // The lease's row stays: a holder keeps its lease, and finds no record.
            delete: format!(
                "{DURABLE} UPDATE {place} SET record = NULL, authorized_at = NULL, generation = NULL, \
                    preflight = NULL, unreadable = NULL, unreadable_since = NULL, updated_at = clock_timestamp() \
                 FROM durable WHERE durable.setting <> '' AND name = $1"
            ),
            // Its commit waits for the disk as a save's does: a server that cannot do so is noticed here.
            lease: format!(
                "{DURABLE} INSERT INTO {place} AS held (name, lease_token, lease_until)
                 SELECT $1, $2, clock_timestamp() + $3 * interval '1 millisecond' FROM durable
                    WHERE durable.setting <> ''
                 ON CONFLICT (name) DO UPDATE
                    SET lease_token = excluded.lease_token, lease_until = excluded.lease_until
                    WHERE held.lease_token IS NULL OR held.lease_until IS NULL
                        OR held.lease_until <= clock_timestamp()
                 RETURNING 1"
            ),
            // Only the holder's own: it may have run out, and be another's by now.
            give_back: format!(
                "UPDATE {place} SET lease_token = NULL, lease_until = NULL, preflight = NULL \
                 WHERE name = $1 AND lease_token = $2"
            ),
            preflight: format!(
                "{DURABLE} UPDATE {place} SET preflight = $3, record = record, authorized_at = authorized_at, \
                    generation = generation, updated_at = updated_at \
                 FROM durable WHERE durable.setting <> '' AND {held} RETURNING 1"
            ),
            set_aside: format!(
                "{DURABLE} UPDATE {place} SET unreadable = record, unreadable_since = clock_timestamp(), \
                    record = NULL, authorized_at = NULL, generation = NULL, updated_at = clock_timestamp() \
                 FROM durable WHERE durable.setting <> '' AND {held} RETURNING 1"
            ),
            migrate: migration(schema, &place),
            table: place,
        })
    }
}

/// All migrations as one transaction. Whoever comes second waits, and finds everything done.
///
/// What is there is asked first: `IF NOT EXISTS` needs the right to create, even if there is nothing to do.
fn migration(schema: Option<&str>, place: &str) -> String {
    let mut sql = String::from("BEGIN;\n");
    let lock = "SELECT pg_advisory_xact_lock(hashtextextended('monday_auth migrations', 0));\n";
    sql.push_str(lock);
    if let Some(name) = schema {
        let _ = writeln!(
            sql,
            "DO $schema$ BEGIN IF to_regnamespace('\"{name}\"') IS NULL \
             THEN CREATE SCHEMA \"{name}\"; END IF; END $schema$;"
        );
    }
    let table = TABLE_MIGRATION.replace(TABLE, place);
    let _ = writeln!(
        sql,
        "DO $table$ BEGIN IF to_regclass('{place}') IS NULL THEN\n{table}\nEND IF; END $table$;\nCOMMIT;"
    );
    sql
}

/// A name as SQL has it. PostgreSQL keeps 63 bytes of a name; ours are ASCII letters, digits and underscores.
fn quoted_name(name: &str) -> Option<String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (!name.is_empty() && name.len() <= 63 && name.bytes().all(is_name)).then(|| format!("\"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_letters_digits_and_underscores() {
        let made = Statements::new(Some("App_1"), "tokens").unwrap();
        assert!(made.load.contains("FROM \"App_1\".\"tokens\""));
        assert!(!made.migrate.contains(TABLE));
        for bad in ["", "a b", "a\"b", "a'b", "a;b", "a.b", "ä", "a\0b", &"a".repeat(64)] {
            assert!(Statements::new(Some(bad), "tokens").is_none(), "{bad:?}");
            assert!(Statements::new(None, bad).is_none(), "{bad:?}");
        }
    }
}
