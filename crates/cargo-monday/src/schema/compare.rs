//! `schema {check, diff, impact}`: two schemas compared, and what operations feel of it.
//!
//! Finds the schemas and documents, and prints. Must not know: what a change is, how a report is written.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ColorChoice, ValueEnum};
use monday_codegen::diff::{Grade, diff as changes};
use monday_codegen::impact::{SentDocument, impact as felt};
use monday_codegen::report::{Format, Report};

use crate::outcome::Outcome;
use crate::project::Project;
use crate::{Failure, files};

use super::named::Named;
use super::sent::Documents;
use super::served::Served;

pub(super) const DIFF_HELP: &str = "\
Examples, after `cargo monday` or `cargo xtask`:
  schema diff --from 2026-07 --to 2026-10
  schema diff --from old.graphql --to new.introspection.json --format html --output changes.html
  schema diff --from 2026-07 --format changelog

A schema is a version under the pinned schema's folder or target/schema/ (`schema fetch --version V --dir target/schema/V` brings one),
a file of SDL or introspection JSON, or a folder with monday.graphql in it.

Exit codes: 0 nothing breaks, 1 something does (see --fail-on), 2 an error";

pub(super) const IMPACT_HELP: &str = "\
Examples, after `cargo monday` or `cargo xtask`:
  schema impact --from 2026-07 --to 2026-10
  schema impact --to new.graphql --documents my/queries --format sarif --output impact.sarif
  schema impact --to new.graphql --structs structs.json

Of Rust sources the documents in `operation!` are looked at, told at their lines in the .rs file, and the files that it names.
Structs are looked at by the documents they send: have a test of yours write them down, as a list of
  {\"path\": file!(), \"line\": line!(), \"column\": column!(), \"document\": operation.document()}

Exit codes: 0 no operation breaks, 1 some do (see --fail-on), 2 an error";

#[derive(Args)]
pub struct DiffArguments {
    /// The old schema: a version, a file or a folder. Default: the pinned one.
    #[arg(long, value_name = "SCHEMA")]
    from: Option<String>,
    /// The new schema. Default: the pinned one.
    #[arg(long, value_name = "SCHEMA", required_unless_present = "from")]
    to: Option<String>,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Args)]
pub struct ImpactArguments {
    /// The old schema: a version, a file or a folder. Default: the pinned one.
    #[arg(long, value_name = "SCHEMA")]
    from: Option<String>,
    /// The new schema. Default: the pinned one.
    #[arg(long, value_name = "SCHEMA", required_unless_present = "from")]
    to: Option<String>,
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Args)]
pub struct CheckArguments {
    /// API version. Default: that of the pinned schema.
    #[arg(long)]
    version: Option<String>,
    /// Where to fetch it. No credentials are sent.
    #[arg(long, default_value = "https://api.monday.com/v2/get_schema")]
    endpoint: String,
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    delivery: Delivery,
}

#[derive(Args)]
struct Delivery {
    /// How to write the report.
    #[arg(long, default_value_t = Format::Human, value_parser =
          PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>()))]
    format: Format,
    /// Write the report to a file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// From which grade on to end with code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Breaking)]
    fail_on: FailOn,
    /// Colours: by default on a terminal, unless NO_COLOR is set.
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Something breaks.
    Breaking,
    /// Something may be answered differently.
    Dangerous,
    /// The schemas are not the same.
    Any,
    /// Never: only errors are failures.
    Never,
}

impl FailOn {
    fn is_met_by(self, worst: Option<Grade>) -> bool {
        let limit = match self {
            Self::Breaking => Grade::Breaking,
            Self::Dangerous => Grade::Dangerous,
            Self::Any => Grade::Safe,
            Self::Never => return false,
        };
        worst.is_some_and(|worst| worst <= limit)
    }
}

pub(super) fn diff(project: &Project, arguments: &DiffArguments) -> Result<Outcome, Failure> {
    let (old, new) = both(project, arguments.from.as_deref(), arguments.to.as_deref())?;
    arguments.delivery.of(&report(old, new, None))
}

pub(super) fn impact(project: &Project, arguments: &ImpactArguments) -> Result<Outcome, Failure> {
    let (old, new) = both(project, arguments.from.as_deref(), arguments.to.as_deref())?;
    arguments.delivery.of(&report(old, new, Some(&arguments.documents.read(project)?)))
}

pub(super) fn check(project: &Project, arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let old = Named::pinned(project)?;
    let version = arguments.version.as_ref().unwrap_or(&old.label);
    let served = Served::fetch(&arguments.endpoint, version)?;
    let new = Named::of_text(&format!("{version} as served"), &served.text)?;
    arguments.delivery.of(&report(old, new, Some(&arguments.documents.read(project)?)))
}

fn both(project: &Project, from: Option<&str>, to: Option<&str>) -> Result<(Named, Named), Failure> {
    let read =
        |name: Option<&str>| name.map_or_else(|| Named::pinned(project), |name| Named::read(project, name));
    Ok((read(from)?, read(to)?))
}

fn report(old: Named, new: Named, documents: Option<&[SentDocument]>) -> Report {
    let diff = changes(&old.schema, &new.schema);
    let impact = documents.map(|documents| felt(&old.schema, &new.schema, &diff, documents));
    Report { from: old.label, to: new.label, diff, impact }
}

impl Delivery {
    fn of(&self, report: &Report) -> Result<Outcome, Failure> {
        let text = report.render(self.format);
        let is_breaking = self.fail_on.is_met_by(report.worst());
        let text = match &self.output {
            None => text,
            Some(file) => written(file, self.format, &text)?,
        };
        Ok(Outcome { text, is_breaking, colour: self.color })
    }
}

/// No file is a terminal.
fn written(file: &Path, format: Format, text: &str) -> Result<String, Failure> {
    files::write_atomically(file, &anstream::adapter::strip_str(text).to_string())?;
    Ok(format!("the {format} report is in {}", file.display()))
}
