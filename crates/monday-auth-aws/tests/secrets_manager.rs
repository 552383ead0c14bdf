//! The official SDK against moto's Secrets Manager in a process of its own, and against a server that answers as told.
//!
//! Must not know: how the store divides its work into calls, beyond the calls themselves.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "secrets_manager/departures.rs"]
mod departures;
#[path = "secrets_manager/faults.rs"]
mod faults;
#[path = "secrets_manager/leases.rs"]
mod leases;
#[path = "secrets_manager/logs.rs"]
mod logs;
#[path = "secrets_manager/moto.rs"]
mod moto;
#[path = "secrets_manager/reading.rs"]
mod reading;
#[path = "secrets_manager/records.rs"]
mod records;
#[path = "secrets_manager/scripted.rs"]
mod scripted;
#[path = "secrets_manager/setting_aside.rs"]
mod setting_aside;
#[path = "secrets_manager/stores.rs"]
mod stores;
#[path = "secrets_manager/storing.rs"]
mod storing;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::{BehaviorVersion, Config, Credentials, Region};

/// A client of a server on this machine.
fn client(port: u16) -> Client {
    let credentials = Credentials::new("AKIDFORTESTS", "not-a-real-key", None, None, "tests");
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials)
        .endpoint_url(format!("http://127.0.0.1:{port}"));
    Client::from_conf(config.build())
}
