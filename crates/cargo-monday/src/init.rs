//! `init`: a pinned schema, the configuration, a first document, and the nightly workflow.
//!
//! Writes nothing over a file that is there. Must not know: what is done with them later.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::outcome::Outcome;
use crate::project::{CONFIG, Config, Project};
use crate::schema::{self, FetchArguments};
use crate::schema_version::SCHEMA_VERSION;
use crate::{Failure, files};

/// What `init` takes.
#[derive(Args)]
pub struct Arguments {
    /// API version: `2026-10`, `current`. Default: that of the SDK.
    #[arg(long, default_value = SCHEMA_VERSION)]
    api_version: String,
    /// Where to fetch its schema. No credentials are sent.
    #[arg(long, default_value = schema::ENDPOINT)]
    endpoint: String,
    /// Read SDL or introspection JSON from a file instead.
    #[arg(long, conflicts_with = "endpoint")]
    from: Option<PathBuf>,
}

/// The workflow that hears of changes at night.
const WORKFLOW: &str = ".github/workflows/monday-schema.yml";

/// Runs it.
pub fn run(project: &Project, arguments: &Arguments) -> Result<Outcome, Failure> {
    let root = &project.root;
    let mut said = Vec::new();
    let config = configuration(&arguments.api_version, &project.config);
    // The schema first: without one the rest is of no use.
    let lock = project.schema_folder().join("schema.lock.toml");
    if lock.is_file() {
        said.push(format!("kept     {}", files::relative(root, &lock)));
    } else {
        let fetched = schema::fetch(
            project,
            &FetchArguments {
                version: Some(arguments.api_version.clone()),
                endpoint: arguments.endpoint.clone(),
                from: arguments.from.clone(),
                ..FetchArguments::default()
            },
        )?;
        said.push(format!("wrote    {} ({fetched})", project.config.schema.display()));
    }
    write(root, CONFIG, &config, &mut said)?;
    let documents = project.config.documents.first().cloned().unwrap_or_else(|| "queries".into());
    if !root.join(&documents).exists() {
        let example = documents.join("my_boards.graphql");
        write(root, &example.to_string_lossy(), EXAMPLE, &mut said)?;
    }
    write(root, WORKFLOW, &workflow(project), &mut said)?;
    said.push(String::new());
    said.push(NEXT.to_owned());
    Ok(Outcome::done(said.join("\n")))
}

const EXAMPLE: &str = "\
# The first boards that the token may see. `cargo monday codegen` makes `MyBoards` of it.
query MyBoards($limit: Int = 10) {
  boards(limit: $limit) {
    id
    name
  }
}
";

const NEXT: &str = "\
next:
  cargo monday codegen           Rust for the documents; put `#[path = \"monday/generated/mod.rs\"] mod queries;` into src/lib.rs
  cargo monday board pull ID     a struct for a board's items
  cargo monday schema check      which operations would break today; the workflow asks every night";

fn write(root: &Path, name: &str, text: &str, said: &mut Vec<String>) -> Result<(), Failure> {
    let path = root.join(name);
    if path.exists() {
        said.push(format!("kept     {name}"));
        return Ok(());
    }
    files::write_atomically(&path, text)?;
    said.push(format!("wrote    {name}"));
    Ok(())
}

fn configuration(version: &str, config: &Config) -> String {
    let list = |paths: &[PathBuf]| {
        let quoted: Vec<_> = paths.iter().map(|path| format!("{:?}", path.to_string_lossy())).collect();
        quoted.join(", ")
    };
    format!(
        "# What `cargo monday` reads and writes here. Paths start at this file.\n\
         api-version = {version:?}\n\
         schema = {:?}\n\
         documents = [{}]\n\
         # Where `operation!` stands; `schema impact` and `schema check` look at its documents.\n\
         sources = [{}]\n\
         generated = {:?}\n\
         boards = {:?}\n\
         # Whether a fetched schema keeps monday's descriptions: generated code has them as docs.\n\
         descriptions = {}\n",
        config.schema.to_string_lossy(),
        list(&config.documents),
        list(&config.sources),
        config.generated.to_string_lossy(),
        config.boards.to_string_lossy(),
        config.descriptions
    )
}

/// The workflow, for the repository's own folders.
fn workflow(project: &Project) -> String {
    let config = &project.config;
    include_str!("init/monday-schema.yml")
        .replace("SCHEMA", &config.schema.to_string_lossy())
        .replace("GENERATED", &config.generated.to_string_lossy())
}
