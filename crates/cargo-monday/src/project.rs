//! The repository that a command runs in: its root, and what `monday.toml` says.
//!
//! Must not know: any command.

use std::path::{Path, PathBuf};

use monday_codegen::{SchemaLock, SourceFile};
use serde::Deserialize;

use crate::{Failure, files};

/// The file that says where things lie.
pub const CONFIG: &str = "monday.toml";

/// Where a package has Rust.
const SOURCES: [&str; 4] = ["src", "tests", "examples", "build.rs"];

/// A repository.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its root: paths in the configuration start here.
    pub root: PathBuf,
    /// What its people type, such as `cargo monday`.
    pub program: &'static str,
    /// Where things lie.
    pub config: Config,
}

/// `monday.toml`. What it does not say has its default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The API version that is pinned, such as `2026-10`. Default: that of the schema's lock.
    pub api_version: Option<String>,
    /// The folder of `monday.graphql` and `schema.lock.toml`.
    pub schema: PathBuf,
    /// Folders or files of documents.
    pub documents: Vec<PathBuf>,
    /// Folders or files of Rust whose `operation!` documents are looked at. Those of the default need not be there.
    pub sources: Vec<PathBuf>,
    /// The folder that `codegen` writes to.
    pub generated: PathBuf,
    /// The folder that `board pull` writes to.
    pub boards: PathBuf,
    /// Whether a fetched schema keeps monday's descriptions.
    pub descriptions: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_version: None,
            schema: "schema".into(),
            documents: vec!["queries".into()],
            sources: SOURCES.map(PathBuf::from).into(),
            generated: "src/monday/generated".into(),
            boards: "src/boards".into(),
            descriptions: true,
        }
    }
}

impl Project {
    /// The repository that a folder lies in: the next one above with a `monday.toml`, else the folder itself.
    pub fn find(folder: &Path, program: &'static str) -> Result<Self, Failure> {
        let Some(root) = folder.ancestors().find(|folder| folder.join(CONFIG).is_file()) else {
            return Ok(Self { root: folder.to_owned(), program, config: Config::default() });
        };
        let path = root.join(CONFIG);
        let config = toml::from_str(&files::read(&path)?).map_err(|error| {
            // The message quotes the file, which is the user's own.
            format!("{}: {error}", path.display())
        })?;
        Ok(Self { root: root.to_owned(), program, config })
    }

    /// The folder of the schema.
    #[must_use]
    pub fn schema_folder(&self) -> PathBuf {
        self.root.join(&self.config.schema)
    }

    /// The version that is pinned: by the configuration, else by the schema's lock.
    #[must_use]
    pub fn pinned_version(&self) -> Option<String> {
        let lock = || {
            let text = files::read(&self.schema_folder().join("schema.lock.toml")).ok()?;
            SchemaLock::parse(&text).ok().map(|lock| lock.version)
        };
        self.config.api_version.clone().or_else(lock)
    }

    /// The folders and files of Rust.
    pub(crate) fn sources(&self) -> Result<Vec<PathBuf>, Failure> {
        let is_default = self.config.sources == Config::default().sources;
        let mut found = Vec::new();
        for path in &self.config.sources {
            let place = self.root.join(path);
            if place.exists() {
                found.push(place);
            } else if !is_default {
                return Err(format!(
                    "{}: `sources` of {CONFIG} names it, and it is not there",
                    path.display()
                ));
            }
        }
        Ok(found)
    }

    /// The documents, named by their paths from the root. The folder of the default need not be there.
    pub fn documents(&self) -> Result<Vec<SourceFile>, Failure> {
        let is_default = self.config.documents == Config::default().documents;
        let mut documents = Vec::new();
        for path in &self.config.documents {
            let path = self.root.join(path);
            if is_default && !path.exists() {
                continue;
            }
            let found = if path.is_dir() { files::files_below(&path, "graphql")? } else { vec![path] };
            for file in found {
                documents.push(SourceFile::new(files::relative(&self.root, &file), files::read(&file)?));
            }
        }
        Ok(documents)
    }
}
