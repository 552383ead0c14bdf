//! A selection set with everything that applies to it in one place.

use std::collections::{BTreeMap, BTreeSet};

use apollo_compiler::ast::DirectiveList;
use apollo_compiler::collections::IndexMap;
use apollo_compiler::executable::{Fragment, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;

use super::Sets;
use crate::{Schema, ValidDocuments};

pub(super) type Fields<'a> = IndexMap<&'a str, MergedField<'a>>;

/// All that is asked of one type.
#[derive(Debug, Clone, Default)]
pub(super) struct Merged<'a> {
    /// By their key in the answer, in the document's order.
    pub(super) fields: Fields<'a>,
    /// Fragments on this very type that share no field with the rest.
    pub(super) spreads: BTreeSet<&'a str>,
    /// What is asked of one of the object types behind an interface or union.
    pub(super) variants: BTreeMap<&'a str, Vec<(&'a SelectionSet, bool)>>,
}

#[derive(Debug, Clone)]
pub(super) struct MergedField<'a> {
    pub(super) name: &'a str,
    pub(super) ty: &'a str,
    pub(super) is_conditional: bool,
    pub(super) sets: Vec<(&'a SelectionSet, bool)>,
}

impl<'a> Merged<'a> {
    pub(super) fn of(
        schema: &'a Schema,
        documents: &'a ValidDocuments,
        ty: &'a str,
        sets: &Sets<'a>,
    ) -> Self {
        let mut merge = Merge { schema, documents, ty, spread: true, merged: Self::default() };
        merge.add_all(sets);
        if merge.merged.spreads_overlap(documents) {
            merge = Merge { spread: false, merged: Self::default(), ..merge };
            merge.add_all(sets);
        }
        merge.merged
    }

    /// The same with its fragments written out, when one of them asks for what is read around it.
    pub(super) fn without_spreads_of(
        self,
        around: &Fields<'a>,
        schema: &'a Schema,
        documents: &'a ValidDocuments,
        ty: &'a str,
        sets: &Sets<'a>,
    ) -> Self {
        let overlaps = |name: &&str| keys_of(documents, name).iter().any(|key| around.contains_key(key));
        if !self.spreads.iter().any(overlaps) {
            return self;
        }
        let mut merge = Merge { schema, documents, ty, spread: false, merged: Self::default() };
        merge.add_all(sets);
        merge.merged
    }

    /// The keys of all fields, those of fragments included.
    pub(super) fn keys(&self, documents: &'a ValidDocuments) -> BTreeSet<&'a str> {
        let spread = self.spreads.iter().flat_map(|name| keys_of(documents, name));
        self.fields.keys().copied().chain(spread).collect()
    }

    fn spreads_overlap(&self, documents: &'a ValidDocuments) -> bool {
        let mut seen: BTreeSet<&str> = self.fields.keys().copied().collect();
        for (set, _) in self.variants.values().flatten() {
            collect_keys(documents, set, &mut seen);
        }
        self.spreads.iter().any(|name| {
            let keys = keys_of(documents, name);
            let overlaps = keys.iter().any(|key| seen.contains(key));
            seen.extend(keys);
            overlaps
        })
    }
}

struct Merge<'a> {
    schema: &'a Schema,
    documents: &'a ValidDocuments,
    ty: &'a str,
    /// Whether fragments may stay fragments.
    spread: bool,
    merged: Merged<'a>,
}

impl<'a> Merge<'a> {
    fn add_all(&mut self, sets: &Sets<'a>) {
        for (set, conditional) in sets {
            self.add(set, *conditional);
        }
    }

    fn add(&mut self, set: &'a SelectionSet, conditional: bool) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) if field.name == "__typename" => {}
                Selection::Field(field) => {
                    let conditional = conditional || is_conditional(&field.directives);
                    let merged = self.merged.fields.entry(field.response_key()).or_insert(MergedField {
                        name: &field.name,
                        ty: field.ty().inner_named_type(),
                        is_conditional: true,
                        sets: Vec::new(),
                    });
                    merged.is_conditional &= conditional;
                    if !field.selection_set.selections.is_empty() {
                        merged.sets.push((&field.selection_set, false));
                    }
                }
                Selection::InlineFragment(inline) => {
                    let conditional = conditional || is_conditional(&inline.directives);
                    let on = inline.type_condition.as_ref().map_or(self.ty, |on| on.as_str());
                    self.add_on(on, &inline.selection_set, conditional);
                }
                Selection::FragmentSpread(spread) => {
                    let conditional = conditional || is_conditional(&spread.directives);
                    let Some(fragment) = self.documents.document.fragments.get(&spread.fragment_name) else {
                        continue;
                    };
                    let on = fragment.type_condition().as_str();
                    if on == self.ty && self.spread && !conditional {
                        self.merged.spreads.insert(&fragment.name);
                    } else {
                        self.add_on(on, &fragment.selection_set, conditional);
                    }
                }
            }
        }
    }

    /// What is asked where the type is another one.
    fn add_on(&mut self, on: &'a str, set: &'a SelectionSet, conditional: bool) {
        let schema = self.schema;
        if on == self.ty || is_a(schema, self.ty, on) {
            self.add(set, conditional);
            return;
        }
        for (name, ty) in &schema.inner.types {
            let name = name.as_str();
            let fits = |of: &str| name == of || is_a(schema, name, of);
            if matches!(ty, ExtendedType::Object(_)) && fits(self.ty) && fits(on) {
                self.merged.variants.entry(name).or_default().push((set, conditional));
            }
        }
    }
}

fn is_a(schema: &Schema, ty: &str, of: &str) -> bool {
    schema.inner.is_subtype(of, ty)
}

/// Whether an answer may lack what this stands at.
fn is_conditional(directives: &DirectiveList) -> bool {
    directives.has("include") || directives.has("skip")
}

fn keys_of<'a>(documents: &'a ValidDocuments, fragment: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    if let Some(fragment) = documents.document.fragments.get(fragment) {
        let fragment: &Fragment = fragment;
        collect_keys(documents, &fragment.selection_set, &mut found);
    }
    found
}

fn collect_keys<'a>(documents: &'a ValidDocuments, set: &'a SelectionSet, found: &mut BTreeSet<&'a str>) {
    for selection in &set.selections {
        match selection {
            Selection::Field(field) if field.name == "__typename" => {}
            Selection::Field(field) => drop(found.insert(field.response_key())),
            Selection::InlineFragment(inline) => collect_keys(documents, &inline.selection_set, found),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = documents.document.fragments.get(&spread.fragment_name) {
                    collect_keys(documents, &fragment.selection_set, found);
                }
            }
        }
    }
}
