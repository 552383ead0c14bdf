//! How a scaffolded document is laid out.
//!
//! Must not know: why something is selected.

use std::fmt::Write as _;

use heck::ToSnakeCase;

use super::root_field::RootField;
use super::selection::Selected;
use crate::SourceFile;
use crate::plan::FRAGMENTS_FOLDER;

/// A line longer than this is broken.
const WIDTH: usize = 110;

/// More arguments than this stand one on a line.
const ARGUMENTS_ON_A_LINE: usize = 3;

/// The document of a root field.
pub(super) fn operation(field: &RootField, selected: &[Selected]) -> SourceFile {
    let keyword = if field.is_mutation { "mutation" } else { "query" };
    let variables: Vec<_> =
        field.arguments.iter().map(|argument| format!("${}: {}", argument.name, argument.ty)).collect();
    let arguments: Vec<_> =
        field.arguments.iter().map(|argument| format!("{0}: ${0}", argument.name)).collect();
    let mut text = format!("# The {keyword} `{}`.\n", field.name);
    let opening = if selected.is_empty() { "" } else { " {" };
    call(&mut text, 0, &format!("{keyword} {}", field.operation), &variables, " {");
    call(&mut text, 1, &field.name, &arguments, opening);
    if !selected.is_empty() {
        selection(&mut text, 2, selected);
        text.push_str("  }\n");
    }
    text.push_str("}\n");
    SourceFile::new(field.path.as_str(), text)
}

/// The document of a fragment.
pub(super) fn fragment(name: &str, ty: &str, selected: &[Selected]) -> SourceFile {
    let mut text = format!("# The leaves of `{ty}`.\nfragment {name} on {ty} {{\n");
    selection(&mut text, 1, selected);
    text.push_str("}\n");
    SourceFile::new(format!("queries/{FRAGMENTS_FOLDER}/{}.graphql", name.to_snake_case()), text)
}

/// `head(a, b) tail` on one line, or one argument a line.
fn call(text: &mut String, depth: usize, head: &str, arguments: &[String], tail: &str) {
    let indent = "  ".repeat(depth);
    if arguments.is_empty() {
        let _ = writeln!(text, "{indent}{head}{tail}");
        return;
    }
    let line = format!("{indent}{head}({}){tail}", arguments.join(", "));
    if arguments.len() <= ARGUMENTS_ON_A_LINE && line.len() <= WIDTH {
        text.push_str(&line);
        text.push('\n');
        return;
    }
    let _ = writeln!(text, "{indent}{head}(");
    for argument in arguments {
        let _ = writeln!(text, "{indent}  {argument}");
    }
    let _ = writeln!(text, "{indent}){tail}");
}

fn selection(text: &mut String, depth: usize, selected: &[Selected]) {
    let indent = "  ".repeat(depth);
    for one in selected {
        let (line, inside): (String, &[Selected]) = match one {
            Selected::Field(name, inside) => (name.clone(), inside),
            Selected::Spread(name) => (format!("...{name}"), &[]),
            Selected::On(ty, inside) => (format!("... on {ty}"), inside),
        };
        if inside.is_empty() {
            let _ = writeln!(text, "{indent}{line}");
        } else {
            let _ = writeln!(text, "{indent}{line} {{");
            selection(text, depth + 1, inside);
            let _ = writeln!(text, "{indent}}}");
        }
    }
}
