//! House rules, checked against the tree and `cargo metadata`.
//!
//! Must not know: what the code does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

use crate::support::root;

/// Which crate of this workspace may use which, in its normal dependencies. What is not here is not allowed.
const ARROWS: &[(&str, &[&str])] = &[
    ("cargo-monday", &["monday-codegen", "monday-sandbox", "monday-sdk"]),
    ("monday-auth", &[]),
    ("monday-auth-aws", &["monday-auth"]),
    ("monday-auth-google", &["monday-auth"]),
    ("monday-auth-postgres", &["monday-auth"]),
    ("monday-auth-redis", &["monday-auth", "monday-redis"]),
    ("monday-client", &["monday-auth", "monday-core"]),
    ("monday-codegen", &[]),
    ("monday-columns", &["monday-columns-macros", "monday-core", "monday-queries"]),
    ("monday-columns-macros", &[]),
    ("monday-contenders", &["monday-sdk"]),
    ("monday-core", &[]),
    ("monday-cynic-macros", &[]),
    ("monday-document-macros", &["monday-codegen"]),
    ("monday-instructions", &["monday-core"]),
    ("monday-queries", &["monday-core", "monday-schema"]),
    ("monday-quota-redis", &["monday-client", "monday-redis"]),
    ("monday-redis", &[]),
    ("monday-sandbox", &["monday-codegen", "monday-core"]),
    ("monday-schema", &["monday-core", "monday-cynic-macros"]),
    (
        "monday-sdk",
        &[
            "monday-auth",
            "monday-client",
            "monday-columns",
            "monday-core",
            "monday-document-macros",
            "monday-queries",
            "monday-schema",
            "monday-webhooks",
        ],
    ),
    ("monday-tests", &["monday-sdk"]),
    ("monday-webhooks", &["monday-auth", "monday-core", "monday-queries"]),
    ("xtask", &["cargo-monday", "monday-codegen"]),
];

/// Which crates may use an outside crate directly.
const GATES: &[(&str, &[&str])] = &[
    ("aws-sdk-secretsmanager", &["monday-auth-aws"]),
    ("apollo-compiler", &["monday-codegen", "monday-sandbox"]),
    ("axum", &["monday-contenders", "monday-sandbox"]),
    ("cynic", &["monday-contenders", "monday-schema"]),
    ("cynic-codegen", &["monday-cynic-macros"]),
    ("deunicode", &["cargo-monday"]),
    ("google-cloud-secretmanager-v1", &["monday-auth-google"]),
    ("graphql_client_codegen", &["monday-codegen"]),
    ("hyper-rustls", &["monday-client"]),
    ("hyper-util", &["monday-client", "monday-sandbox"]),
    ("jiff", &["monday-columns"]),
    ("oauth2", &["monday-auth"]),
    ("redis", &["monday-auth-redis", "monday-quota-redis", "monday-redis"]),
    ("reqwest", &["cargo-monday", "monday-contenders"]),
    ("rpassword", &["cargo-monday"]),
    ("secrecy", &["monday-auth"]),
    ("serde-saphyr", &["monday-sandbox"]),
    ("sfv", &["monday-client"]),
    ("strsim", &["monday-codegen"]),
    (
        "syn",
        &[
            "cargo-monday",
            "monday-codegen",
            "monday-columns-macros",
            "monday-cynic-macros",
            "monday-document-macros",
        ],
    ),
    (
        "tokio",
        &[
            "cargo-monday",
            "monday-auth-aws",
            "monday-auth-google",
            "monday-auth-postgres",
            "monday-auth-redis",
            "monday-client",
            "monday-contenders",
            "monday-quota-redis",
            "monday-redis",
            "monday-sandbox",
        ],
    ),
    ("tokio-postgres", &["monday-auth-postgres"]),
    ("toml_edit", &["cargo-monday"]),
    // The library takes a keyring from its caller.
    ("zbus-secret-service-keyring-store", &["cargo-monday"]),
];

/// These keep async and IO out of their whole tree.
const WITHOUT_IO: &[&str] =
    &["monday-auth", "monday-columns", "monday-core", "monday-queries", "monday-schema", "monday-webhooks"];

