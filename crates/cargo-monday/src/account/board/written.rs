//! The Rust that is written for a board: its file, and the parts that are added to one later.
//!
//! Must not know: what a file has already.

use std::collections::{BTreeMap, BTreeSet};

use super::field_type::{self, Reading, filled, paths, reading};
use super::names::{Taken, quoted};
use super::shape::{Board, Column};

const BOARD_ITEM: &str = "monday_sdk::columns::BoardItem";
pub(super) const LABEL: &str = "monday_sdk::columns::Label";

/// What a file says of the board it is of.
pub(super) const MARK: &str = "cargo monday board pull ";

/// How long lines get that rustfmt would break.
const WIDTH: usize = 100;

/// Names that Rust brings into every file.
const PRELUDE: [&str; 13] = [
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Option",
    "PartialEq",
    "Result",
    "Row",
    "Some",
    "String",
    "Vec",
];

/// Names that a type of a pulled file does not get.
pub(super) fn reserved() -> impl Iterator<Item = &'static str> {
    PRELUDE.into_iter().chain(["BoardItem", "Label"]).chain(field_type::names())
}

/// A field with its comment and attribute, or a comment in place of a field.
pub(super) fn field(column: &Column, name: &str, ty: &str) -> String {
    let said = match reading(&column.kind) {
        Reading::Field { is_said: true, .. } => format!(", type = {:?}", column.kind),
        _ => String::new(),
    };
    format!("{}\n#[monday(column = {:?}{said})]\npub {name}: {ty},\n", doc(column), column.id)
}

/// The comment of a field. [`title_in`] knows it again.
pub(super) fn doc(column: &Column) -> String {
    format!("/// Column {}, of the type `{}`.", quoted(&column.title), column.kind)
}

/// The title in a field's comment, with its backticks; `None` if it does not stand as it was written.
pub(super) fn title_in(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("/// Column ")?.strip_suffix("`.")?;
    let (title, kind) = rest.rsplit_once(", of the type `")?;
    let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    Some(title).filter(|title| is_kind && title.starts_with('`') && title.ends_with('`'))
}

/// How a comment begins that stands for a column.
pub(super) fn comment_start(id: &str) -> String {
    format!("// Column id {id:?}")
}

/// What stands for a column that is not read.
pub(super) fn comment(column: &Column, why: &str) -> String {
    let title = quoted(&column.title);
    format!("{}, {title} ({}): not read, {why}.\n", comment_start(&column.id), column.kind)
}

/// An enum of labels.
pub(super) fn label_enum(column: &Column, name: &str, label: &str) -> String {
    let mut taken = Taken::of(["Other"]);
    let variants: String = column.labels.iter().map(|label| variant(label, &taken.variant(label))).collect();
    let variants = indented(&variants, "    ", "\n");
    format!(
        "/// Labels of the column id {:?}.\n#[derive(Debug, Clone, PartialEq, Eq, {label})]\npub enum {name} {{\n{variants}    \
         /// Any other label.\n    #[monday(other)]\n    Other(String),\n}}\n",
        column.id
    )
}

/// A variant with its label.
pub(super) fn variant(label: &str, name: &str) -> String {
    format!("#[monday(label = {label:?})]\n{name},\n")
}

/// Each line behind an indentation, ended in the file's way.
pub(super) fn indented(text: &str, indentation: &str, newline: &str) -> String {
    text.lines().flat_map(|line| [indentation, line, newline]).collect()
}

/// The file of a board that has none, and the name of its struct.
pub(super) fn file(board: &Board, name: Option<&str>) -> (String, String) {
    let mut taken = reserved().collect::<Taken>();
    let own = match name {
        Some(name) => {
            taken.take(name);
            name.to_owned()
        }
        None => taken.type_name(&board.name, &format!("Board{}", board.id), "Item"),
    };
    let mut fields = Taken::of(["name"]);
    let (mut inside, mut enums) = (String::new(), String::new());
    let mut imported = BTreeSet::from([BOARD_ITEM]);
    for column in &board.columns {
        let template = match reading(&column.kind) {
            Reading::Field { template, .. } => template,
            Reading::Not(why) => {
                inside.push_str(&comment(column, why));
                continue;
            }
        };
        let mut labels = String::new();
        if column.has_labels() {
            labels = taken.type_name(&column.title, &column.id, "Label");
            enums.push('\n');
            enums.push_str(&label_enum(column, &labels, "Label"));
            imported.insert(LABEL);
        }
        imported.extend(paths(template).filter(|path| !path.is_empty()));
        let short = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        let ty = filled(template, &labels, short);
        inside.push_str(&field(column, &fields.field(&column.title, &column.id), &ty));
    }
    let text = format!(
        "//! Items of the board {}.\n//!\n//! Written by `{MARK}{}`, and yours to edit: the next pull adds what the\n\
         //! board has and this file lacks, and leaves the rest. A comment in the struct that begins with\n\
         //! `{}` keeps that column out.\n\n{}\n\
         /// An item.\n#[derive(Debug, Clone, PartialEq, BoardItem)]\npub struct {own} {{\n    /// The item's name.\n    \
         #[monday(name)]\n    pub name: String,\n{}}}\n{enums}",
        quoted(&board.name),
        board.id,
        comment_start("…"),
        uses(&imported),
        indented(&inside, "    ", "\n"),
    );
    (text, own)
}

/// The imports by module, in rustfmt's order: names with a capital before modules, and several names last.
fn uses(paths: &BTreeSet<&str>) -> String {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (module, name) in paths.iter().filter_map(|path| path.rsplit_once("::")) {
        modules.entry(module).or_default().push(name);
    }
    let (own, std): (BTreeSet<_>, BTreeSet<_>) = modules
        .iter()
        .map(|(module, names)| used(module, names))
        .partition(|line| line.starts_with("use monday_sdk"));
    let between = if std.is_empty() { "" } else { "\n" };
    std.into_iter().chain([between.to_owned()]).chain(own).collect()
}

fn used(module: &str, names: &[&str]) -> String {
    if let [name] = names {
        return format!("use {module}::{name};\n");
    }
    let line = format!("use {module}::{{{}}};\n", names.join(", "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    let mut lines = vec![String::from("   ")];
    for name in names {
        match lines.last_mut() {
            Some(last) if last.len() + name.len() + 2 <= WIDTH => last.extend([" ", *name, ","]),
            _ => lines.push(format!("    {name},")),
        }
    }
    format!("use {module}::{{\n{}\n}};\n", lines.join("\n"))
}
