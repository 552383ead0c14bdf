//! Which types a variable's value may hold, at any depth.
//!
//! Must not know: what changed in them.

use std::collections::{BTreeMap, VecDeque};

use crate::Schema;

/// The types in the value of a type, each with the shortest way to it, such as `rules.operator`; the type itself
/// has an empty one.
pub(super) fn reach(schema: &Schema, ty: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::from([(ty.to_owned(), String::new())]);
    let mut left = VecDeque::from([ty.to_owned()]);
    while let Some(owner) = left.pop_front() {
        let Some(input) = schema.inner.get_input_object(&owner) else { continue };
        for (name, field) in &input.fields {
            let inner = field.ty.inner_named_type();
            if inner.is_empty() || found.contains_key(inner.as_str()) {
                continue;
            }
            let before = &found[&owner];
            let dot = if before.is_empty() { "" } else { "." };
            found.insert(inner.to_string(), format!("{before}{dot}{name}"));
            left.push_back(inner.to_string());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SourceFile;

    #[test]
    fn the_shortest_way_is_told_and_circles_end() {
        let text =
            "type Query { q(a: A): ID } input A { b: B self: A c: C } input B { c: [C!] up: A } enum C { x }";
        let schema = Schema::parse(&SourceFile::new("schema", text)).unwrap();
        let found = reach(&schema, "A");
        let ways: Vec<_> = found.iter().map(|(ty, way)| format!("{ty}={way}")).collect();
        assert_eq!(ways, ["A=", "B=b", "C=c"]);
        assert_eq!(reach(&schema, "B")["C"], "c");
    }
}
