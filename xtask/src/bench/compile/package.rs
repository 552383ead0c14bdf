//! Packages like a user's, outside the workspace.
//!
//! Must not know: what is measured.

use std::path::{Path, PathBuf};

use crate::{Failure, workspace};

/// A package outside the workspace that depends on the facade alone.
pub(super) fn package(
    home: &Path,
    name: &str,
    features: &[&str],
    main: &str,
    files: &[(String, String)],
) -> Result<PathBuf, Failure> {
    let sdk = workspace::root().join("crates/monday-sdk").display().to_string();
    let sdk = format!("monday-sdk = {{ path = {sdk:?}, features = {features:?} }}\n");
    package_of(home, name, &sdk, main, files)
}

/// A package outside the workspace. Its dependencies are compiled as those from a registry are: not incrementally, where
/// they are in folders too.
pub(super) fn package_of(
    home: &Path,
    name: &str,
    dependencies: &str,
    main: &str,
    files: &[(String, String)],
) -> Result<PathBuf, Failure> {
    let folder = home.join(name);
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         {dependencies}tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [profile.dev.package.\"*\"]\nincremental = false\n"
    );
    workspace::write_atomically(&folder.join("Cargo.toml"), &manifest)?;
    workspace::write_atomically(
        &folder.join("Cargo.lock"),
        &workspace::read(&workspace::root().join("Cargo.lock"))?,
    )?;
    let config = "[build]\ntarget-dir = \"../target\"\n";
    workspace::write_atomically(&folder.join(".cargo/config.toml"), config)?;
    workspace::write_atomically(&folder.join("src/main.rs"), main)?;
    for (path, text) in files {
        workspace::write_atomically(&folder.join(path), text)?;
    }
    Ok(folder)
}
