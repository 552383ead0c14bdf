//! `cargo xtask queries`: documents for root fields that have none, and the check of all documents.
//!
//! Knows where documents lie. Must not know: what a document looks like, what becomes of it.

use std::path::Path;

use monday_codegen::{Schema, SourceFile, lint, scaffold, validate};

use crate::{Failure, workspace};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Write the documents that are missing; existing ones stay as they are.
    Scaffold(Scaffold),
    /// Check all documents against the schema and the house rules; write nothing.
    Check,
}

#[derive(clap::Args)]
pub(crate) struct Scaffold {
    /// One root field of `Query` or `Mutation` only.
    #[arg(long, value_name = "NAME")]
    field: Option<String>,
}

pub(crate) fn run(command: &Command) -> Result<String, Failure> {
    let root = workspace::root();
    match command {
        Command::Scaffold(arguments) => scaffold_in(&root, &schema(&root)?, arguments.field.as_deref()),
        Command::Check => check_in(&root, &schema(&root)?),
    }
}

fn schema(root: &Path) -> Result<Schema, Failure> {
    let text = workspace::read(&root.join("schema/monday.graphql"))?;
    Schema::parse(&SourceFile::new("schema/monday.graphql", text)).map_err(|mistakes| mistakes.to_string())
}

fn scaffold_in(root: &Path, schema: &Schema, field: Option<&str>) -> Result<String, Failure> {
    let files = scaffold(schema, &workspace::documents(root)?, field)
        .map_err(|error| format!("nothing was written: {error}"))?;
    // Two operations of one name would stand at one path; and a stranger may lie where a document belongs.
    let mut paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    paths.dedup();
    let taken = paths.iter().find(|path| root.join(path).exists());
    if paths.len() < files.len() || taken.is_some() {
        let path = taken.copied().unwrap_or_default();
        return Err(format!("nothing was written: {path} is taken by another definition: rename that one"));
    }
    for file in &files {
        workspace::write_atomically(&root.join(&file.path), &file.text)?;
    }
    if files.is_empty() {
        return Ok("nothing is missing".to_owned());
    }
    Ok(format!("wrote {} documents:\n  {}", files.len(), paths.join("\n  ")))
}

fn check_in(root: &Path, schema: &Schema) -> Result<String, Failure> {
    let files = workspace::documents(root)?;
    let documents = validate(schema, &files).map_err(|mistakes| mistakes.to_string())?;
    lint(schema, &documents).map_err(|mistakes| mistakes.to_string())?;
    Ok(format!("{} documents are valid", files.len()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SCHEMA: &str =
        "type Query { boards(ids: [ID!]): [Board] me: User } type Mutation { delete_board(id: ID!): Board }
                          type Board { id: ID! name: String } type User { id: ID! }";

    fn small() -> (tempfile::TempDir, Schema) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("queries")).unwrap();
        (folder, Schema::parse(&SourceFile::new("schema", SCHEMA)).unwrap())
    }

    #[test]
    fn what_is_missing_is_written_once_and_what_exists_is_never_touched() {
        let (folder, schema) = small();
        let boards = folder.path().join("queries/boards/boards.graphql");
        fs::create_dir(boards.parent().unwrap()).unwrap();
        fs::write(&boards, "query Boards { boards { id } }").unwrap();

        let report = scaffold_in(folder.path(), &schema, None).unwrap();
        assert_eq!(
            report,
            "wrote 3 documents:\n  queries/boards/delete_board.graphql\n  queries/fragments/board_fields.graphql\n  queries/users/me.graphql"
        );
        assert_eq!(fs::read_to_string(&boards).unwrap(), "query Boards { boards { id } }");
        assert_eq!(scaffold_in(folder.path(), &schema, None).unwrap(), "nothing is missing");
        assert_eq!(check_in(folder.path(), &schema).unwrap(), "4 documents are valid");
    }

    #[test]
    fn an_unknown_field_is_an_error_that_names_the_nearest() {
        let (folder, schema) = small();
        let error = scaffold_in(folder.path(), &schema, Some("bords")).unwrap_err();
        assert!(error.contains("no root field `bords`; the nearest are `boards`, "), "{error}");
    }

    #[test]
    fn a_stranger_at_a_documents_place_stops_the_run() {
        let (folder, schema) = small();
        let users = folder.path().join("queries/users");
        fs::create_dir(&users).unwrap();
        fs::write(users.join("me.graphql"), "query Other { me { id } }").unwrap();
        let error = scaffold_in(folder.path(), &schema, None).unwrap_err();
        assert!(error.contains("queries/users/me.graphql is taken"), "{error}");
        assert!(!folder.path().join("queries/boards").exists());
    }
}
