//! The checks of the repository: configuration, schema, documents, boards.
//!
//! Must not know: tokens, the account.

use std::fs;

use monday_codegen::{SchemaLock, sha256};

use super::Checks;
use crate::account::board;
use crate::project::{CONFIG, Project};
use crate::schema_version::SCHEMA_VERSION;
use crate::{codegen, files};

/// Makes them.
pub(super) fn check(project: &Project, checks: &mut Checks) {
    if project.root.join(CONFIG).is_file() {
        checks.ok(CONFIG);
    } else {
        checks.warn(format!("there is no {CONFIG} here or above"), format!("{} init", project.program));
    }
    if schema(project, checks) {
        documents(project, checks);
    }
    boards(project, checks);
}

/// Whether there is one.
fn schema(project: &Project, checks: &mut Checks) -> bool {
    let folder = project.schema_folder();
    let file = folder.join("monday.graphql");
    let shown = files::relative(&project.root, &file);
    let fetch = format!("{} schema fetch", project.program);
    let Ok(schema) = fs::read(&file) else {
        checks.warn(format!("there is no schema at {shown}"), format!("{} init", project.program));
        return false;
    };
    let lock = files::read(&folder.join("schema.lock.toml")).and_then(|text| SchemaLock::parse(&text));
    let Ok(lock) = lock else {
        checks.wrong(format!("{shown} has no schema.lock.toml that can be read"), fetch);
        return true;
    };
    if lock.sha256_normalized == sha256(&schema) {
        checks.ok(format!("{shown}, as it was fetched: API version {}", lock.version));
    } else {
        checks.wrong(format!("{shown} is not what its lock says: one of them was edited"), &fetch);
    }
    let pinned = project.pinned_version().unwrap_or_default();
    if pinned != lock.version {
        let what = format!("{CONFIG} pins {pinned} and the schema is of {}", lock.version);
        checks.wrong(what, fetch);
    } else if pinned == SCHEMA_VERSION {
        checks.ok(format!("{pinned} is pinned, and the SDK's operations are of it"));
    } else {
        let what = format!("{pinned} is pinned, and the SDK's operations are of {SCHEMA_VERSION}");
        checks.warn(what, "tell the client, with `api_version`, or pin the SDK's version");
    }
    true
}

fn documents(project: &Project, checks: &mut Checks) {
    let has_generated = project.root.join(&project.config.generated).is_dir();
    match codegen::check(project) {
        Ok(outcome) if !outcome.is_breaking => {
            checks.ok("the documents are valid, and their code is up to date");
        }
        Ok(_) if !has_generated => checks.ok("the documents are valid; no code is generated from them"),
        Ok(_) => {
            let what = "the documents are valid, and their code is stale";
            checks.warn(what, format!("{} codegen", project.program));
        }
        Err(error) if error.starts_with("there is no operation") => {
            checks.warn("there is no document", "write one, or use the SDK's own operations alone");
        }
        Err(error) => checks.wrong(format!("documents: {error}"), "mend them"),
    }
}

fn boards(project: &Project, checks: &mut Checks) {
    let folder = project.root.join(&project.config.boards);
    let found =
        if folder.is_dir() { files::files_below(&folder, "rs").unwrap_or_default() } else { Vec::new() };
    let mut good = 0;
    for path in &found {
        let fault = files::read(path).map_or_else(Some, |text| board::fault(&text));
        match fault {
            None => good += 1,
            Some(fault) => checks.failed(&files::relative(&project.root, path), &fault),
        }
    }
    if found.is_empty() {
        checks.ok("no board is pulled");
    } else if good > 0 {
        checks.ok(format!("{}: {good} of {} files are Rust", project.config.boards.display(), found.len()));
    }
}
