//! Which id-like field, argument or variable holds the id of which noun: by its name, or by what the field gives.
//!
//! The schema says `ID` or `String` and no more. Where the name does not make it plain, an id is a plain `Id`. Must not
//! know: Rust.

use heck::ToSnakeCase;

/// The last word of a name before `_id` or `_ids`, and the noun whose id it is.
const WORDS: [(&str, &str); 27] = [
    ("account", "Account"),
    ("app", "App"),
    ("asset", "Asset"),
    ("board", "Board"),
    ("column", "Column"),
    ("creator", "User"),
    ("department", "Department"),
    ("doc", "Doc"),
    ("document", "Doc"),
    ("folder", "Folder"),
    ("group", "Group"),
    ("item", "Item"),
    ("owner", "User"),
    ("pulse", "Item"),
    ("subitem", "Item"),
    ("subitems", "Item"),
    ("subscriber", "User"),
    ("tag", "Tag"),
    ("team", "Team"),
    ("teams", "Team"),
    ("update", "Update"),
    ("updater", "User"),
    ("user", "User"),
    ("voter", "User"),
    ("webhook", "Webhook"),
    ("workspace", "Workspace"),
    ("workspaces", "Workspace"),
];

/// Names whose last word means something else.
const OTHERS: [&str; 5] = ["api_app", "form_tag", "managed_column", "marketplace_app", "service_user"];

/// Types whose field `id` is the noun's id.
const TYPES: [(&str, &str); 18] = [
    ("Account", "Account"),
    ("AppType", "App"),
    ("Asset", "Asset"),
    ("Board", "Board"),
    ("Column", "Column"),
    ("ColumnValue", "Column"),
    ("Department", "Department"),
    ("Document", "Doc"),
    ("Folder", "Folder"),
    ("Group", "Group"),
    ("Item", "Item"),
    ("Reply", "Update"),
    ("Tag", "Tag"),
    ("Team", "Team"),
    ("Update", "Update"),
    ("User", "User"),
    ("Webhook", "Webhook"),
    ("Workspace", "Workspace"),
];

/// The noun of a name such as `parent_item_id`, `boardId` or `add_subscriber_ids`.
pub(super) fn of_name(name: &str) -> Option<&'static str> {
    let name = name.to_snake_case();
    let stem = name.strip_suffix("_ids").or_else(|| name.strip_suffix("_id"))?;
    if OTHERS.iter().any(|other| stem.ends_with(other)) {
        return None;
    }
    let word = stem.rsplit('_').next()?;
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, noun)| *noun)
}

/// The noun of a type's field `id`, and of the arguments `id` and `ids` of fields that give the type.
pub(super) fn of_type(name: &str) -> Option<&'static str> {
    TYPES.iter().find(|(known, _)| *known == name).map(|(_, noun)| *noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_before_id_names_the_noun() {
        let nouns = [
            ("parent_item_id", Some("Item")),
            ("boardId", Some("Board")),
            ("board_owner_ids", Some("User")),
            ("board_subscriber_teams_ids", Some("Team")),
            ("board_folder_id", Some("Folder")),
            ("managed_column_id", None),
            ("object_id", None),
            ("account_product_id", None),
            ("board", None),
        ];
        for (name, noun) in nouns {
            assert_eq!(of_name(name), noun, "{name}");
        }
    }

    #[test]
    fn the_tables_stand_in_order() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(TYPES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
