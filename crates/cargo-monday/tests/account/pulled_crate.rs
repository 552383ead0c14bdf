//! A crate of a user's around a pulled file, outside of the workspace: does it compile, and what does it say?
//!
//! Its target folder lies below the one of these tests, and keeps the dependencies from run to run. Must not know: boards.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crate.
pub(crate) struct PulledCrate {
    folder: PathBuf,
}

impl PulledCrate {
    /// A crate of this name.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        let sdk = root.join("crates/monday-sdk");
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             futures-util = {{ version = \"0.3\", default-features = false }}\n\
             monday-sdk = {{ path = {:?}, features = [\"columns\"] }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[profile.dev]\ndebug = false\n",
            sdk.display()
        );
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        // The versions that are there already.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self { folder }
    }

    /// Compiles it with these files, denying warnings of its own, runs it, and gives what it said.
    pub(crate) fn run(&self, files: &[(&str, &str)], arguments: &[&str]) -> String {
        for (name, text) in files {
            fs::write(self.folder.join("src").join(name), text).unwrap();
        }
        let mut command = Command::new(env!("CARGO"));
        command
            .args(["run", "--quiet", "--offline", "--target-dir"])
            .arg(self.folder.join("../pulled-target"));
        command
            .arg("--")
            .args(arguments)
            .current_dir(&self.folder)
            .env("RUSTFLAGS", "--deny warnings --allow dead_code");
        let output = tokio::task::block_in_place(|| command.output()).unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }
}
