//! Mistakes in query files, against the real schema: all of them in one run, with place and excerpt.
//!
//! `tests/cases/err/NAME.graphql` stands beside `NAME.snap`, which is what the user reads; `ok/` holds what
//! passes. Must not know: how a mistake is found.

use std::fs;

use monday_codegen::{NativeEmitter, SourceFile, generate};

use crate::support::root;

fn run(file: &SourceFile) -> Result<usize, String> {
    let schema = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    let schema = SourceFile::new("schema/monday.graphql", schema);
    let files = generate(&schema, std::slice::from_ref(file), &NativeEmitter);
    let files = files.map_err(|mistakes| mistakes.to_string())?;
    Ok(files.len())
}

fn cases(folder: &str) -> Vec<SourceFile> {
    let folder = root().join("tests/cases").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "graphql"));
    paths.sort();
    let file = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        SourceFile::new(format!("queries/cases/{name}"), fs::read_to_string(path).unwrap())
    };
    paths.iter().map(file).collect()
}

#[test]
fn all_five_mistakes_of_one_file_come_in_one_run() {
    let five = cases("err").into_iter().find(|file| file.stem() == "five_mistakes").unwrap();
    let report = run(&five).unwrap_err();
    let places = [
        ("3:5: ", "`nmae`"),         // unknown field
        ("5:20: ", "`limitt`"),      // unknown argument
        ("8:10: ", "`[ID!]!`"),      // wrong variable type
        ("9:5: ", "`uploaded_by {"), // missing sub-selection
        ("12:5: ", "`Nowhere`"),     // unknown fragment
    ];
    for (place, about) in places {
        let line = report
            .lines()
            .find(|line| line.starts_with(&format!("queries/cases/five_mistakes.graphql:{place}")));
        assert!(line.is_some_and(|line| line.contains(about)), "{place} {about}\n{report}");
    }
    assert!(report.ends_with("5 mistakes"), "{report}");
}

#[test]
fn what_the_user_reads_is_what_was_reviewed() {
    let cases = cases("err");
    assert!(!cases.is_empty());
    for file in cases {
        let report = run(&file).unwrap_err();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/cases/err"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(file.stem(), report));
    }
}

#[test]
fn what_is_right_generates() {
    for file in cases("ok") {
        let files = run(&file).unwrap_or_else(|mistakes| panic!("{}\n{mistakes}", file.path));
        assert!(files > 4);
    }
}
