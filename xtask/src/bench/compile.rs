//! `cargo xtask bench compile`: what the SDK costs to compile, measured in packages like a user's.
//!
//! CPU seconds and peak memory come from the command `time` (Debian's package of that name). Must not know: what is slow.

use std::collections::BTreeSet;
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
    Ok(format!("\n{table}\n{}", from_nothing(&home)?))
}

/// Everything from nothing: what somebody waits for who has just added the dependency, and somebody who has not.
fn from_nothing(home: &Path) -> Result<String, Failure> {
    let mut table = String::from(
        "| from nothing | check wall s | check CPU s | release wall s | release CPU s | program MB | crates |\n\
         |---|---|---|---|---|---|---|\n",
    );
    let by_hand = "reqwest = { version = \"0.13\", features = [\"json\"] }\nserde = { version = \"1\", features = [\"derive\"] }\n";
    let one =
        || program("use monday_sdk::queries::*;\n", "    println!(\"{:?}\", client.execute(Me).await?);\n");
    let all =
        "columns cynic documents encrypted-file keyring oauth profile-file sealed-cookie serialize webhooks";
    let packages = [
        ("reqwest, tokio and serde alone", package_of(home, "by_hand", by_hand, BY_HAND, &[])?),
        ("the SDK, default features", package(home, "sdk_default", &[], &one(), &[])?),
        (
            "the SDK, all features",
            package(home, "sdk_all", &all.split(' ').collect::<Vec<_>>(), &one(), &[])?,
        ),
    ];
    for (what, folder) in packages {
        let target = folder.join("target");
        let mut costs = Vec::new();
        for command in [&["check"][..], &["build", "--release"]] {
            let _ = fs::remove_dir_all(&target);
            let target = target.display().to_string();
            costs.push(measure(
                &folder,
                command,
                &[("CARGO_TARGET_DIR", &target), ("CARGO_INCREMENTAL", "0")],
            )?);
        }
        let name = folder.file_name().unwrap_or_default();
        let size =
            fs::metadata(target.join("release").join(name)).map(|found| found.len()).unwrap_or_default();
        let _ = fs::remove_dir_all(&target);
        let [check, release] = &costs[..] else { continue };
        println!("{what}: check {:.1} s, release {:.1} s", check.wall, release.wall);
        #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
        let megabytes = size as f64 / 1e6;
        let _ = writeln!(
            table,
            "| {what} | {:.1} | {:.1} | {:.1} | {:.1} | {megabytes:.1} | {} |",
            check.wall,
            check.cpu,
            release.wall,
            release.cpu,
            crates(&folder)?
        );
    }
    Ok(table)
}

/// How many crates a package needs, itself left out.
fn crates(folder: &Path) -> Result<usize, Failure> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"]).current_dir(folder);
    let output = cargo.output().map_err(|error| format!("cargo tree: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let names: BTreeSet<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    Ok(names.len().saturating_sub(1))
}

/// A program that does without the SDK.
const BY_HAND: &str = r#"#[derive(Debug, serde::Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Debug, serde::Deserialize)]
struct Data {
    me: Me,
}

#[derive(Debug, serde::Deserialize)]
struct Me {
    name: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), reqwest::Error> {
    let body = std::collections::HashMap::from([("query", "{ me { name } }")]);
    let request = reqwest::Client::new().post("https://api.monday.com/v2").json(&body);
    println!("{:?}", request.send().await?.json::<Answer>().await?.data.me.name);
    Ok(())
}
"#;

/// Compiles a package once, changes a file, and measures the second time.
fn again(package: &Path, edited: &str, command: &[&str], incremental: bool) -> Result<Cost, Failure> {
    let environment = [("CARGO_INCREMENTAL", if incremental { "1" } else { "0" })];
    measure(package, command, &environment)?;
    let path = package.join(edited);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let changed = if incremental { text.replacen(" name", " name # edited\n", 1) } else { text.clone() };
    let is_rust = path.extension().is_some_and(|ending| ending == "rs");
    let changed = if is_rust { text.clone() + "\n// edited\n" } else { changed };
    fs::write(&path, changed).map_err(|error| error.to_string())?;
    let cost = measure(package, command, &environment);
    fs::write(&path, text).map_err(|error| error.to_string())?;
    cost
}

/// What a command of cargo's takes.
fn measure(package: &Path, command: &[&str], environment: &[(&str, &str)]) -> Result<Cost, Failure> {
    let mut cargo = Command::new("/usr/bin/time");
    cargo.args(["-f", "%e %U %S %M", env!("CARGO")]).args(command).arg("--quiet").current_dir(package);
    cargo.envs(environment.iter().copied());
    let output = cargo.output().map_err(|error| {
        format!("{error}: this chore needs cargo and /usr/bin/time (Debian's package `time`)")
    })?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(format!("{}: {said}", package.display()));
    }
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
    let sdk = workspace::root().join("crates/monday-sdk").display().to_string();
    let sdk = format!("monday-sdk = {{ path = {sdk:?}, features = {features:?} }}\n");
    package_of(home, name, &sdk, main, files)
}

/// A package outside the workspace.
fn package_of(
    home: &Path,
    name: &str,
    dependencies: &str,
    main: &str,
    files: &[(String, String)],
) -> Result<PathBuf, Failure> {
    let folder = home.join(name);
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         {dependencies}tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
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
