//! Files and folders that others could read or put there, T25 of the threat model.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::runtime::TokioNow;
use crate::{FileStore, StoreError, TokenKey, TokenStore as _};

use super::*;

/// What is done to a file that is well.
type Harm = fn(&Path);

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn in_place_of(path: &Path, make: impl FnOnce(&Path)) {
    let kept = path.with_extension("kept");
    fs::rename(path, &kept).unwrap();
    make(&kept);
}

fn fifo(path: &Path) {
    in_place_of(path, |_| {
        let made = rustix::fs::mknodat(
            rustix::fs::CWD,
            path,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        );
        made.unwrap();
    });
}

fn sparse(path: &Path) {
    OpenOptions::new().write(true).open(path).unwrap().set_len(100 * 1024 * 1024).unwrap();
}

const FILES: [(&str, Harm); 9] = [
    ("mode 0644", |path| mode(path, 0o644)),
    ("mode 0640", |path| mode(path, 0o640)),
    ("mode 0660", |path| mode(path, 0o660)),
    ("mode 0602", |path| mode(path, 0o602)),
    ("a symbolic link", |path| in_place_of(path, |kept| symlink(kept, path).unwrap())),
    ("a FIFO", fifo),
    ("a folder", |path| in_place_of(path, |_| fs::create_dir(path).unwrap())),
    ("100 MB", sparse),
    ("another owner", |path| chown(path, Some(12_345), None).unwrap()),
];

fn can_chown() -> bool {
    rustix::process::geteuid().is_root()
}

/// The rows of the table, in a fresh place each.
fn rows() -> impl Iterator<Item = (&'static str, Harm, tempfile::TempDir)> {
    FILES.into_iter().filter_map(|(name, harm)| {
        if name == "another owner" && !can_chown() {
            println!("skipped: {name} (only root can give files away)");
            return None;
        }
        Some((name, harm, tempfile::tempdir().unwrap()))
    })
}

fn key() -> TokenKey {
    TokenKey::new("app", "account", "user")
}

fn folder_of(place: &tempfile::TempDir) -> PathBuf {
    place.path().join("tokens")
}

/// A store with a record's file; what is in it is no matter.
async fn store_in(place: &tempfile::TempDir) -> FileStore {
    let store = FileStore::new(folder_of(place), Arc::new(TokioNow));
    drop(store.lease(&key(), Duration::from_mins(1)).await.unwrap());
    fs::write(store.path_of(&key()), "{}").unwrap();
    mode(&store.path_of(&key()), 0o600);
    assert!(matches!(store.load(&key()).await, Err(StoreError::Corrupt(_))), "it is read");
    store
}

#[tokio::test]
async fn a_record_that_others_could_read_or_have_put_there_is_refused() {
    for (name, harm, place) in rows() {
        let store = store_in(&place).await;
        harm(&store.path_of(&key()));
        let begun = Instant::now();
        let found = store.load(&key()).await;
        assert!(matches!(found, Err(StoreError::Exposed(_))), "{name}: {found:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{name} does not block");
    }
}

#[cfg(feature = "profile-file")]
#[tokio::test]
async fn a_profile_file_that_others_could_read_or_have_put_there_is_refused() {
    use crate::{AuthError, CredentialSource as _, ProfileFault, ProfileSource};
    for (name, harm, place) in rows() {
        let path = place.path().join("profiles.toml");
        fs::write(&path, "[work]\ntoken = \"token-1234\"\n").unwrap();
        mode(&path, 0o600);
        assert!(ProfileSource::new(&path, "work").find().await.unwrap().is_some(), "it is read");
        harm(&path);
        let found = ProfileSource::new(&path, "work").find().await;
        assert_eq!(found, Err(AuthError::Profile(ProfileFault::Exposed)), "{name}");
    }
}

#[tokio::test]
async fn a_folder_that_others_could_look_into_or_have_put_there_is_refused() {
    let harms: [(&str, Harm); 4] = [
        ("mode 0755", |folder| mode(folder, 0o755)),
        ("mode 0710", |folder| mode(folder, 0o710)),
        ("a symbolic link", |folder| in_place_of(folder, |kept| symlink(kept, folder).unwrap())),
        ("another owner", |folder| chown(folder, Some(12_345), None).unwrap()),
    ];
    for (name, harm) in harms {
        if name == "another owner" && !can_chown() {
            println!("skipped: {name} (only root can give folders away)");
            continue;
        }
        let place = tempfile::tempdir().unwrap();
        let store = store_in(&place).await;
        let lease = store.lease(&key(), Duration::from_mins(1)).await.unwrap().unwrap();
        harm(&folder_of(&place));
        let refused = |result: Result<(), StoreError>| matches!(result, Err(StoreError::Exposed(_)));
        assert!(refused(store.load(&key()).await.map(drop)), "{name}");
        assert!(refused(store.lease(&key(), Duration::from_mins(1)).await.map(drop)), "{name}");
        assert!(refused(store.check_writable(&key(), &lease).await), "{name}");
    }
    let place = tempfile::tempdir().unwrap();
    fs::write(folder_of(&place), "").unwrap();
    let store = FileStore::new(folder_of(&place), Arc::new(TokioNow));
    assert!(store.lease(&key(), Duration::from_mins(1)).await.is_err(), "a file is no folder");
}

#[tokio::test]
async fn nothing_is_written_through_a_link_or_into_anothers_file() {
    for ending in ["tmp", "lock"] {
        for (name, harm, place) in rows() {
            if name == "100 MB" {
                continue;
            }
            let store = store_in(&place).await;
            let victim = store.path_of(&key()).with_extension(ending);
            fs::write(&victim, "victim").unwrap();
            mode(&victim, 0o600);
            let kept = victim.with_extension("kept");
            let lease = crate::Lease::new(&key(), Duration::from_mins(1), ());
            harm(&victim);
            let result = if ending == "tmp" {
                store.check_writable(&key(), &lease).await
            } else {
                store.lease(&key(), Duration::from_mins(1)).await.map(drop)
            };
            assert!(result.is_err(), "{name} as {ending}");
            if name == "a symbolic link" {
                assert_eq!(fs::read(&kept).unwrap(), b"victim");
            }
        }
    }
}

#[tokio::test]
async fn a_new_folder_and_its_files_are_its_owners_alone() {
    let place = tempfile::tempdir().unwrap();
    let store = FileStore::new(place.path().join("deep/tokens"), Arc::new(TokioNow));
    let lease = store.lease(&key(), Duration::from_mins(1)).await.unwrap().unwrap();
    store.check_writable(&key(), &lease).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place.path().join("deep")), 0o700);
    assert_eq!(mode(&place.path().join("deep/tokens")), 0o700);
    let files: Vec<_> = fs::read_dir(place.path().join("deep/tokens")).unwrap().collect();
    assert_eq!(files.len(), 2);
    assert!(files.into_iter().all(|file| mode(&file.unwrap().path()) == 0o600));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_cannot_be_made_is_a_typed_error() {
    let store = FileStore::new("/proc/monday-auth/tokens", Arc::new(TokioNow));
    let result = store.lease(&key(), Duration::from_mins(1)).await;
    assert!(matches!(result, Err(StoreError::Io { doing: "written", .. })), "{result:?}");
    assert!(store.load(&key()).await.unwrap().is_none());
}
