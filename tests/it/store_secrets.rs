//! Passwords and tokens of the stores on servers are looked for in all that a process says.
//!
//! The process logs at TRACE and shows every store and error. Must not know: how secrets are kept.

use std::fmt::Debug;
use std::path::Path;
use std::time::Duration;

use monday_auth_postgres::PostgresStore;
use monday_auth_redis::RedisStore;
use monday_sdk::auth::{Expect, TokenStore};

use crate::own_process::{process, told};
use crate::secrets_stay_secret::forms;
use crate::store_place::{StorePlace, key_of, lease_soon, own_name, record, server_places};

/// As a part of both tokens, and as a password.
const SEED: &str = "canary5Qx7Zp3Lw9";
const PASSWORD: &str = "canary8Vt2Hn6Rk4";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_keeps_tokens_on_servers_says_none_of_its_secrets() {
    for place in server_places().await {
        for plant in [false, true] {
            let mut command = process("store_secrets::a_process_that_keeps_tokens", "", Path::new(""));
            command.env("TEST_STORE", place.to_string()).env("TEST_PLANT", plant.to_string());
            let output = command.output().await.unwrap();
            let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            assert!(output.status.success(), "{text}");
            assert!(text.contains("refuses the token store"), "{text}");
            // The careful process says nothing, and the careless one is caught.
            for secret in [SEED, PASSWORD] {
                let found = forms(secret).iter().any(|form| text.contains(form));
                assert_eq!(found, plant && secret == SEED, "{place:?} {secret}\n{text}");
            }
        }
        place.clear().await;
    }
}

fn show(value: &dyn Debug) {
    println!("{value:?}\n{value:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process that keeps tokens"]
async fn a_process_that_keeps_tokens() {
    let Some(place) = told("TEST_STORE") else { return };
    let place = StorePlace::told(&place);
    tracing_log::LogTracer::init().unwrap();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_ansi(false);
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let (store, key) = (place.store(), key_of("secret"));
    store.delete(&key).await.unwrap();
    let lease = store.lease(&key, Duration::from_secs(10)).await.unwrap().unwrap();
    store.check_writable(&key, &lease).await.unwrap();
    let kept = record(&key, 1, SEED);
    store.save(&key, kept.clone(), Expect::Absent, &lease).await.unwrap();
    show(&(&store, &lease, store.load(&key).await.unwrap()));
    show(&store.save(&key, kept.clone(), Expect::Absent, &lease).await.unwrap_err());
    store.set_aside(&key, &lease).await.unwrap();
    drop(lease);
    let lease = lease_soon(&store, &key, Duration::from_secs(10)).await;
    store.save(&key, kept, Expect::Absent, &lease).await.unwrap();
    // Another table, a server that refuses, a password that is wrong, and URLs that are.
    match &place {
        StorePlace::Postgres { url, schema } => {
            let mut url = url::Url::parse(url).unwrap();
            url.set_password(Some(PASSWORD)).unwrap();
            let builder = PostgresStore::builder(url.as_str()).schema(own_name());
            show(&builder);
            fails(builder.build().unwrap()).await;
            url.set_path("/nosuchdatabase");
            fails(PostgresStore::builder(url.as_str()).schema(schema).build().unwrap()).await;
            url.set_port(Some(1)).unwrap();
            fails(PostgresStore::connect(url.as_str()).unwrap()).await;
            show(&PostgresStore::connect(format!("postgres://user:{PASSWORD}@host:port")).unwrap_err());
            show(&PostgresStore::connect(format!("{url}?{PASSWORD}")).unwrap_err());
            // A row that the table refuses: PostgreSQL's message repeats it.
            place
                .run(
                    &key,
                    &[],
                    "ALTER TABLE @ ADD CONSTRAINT strict CHECK (record IS NULL OR generation < 1) NOT VALID",
                )
                .await;
            let kept = record(&key, 2, SEED);
            let expect = Expect::Version(record(&key, 1, SEED).version());
            show(&store.save(&key, kept, expect, &lease).await.unwrap_err());
            place.run(&key, &[], "ALTER TABLE @ DROP CONSTRAINT strict").await;
        }
        StorePlace::Redis { url, .. } => {
            let mut url = url::Url::parse(url).unwrap();
            url.set_username("nobody").unwrap();
            url.set_password(Some(PASSWORD)).unwrap();
            show(&RedisStore::builder(url.as_str()));
            fails(RedisStore::connect(url.as_str()).unwrap()).await;
            url.set_port(Some(1)).unwrap();
            fails(RedisStore::connect(url.as_str()).unwrap()).await;
            show(&RedisStore::connect(format!("redis://:{PASSWORD}@redis.example")).unwrap_err());
            show(&RedisStore::connect(format!("redis://:{PASSWORD}@redis.example:port")).unwrap_err());
        }
        StorePlace::Folder(_) => unreachable!("a folder has no server"),
    }
    drop(lease);
    // The next process needs it.
    drop(lease_soon(&store, &key, Duration::from_millis(1)).await);
    if told("TEST_PLANT").as_deref() == Some("true") {
        tracing::trace!(token = ?SEED.as_bytes(), "a careless line");
    }
}

async fn fails(store: impl TokenStore) {
    let error = store.load(&key_of("secret")).await.unwrap_err();
    println!("{error}");
    show(&(&store, error));
}
