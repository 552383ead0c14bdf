//! Where things lie in this repository.

use std::path::{Path, PathBuf};

use cargo_monday::project::{Config, Project};
use monday_codegen::SourceFile;

use crate::Failure;

pub(crate) use cargo_monday::files::{files_below, read, relative, write_atomically};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The repository, whose committed schema holds structure only.
pub(crate) fn project() -> Project {
    // The calls of `operation!` here are tests, many of them wrong on purpose.
    let config = Config { descriptions: false, sources: Vec::new(), ..Config::default() };
    Project { root: root(), program: "cargo xtask", config }
}

/// The documents below `queries/`, named by their path from the root.
pub(crate) fn documents(root: &Path) -> Result<Vec<SourceFile>, Failure> {
    let paths = files_below(&root.join("queries"), "graphql")?;
    paths.iter().map(|path| Ok(SourceFile::new(relative(root, path), read(path)?))).collect()
}
