//! `cargo xtask bench compile`: what the SDK costs to compile, measured in packages like a user's.
//!
//! CPU seconds and peak memory come from the command `time` (Debian's package of that name). Must not know: what is slow.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, workspace};

/// The queries of each package of own queries.
const OWN_QUERIES: usize = 50;

/// What one compilation took.
struct Cost {
    wall: f64,
    cpu: f64,
    peak_mb: u64,
}

pub(crate) fn run() -> Result<String, Failure> {
    let home = workspace::root().join("target/compile-times");
    let mut table = String::from("| what | wall s | CPU s | peak MB |\n|---|---|---|---|\n");
    let mut row = |what: &str, cost: Cost| {
        let Cost { wall, cpu, peak_mb } = cost;
        println!("{what}: {wall:.2} s wall, {cpu:.2} s CPU, {peak_mb} MB");
        let _ = writeln!(table, "| {what} | {wall:.2} | {cpu:.2} | {peak_mb} |");
    };

    let queries = workspace::root().join("crates/monday-queries");
    row("check of the whole generated surface", again(&queries, "src/lib.rs", &["check"], false)?);
    let ten = package(&home, "ten_operations", &[], &ten_operations(), &[])?;
    row(
        "release build of a crate that calls ten operations",
        again(&ten, "src/main.rs", &["build", "--release"], false)?,
    );
    for (door, feature, source, files) in [
        ("documents", "documents", own_documents(), document_files()),
        ("structs", "cynic", own_structs(), struct_files()),
    ] {
        let crate_of_door = package(&home, &format!("own_{door}"), &[feature], &source, &files)?;
        let edited = &files[7].0;
        let what = format!("check of a crate with {OWN_QUERIES} own {door}");
        row(&what, again(&crate_of_door, "src/main.rs", &["check"], false)?);
        let what = format!("the same, incrementally after editing one of the {door}");
        row(&what, again(&crate_of_door, edited, &["check"], true)?);
    }
    Ok(format!("\n{table}"))
}

/// Compiles a package once, changes a file, and measures the second time.
fn again(package: &Path, edited: &str, command: &[&str], incremental: bool) -> Result<Cost, Failure> {
    let cargo = |measured: bool| {
        let mut cargo = Command::new(if measured { "/usr/bin/time" } else { env!("CARGO") });
        if measured {
            cargo.args(["-f", "%e %U %S %M", env!("CARGO")]);
        }
        cargo.args(command).arg("--quiet").current_dir(package);
        cargo.env("CARGO_INCREMENTAL", if incremental { "1" } else { "0" });
        let output = cargo.output().map_err(|error| {
            format!("{error}: this chore needs cargo and /usr/bin/time (Debian's package `time`)")
        })?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(said) } else { Err(format!("{}: {said}", package.display())) }
    };
    cargo(false)?;
    let path = package.join(edited);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let changed = if incremental { text.replacen(" name", " name # edited\n", 1) } else { text.clone() };
    let is_rust = path.extension().is_some_and(|ending| ending == "rs");
    let changed = if is_rust { text.clone() + "\n// edited\n" } else { changed };
    fs::write(&path, changed).map_err(|error| error.to_string())?;
    let said = cargo(true);
    fs::write(&path, text).map_err(|error| error.to_string())?;
    let said = said?;
    let figures: Vec<f64> =
        said.lines().last().unwrap_or_default().split(' ').filter_map(|n| n.parse().ok()).collect();
    let [wall, user, system, kilobytes] = figures[..] else {
        return Err(format!("`time` said: {said}"));
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kilobytes of memory")]
    let peak_mb = kilobytes as u64 / 1024;
    Ok(Cost { wall, cpu: user + system, peak_mb })
}

