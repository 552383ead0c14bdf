//! How each field of the schema pages: by rule from its arguments and the type it gives, with tables for what the schema
//! does not say.
//!
//! Must not know: documents, Rust.

use apollo_compiler::Name;
use apollo_compiler::schema::{ExtendedType, FieldDefinition};

use crate::Schema;

/// How a field pages. Source: monday's pages on each field; the end is in each variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PageShape {
    /// A bare list by `limit` and `page`: ends on a page shorter than `limit`.
    Number,
    /// A bare list by `pageSize` and `page`: ends on a page shorter than `pageSize`.
    Size,
    /// A bare list whose `cursor` is the id of the last entry: ends on a page shorter than `limit`.
    LastId,
    /// A cursor in the answer, given to the field again: ends when it is null.
    Cursor,
    /// A cursor in the answer, given to another root field: ends when it is null.
    NextField,
    /// `page_info { has_next_page cursor }`: ends when the flag says so.
    PageInfo,
    /// `pagination { has_more_pages next_page_number }`: ends when the flag says so.
    Pagination,
    /// `limit` and `offset` with a `total`: ends when it is reached.
    Offset,
    /// `limit` and `page` with a `total_count`: ends when it is reached.
    Count,
    /// An offset that the server chooses the page size for.
    NextOffset,
    /// `limit` alone: there is one page.
    LimitOnly,
}

/// A field that pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagedField {
    /// `Board.items_page`.
    pub coordinate: String,
    /// How it pages.
    pub shape: PageShape,
    /// The argument that says where a page starts; none where there is one page.
    pub position: Option<String>,
    /// The argument that says how much a page holds; none where the server decides.
    pub size: Option<String>,
    /// What is sent for `size` unless the caller says otherwise: the largest that is documented, else the schema's default.
    /// None where there is one page of unknown size: a number could only make it smaller.
    pub default_size: Option<i64>,
    /// The largest that is documented.
    pub max_size: Option<i64>,
    /// Arguments that must not stand beside a position.
    pub excluded: Vec<String>,
    /// The field that holds the list, where the field itself is none.
    pub list: Option<String>,
}

/// The largest page that monday documents. Beyond it a field refuses, or gives less without a word, which would look like
/// the end.
const LARGEST: [(&str, i64); 17] = [
    ("Board.items_page", 500),
    ("Group.items_page", 500),
    ("Query.app_installs", 100),
    ("Query.board_dependencies", 500),
    ("Query.export_events", 1_000),
    ("Query.get_object_schemas", 100),
    ("Query.items", 100),
    ("Query.items_page_by_column_values", 500),
    ("Query.next_items_page", 500),
    ("Query.users", 1_000),
    ("SearchNamespace.boards", 20),
    ("SearchNamespace.docs", 20),
    ("SearchNamespace.items", 20),
    ("SearchNamespace.timeline_items", 20),
    ("SearchNamespace.updates", 20),
    ("SearchNamespace.users", 20),
    ("SearchNamespace.workspaces", 20),
];

/// What is sent where neither the schema nor monday's pages name a number.
const UNDOCUMENTED_SIZE: i64 = 25;

/// Where the rule is not enough: the field, its shape, why.
pub const PAGING_EXCEPTIONS: [(&str, PageShape, &str); 4] = [
    (
        "Query.block_events",
        PageShape::NextOffset,
        "its type has no next offset: the count of what was read is the offset, and an empty page ends it",
    ),
    (
        "Query.next_items_page",
        PageShape::Cursor,
        "it is where `Board.items_page` and its relatives go on, so it goes on in itself",
    ),
    ("Query.tool_events", PageShape::NextOffset, "as `Query.block_events`"),
    ("Query.trigger_events", PageShape::NextOffset, "as `Query.block_events`"),
];

/// Arguments that cannot stand beside a position, by the argument of the position. A cursor holds its query; `pagination`
/// is another way to page.
const EXCLUDED: [(&str, &str); 3] =
    [("cursor", "columns"), ("cursor", "query_params"), ("page", "pagination")];

