//! Five versions of the real API: each is normalised, valid, and food for both engines.
//!
//! The introspection files are not in the repository: `MONDAY_SCHEMA_SNAPSHOTS` names their folder.
//! Must not know: how a schema is normalised.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use monday_codegen::{
    Descriptions, GeneratedFile, NativeEmitter, NormalizedSchema, OwnOperation, Schema, SchemaIndex,
    SourceFile, generate, normalize, own_operation, root_fields, scaffold,
};

use crate::support::root;

const VERSIONS: [&str; 5] = ["2025-10", "2026-01", "2026-04", "2026-07", "2026-10"];

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
    for version in versions {
        let schema = normalized(&version);
        assert_eq!(normalize(&schema.sdl, Descriptions::Drop).unwrap(), schema, "{version:?} is not stable");
        assert!(schema.counts.types > 450 && schema.counts.queries > 60 && schema.counts.mutations > 100);

        let file = SourceFile::new("schema.graphql", &schema.sdl);
        Schema::parse(&file).unwrap();
        let me = SourceFile::new(
            "queries/users/who_am_i.graphql",
            "query WhoAmI { me { id name } complexity { query } }",
        );
        let sdk = Arc::new(SchemaIndex::new(schema.sdl.as_str()));
        let given =
            OwnOperation { document: &me, fragments: &[], sdk: &sdk, sdk_version: "of today", own: None };
        let made = own_operation(&given).unwrap().to_string();
        assert!(made.contains("pub struct WhoAmIMe"), "graphql_client");
        cynic_codegen::register_schema("snapshot").dry_run().from_sdl(&schema.sdl).expect("cynic");
    }
}

/// Everything that the scaffold and the emitter make of a version, from nothing.
fn whole_api(schema: &SourceFile) -> Vec<GeneratedFile> {
    let documents = scaffold(&Schema::parse(schema).unwrap(), &[], None).unwrap();
    generate(schema, &documents, &NativeEmitter).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_whole_api_of_every_version_is_scaffolded_and_generated() {
    let Some(folder) = folder() else { return };
    for version in VERSIONS {
        let schema = normalized(&folder.join(format!("{version}.introspection.json")));
        let file = SourceFile::new("schema.graphql", &schema.sdl);
        let fields = root_fields(&Schema::parse(&file).unwrap()).len();
        assert_eq!(fields, schema.counts.queries + schema.counts.mutations);
        let files = whole_api(&file);
        let operations = files.iter().filter(|file| file.text.contains("\noperation!(")).count();
        assert_eq!(operations, fields, "{version}");
    }
}

/// Slow, so it is asked for: `MONDAY_COMPILE_SNAPSHOTS=1`.
#[test]
fn the_whole_api_of_every_version_compiles() {
    let Some(folder) = folder() else { return };
    #[expect(clippy::disallowed_methods, reason = "a test's own setting")]
    if std::env::var_os("MONDAY_COMPILE_SNAPSHOTS").is_none() {
        println!("skipped: MONDAY_COMPILE_SNAPSHOTS is not set");
        return;
    }
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schema_snapshots");
    for version in VERSIONS {
        let schema = normalized(&folder.join(format!("{version}.introspection.json")));
        let package = home.join(version);
        write_package(&package, &whole_api(&SourceFile::new("schema.graphql", &schema.sdl)));
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(home.join("target"))
            .current_dir(&package)
            .output()
            .unwrap();
        assert!(output.status.success(), "{version}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A package like `monday-queries`, with other generated code.
fn write_package(package: &Path, files: &[GeneratedFile]) {
    let source = package.join("src");
    let _ = fs::remove_dir_all(&source);
    let write = |path: PathBuf, text: &str| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for file in files {
        write(source.join("generated").join(&file.path), &file.text);
    }
    for ours in ["macros.rs", "pages.rs", "pages/ends.rs", "pages/variables.rs"] {
        let text = fs::read_to_string(root().join("crates/monday-queries/src").join(ours)).unwrap();
        write(source.join(ours), &text);
    }
    let lib = "#![allow(deprecated)]\nmod macros;\nmod pages;\n#[path = \"generated/index.rs\"]\nmod generated;\npub use generated::*;\n";
    write(source.join("lib.rs"), lib);
    let core = root().join("crates/monday-core").canonicalize().unwrap().display().to_string();
    let manifest = format!(
        "[package]\nname = \"snapshot\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [features]\ncynic = []\nserialize = []\n\n[dependencies]\nbytes = \"1\"\nserde = \"1\"\n\
         monday-core = {{ path = {core:?} }}\n"
    );
    write(package.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
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
