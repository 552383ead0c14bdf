//! `login`: what it asks, keeps and says.
//!
//! Must not know: how tokens are read again.

use std::time::Duration;

use crate::consent::App;
use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_tried_and_kept_and_found_again() {
    let desk = Desk::new().await;
    let token = format!("{}\n", desk.sandbox.personal_token());
    let mut text = String::new();
    let mut types =
        |words: &str, input: &str| text.extend([&*desk.run(words, input, |command| command).text, "\n"]);
    types("board pull 2000000001", "");
    types("login", "a-token-that-nobody-has\n");
    assert!(!desk.profiles().exists(), "what is refused is not kept");
    types("login", "");
    types("login", "two words\n");
    types("login", &token);
    types("board pull 2000000001", "");
    types("login --profile work", &format!("Bearer {}\n", desk.sandbox.oauth_token()));
    types("board pull 2000000001 --profile work", "");
    types("login --oauth", "");
    insta::assert_snapshot!(text);
    let kept = std::fs::read_to_string(desk.profiles()).unwrap();
    let expected = format!(
        "[default]\ntoken = {:?}\nkind = \"personal\"\n\n[work]\ntoken = {:?}\nkind = \"oauth\"\n",
        desk.sandbox.personal_token(),
        desk.sandbox.oauth_token()
    );
    assert_eq!(kept, expected);
    #[cfg(unix)]
    {
        assert_eq!(Desk::mode(&desk.profiles()), 0o600);
        assert_eq!(Desk::mode(desk.profiles().parent().unwrap()), 0o700);
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_profiles_that_others_could_read_is_made_private_and_a_link_is_refused() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = Desk::new().await;
    let (place, file) = (desk.path("profiles.toml"), "# ours\n[home]\ntoken = \"canary-1\"\n");
    desk.write("profiles.toml", file);
    std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o644)).unwrap();
    let words = "login --profile-file profiles.toml";
    let session = desk.run(words, desk.sandbox.personal_token(), |command| command);
    assert_eq!(session.code, Some(0), "{}", session.text);
    assert_eq!(Desk::mode(&place), 0o600);
    assert!(desk.read("profiles.toml").starts_with(file));

    desk.write("broken.toml", "[home]\ntoken = canary-1\n");
    let words = "login --profile-file broken.toml";
    let session = desk.run(words, desk.sandbox.personal_token(), |command| command);
    assert!(session.code == Some(2) && !session.text.contains("canary"), "{}", session.text);
    assert_eq!(desk.read("broken.toml"), "[home]\ntoken = canary-1\n");

    symlink(&place, desk.path("link.toml")).unwrap();
    let words = "login --profile-file link.toml";
    let session = desk.run(words, desk.sandbox.personal_token(), |command| command);
    assert_eq!(session.code, Some(2), "{}", session.text);
    assert!(session.text.contains("no plain file"), "{}", session.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_with_the_browser_keeps_a_session_that_refreshes_itself() {
    let app = App::new();
    let desk = Desk::with(app.sandbox().token_life(Duration::from_secs(2))).await;
    let mut text = app.logs_in(&desk, "", |command| command).await;
    let kept = std::fs::read_to_string(desk.profiles()).unwrap();
    let expected = "[default]\nstore = \"files\"\nkind = \"oauth\"\nclient-id = \"an-app\"\nclient-secret = \"a-canary-secret\"\n";
    assert!(kept.starts_with(expected) && !kept.contains("token"), "{kept}");
    // Its first access token has ended.
    tokio::time::sleep(Duration::from_millis(3100)).await;
    let pulls = || desk.run("board pull 2000000001", "", |command| command);
    let session = pulls();
    assert_eq!(session.code, Some(0), "{}", session.text);
    let counts = desk.sandbox.oauth_counts();
    assert_eq!((counts.refreshes, counts.reuses), (1, 0));
    let folder = desk.profiles().with_file_name("sessions");
    let files =
        || -> Vec<_> { std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect() };
    #[cfg(unix)]
    {
        assert_eq!(Desk::mode(&folder), 0o700);
        assert!(!files().is_empty() && files().iter().all(|file| Desk::mode(file) == 0o600));
    }
    // A personal token in the profile: the session is gone, and so is what the profile had of it.
    text += "\n";
    text += &desk.run("login", desk.sandbox.personal_token(), |command| command).text;
    assert!(files().iter().all(|file| std::fs::metadata(file).unwrap().len() == 0), "{:?}", files());
    let kept = std::fs::read_to_string(desk.profiles()).unwrap();
    assert!(!kept.contains("client") && !kept.contains("files"), "{kept}");
    assert_eq!(pulls().code, Some(0));
    insta::assert_snapshot!(text);
}
