//! The authorization server over TCP: pages, tokens, refusals, and the GraphQL endpoint that takes the tokens.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod codes;
mod consent;
mod http;
mod migration;
mod refusals;
mod signatures;
mod tokens;
