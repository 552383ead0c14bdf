//! `cargo xtask bench compile`: what the SDK costs to compile, measured in packages like a user's.
//!
//! Every row is printed when it is done, so that a run that is cut off has told something; the dearest question comes
//! first. Must not know: what is slow.

mod cost;
mod package;
mod program;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use super::table::ratio;
use crate::{Failure, workspace};
use cost::{Cost, after_edit, again, crates, edited, measure};
use package::{package, package_of};
use program::{BY_HAND, EDITED, OWN_QUERIES};

/// The features of the SDK that are measured from nothing.
const FEATURE_SETS: &[(&str, &[&str])] = &[
    ("the SDK, default features", &[]),
    ("the SDK, `oauth`", &["oauth"]),
    ("the SDK, both doors and columns", &["columns", "cynic", "documents"]),
    (
        "the SDK, all features",
        &[
            "columns",
            "cynic",
            "documents",
            "encrypted-file",
            "keyring",
            "oauth",
            "profile-file",
            "sealed-cookie",
            "serialize",
            "webhooks",
        ],
    ),
];

/// What they are compared with: current versions, with the features that such clients have.
const BY_HAND_DEPENDENCIES: &str = "reqwest = { version = \"0.13\", features = [\"json\"] }\nserde = { version = \"1\", features = [\"derive\"] }\n";

pub(super) fn run(only: &str) -> Result<String, Failure> {
    let rows =
        Rows { home: workspace::root().join("target/compile-times"), only, has_head: Cell::new(false) };
    rows.cold()?;
    rows.warm()?;
    Ok(String::new())
}

struct Rows<'a> {
    /// Where the packages are made.
    home: PathBuf,
    only: &'a str,
    /// Whether the head of the second table is printed.
    has_head: Cell<bool>,
}

impl Rows<'_> {
    fn has(&self, name: &str) -> bool {
        name.contains(self.only)
    }

    /// Everything from nothing: what somebody waits for who has just added the dependency, and somebody who has not.
    fn cold(&self) -> Result<(), Failure> {
        let home = &self.home;
        let mut packages = vec![(
            "reqwest, tokio and serde alone",
            package_of(home, "by_hand", BY_HAND_DEPENDENCIES, BY_HAND, &[])?,
        )];
        for (number, (name, features)) in FEATURE_SETS.iter().enumerate() {
            let main = program::one_operation();
            packages.push((name, package(home, &format!("sdk_{number}"), features, &main, &[])?));
        }
        if !packages.iter().any(|(name, _)| self.has(name)) {
            return Ok(());
        }
        println!(
            "| from nothing | crates | check CPU ratio | check wall ratio | check CPU s | check wall s | check after an edit s | \
             release CPU ratio | release wall ratio | release CPU s | release wall s | release after an edit s | program MB |\n\
             |---|---|---|---|---|---|---|---|---|---|---|---|---|"
        );
        let mut by_hand = None;
        for (name, folder) in packages.iter().filter(|(name, _)| self.has(name)) {
            let check = Build::of(folder, &["check"])?;
            let release = Build::of(folder, &["build", "--release"])?;
            // The first package is what the others are compared with, where it was measured.
            if *folder == packages[0].1 {
                by_hand = Some([&check, &release].map(|build| (build.cold.cpu, build.cold.wall)));
            }
            let of_hand = by_hand.unwrap_or_default();
            let [check_part, release_part] =
                [(&check, of_hand[0]), (&release, of_hand[1])].map(|(build, hand)| {
                    let Build { cold, after_edit, .. } = build;
                    format!(
                        "{} | {} | {:.1} | {:.1} | {:.2}",
                        ratio(cold.cpu, hand.0),
                        ratio(cold.wall, hand.1),
                        cold.cpu,
                        cold.wall,
                        after_edit.wall
                    )
                });
            println!(
                "| {name} | {} | {check_part} | {release_part} | {:.1} |",
                crates(folder)?,
                release.megabytes
            );
        }
        Ok(())
    }

    /// A crate of the user's, whose dependencies are built.
    fn warm(&self) -> Result<(), Failure> {
        self.row("check of the whole generated surface", || {
            again(&workspace::root().join("crates/monday-queries"), "src/lib.rs", &["check"])
        })?;
        self.row("release build of a crate that calls ten operations", || {
            let ten = package(&self.home, "ten_operations", &[], &program::ten_operations(), &[])?;
            again(&ten, "src/main.rs", &["build", "--release"])
        })?;
        for (door, feature, main, files) in [
            ("documents", "documents", program::own_documents(), program::document_files()),
            ("structs", "cynic", program::own_structs(), program::struct_files()),
        ] {
            let own = || package(&self.home, &format!("own_{door}"), &[feature], &main, &files);
            self.row(&format!("check of a crate with {OWN_QUERIES} own {door}"), || {
                again(&own()?, "src/main.rs", &["check"])
            })?;
            self.row(&format!("incremental check after editing one of {OWN_QUERIES} own {door}"), || {
                after_edit(&own()?, &files[EDITED].0, program::edited)
            })?;
        }
        Ok(())
    }

    fn row(&self, name: &str, cost: impl FnOnce() -> Result<Cost, Failure>) -> Result<(), Failure> {
        if self.has(name) {
            let Cost { wall, cpu, peak_mb } = cost()?;
            if !self.has_head.replace(true) {
                println!("\n| dependencies built | wall s | CPU s | peak MB |\n|---|---|---|---|");
            }
            println!("| {name} | {wall:.2} | {cpu:.2} | {peak_mb} |");
        }
        Ok(())
    }
}

/// What a command takes in a target folder of its own.
struct Build {
    /// From nothing.
    cold: Cost,
    /// Once more, after a function was added to the package's own file.
    after_edit: Cost,
    /// The size of the program, if it makes one.
    megabytes: f64,
}

impl Build {
    fn of(package: &Path, command: &[&str]) -> Result<Self, Failure> {
        let target = package.join("target");
        let _ = fs::remove_dir_all(&target);
        let folder = target.display().to_string();
        let environment = [("CARGO_TARGET_DIR", folder.as_str())];
        let cold = measure(package, command, &environment)?;
        let main = package.join("src/main.rs");
        let after_edit =
            edited(&main, program::with_one_more_function, || measure(package, command, &environment))?;
        let program = target.join("release").join(package.file_name().unwrap_or_default());
        #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
        let megabytes = fs::metadata(program).map(|found| found.len() as f64 / 1e6).unwrap_or_default();
        let _ = fs::remove_dir_all(&target);
        Ok(Self { cold, after_edit, megabytes })
    }
}
