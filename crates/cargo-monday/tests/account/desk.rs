//! A person's desk: a folder of theirs, a sandbox, and a terminal whose sessions are kept as text.
//!
//! Must not know: what is typed.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use monday_sandbox::{Sandbox, SandboxBuilder};
use monday_sdk::{Client, Credential, Endpoint};

/// A desk with a sandbox of its own.
pub(crate) struct Desk {
    pub(crate) sandbox: Sandbox,
    folder: tempfile::TempDir,
}

/// How a command ended.
pub(crate) struct Session {
    /// What was typed and said, without what differs from run to run.
    pub(crate) text: String,
    pub(crate) code: Option<i32>,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::with(Sandbox::builder().items(3)).await
    }

    pub(crate) async fn with(sandbox: SandboxBuilder) -> Self {
        Self { sandbox: sandbox.start().await.unwrap(), folder: tempfile::tempdir().unwrap() }
    }

    /// The sandbox, called by the SDK.
    pub(crate) fn client(&self) -> Client {
        let endpoint = Endpoint::loopback(&self.sandbox.url()).unwrap();
        let credential = Credential::personal_token(self.sandbox.personal_token()).unwrap();
        let credential = credential.for_audience(endpoint.audience().clone());
        Client::builder().endpoint(endpoint).credential(credential).build().unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("project").join(name)
    }

    pub(crate) fn profiles(&self) -> PathBuf {
        self.folder.path().join("config/monday/profiles.toml")
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// `cargo monday …` with nothing in its environment but a home.
    pub(crate) fn command(&self, words: &str) -> Command {
        std::fs::create_dir_all(self.path("")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-monday"));
        command
            .env_clear()
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .current_dir(self.path(""));
        command.arg("monday").args(words.split_whitespace());
        command
    }

    /// Types a command at the sandbox with its token in the environment.
    pub(crate) fn types(&self, words: &str) -> Session {
        self.run(words, "", |command| command.env("MONDAY_API_TOKEN", self.sandbox.personal_token()))
    }

    /// Types a command at the sandbox and gives it input.
    pub(crate) fn run(
        &self,
        words: &str,
        input: &str,
        set: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Session {
        let mut command = self.command(words);
        command.args(["--endpoint", &self.sandbox.url()]);
        set(&mut command).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that wants no input may have ended.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = tokio::task::block_in_place(|| child.wait_with_output()).unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        let code = output.status.code();
        let ended = code.map_or_else(String::new, |code| format!("[exit code {code}]\n"));
        Session { text: self.plain(&format!("$ cargo monday {words}\n{said}{ended}")), code }
    }

    /// Without folders, ports, and ids that count up.
    pub(crate) fn plain(&self, text: &str) -> String {
        let folder = std::path::absolute(self.folder.path()).unwrap();
        let text = text.replace(&*folder.to_string_lossy(), "[HOME]");
        let text = text.replace(self.sandbox.url().trim_end_matches("/v2"), "[SANDBOX]");
        assert!(!text.contains(self.sandbox.personal_token()), "a token is shown: {text}");
        assert!(!text.contains(self.sandbox.oauth_token()), "a token is shown: {text}");
        text.lines().flat_map(|line| [without_request_id(line.trim_end()), "\n".to_owned()]).collect()
    }

    /// How private a file is.
    #[cfg(unix)]
    pub(crate) fn mode(path: &Path) -> u32 {
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
    }
}

/// A request's id is another each time.
fn without_request_id(line: &str) -> String {
    const BEFORE: &str = "request id ";
    match line.split_once(BEFORE) {
        Some((before, behind)) => {
            let rest = behind.trim_start_matches(|c: char| c.is_ascii_hexdigit() || c == '-');
            format!("{before}{BEFORE}[ID]{rest}")
        }
        None => line.to_owned(),
    }
}
