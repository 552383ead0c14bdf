//! What the workspace promises as a whole, as sentences.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::format_push_string, clippy::format_collect, reason = "tests are read more often than run")]

mod auth_support;
mod browser;
mod column_strategies;
mod cut_proxy;
#[rustfmt::skip]
mod generated {
    pub(crate) mod samples;
}
mod own_process;
mod plain;
#[expect(dead_code, reason = "the oracle draws ids as text")]
mod random_answer;
mod sample;
mod scripted_server;
mod servers;
mod store_place;
mod support;

mod auth_crash;
mod auth_race;
mod auth_secrets;
mod auth_story;
mod bad_day;
mod board_rows;
mod both_doors;
mod bulk;
mod codegen_mistakes;
mod columns_in_the_sandbox;
mod compile_mistakes;
mod every_operation;
mod fault_matrix;
mod file_stories;
mod files;
mod filters;
mod foreign_clients;
mod forward_compatibility;
mod hostile_answers;
mod item_views;
mod loopback_receiver;
mod lost_stores;
mod own_documents;
mod paged_server;
mod paging;
mod parts;
mod parts_of_a_board;
mod parts_server;
mod postgres_store;
mod quota_ledger;
mod quotas;
mod redis_store;
mod retries;
mod root_fields;
mod rows_read_back;
mod sandbox_answers;
mod sandbox_columns;
mod sandbox_files;
mod sandbox_letters;
mod sandbox_lives;
mod sandbox_refusals;
mod sandbox_status;
mod sandbox_webhooks;
mod schema_changes;
mod schema_snapshots;
mod secrets_stay_secret;
mod seed_requests;
mod shared_quota;
mod shared_stores;
mod split;
mod stopped_holder;
mod store_secrets;
mod store_tls;
mod tidy;
mod varied_answers;
mod wire_faults;
