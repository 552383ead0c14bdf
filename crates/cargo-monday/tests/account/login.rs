//! `login`: what it asks, keeps and says.
//!
//! Must not know: how tokens are read again.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::Stdio;

use monday_sandbox::{Sandbox, SandboxApp};

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
async fn a_login_with_the_browser_keeps_an_oauth_token() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let callback = format!("http://127.0.0.1:{port}/callback");
    let app = SandboxApp::new("an-app", "a-secret").redirect_uri(&callback);
    let desk = Desk::with(Sandbox::builder().items(3).app(app)).await;
    let words = "login --oauth --client-id an-app --no-browser --authorization-server";
    let mut command = desk.command(words);
    command.arg(desk.sandbox.authorization_url()).args([
        "--endpoint",
        &desk.sandbox.url(),
        "--redirect-uri",
        &callback,
    ]);
    command.env("MONDAY_CLIENT_SECRET", "a-secret").stdin(Stdio::null());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let url =
        said.find(|line| line.trim().starts_with("http")).expect("it prints the address").trim().to_owned();
    agree(&url).await;
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    let rest: String = said.collect();
    assert!(child.wait().unwrap().success(), "{text}{rest}");
    let kept = std::fs::read_to_string(desk.profiles()).unwrap();
    let token = kept.strip_prefix("[default]\ntoken = \"").and_then(|kept| kept.split_once('"')).unwrap().0;
    assert!(kept.ends_with("kind = \"oauth\"\n") && !text.contains(token) && !rest.contains(token));
    insta::assert_snapshot!(desk.plain(&text));
    let session = desk.run("board pull 2000000001", "", |command| command);
    assert_eq!(session.code, Some(0), "{}", session.text);
}

/// Agrees on the consent page, and follows the way back.
async fn agree(url: &str) {
    let url: reqwest::Url = url.parse().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut asked = url.clone();
    asked.query_pairs_mut().append_pair("decision", "allow");
    let body = asked.query().unwrap().to_owned();
    let form = client.post(url).header("content-type", "application/x-www-form-urlencoded").body(body);
    let answer = form.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
}
