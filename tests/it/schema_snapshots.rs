//! Five versions of the real API: each is normalised, valid, and food for both engines.
//!
//! The introspection files are not in the repository: `MONDAY_SCHEMA_SNAPSHOTS` names their folder.

use std::fs;
use std::path::{Path, PathBuf};

use monday_codegen::{
    Descriptions, GraphqlClientEmitter, NormalizedSchema, Schema, SourceFile, generate, normalize,
};

use crate::support::root;

#[expect(clippy::disallowed_methods, reason = "a test's own setting")]
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("MONDAY_SCHEMA_SNAPSHOTS").map(|folder| root().join(folder));
    if folder.is_none() {
        println!("skipped: MONDAY_SCHEMA_SNAPSHOTS does not name a folder of introspection files");
    }
    folder
}

fn normalized(file: &Path) -> NormalizedSchema {
    normalize(&fs::read_to_string(file).unwrap(), Descriptions::Drop).unwrap()
}

#[test]
fn every_version_normalises_validates_and_feeds_both_engines() {
    let Some(folder) = folder() else { return };
    let mut versions: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    versions.retain(|path| path.to_string_lossy().ends_with(".introspection.json"));
    versions.sort();
    assert_eq!(versions.len(), 5);
    let scratch = tempfile::tempdir().unwrap();
    for version in versions {
        let schema = normalized(&version);
        assert_eq!(normalize(&schema.sdl, Descriptions::Drop).unwrap(), schema, "{version:?} is not stable");
        assert!(schema.counts.types > 450 && schema.counts.queries > 60 && schema.counts.mutations > 100);

        // Each engine caches by path, so each version has its own.
        let path = scratch.path().join(version.file_name().unwrap()).with_extension("graphql");
        fs::write(&path, &schema.sdl).unwrap();
        let file = SourceFile::new("schema.graphql", &schema.sdl);
        Schema::parse(&file).unwrap();
        let me = SourceFile::new(
            "queries/users/who_am_i.graphql",
            "query WhoAmI { me { id name } complexity { query } }",
        );
        let files = generate(&file, &[me], &GraphqlClientEmitter::new(&path)).unwrap();
        assert!(files.iter().any(|file| file.text.contains("pub struct WhoAmIMe")), "graphql_client");
        cynic_codegen::register_schema("snapshot").dry_run().from_sdl(&schema.sdl).expect("cynic");
    }
}

#[test]
fn the_committed_schema_is_what_the_tool_prints_from_its_version() {
    let Some(folder) = folder() else { return };
    let version = monday_sdk::ApiVersion::pinned();
    let schema = normalized(&folder.join(format!("{version}.introspection.json")));
    let committed = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    assert!(
        committed.ends_with(&schema.sdl),
        "run `cargo xtask schema fetch --from` with its introspection file"
    );
}