/// What a user of the facade does not build without a feature: OAuth's crates, and the second syn they bring.
const NOT_BY_DEFAULT: &[&str] = &["chrono", "oauth2", "rand", "thiserror v1", "syn v2", "tracing-attributes"];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(["--locked".to_owned()])
        .exec()
        .unwrap()
}

fn normal_dependencies(metadata: &Metadata) -> BTreeMap<String, BTreeSet<String>> {
    let names = |package: &&cargo_metadata::Package| {
        let normal =
            package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
        (package.name.to_string(), normal.map(|dependency| dependency.name.clone()).collect())
    };
    metadata.workspace_packages().iter().map(names).collect()
}

#[test]
fn crates_use_each_other_only_along_the_arrows() {
    let dependencies = normal_dependencies(&metadata());
    let known: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    let members: BTreeSet<&str> = dependencies.keys().map(String::as_str).collect();
    assert_eq!(members, known, "write the new crate's arrows down");
    for (name, allowed) in ARROWS {
        let ours = dependencies[*name].iter().map(String::as_str).filter(|other| known.contains(other));
        let found: Vec<_> = ours.collect();
        assert_eq!(found, *allowed, "{name}");
    }
}

#[test]
fn outside_crates_come_in_through_their_gates_only() {
    let dependencies = normal_dependencies(&metadata());
    for (outside, allowed) in GATES {
        let users: Vec<_> =
            dependencies.iter().filter(|(_, uses)| uses.contains(*outside)).map(|(name, _)| name).collect();
        assert!(users.iter().all(|user| allowed.contains(&user.as_str())), "{outside} is used by {users:?}");
        assert!(!users.is_empty(), "nobody uses {outside}: remove its gate");
    }
}

#[test]
fn the_lower_floors_bring_no_io() {
    let metadata = metadata();
    let resolve = metadata.resolve.as_ref().unwrap();
    let nodes: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    for name in WITHOUT_IO {
        let start = metadata.packages.iter().find(|package| package.name == *name).unwrap();
        let (mut seen, mut left) = (BTreeSet::new(), vec![&start.id]);
        while let Some(id) = left.pop() {
            if seen.insert(id) {
                let normal = |edge: &&cargo_metadata::NodeDep| {
                    edge.dep_kinds
                        .iter()
                        .any(|kind| kind.kind == DependencyKind::Normal && kind.target.is_none())
                };
                left.extend(nodes[id].deps.iter().filter(normal).map(|edge| &edge.pkg));
            }
        }
        for banned in ["tokio", "hyper", "reqwest", "rustls", "async-trait"] {
            let brings = seen.iter().any(|id| metadata[*id].name == banned);
            assert!(!brings, "{name} brings {banned}");
        }
    }
}

#[test]
fn there_is_one_version_each_of_the_http_stack() {
    let metadata = metadata();
    let stack = [
        "reqwest",
        "http",
        "http-body",
        "hyper",
        "hyper-rustls",
        "hyper-util",
        "rustls",
        "tokio",
        "url",
        "bytes",
    ];
    for name in stack {
        let versions: Vec<_> = metadata
            .packages
            .iter()
            .filter(|package| package.name == name)
            .map(|package| &package.version)
            .collect();
        assert_eq!(versions.len(), 1, "{name}: {versions:?}");
    }
}

#[test]
fn the_default_features_build_nothing_of_oauth() {
    // Not of the metadata, which have the features of the whole workspace.
    let arguments =
        ["tree", "--locked", "--package", "monday-sdk", "--edges", "normal,build", "--prefix", "none"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.lines().any(|line| line.starts_with("monday-auth v")), "{tree}");
    for banned in NOT_BY_DEFAULT {
        // `syn v2` is `syn v2.0.119`, and `rand` no `rand_core`.
        let name = |line: &str| line.strip_prefix(banned).is_some_and(|rest| rest.starts_with(['.', ' ']));
        let found = tree.lines().find(|line| name(line));
        assert_eq!(found, None, "nobody pays for {banned} without a feature: see decision 0029");
    }
}

