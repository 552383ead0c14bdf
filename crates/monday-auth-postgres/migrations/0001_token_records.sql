-- Token records of the monday.com SDK. Every statement can be run again.
-- `monday_auth_tokens` stands for the table's name, with its schema if it has one; rename it as you like.

CREATE TABLE IF NOT EXISTS monday_auth_tokens (
    -- 32 hexadecimal digits made of the token's key: nothing can be told from it.
    name text PRIMARY KEY,
    -- The record with its tokens, and where it stands in its succession. All three or none.
    record bytea,
    authorized_at bigint,
    generation bigint,
    -- Who may refresh, and until when by this server's clock.
    lease_token bytea,
    lease_until timestamptz,
    -- Written and taken away again to see that a record could be saved.
    preflight bytea,
    -- A record that could not be read, kept for 30 days.
    unreadable bytea,
    unreadable_since timestamptz,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((record IS NULL) = (authorized_at IS NULL) AND (record IS NULL) = (generation IS NULL))
);
