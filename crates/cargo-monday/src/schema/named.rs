//! A schema by its name: a version, a file, a folder with a schema and its lock.
//!
//! Must not know: what schemas are compared for.

use std::env;
use std::path::{Path, PathBuf};

use monday_codegen::{Descriptions, Schema, SchemaLock, SourceFile, normalize};

use crate::project::Project;
use crate::{Failure, files};

/// Names a folder of `<version>.introspection.json` files, from the root.
const SNAPSHOTS: &str = "MONDAY_SCHEMA_SNAPSHOTS";

/// A schema, and what to call it.
pub(super) struct Named {
    pub(super) label: String,
    pub(super) schema: Schema,
}

impl Named {
    /// The schema that is pinned here.
    pub(super) fn pinned(project: &Project) -> Result<Self, Failure> {
        Self::in_folder(&project.schema_folder())
    }

    /// A file or folder where there is one, else a version.
    pub(super) fn read(project: &Project, name: &str) -> Result<Self, Failure> {
        let path = Path::new(name);
        if path.is_dir() {
            return Self::in_folder(path);
        }
        if path.is_file() {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let label = ["graphql", "json", "introspection"].iter().fold(&*file, |name, ending| {
                name.strip_suffix(ending).and_then(|name| name.strip_suffix('.')).unwrap_or(name)
            });
            return Self::of_text(label, &files::read(path)?);
        }
        let (root, pinned) = (&project.root, project.schema_folder());
        for folder in [pinned.clone(), pinned.join(name), root.join("target/schema").join(name)] {
            if lock(&folder).is_some_and(|lock| lock.version == name) {
                return Self::in_folder(&folder);
            }
        }
        let snapshot = snapshots(root).map(|folder| folder.join(format!("{name}.introspection.json")));
        if let Some(file) = snapshot.filter(|file| file.is_file()) {
            return Self::of_text(name, &files::read(&file)?);
        }
        Err(format!(
            "there is no file `{name}`, and no schema of a version of this name under {}/ or target/schema/, nor in the \
             folder that {SNAPSHOTS} names. For a version of monday's, fetch it first:\n  \
             {} schema fetch --version {name} --dir target/schema/{name}",
            project.config.schema.display(),
            project.program
        ))
    }

    fn in_folder(folder: &Path) -> Result<Self, Failure> {
        let file = folder.join("monday.graphql");
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let label = lock(folder).map_or(name, |lock| lock.version);
        Self::of_text(&label, &files::read(&file)?)
    }

    /// SDL or introspection JSON. Reasons of deprecations are kept where it has some.
    pub(super) fn of_text(label: &str, text: &str) -> Result<Self, Failure> {
        let refused = |reason: &dyn std::fmt::Display| format!("the schema {label} is not taken\n{reason}");
        let normalized = normalize(text, Descriptions::Keep).map_err(|error| refused(&error))?;
        let schema = Schema::parse(&SourceFile::new(format!("schema {label}"), normalized.sdl));
        Ok(Self { label: label.to_owned(), schema: schema.map_err(|error| refused(&error))? })
    }
}

fn lock(folder: &Path) -> Option<SchemaLock> {
    SchemaLock::parse(&files::read(&folder.join("schema.lock.toml")).ok()?).ok()
}

#[expect(clippy::disallowed_methods, reason = "a command's own setting, the one that the tests have")]
fn snapshots(root: &Path) -> Option<PathBuf> {
    env::var_os(SNAPSHOTS).map(|folder| root.join(folder))
}
