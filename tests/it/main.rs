//! What the workspace promises as a whole, as sentences.

mod support;

mod both_doors;
mod codegen_mistakes;
mod forward_compatibility;
mod hostile_answers;
mod retries;
mod sandbox_answers;
mod sandbox_refusals;
mod schema_snapshots;
mod secrets_stay_secret;
mod seed_requests;
mod tidy;
