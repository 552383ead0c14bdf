//! The documents that are looked at: files, what stands in Rust sources, and what structs send.
//!
//! Must not know: schemas.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use monday_codegen::SourceFile;
use monday_codegen::impact::{Place, SentDocument};
use serde::Deserialize;

use crate::project::Project;
use crate::{Failure, files};

use super::sources;

/// Which documents are looked at.
#[derive(Args, Debug, Default)]
pub(super) struct Documents {
    /// A .graphql file, or a folder of them; may be repeated. Default: those of this repository, unless --sources names
    /// some.
    #[arg(long = "documents", value_name = "PATH")]
    written: Vec<PathBuf>,
    /// A .rs file, or a folder of them, whose `operation!` documents are looked at; may be repeated. Default: `sources` of
    /// monday.toml, else src, tests, examples and build.rs, unless --documents names some.
    #[arg(long, value_name = "PATH")]
    sources: Vec<PathBuf>,
    /// A JSON file of what structs send.
    #[arg(long, value_name = "FILE")]
    structs: Option<PathBuf>,
}

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

impl Documents {
    /// The documents under folders or in files; those of the repository if none are named.
    pub(super) fn read(&self, project: &Project) -> Result<Vec<SentDocument>, Failure> {
        let is_named = !self.written.is_empty() || !self.sources.is_empty();
        let mut written = if is_named { Vec::new() } else { project.documents()? };
        for path in &self.written {
            let found = if path.is_dir() { files::files_below(path, "graphql")? } else { vec![path.clone()] };
            if found.is_empty() {
                return Err(format!("{}: there is no .graphql file in it", path.display()));
            }
            for file in found {
                written.push(SourceFile::new(files::relative(&project.root, &file), files::read(&file)?));
            }
        }
        let places = if is_named { absolute(&self.sources)? } else { project.sources()? };
        let found = sources::look(project, &places)?;
        for note in &found.notes {
            eprintln!("note: {note}");
        }
        let mut known: BTreeSet<String> = written.iter().map(|file| file.path.clone()).collect();
        for file in &found.paths {
            let path = files::relative(&project.root, file);
            if known.insert(path.clone()) {
                written.push(SourceFile::new(path, files::read(file)?));
            }
        }
        let mut sent: Vec<_> = written.into_iter().map(SentDocument::written).collect();
        sent.extend(found.texts.into_iter().map(|(path, text)| SentDocument::inside(path, text)));
        sent.extend(self.of_structs()?);
        Ok(sent)
    }

    fn of_structs(&self) -> Result<Vec<SentDocument>, Failure> {
        let Some(file) = &self.structs else {
            return Ok(Vec::new());
        };
        let structs: Vec<OfStruct> = serde_json::from_str(&files::read(file)?).map_err(|error| {
            format!(
                "{}: {error}: write a list of {{\"path\", \"line\", \"column\", \"document\"}}",
                file.display()
            )
        })?;
        let made = |OfStruct { path, line, column, document }| {
            SentDocument::made(document, Place { path, line: line.max(1), column: column.max(1), width: 1 })
        };
        Ok(structs.into_iter().map(made).collect())
    }
}

/// So that the Cargo.toml above a source is found.
fn absolute(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let one =
        |path: &PathBuf| std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()));
    paths.iter().map(one).collect()
}
