//! For tests: every operation made twice, with as little as it allows and with everything, by its builder.
//!
//! Must not know: what the tests do with them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::emit::rust_names::{field_name, scalar, type_name};
use crate::emit::{EmitError, Emitter, header};
use crate::plan::{Input, Presence, Shape, Slot};
use crate::{GeneratedFile, Plan};

/// Emits `samples.rs`: a function for each operation, a list of them, and a list of those that page.
#[derive(Debug, Clone, Copy, Default)]
pub struct SamplesEmitter;

impl Emitter for SamplesEmitter {
    fn emit(&self, plan: &Plan) -> Result<Vec<GeneratedFile>, EmitError> {
        let objects =
            plan.input_objects.iter().map(|object| (object.name.as_str(), object.fields.as_slice()));
        let samples = Samples { plan, objects: objects.collect() };
        let mut text = header("queries/");
        text.push_str(
            "//! Every operation with as little as it allows, and with everything.\n\n\
             use monday_sdk::{core, queries};\n\nuse crate::sample::{PagedSample, Sample};\n",
        );
        let (mut list, mut paged) = (String::new(), String::new());
        for operation in &plan.operations {
            let name = &operation.name;
            let (least, most) = if operation.has_variables {
                let of =
                    |is_full| samples.made(&format!("queries::{name}"), &operation.variables, is_full, 1);
                (of(false), of(true))
            } else {
                (format!("queries::{name}"), format!("queries::{name}"))
            };
            let function = field_name(name);
            let _ = write!(text, "\nfn {function}() -> Sample {{\n    Sample::of({least}, {most})\n}}\n");
            let _ = writeln!(list, "    {function},");
            if operation.paging.is_some() {
                let _ = writeln!(paged, "    || PagedSample::of({least}),");
            }
        }
        let _ = write!(text, "\n/// All of them.\npub(crate) const ALL: &[fn() -> Sample] = &[\n{list}];\n");
        let _ = write!(
            text,
            "\n/// Those that read a list page by page.\npub(crate) const PAGED: &[fn() -> PagedSample] = &[\n{paged}];\n"
        );
        Ok(vec![GeneratedFile { path: "samples.rs".to_owned(), text }])
    }
}

struct Samples<'a> {
    plan: &'a Plan,
    objects: BTreeMap<&'a str, &'a [Input]>,
}

impl Samples<'_> {
    /// `X::new(…)`, and its setters if everything is wanted.
    fn made(&self, path: &str, inputs: &[Input], is_full: bool, depth: usize) -> String {
        let is_required = |input: &&Input| input.presence == Presence::Required;
        let required: Vec<_> =
            inputs.iter().filter(is_required).map(|input| self.value(&input.slot, is_full, depth)).collect();
        let mut text = format!("{path}::new({})", required.join(", "));
        if is_full {
            for input in inputs.iter().filter(|input| !is_required(input)) {
                let value = self.value(&input.slot, is_full, depth);
                let _ = write!(text, ".{}({value})", field_name(&input.name));
            }
        }
        text
    }

    fn value(&self, slot: &Slot, is_full: bool, depth: usize) -> String {
        match &slot.shape {
            Shape::List(inner) if matches!(inner.shape, Shape::List(_)) => {
                format!("[vec![{}]]", self.owned(inner, is_full, depth))
            }
            Shape::List(inner) => format!("[{}]", self.value(inner, is_full, depth)),
            Shape::Id(_) => "\"1\"".to_owned(),
            Shape::Enum(name) => {
                let value = self.plan.schema.enum_values(name).first().map_or("", |value| value).to_owned();
                format!("queries::enums::{}::from({value:?})", type_name(name))
            }
            Shape::Input(name) => {
                // Input objects may hold each other: below the second level only what must be there.
                let fields = self.objects.get(name.as_str()).copied().unwrap_or_default();
                let path = format!("queries::inputs::{}", type_name(name));
                if fields.is_empty() {
                    path
                } else {
                    self.made(&path, fields, is_full && depth > 0, depth.saturating_sub(1))
                }
            }
            Shape::Scalar(name) => match scalar(name) {
                "String" => "\"text\"",
                "bool" => "true",
                "i64" => "1",
                "f64" => "1.5",
                "Date" => "core::Date::from(\"2026-03-21\")",
                "Iso8601DateTime" => "core::Iso8601DateTime::from(\"2026-03-21T12:00:00Z\")",
                "File" => "core::File",
                "CompareValue" => "core::CompareValue(serde_json::json!([1]))",
                _ => "core::Json(serde_json::json!(\"{}\"))",
            }
            .to_owned(),
            Shape::Model(_) => String::new(),
        }
    }

    /// The value in its own type, for a list in a list.
    fn owned(&self, slot: &Slot, is_full: bool, depth: usize) -> String {
        match &slot.shape {
            Shape::List(inner) => format!("{}.into()", self.value(inner, is_full, depth)),
            _ => self.value(slot, is_full, depth),
        }
    }
}