/// The fields of the schema that page, mutations left out, in the order of their coordinates.
#[must_use]
pub fn paged_fields(schema: &Schema) -> Vec<PagedField> {
    let mut found = Vec::new();
    for ty in schema.inner.types.values() {
        let ExtendedType::Object(object) = ty else { continue };
        if !ty.is_built_in() && object.name != "Mutation" {
            let fields = object.fields.values();
            found.extend(fields.filter_map(|field| paged_field(schema, &object.name, field)));
        }
    }
    found.sort_by(|a, b| a.coordinate.cmp(&b.coordinate));
    found
}

/// How one field pages, if it does.
pub(crate) fn paged_field(schema: &Schema, of: &Name, field: &FieldDefinition) -> Option<PagedField> {
    let first = |names: &[&'static str]| {
        names.iter().copied().find(|name| field.arguments.iter().any(|argument| argument.name == *name))
    };
    let size = first(&["limit", "pageSize"]);
    let position = first(&["cursor", "next_token", "nextPageOffset", "next_page_offset", "offset", "page"]);
    if size.is_none() && position.is_none() {
        return None;
    }
    let coordinate = format!("{of}.{}", field.name);
    let object = schema.inner.get_object(field.ty.inner_named_type()).filter(|_| !field.ty.is_list());
    let has = |name: &str| object.is_some_and(|object| object.fields.contains_key(name));
    let exception = PAGING_EXCEPTIONS.iter().find(|(name, ..)| *name == coordinate).map(|row| row.1);
    let shape = exception.or(match (position, object.is_some()) {
        (None, _) => Some(PageShape::LimitOnly),
        (Some("page"), false) if size == Some("pageSize") => Some(PageShape::Size),
        (Some("page"), false) => Some(PageShape::Number),
        (Some("cursor"), false) => Some(PageShape::LastId),
        (Some("page"), true) if has("pagination") => Some(PageShape::Pagination),
        (Some("page"), true) if has("total_count") => Some(PageShape::Count),
        (Some("offset"), true) if has("total") => Some(PageShape::Offset),
        (Some("cursor"), true) if has("page_info") => Some(PageShape::PageInfo),
        (Some("cursor"), true)
            if has("cursor") && next_field(schema, field.ty.inner_named_type()).is_some() =>
        {
            Some(PageShape::NextField)
        }
        (Some(name), true) if has(name) => Some(PageShape::Cursor),
        _ => None,
    })?;
    let list = match object {
        None => None,
        Some(object) => {
            let is_object =
                |name: &Name| schema.inner.types.get(name).is_some_and(|ty| !ty.is_scalar() && !ty.is_enum());
            let mut lists = object
                .fields
                .values()
                .filter(|field| field.ty.is_list() && is_object(field.ty.inner_named_type()));
            // With two lists there is no telling which one pages.
            let list = lists.next().filter(|_| lists.next().is_none())?;
            Some(list.name.to_string())
        }
    };
    let max_size = LARGEST.iter().find(|(name, _)| *name == coordinate).map(|(_, size)| *size);
    let default = size.and_then(|size| field.arguments.iter().find(|argument| argument.name == size));
    let default = default.and_then(|argument| argument.default_value.as_ref()?.to_i32());
    let excluded = field.arguments.iter().map(|argument| argument.name.as_str());
    Some(PagedField {
        coordinate,
        shape,
        position: position.map(str::to_owned),
        size: size.map(str::to_owned),
        default_size: max_size.or(match shape {
            PageShape::LimitOnly => None,
            _ => Some(default.map_or(UNDOCUMENTED_SIZE, i64::from)),
        }),
        max_size,
        excluded: excluded
            .filter(|name| position.is_some_and(|position| EXCLUDED.contains(&(position, name))))
            .map(str::to_owned)
            .collect(),
        list,
    })
}

/// The root field that goes on where a first page ended: it takes a cursor, and gives the same type.
pub(crate) fn next_field<'a>(schema: &'a Schema, ty: &Name) -> Option<&'a Name> {
    let query = schema.inner.get_object("Query")?;
    let goes_on = |field: &FieldDefinition| {
        let is_cursor_required =
            field.arguments.iter().any(|argument| argument.name == "cursor" && argument.ty.is_non_null());
        is_cursor_required && field.ty.inner_named_type() == ty
    };
    query.fields.iter().find(|(_, field)| goes_on(field)).map(|(name, _)| name)
}
