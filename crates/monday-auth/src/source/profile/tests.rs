//! Profile files as people write them, and as they should not.

use std::fs;

use super::*;
use crate::TokenFault;
use crate::{CredentialProvider as _, CredentialSource as _, Rejection, RequestContext};

struct File {
    folder: tempfile::TempDir,
}

impl File {
    fn new(text: &str) -> Self {
        let this = Self { folder: tempfile::tempdir().unwrap() };
        this.write(text);
        this
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("profiles.toml")
    }

    fn write(&self, text: &str) {
        fs::write(self.path(), text).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(self.path(), fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    async fn find(&self, profile: &str) -> Found {
        ProfileSource::new(self.path(), profile).find().await
    }
}

#[tokio::test]
async fn each_profile_has_its_token_and_kind() {
    let file = File::new(
        "[work]\ntoken = \"token-work-1\"\n\n[home]\ntoken = 'token-home-1'\nkind = \"oauth\"\n\n\
         [same]\ntoken = \"Bearer token-same-1\"\nnote = [1, 2]\n\n[told]\ntoken = \"token-told-1\"\nkind = \"personal\"\n",
    );
    for (profile, header) in [
        ("work", "token-work-1"),
        ("home", "Bearer token-home-1"),
        ("same", "Bearer token-same-1"),
        ("told", "token-told-1"),
    ] {
        let credential = file.find(profile).await.unwrap().unwrap();
        assert_eq!(credential.header_for(&Audience::monday()).unwrap(), header);
    }
}

#[tokio::test]
async fn a_profile_whose_token_is_kept_elsewhere_is_absent() {
    let file = File::new(
        "[away]\nstore = \"keyring\"\n\n[both]\nstore = \"keyring\"\ntoken = \"token-both-1\"\n\n[odd]\nstore = 1\n",
    );
    assert_eq!(file.find("away").await, Ok(None));
    assert!(file.find("both").await.unwrap().is_some());
    assert_eq!(file.find("odd").await, Err(AuthError::Profile(ProfileFault::NoToken)));
}

#[tokio::test]
async fn no_file_and_no_such_profile_are_absent() {
    let file = File::new("[work]\ntoken = \"token-work-1\"\n");
    assert_eq!(file.find("home").await, Ok(None));
    assert_eq!(File::new("").find("work").await, Ok(None));
    assert_eq!(ProfileSource::new(file.folder.path().join("none"), "work").find().await, Ok(None));
    let provider = ProfileSource::new(file.path(), "home");
    let context = (Audience::monday(), RequestContext::new("Me", &provider.form.audience));
    let missing = AuthError::Missing { tried: vec!["the profile file"] };
    assert_eq!(provider.credential(&context.1).await, Err(missing));
}

#[tokio::test]
async fn what_is_set_and_broken_is_an_error_that_quotes_nothing() {
    let no_token = ProfileFault::NoToken;
    for (text, fault) in [
        ("[work]\n\ntoken = canary-77", ProfileFault::Syntax { line: 3 }),
        ("canary-77", ProfileFault::Syntax { line: 1 }),
        ("[work]\ntoken = \"canary-77\"\ntoken = \"canary-78\"", ProfileFault::Syntax { line: 3 }),
        ("[work]\ntoken = \"canary-77", ProfileFault::Syntax { line: 2 }),
        ("[work]\n", no_token),
        ("[work]\ntoken = 77\n", no_token),
        ("work = \"canary-77\"\n", no_token),
        ("[[work]]\ntoken = \"canary-77\"\n", no_token),
        ("[work]\ntoken = \"canary-77\"\nkind = \"canary\"\n", ProfileFault::UnknownKind),
        ("[work]\ntoken = \"canary-77\"\nkind = 1\n", ProfileFault::UnknownKind),
    ] {
        let error = File::new(text).find("work").await.unwrap_err();
        assert_eq!(error, AuthError::Profile(fault), "{text}");
        assert!(!format!("{error} {error:?} {error:#?}").contains("canary"), "{text}");
    }
    let error = File::new("[work]\ntoken = \"two canaries\"\n").find("work").await.unwrap_err();
    let expected = AuthError::InvalidToken { source_name: NAME, fault: TokenFault::Character };
    assert_eq!(error, expected);
    let file = File::new("");
    fs::write(file.path(), b"\n[work]\ntoken = \"\xff\"").unwrap();
    assert_eq!(file.find("work").await, Err(AuthError::Profile(ProfileFault::Syntax { line: 3 })));
}

#[tokio::test]
async fn a_rewritten_file_is_read_again_when_its_token_is_rejected() {
    let file = File::new("[work]\ntoken = \"token-old-1\"\n");
    let source = ProfileSource::new(file.path(), "work");
    let old = source.find().await.unwrap().unwrap();
    let rejected = Err(AuthError::Rejected { fingerprint: old.fingerprint() });
    assert_eq!(source.rejected(&old, Rejection::Unauthorized).await, rejected);
    file.write("[work]\ntoken = \"token-new-1\"\n");
    assert_eq!(source.find().await.unwrap().unwrap(), old, "kept until it is rejected");
    let new = source.rejected(&old, Rejection::Unauthorized).await.unwrap();
    assert_eq!(new.fingerprint(), Secret::new("token-new-1").fingerprint());
    assert_eq!(source.rejected(&old, Rejection::Unauthorized).await, Ok(new));
    assert!(!format!("{source:?}").contains("token-"));
}