/// A package outside the workspace that depends on the facade alone.
fn package(
    home: &Path,
    name: &str,
    features: &[&str],
    main: &str,
    files: &[(String, String)],
) -> Result<PathBuf, Failure> {
    let folder = home.join(name);
    let sdk = workspace::root().join("crates/monday-sdk").display().to_string();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         monday-sdk = {{ path = {sdk:?}, features = {features:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    );
    workspace::write_atomically(&folder.join("Cargo.toml"), &manifest)?;
    workspace::write_atomically(
        &folder.join("Cargo.lock"),
        &workspace::read(&workspace::root().join("Cargo.lock"))?,
    )?;
    let config = "[build]\ntarget-dir = \"../target\"\n";
    workspace::write_atomically(&folder.join(".cargo/config.toml"), config)?;
    workspace::write_atomically(&folder.join("src/main.rs"), main)?;
    for (path, text) in files {
        workspace::write_atomically(&folder.join(path), text)?;
    }
    Ok(folder)
}

fn ten_operations() -> String {
    let calls = [
        "Me",
        "Boards::new().limit(10)",
        "Items::new().ids([1])",
        "CreateItem::new(1, \"x\")",
        "Users::new()",
        "Updates::new()",
        "Workspaces::new()",
        "DeleteItem::new(1)",
        "Webhooks::new(1)",
        "Teams::new()",
    ];
    let calls = calls.map(|call| format!("    println!(\"{{:?}}\", client.execute({call}).await?);\n"));
    program("use monday_sdk::queries::*;\n", &calls.concat())
}

fn program(head: &str, calls: &str) -> String {
    format!(
        "{head}use monday_sdk::{{Client, Credential}};\n\n#[tokio::main(flavor = \"current_thread\")]\n\
         async fn main() -> Result<(), monday_sdk::Error> {{\n    \
         let client = Client::builder().credential(Credential::from_env()?).build()?;\n{calls}    Ok(())\n}}\n"
    )
}

/// Selections of a few kinds, again and again.
const SELECTIONS: [(&str, &str, &str); 5] = [
    (
        "$limit: Int, $kind: BoardKind",
        "boards(limit: $limit, board_kind: $kind)",
        "id name board_kind items_count owners { id name }",
    ),
    (
        "$ids: [ID!]",
        "items(ids: $ids)",
        "id name created_at group { id title } column_values { __typename id text ... on StatusValue { label } }",
    ),
    ("$limit: Int", "users(limit: $limit)", "id name email is_admin: title account { id name }"),
    ("$limit: Int", "updates(limit: $limit)", "id body created_at creator { id name } replies { id body }"),
    ("$limit: Int", "workspaces(limit: $limit)", "id name kind state created_at"),
];

fn own_documents() -> String {
    let macros = (0..OWN_QUERIES).map(|n| format!("monday_sdk::operation!(\"queries/own{n}.graphql\");\n"));
    program(&macros.collect::<String>(), "    let _ = client;\n")
}

fn document_files() -> Vec<(String, String)> {
    let file = |n: usize| {
        let (variables, field, selection) = SELECTIONS[n % SELECTIONS.len()];
        (
            format!("queries/own{n}.graphql"),
            format!("query Own{n}({variables}) {{ {field} {{ {selection} }} }}\n"),
        )
    };
    (0..OWN_QUERIES).map(file).collect()
}

fn own_structs() -> String {
    let modules = (0..OWN_QUERIES).map(|n| format!("#[allow(dead_code)]\nmod own{n};\n"));
    program(&modules.collect::<String>(), "    let _ = client;\n")
}

fn struct_files() -> Vec<(String, String)> {
    let file = |n: usize| {
        let (variables, arguments, field, ty, fields) = [
            (
                "limit: Option<i64>, kind: Option<BoardKind>",
                "limit: $limit, board_kind: $kind",
                "boards: Option<Vec<Option<Row>>>",
                "Board",
                "id: Id, name: String, board_kind: BoardKind, items_count: Option<i64>",
            ),
            (
                "ids: Option<Vec<Id>>",
                "ids: $ids",
                "items: Option<Vec<Option<Row>>>",
                "Item",
                "id: Id, name: String, created_at: Option<monday_sdk::core::Date>",
            ),
            (
                "limit: Option<i64>",
                "limit: $limit",
                "users: Option<Vec<Option<Row>>>",
                "User",
                "id: Id, name: String, email: String",
            ),
            (
                "limit: Option<i64>",
                "limit: $limit",
                "updates: Option<Vec<Row>>",
                "Update",
                "id: Id, body: String",
            ),
            (
                "limit: Option<i64>",
                "limit: $limit",
                "workspaces: Option<Vec<Option<Row>>>",
                "Workspace",
                "id: Option<Id>, name: String",
            ),
        ][n % 5];
        let enums = if n.is_multiple_of(5) { "use monday_sdk::queries::enums::BoardKind;\n" } else { "" };
        let text = format!(
            "use monday_sdk::Id;\nuse monday_sdk::cynic::{{QueryFragment, QueryVariables}};\n{enums}\n\
             #[derive(QueryVariables)]\npub struct Own{n}Variables {{ {variables} }}\n\n\
             #[derive(QueryFragment)]\n#[cynic(graphql_type = \"Query\", variables = \"Own{n}Variables\")]\n\
             pub struct Own{n} {{\n    #[arguments({arguments})]\n    {field},\n}}\n\n\
             #[derive(QueryFragment)]\n#[cynic(graphql_type = {ty:?})]\nstruct Row {{ {fields} }}\n"
        );
        (format!("src/own{n}.rs"), text)
    };
    (0..OWN_QUERIES).map(file).collect()
}