/// The files git knows, and those it would take in.
fn files() -> Vec<PathBuf> {
    let arguments = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success());
    let names = String::from_utf8(output.stdout).unwrap();
    names.lines().map(PathBuf::from).filter(|path| root().join(path).exists()).collect()
}

fn is_generated(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "generated")
}

fn sources() -> impl Iterator<Item = (PathBuf, String)> {
    let rust = files().into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    rust.map(|path| {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        (path, text)
    })
}

#[test]
fn every_file_has_its_room() {
    let rooms = [
        ".cargo",
        ".ci",
        ".github",
        "benches",
        "crates",
        "docs",
        "queries",
        "schema",
        "tests",
        "xtask",
        ".gitignore",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "NOTICE",
        "README.md",
        "SECURITY.md",
        "clippy.toml",
        "deny.toml",
        "rustfmt.toml",
    ];
    for path in files() {
        let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
        assert!(rooms.contains(&first), "{} has no room", path.display());
    }
}

#[test]
fn every_source_file_opens_with_what_it_knows() {
    for (path, text) in sources() {
        if is_generated(&path) {
            let first = text.lines().next().unwrap_or_default();
            assert!(first.starts_with("// @generated by `cargo xtask codegen` from "), "{}", path.display());
        } else {
            assert!(
                text.starts_with("//!") || text.starts_with("#![doc"),
                "{} does not open with `//!`",
                path.display()
            );
        }
    }
}

#[test]
fn names_are_nouns_of_the_house() {
    for (path, _) in sources() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let banned = ["mod", "utils", "util", "helpers", "helper", "common", "types", "manager", "misc"];
        assert!(!banned.contains(&name), "{}: name it after what it holds", path.display());
    }
}

#[test]
fn a_contents_page_holds_no_code() {
    let pages = sources().filter(|(path, _)| path.ends_with("src/lib.rs") && path.starts_with("crates"));
    // The entry points of a macro crate have no other place.
    for (path, text) in pages.filter(|(_, text)| !text.contains("#[proc_macro")) {
        for line in text.lines() {
            let code = ["fn ", "struct ", "enum ", "impl ", "trait "].iter().any(|word| {
                line.starts_with(word) || line.strip_prefix("pub ").is_some_and(|line| line.starts_with(word))
            });
            assert!(!code, "{}: {line}", path.display());
        }
    }
}

#[test]
fn one_name_goes_through_the_whole_flow() {
    let mut checked = 0;
    for path in files()
        .into_iter()
        .filter(|path| path.starts_with("queries") && !path.starts_with("queries/fragments"))
    {
        let (stem, noun) = (path.file_stem().unwrap(), path.parent().unwrap().file_name().unwrap());
        let generated =
            root().join("crates/monday-queries/src/generated").join(noun).join(stem).with_extension("rs");
        let code =
            fs::read_to_string(&generated).unwrap_or_else(|_| panic!("{} has no module", path.display()));
        let mut words = stem.to_str().unwrap().split('_');
        let name: String = words.by_ref().map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        assert!(code.contains(&format!("pub struct {name}")), "{} has no struct {name}", path.display());
        checked += 1;
    }
    assert!(checked >= 14);
}

#[test]
fn nothing_in_the_tree_tells_where_it_was_made() {
    let host = ["index.", "crates.io"].concat();
    let home = ["/ro", "ot/"].concat();
    for path in files().into_iter().filter(|path| path != Path::new("Cargo.lock")) {
        let Ok(text) = fs::read_to_string(root().join(&path)) else {
            continue;
        };
        for telling in [host.as_str(), home.as_str(), concat!("/ho", "me/")] {
            assert!(!text.contains(telling), "{} holds {telling}", path.display());
        }
    }
}

#[test]
fn cynics_schema_module_is_built_and_never_committed() {
    let marker = ["impl cynic::schema::", "HasField"].concat();
    for (path, text) in sources() {
        let dense: String = text.split_whitespace().collect();
        assert!(!dense.contains(&marker.replace(' ', "")), "{} holds cynic's module", path.display());
    }
}

#[test]
fn the_committed_schema_holds_structure_only() {
    let schema = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    assert!(!schema.contains("\"\"\"") && !schema.contains("@deprecated("));
    assert!(schema.len() > 100_000);
}
