//! What users of the two doors read when their queries or structs are wrong, and that right ones compile.
//!
//! `tests/ui/DOOR/fail/NAME.rs` stands beside `NAME.stderr`, which was reviewed as text; `pass/` holds what
//! compiles and runs. `TRYBUILD=overwrite` writes them anew. Must not know: how a mistake is found.

use std::fs;
use std::path::Path;

use crate::support::root;

#[test]
fn mistakes_in_documents_are_told_with_their_place_and_what_to_write() {
    files_for_the_built_crate("ui/documents/queries");
    files_for_the_built_crate("ui/documents/schema");
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/documents/fail/*.rs");
    cases.pass("ui/documents/pass/*.rs");
}

#[test]
fn a_mistake_in_a_struct_is_told_with_its_place_and_what_to_write() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/structs/pass/*.rs");
    cases.compile_fail("ui/structs/fail/*.rs");
}

#[test]
fn a_mistake_in_a_row_is_told_with_its_place_and_what_to_write() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/items/pass/*.rs");
    cases.compile_fail("ui/items/fail/*.rs");
}

/// The cases are compiled as a crate below `target`, and paths of documents start there.
fn files_for_the_built_crate(folder: &str) {
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    let built = metadata.target_directory.join("tests/trybuild/monday-tests").join(folder);
    copy(&root().join("tests").join(folder), built.as_std_path());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}
