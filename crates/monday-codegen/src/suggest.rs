//! What to write instead: a mistake's message gains a name that is near, a type that fits, or the place where it is.
//!
//! The validator's messages hold the names at fault between backticks; a message of another form stays as it is, and the
//! snapshots in `tests/cases/err` notice. Must not know: how mistakes are found.

mod near;
mod newer;
mod uses;

use apollo_compiler::ExecutableDocument;

use crate::{Diagnostic, Schema, SchemaIndex};
use near::did_you_mean;
pub(crate) use newer::Newer;
use uses::{VariableUse, selected_type, variable_use};

/// Everything advice is made of.
pub(crate) struct Advice<'a> {
    pub(crate) schema: &'a Schema,
    /// What could be built of the documents.
    pub(crate) document: &'a ExecutableDocument,
    /// A schema that may have what this one lacks.
    pub(crate) newer: Option<Newer<'a>>,
}

impl Advice<'_> {
    /// Adds what to do, where that is known.
    pub(crate) fn improve(&self, found: &mut Diagnostic) {
        let message = found.message.clone();
        let names = quoted(&message);
        let better = match names.as_slice() {
            [ty, field] if message.contains("does not have a field") => {
                self.unknown_field(&message, ty, field)
            }
            [argument, of] if message.contains("is not supported by") => {
                self.unknown_argument(&message, argument, of)
            }
            [name] if message.contains("cannot find type") => self.unknown_type(name),
            [name, ..] if message.contains("is not a type defined in the schema") => self.unknown_type(name),
            [name] if message.contains("cannot find fragment") => self.unknown_fragment(name),
            [value, of] if message.starts_with("value ") && message.contains("does not exist on") => {
                let near = self.newer_or(|newer| newer.value(of, value), || self.near_value(of, value));
                message.clone() + &near
            }
            [field, of] if message.contains("does not exist on") => {
                let near = || did_you_mean(field, &names_of(&self.index().fields(of)), "it has");
                message.clone() + &self.newer_or(|newer| newer.field(of, field), near)
            }
            [argument] if message.contains("required argument") => self.required_argument(argument),
            [field] if message.contains("required field") => self.required_field(field),
            [variable] if message.ends_with("is not defined") => self.undeclared(&message, variable),
            [variable] if message.starts_with("unused variable") => {
                format!(
                    "the variable `{variable}` is declared and not used: remove it, or give it to an argument"
                )
            }
            [variable, is, argument, wanted] if message.contains("cannot be used for argument") => {
                misfit(&message, variable, is, argument, wanted)
            }
            [] if message.contains("subselection set") => self.no_selection(found),
            [fragment, ..] if message.contains("cannot be applied to") => {
                self.elsewhere(&message, fragment, &names)
            }
            [fragment] if message.ends_with("must be used in an operation") => {
                format!("the fragment `{fragment}` is not used: spread it with `...{fragment}`, or remove it")
            }
            _ if message.starts_with("syntax error") => syntax(&message),
            _ => return,
        };
        found.message = better;
    }

    fn index(&self) -> &SchemaIndex {
        &self.schema.index
    }

    /// What a newer schema says, or else what is near.
    fn newer_or(
        &self,
        newer: impl FnOnce(&Newer<'_>) -> Option<String>,
        near: impl FnOnce() -> String,
    ) -> String {
        self.newer.as_ref().and_then(newer).unwrap_or_else(near)
    }

    fn unknown_field(&self, message: &str, ty: &str, field: &str) -> String {
        let behind = || self.field_of_variant(ty, field);
        let near = || did_you_mean(field, &names_of(&self.index().fields(ty)), "it has");
        message.to_owned() + &self.newer_or(|newer| newer.field(ty, field), || behind().unwrap_or_else(near))
    }

    /// A field that only some of the types behind an interface or union have.
    fn field_of_variant(&self, ty: &str, field: &str) -> Option<String> {
        let index = self.index();
        let members = match index.keyword(ty)? {
            "interface" => index.implementors(ty).iter().map(String::as_str).collect(),
            "union" => index.members(ty),
            _ => return None,
        };
        let mut members = members.into_iter().filter(|member| index.field(member, field).is_some());
        let first = members.next()?;
        let others = match members.count() {
            0 => String::new(),
            count => format!(" (and {count} more)"),
        };
        Some(format!(", but `{first}` has{others}: write `... on {first} {{ {field} }}`"))
    }

    fn unknown_argument(&self, message: &str, argument: &str, of: &str) -> String {
        let of = of.split_once('.');
        let field = of.and_then(|(ty, field)| self.index().field(ty, field));
        let known = field.map(|field| self.index().arguments(&field)).unwrap_or_default();
        let near = || {
            if known.is_empty() {
                return ": it takes no arguments".to_owned();
            }
            did_you_mean(argument, &names_of(&known), "it takes")
        };
        let newer = |newer: &Newer<'_>| of.and_then(|(ty, field)| newer.argument(ty, field, argument));
        message.to_owned() + &self.newer_or(newer, near)
    }

    fn unknown_type(&self, name: &str) -> String {
        let near = || did_you_mean(name, &self.index().type_names().collect::<Vec<_>>(), "");
        format!("the schema has no type `{name}`{}", self.newer_or(|newer| newer.ty(name), near))
    }

    fn unknown_fragment(&self, name: &str) -> String {
        let known: Vec<&str> = self.document.fragments.keys().map(apollo_compiler::Name::as_str).collect();
        let near = did_you_mean(name, &known, "");
        if near.is_empty() {
            return format!("no fragment is called `{name}`: write it here, or name the file that holds it");
        }
        format!("no fragment is called `{name}`{near}")
    }

    fn near_value(&self, of: &str, value: &str) -> String {
        did_you_mean(value, &self.index().values(of), "its values are")
    }

    fn required_argument(&self, coordinate: &str) -> String {
        let parts = coordinate.trim_end_matches(":)").split_once('(');
        let (of, argument) = parts.unwrap_or(("", coordinate));
        let field = of.split_once('.').and_then(|(ty, field)| self.index().field(ty, field));
        let known = field.map(|field| self.index().arguments(&field)).unwrap_or_default();
        let ty = known.iter().find(|known| known.name == argument).map_or("…", |known| known.ty);
        format!(
            "`{of}` needs the argument `{argument}`: add `{argument}: ${argument}` here and `${argument}: {ty}` in the \
             operation's head"
        )
    }

    fn required_field(&self, coordinate: &str) -> String {
        let (of, field) = coordinate.split_once('.').unwrap_or(("", coordinate));
        let ty = self.index().field(of, field).map_or("…", |field| field.ty);
        format!("`{of}` needs the field `{field}`: add `{field}: …`, a value of type `{ty}`")
    }

    fn undeclared(&self, message: &str, variable: &str) -> String {
        let name = variable.trim_start_matches('$');
        let declared: Vec<&str> = self
            .document
            .operations
            .iter()
            .flat_map(|operation| &operation.variables)
            .map(|variable| variable.name.as_str())
            .collect();
        let near = near::nearest(name, &declared);
        if let Some(near) = near.first() {
            return format!("{message}: did you mean `${near}`?");
        }
        let ty = variable_use(self.document, self.index(), name).map_or("…".to_owned(), |VariableUse(ty)| ty);
        format!("{message}: add `${name}: {ty}` in the operation's head")
    }

    fn no_selection(&self, found: &Diagnostic) -> String {
        let Some((field, ty)) = selected_type(self.document, found) else {
            return found.message.clone();
        };
        let proposal = self.leaves(&ty);
        format!(
            "`{field}` is of type `{ty}`, which has fields: say which, such as `{field} {{ {proposal} }}`"
        )
    }

    /// A few fields that need no selection and no argument: `id` and `name` first.
    fn leaves(&self, ty: &str) -> String {
        let index = self.index();
        if index.keyword(ty) == Some("union") {
            let first = index
                .members(ty)
                .first()
                .map_or(String::new(), |member| format!(" ... on {member} {{ {} }}", self.leaves(member)));
            return format!("__typename{first}");
        }
        let fields = index.fields(ty);
        let is_leaf = |named: &str| !matches!(index.keyword(named), Some("type" | "interface" | "union"));
        let plain = |field: &&crate::subset::Part<'_>| {
            is_leaf(field.named) && index.arguments(field).iter().all(|argument| !argument.is_required())
        };
        let mut leaves: Vec<&str> = fields.iter().filter(plain).map(|field| field.name).collect();
        leaves.sort_by_key(|name| match *name {
            "id" => 0,
            "name" | "title" => 1,
            _ => 2,
        });
        leaves.truncate(2);
        if index.keyword(ty) == Some("interface") {
            leaves.insert(0, "__typename");
        }
        if leaves.is_empty() { "__typename".to_owned() } else { leaves.join(" ") }
    }

    fn elsewhere(&self, message: &str, fragment: &str, names: &[&str]) -> String {
        let Some(target) = names.last() else { return message.to_owned() };
        let on = names.get(names.len().saturating_sub(2)).unwrap_or(&fragment);
        let index = self.index();
        match index.keyword(target) {
            Some("interface") => {
                let known: Vec<&str> = index.implementors(target).iter().map(String::as_str).collect();
                message.to_owned() + &did_you_mean(on, &known, "it can be")
            }
            Some("union") => message.to_owned() + &did_you_mean(on, &index.members(target), "it can be"),
            _ => format!("{message}: write it where `{on}` is selected, or let it be on `{target}`"),
        }
    }
}

/// The words between backticks.
fn quoted(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

fn names_of<'a>(parts: &[crate::subset::Part<'a>]) -> Vec<&'a str> {
    parts.iter().map(|part| part.name).collect()
}

/// A variable of a type that does not fit.
fn misfit(message: &str, variable: &str, is: &str, argument: &str, wanted: &str) -> String {
    let inner = |ty: &str| ty.replace(['[', ']', '!'], "");
    if wanted.starts_with('[') && !is.starts_with('[') && inner(wanted) == inner(is) {
        return format!("{message}: write `{argument}: [{variable}]`, or declare `{variable}: {wanted}`");
    }
    format!("{message}: declare `{variable}: {wanted}`")
}

/// The parser's words for marks become the marks.
fn syntax(message: &str) -> String {
    let words = [
        ("R_CURLY", "`}`"),
        ("L_CURLY", "`{`"),
        ("R_PAREN", "`)`"),
        ("L_PAREN", "`(`"),
        ("R_BRACK", "`]`"),
        ("L_BRACK", "`[`"),
        ("COLON", "`:`"),
        ("got EOF", "the text ends here"),
    ];
    words.iter().fold(message.to_owned(), |text, (word, mark)| text.replace(word, mark))
}
