//! What an upload holds in memory, measured in a process of its own.
//!
//! Must not know: how a file is read.

use std::sync::{Arc, Mutex};

use monday_sdk::{CredentialKind, ItemId, Upload};

use super::{LIMIT, MEBIBYTE, to_column};
use crate::own_process::{growth, peak_memory, process, say_growth, told};
use crate::support::{client_for, within};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_megabytes_go_up_from_a_file_in_little_memory() {
    within(LIMIT, async {
        let server = crate::files::discarding_server().await;
        let folder = tempfile::tempdir().unwrap();
        let file = std::fs::File::create(folder.path().join("sparse.bin")).unwrap();
        file.set_len(200 * MEBIBYTE as u64).unwrap();
        let command = process("file_stories::memory::a_process_that_uploads_a_file", &server, folder.path());
        let grown = growth(LIMIT, command).await;
        assert!(grown <= 20 * 1024, "{grown} KiB");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process that uploads"]
async fn a_process_that_uploads_a_file() {
    let (Some(origin), Some(folder)) = (told("TEST_ORIGIN"), told("TEST_FOLDER")) else {
        return;
    };
    let client = client_for(&format!("{origin}/v2"), CredentialKind::PersonalToken, "token-of-a-process")
        .build()
        .unwrap();
    // Whatever a first request needs is there before it is measured.
    client.upload(to_column(&ItemId::from(7)), &Upload::bytes("x", &b"12345"[..])).await.unwrap();
    let before = peak_memory();
    let sent = Arc::new(Mutex::new(0));
    let tell = Arc::clone(&sent);
    let upload = Upload::file(std::path::Path::new(&folder).join("sparse.bin"))
        .on_progress(move |now| *tell.lock().unwrap() = now.sent);
    client.upload(to_column(&ItemId::from(7)), &upload).await.unwrap();
    assert_eq!(*sent.lock().unwrap(), 200 * MEBIBYTE as u64);
    say_growth(before);
}
