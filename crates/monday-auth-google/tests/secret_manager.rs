//! The official SDK against a fake of Secret Manager's REST API on a real socket.
//!
//! Must not know: how the store divides its work into calls, beyond the calls themselves.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "secret_manager/fake.rs"]
mod fake;
#[path = "secret_manager/faults.rs"]
mod faults;
#[path = "secret_manager/leases.rs"]
mod leases;
#[path = "secret_manager/logs.rs"]
mod logs;
#[path = "secret_manager/reading.rs"]
mod reading;
#[path = "secret_manager/records.rs"]
mod records;
#[path = "secret_manager/server.rs"]
mod server;
#[path = "secret_manager/setting_aside.rs"]
mod setting_aside;
#[path = "secret_manager/stores.rs"]
mod stores;
#[path = "secret_manager/storing.rs"]
mod storing;

use google_cloud_auth::credentials::anonymous;
use google_cloud_secretmanager_v1::client::SecretManagerService;

/// A client of a server on this machine.
async fn client(port: u16) -> SecretManagerService {
    let builder = SecretManagerService::builder().with_endpoint(format!("http://127.0.0.1:{port}"));
    builder.with_credentials(anonymous::Builder::new().build()).build().await.unwrap()
}
