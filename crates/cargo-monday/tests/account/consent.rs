//! A person in front of a browser: the address that `login` prints is opened, and the app agreed to.
//!
//! Must not know: what is kept.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use monday_sandbox::{Sandbox, SandboxApp, SandboxBuilder};

use crate::desk::Desk;

/// The app that is logged in to, and where its callback goes.
pub(crate) struct App {
    callback: String,
}

impl App {
    pub(crate) fn new() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { callback: format!("http://127.0.0.1:{port}/callback") }
    }

    pub(crate) fn sandbox(&self) -> SandboxBuilder {
        let app = SandboxApp::new("an-app", "a-canary-secret").redirect_uri(&self.callback);
        Sandbox::builder().items(3).app(app)
    }

    /// `login --oauth` to its end; what it says on standard output.
    pub(crate) async fn logs_in(
        &self,
        desk: &Desk,
        words: &str,
        set: impl FnOnce(&mut Command) -> &mut Command,
    ) -> String {
        let words = format!("login --oauth --client-id an-app --no-browser {words}");
        let mut command = desk.command(words.trim());
        command.args(["--authorization-server", &desk.sandbox.authorization_url()]);
        command.args(["--endpoint", &desk.sandbox.url(), "--redirect-uri", &self.callback]);
        set(command.env("MONDAY_CLIENT_SECRET", "a-canary-secret").stdin(Stdio::null()));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let url = said.find(|line| line.trim().starts_with("http")).expect("it prints the address");
        agree(url.trim()).await;
        let mut text = String::new();
        child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        let rest: String = said.collect();
        assert!(child.wait().unwrap().success(), "{text}{rest}");
        assert!(!text.contains("canary") && !rest.contains("canary"), "a secret is shown: {text}{rest}");
        desk.plain(&format!("$ cargo monday {}\n{text}[exit code 0]\n", words.trim()))
    }
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
