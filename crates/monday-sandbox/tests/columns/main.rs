//! Columns, webhooks and all other nouns that the sandbox keeps, over TCP.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cases;
mod cleared;
mod desk;
mod endpoint;
mod made;
mod nouns;
mod read_only;
mod refused;
mod subitems;
mod tried_again;
mod webhooks;
mod written;
