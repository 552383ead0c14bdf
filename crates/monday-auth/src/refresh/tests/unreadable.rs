//! Records that cannot be read, F58 of the fault model, and what is told when a save fails, F57.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::scripted::{World, after, is, key};
use super::told::Told;
use crate::{
    AuthError, CredentialProvider as _, Expect, FileStore, RecordText, Rejection, StoreError, TokenStore as _,
};

fn text(world_record: &crate::TokenRecord) -> String {
    String::from_utf8(RecordText::write(&key(), world_record).unwrap().to_vec()).unwrap()
}

fn write(store: &FileStore, bytes: &[u8]) {
    let path = store.path_of(&key());
    let _ = fs::remove_file(&path);
    fs::write(&path, bytes).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_record_that_cannot_be_read_is_left_alone_until_someone_logs_in() {
    let world = World::new().await;
    let record = world.stored().await.unwrap();
    let whole = text(&record);
    let mut cases: Vec<String> = (0..whole.len()).map(|end| whole[..end].to_owned()).collect();
    cases.extend([
        whole.replace("\"version\":1,", "\"version\":2,"),
        whole.replace("monday-token-record", "other-token-record"),
        whole.replace("\"account\":\"account\"", "\"account\":\"another\""),
        whole.replace("\"kind\":\"oauth\"", "\"kind\":\"personal\""),
        whole.replace("\"scope\":", "\"scopes\":"),
        r#"{"access_token":"canary-1","refresh_token":"canary-2","token_type":"Bearer"}"#.to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        "<html>".to_owned(),
        whole.repeat(2),
    ]);
    for (number, case) in cases.iter().enumerate() {
        assert_ne!(*case, whole, "{number}");
        let place = tempfile::tempdir().unwrap();
        let store = FileStore::new(place.path().join("tokens"), world.clock.clone());
        let lease = store.lease(&key(), Duration::from_mins(5)).await.unwrap().unwrap();
        write(&store, case.as_bytes());
        let error = store.load(&key()).await.unwrap_err();
        assert!(matches!(error, StoreError::Corrupt(_)), "{number}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("canary"));
        for expect in [Expect::Absent, Expect::Version(record.version())] {
            assert_eq!(store.save(&key(), Arc::clone(&record), expect, &lease).await, Err(error), "{number}");
        }
        drop(lease);
        // Nor does using it change it, and nothing is spent.
        let sessions = world.process_with(store.clone());
        let provider = sessions.provider(&key()).unwrap();
        assert_eq!(provider.current().await.unwrap_err(), AuthError::Store(error));
        assert_eq!(fs::read_to_string(store.path_of(&key())).unwrap(), *case, "{number}");
        assert_eq!(world.server.requests(), 0);
        // A login puts it aside, whole.
        let provider = sessions.adopt(&key(), world.grant(3)).await.unwrap();
        assert!(is(&provider.current().await.unwrap(), 3));
        assert!(store.load(&key()).await.unwrap().is_some());
        let files = fs::read_dir(place.path().join("tokens")).unwrap().map(|file| file.unwrap().path());
        let aside: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|e| e == "unreadable")).collect();
        assert_eq!(aside.len(), 1, "{number}");
        assert_eq!(fs::read_to_string(&aside[0]).unwrap(), *case);
    }
}

#[tokio::test(start_paused = true)]
async fn a_record_that_is_refused_for_its_mode_is_not_put_aside_even_by_a_login() {
    let world = World::new().await;
    let place = tempfile::tempdir().unwrap();
    let store = FileStore::new(place.path().join("tokens"), world.clock.clone());
    drop(store.lease(&key(), Duration::from_mins(5)).await.unwrap());
    write(&store, b"theirs");
    fs::set_permissions(store.path_of(&key()), fs::Permissions::from_mode(0o644)).unwrap();
    let error = world.process_with(store.clone()).adopt(&key(), world.grant(3)).await.unwrap_err();
    assert!(matches!(error, AuthError::Store(StoreError::Exposed(_))));
    assert_eq!(fs::read(store.path_of(&key())).unwrap(), b"theirs");
}

#[tokio::test(start_paused = true)]
async fn a_pair_that_cannot_be_saved_is_told_and_saved_as_soon_as_it_can_be() {
    let (told, guard) = Told::listening();
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.store.fails_late.store(true, Ordering::SeqCst);
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
    let events = told.events();
    let event = events.iter().find(|event| event.contains("the refreshed token is in memory only"));
    let event = event.unwrap_or_else(|| panic!("{events:?}"));
    assert!(event.starts_with("ERROR") && event.contains("read-only filesystem"), "{event}");
    for _ in 0..10 {
        after(30).await;
        assert!(is(&provider.current().await.unwrap(), 1));
        assert_eq!(world.stored().await.unwrap().generation, 1);
    }
    world.store.fails_late.store(false, Ordering::SeqCst);
    after(65).await;
    assert_eq!(world.stored().await.unwrap().generation, 2, "tried again until it works");
    assert_eq!(world.server.spent(), ["refresh-0"]);
    drop(guard);
    let all = told.events().join("\n");
    assert!(!all.contains("access-") && !all.contains("refresh-"), "fingerprints only");
}
