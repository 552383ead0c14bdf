//! The documents that are looked at: files, and what structs send.
//!
//! Must not know: schemas.

use std::path::{Path, PathBuf};

use monday_codegen::SourceFile;
use monday_codegen::impact::{Place, SentDocument};
use serde::Deserialize;

use crate::project::Project;
use crate::{Failure, files};

/// What a struct sends, as a program prints it for us.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfStruct {
    /// The struct's file.
    path: String,
    /// Its line, from 1.
    line: usize,
    /// Its column, from 1.
    #[serde(default = "one")]
    column: usize,
    document: String,
}

fn one() -> usize {
    1
}

/// The documents under folders or in files; those of the repository if none are named.
pub(super) fn documents(
    project: &Project,
    paths: &[PathBuf],
    structs: Option<&Path>,
) -> Result<Vec<SentDocument>, Failure> {
    let mut written = if paths.is_empty() { project.documents()? } else { Vec::new() };
    for path in paths {
        let found = if path.is_dir() { files::files_below(path, "graphql")? } else { vec![path.clone()] };
        if found.is_empty() {
            return Err(format!("{}: there is no .graphql file in it", path.display()));
        }
        for file in found {
            written.push(SourceFile::new(files::relative(&project.root, &file), files::read(&file)?));
        }
    }
    let mut sent: Vec<_> = written.into_iter().map(SentDocument::written).collect();
    if let Some(file) = structs {
        let structs: Vec<OfStruct> = serde_json::from_str(&files::read(file)?).map_err(|error| {
            format!(
                "{}: {error}: write a list of {{\"path\", \"line\", \"column\", \"document\"}}",
                file.display()
            )
        })?;
        sent.extend(structs.into_iter().map(|OfStruct { path, line, column, document }| {
            SentDocument::made(document, Place { path, line: line.max(1), column: column.max(1), width: 1 })
        }));
    }
    Ok(sent)
}
