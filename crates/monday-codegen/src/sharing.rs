//! Which enums and input objects of a schema are the SDK's own, part for part.
//!
//! Must not know: Rust.

use std::collections::BTreeSet;

use crate::SchemaIndex;

/// Those of the named enums and input objects that the SDK does not have, or has otherwise; an input object differs
/// when one of its fields' types does.
pub(crate) fn strangers(own: &SchemaIndex, sdk: &SchemaIndex, names: &[&String]) -> BTreeSet<String> {
    let mut found: BTreeSet<String> =
        names.iter().filter(|name| differs(own, sdk, name)).map(|name| (*name).clone()).collect();
    loop {
        let before = found.len();
        for name in names {
            if own.fields(name).iter().any(|field| found.contains(field.named)) {
                found.insert((*name).clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn differs(own: &SchemaIndex, sdk: &SchemaIndex, name: &str) -> bool {
    let values = |index: &SchemaIndex| -> BTreeSet<String> {
        index.values(name).into_iter().map(str::to_owned).collect()
    };
    let fields = |index: &SchemaIndex| -> BTreeSet<(String, String, bool)> {
        let fields = index.fields(name).into_iter();
        fields.map(|field| (field.name.to_owned(), without_blanks(field.ty), field.is_required())).collect()
    };
    own.keyword(name) != sdk.keyword(name) || values(own) != values(sdk) || fields(own) != fields(sdk)
}

fn without_blanks(ty: &str) -> String {
    ty.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_object_differs_when_something_below_it_does() {
        let sdk = "enum Kind { a b } input Leaf { kind: Kind } input Top { leaf: [Leaf!], top: Top } input Same { x: Int }";
        let own = "input Same { x : Int } enum Kind { b a c } input Leaf { kind: Kind } input Top { leaf: [Leaf!] top: Top }
                   input New { x: Int }";
        let names = ["Kind", "Leaf", "New", "Same", "Top"].map(str::to_owned);
        let found =
            strangers(&SchemaIndex::new(own), &SchemaIndex::new(sdk), &names.iter().collect::<Vec<_>>());
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["Kind", "Leaf", "New", "Top"]);
    }
}
