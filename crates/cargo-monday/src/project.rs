//! The repository that a command runs in: its root, and what `monday.toml` says.
//!
//! Must not know: any command.

use std::path::{Path, PathBuf};

use monday_codegen::{SchemaLock, SourceFile};
use serde::Deserialize;

use crate::{Failure, files};

/// The file that says where things lie.
pub const CONFIG: &str = "monday.toml";

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

    /// The documents, named by their paths from the root.
    pub fn documents(&self) -> Result<Vec<SourceFile>, Failure> {
        let mut documents = Vec::new();
        for path in &self.config.documents {
            let path = self.root.join(path);
            let found = if path.is_dir() { files::files_below(&path, "graphql")? } else { vec![path] };
            for file in found {
                documents.push(SourceFile::new(files::relative(&self.root, &file), files::read(&file)?));
            }
        }
        Ok(documents)
    }
}
