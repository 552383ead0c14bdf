//! Against monday itself: `MONDAY_API_TOKEN=… cargo test -p monday-tests --test live -- --ignored`. Reads only.

use monday_sdk::Client;
use monday_sdk::queries::{GetVersion, Me};

#[tokio::test]
#[ignore = "needs MONDAY_API_TOKEN and a network"]
async fn monday_answers_who_i_am_in_the_version_asked_for() {
    let client = Client::builder().build().unwrap();
    assert!(client.execute(Me).await.unwrap().me.is_some());
    let response = client.send(GetVersion).await.unwrap();
    assert_eq!(response.meta.api_version.as_deref(), Some(monday_sdk::ApiVersion::pinned().as_str()));
}
