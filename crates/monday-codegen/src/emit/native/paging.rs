//! One call of the macro `paged!` for an operation that reads a list page by page.
//!
//! Must not know: where a shape ends (`monday-queries/src/pages/ends.rs`).

use std::fmt::Write as _;

use heck::ToSnakeCase;

use super::RustFile;
use crate::emit::EmitError;
use crate::emit::rust_names::{field_name, type_name};
use crate::paging::PageShape;
use crate::plan::{Model, ModelField, Paging, Shape, Slot};
use crate::{Plan, PlannedOperation};

pub(super) fn write(
    plan: &Plan,
    operation: &PlannedOperation,
    paging: &Paging,
    file: &mut RustFile,
) -> Result<(), EmitError> {
    let broken = |message: &str| EmitError::new(&operation.name, message);
    let way = Way::of(&operation.data, paging).ok_or_else(|| {
        broken(
            "the list that it pages through lies behind a fragment, a null or a list: write its fields out",
        )
    })?;
    file.imports.need("crate::pages", "paged");
    let position = paging.position.as_ref().map(|name| field_name(name));
    let size = paging.size.as_ref().map(|name| field_name(name));
    let of_size = size.as_ref().map_or_else(|| "None".to_owned(), |size| format!("operation.{size}.size()"));
    if of_size != "None" && is_counted(paging.field.shape) {
        file.imports.need("crate::pages", "Size");
    }
    let start = position.as_ref().map(|position| format!("&operation.{position}")).unwrap_or_default();
    let (function, arguments) = match paging.field.shape {
        PageShape::Number | PageShape::Size => ("by_number", vec![way.lists(), start, of_size]),
        PageShape::LastId => (
            "by_last_id",
            vec![way.list.clone(), of_size, "<Self as monday_core::PagedOperation>::id".to_owned()],
        ),
        PageShape::Cursor | PageShape::NextField => {
            let cursor =
                if paging.field.position.as_deref() == Some("next_token") { "next_token" } else { "cursor" };
            ("by_cursor", vec![way.list.clone(), way.word(plan, cursor)])
        }
        PageShape::PageInfo => {
            let info = way.word(plan, "page_info");
            let more = format!("{info}.as_ref().and_then(|info| info.has_next_page)");
            ("by_page_info", vec![way.list.clone(), more, format!("{info}.and_then(|info| info.cursor)")])
        }
        PageShape::Pagination => {
            let info = way.word(plan, "pagination");
            let more = format!("{info}.as_ref().and_then(|info| info.has_more_pages)");
            let next = format!("{info}.as_ref().and_then(|info| info.next_page_number)");
            ("by_pagination", vec![way.list.clone(), more, next, start])
        }
        PageShape::Offset => ("by_offset", vec![way.list.clone(), way.word(plan, "total"), start, of_size]),
        PageShape::Count => {
            ("by_count", vec![way.list.clone(), way.word(plan, "total_count"), start, of_size])
        }
        PageShape::NextOffset => ("by_next_offset", vec![way.list.clone(), start]),
        PageShape::LimitOnly => ("one_page", vec![way.list.clone()]),
    };
    file.imports.need("crate::pages", function);
    let next = match (&paging.next, position) {
        (Some(next), _) => format!("=> {next}"),
        (None, position) => position.unwrap_or_default(),
    };
    let excluded: Vec<String> = paging.excluded.iter().map(|name| field_name(name)).collect();
    // What is another way to page is never sent; what a cursor holds is sent before there is one.
    let (never, later) = match (paging.field.shape, &paging.next) {
        (PageShape::Size, _) => (excluded, Vec::new()),
        (_, Some(_)) => (Vec::new(), Vec::new()),
        (_, None) => (Vec::new(), excluded),
    };
    let size = size.map(|size| {
        let (default, max) = (paging.field.default_size, paging.field.max_size);
        let numbers = [size, format!("{default:?}"), format!("{max:?}")];
        numbers.into_iter().chain(never).collect::<Vec<_>>().join(", ")
    });
    let later = later.join(" ");
    let item = type_name(way.item);
    if item.ends_with("Fields") {
        file.imports.need("crate::fragments", &item);
    }
    let call = format!("{function}({})", arguments.join(", "));
    let page = way
        .holder
        .as_ref()
        .map_or_else(|| call.clone(), |holder| format!("{{ let page = {holder}; {call} }}"));
    let _ = writeln!(
        file.items,
        "paged!({} -> {item} {{ {next} }} [{}] [{later}] ({}) |operation, data| {page});",
        operation.name,
        size.unwrap_or_default(),
        id_of(plan, &operation.data, way.item).unwrap_or_default(),
    );
    Ok(())
}

fn is_counted(shape: PageShape) -> bool {
    use PageShape::{Count, LastId, Number, Offset, Size};
    matches!(shape, Count | LastId | Number | Offset | Size)
}

/// The way through an answer to the list, as Rust.
struct Way<'a> {
    /// The object that holds the list beside the word on what follows.
    holder: Option<String>,
    page: Option<&'a Model>,
    /// The list, in the holder or in the answer.
    list: String,
    /// The lists of several parents.
    many: Option<String>,
    /// The model of an entry.
    item: &'a str,
}

impl<'a> Way<'a> {
    fn of(data: &'a Model, paging: &Paging) -> Option<Self> {
        let (paged, parents) = paging.path.split_last()?;
        let (mut model, mut text, mut outer) = (data, "data".to_owned(), None);
        for step in parents {
            let field = field_of(model, &step.key)?;
            let _ = write!(text, ".{}", field_name(&field.key));
            if let Shape::List(inner) = &field.slot.shape {
                if step.is_single {
                    text += if field.slot.is_nullable { "?.into_iter()" } else { ".into_iter()" };
                    text += if inner.is_nullable { ".flatten().next()?" } else { ".next()?" };
                } else if outer.is_none() {
                    text += if field.slot.is_nullable { ".into_iter().flatten()" } else { ".into_iter()" };
                    text += if inner.is_nullable { ".flatten()" } else { "" };
                    outer = Some(std::mem::replace(&mut text, "parent".to_owned()));
                } else {
                    return None;
                }
            } else if field.slot.is_nullable {
                text += "?";
            }
            model = model_below(model, &field.slot)?;
        }
        let field = field_of(model, &paged.key)?;
        let _ = write!(text, ".{}", field_name(&field.key));
        let (page, holder, list, slot) = if matches!(field.slot.shape, Shape::List(_)) {
            (None, None, text, &field.slot)
        } else {
            text += if field.slot.is_nullable { "?" } else { "" };
            let page = model_below(model, &field.slot)?;
            let list = field_of(page, paging.field.list.as_deref()?)?;
            (Some(page), Some(text), format!("page.{}", field_name(&list.key)), &list.slot)
        };
        let Shape::List(inner) = &slot.shape else { return None };
        let Shape::Model(item) = &inner.shape else { return None };
        let list = list + if slot.is_nullable { ".unwrap_or_default()" } else { "" };
        // In the closure over several parents there is no way out.
        let many = match outer {
            Some(_) if list.contains('?') || holder.is_some() => return None,
            outer => outer.map(|outer| format!("{outer}.map(|parent| {list})")),
        };
        Some(Self { holder, page, list, many, item })
    }

    /// What the holder says beside the list, itself or in a fragment. Through a fragment by its name: what is read through
    /// `Deref` cannot be taken out.
    fn word(&self, plan: &Plan, key: &str) -> String {
        let inside = self.page.and_then(|page| behind(plan, page, key));
        format!("page.{}", inside.unwrap_or_else(|| field_name(key)))
    }

    fn lists(&self) -> String {
        self.many.clone().unwrap_or_else(|| format!("[{}]", self.list))
    }
}

fn field_of<'a>(model: &'a Model, key: &str) -> Option<&'a ModelField> {
    model.fields.iter().find(|field| field.key == key)
}

fn model_below<'a>(model: &'a Model, slot: &Slot) -> Option<&'a Model> {
    let mut shape = &slot.shape;
    while let Shape::List(inner) = shape {
        shape = &inner.shape;
    }
    let Shape::Model(name) = shape else { return None };
    model.nested.iter().find(|nested| nested.name == *name)
}

/// The way to a field that a model has itself or through its fragments.
fn behind(plan: &Plan, model: &Model, key: &str) -> Option<String> {
    if field_of(model, key).is_some() {
        return Some(field_name(key));
    }
    model.spreads.iter().find_map(|spread| {
        let fragment = plan.fragments.iter().find(|fragment| fragment.name == *spread)?;
        Some(format!("{}.{}", spread.to_snake_case(), behind(plan, fragment, key)?))
    })
}

/// The way from an entry to its id.
fn id_of(plan: &Plan, data: &Model, item: &str) -> Option<String> {
    let model = below(data, item).or_else(|| plan.fragments.iter().find(|fragment| fragment.name == item))?;
    let has_id = |model: &Model| {
        let id = field_of(model, "id");
        id.is_some_and(|id| !id.slot.is_nullable && matches!(id.slot.shape, Shape::Id(_)))
    };
    if has_id(model) {
        return Some("id".to_owned());
    }
    let spread = model
        .spreads
        .iter()
        .find(|spread| plan.fragments.iter().any(|fragment| fragment.name == **spread && has_id(fragment)))?;
    Some(format!("{}.id", spread.to_snake_case()))
}

fn below<'a>(model: &'a Model, name: &str) -> Option<&'a Model> {
    model
        .nested
        .iter()
        .find_map(|nested| if nested.name == name { Some(nested) } else { below(nested, name) })
}
