//! Which folder of `queries/` an operation belongs to: monday's nouns, as a table.
//!
//! The longest phrase that stands in the root field's name decides, the later one of two as long; then the longest in
//! the name of the result's type. The first word of a mutation is its verb and is no noun by itself.

use heck::ToSnakeCase;

/// Folder, and the phrases that lead to it; singular, since a plural `s` does not count.
const NOUNS: &[(&str, &[&str])] = &[
    ("account", &["account"]),
    ("ai", &["ai_column", "ai_from_column", "prompt"]),
    ("apps", &["app", "trial_period"]),
    ("articles", &["article"]),
    ("audit", &["audit"]),
    ("automations", &["automation", "block_event", "export_event", "integration", "tool_event", "trigger"]),
    ("boards", &["board"]),
    ("campaigns", &["campaign"]),
    ("columns", &["column"]),
    ("connections", &["connection"]),
    ("dashboards", &["dashboard", "overview", "widget"]),
    ("departments", &["department"]),
    ("dependencies", &["dependency", "dependencie"]),
    ("directory", &["directory"]),
    ("docs", &["doc", "doc_version", "document"]),
    ("favorites", &["favorite"]),
    ("files", &["add_file", "asset", "file"]),
    ("folders", &["folder"]),
    ("forms", &["form", "question"]),
    ("groups", &["group"]),
    ("items", &["aggregate", "column_value", "item", "items_page", "move_item", "subitem"]),
    ("jobs", &["job", "undo_action"]),
    ("knowledge", &["knowledge"]),
    ("managed_columns", &["managed_column"]),
    ("marketplace", &["marketplace"]),
    ("notetaker", &["notetaker"]),
    ("notifications", &["mute_board", "notification"]),
    ("object_schemas", &["object_schema"]),
    ("objects", &["object"]),
    (PLATFORM, &["complexity", "developer_doc", "platform", "version"]),
    ("projects", &["portfolio", "project"]),
    ("search", &["search"]),
    ("sequences", &["sequence"]),
    ("sprints", &["sprint"]),
    ("tags", &["tag"]),
    ("teams", &["team"]),
    ("templates", &["template"]),
    ("timeline", &["custom_activity", "timeline"]),
    ("updates", &["replie", "reply", "update"]),
    ("users", &["email_domain", "service_user", "user"]),
    ("validations", &["required_column", "validation"]),
    ("views", &["view"]),
    ("webhooks", &["webhook"]),
    ("workspaces", &["workspace"]),
];

/// The folder of what no noun fits.
const PLATFORM: &str = "platform";

/// The folder for the operation of a root field.
pub(super) fn folder(field: &str, is_mutation: bool, result: &str) -> &'static str {
    let result = result.to_snake_case();
    longest(field, usize::from(is_mutation)).or_else(|| longest(&result, 0)).unwrap_or(PLATFORM)
}

/// The folder of the longest phrase in a name; a single word counts from `first` on.
fn longest(name: &str, first: usize) -> Option<&'static str> {
    let words: Vec<&str> = name.split('_').map(singular).collect();
    let mut best = None;
    for &(folder, phrases) in NOUNS {
        for phrase in phrases {
            let phrase_words: Vec<&str> = phrase.split('_').map(singular).collect();
            let fits = |at: &usize| words[*at..].starts_with(&phrase_words);
            let mut found = (0..words.len()).filter(fits).filter(|at| phrase_words.len() > 1 || *at >= first);
            if let Some(at) = found.next_back() {
                best = best.max(Some((phrase.len(), at, folder)));
            }
        }
    }
    best.map(|(_, _, folder)| folder)
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::SHARED_MODULES;

    #[test]
    fn the_longest_noun_decides_and_the_result_where_there_is_none() {
        let cases = [
            ("boards", false, "Board", "boards"),
            ("timeline_item", false, "TimelineItem", "timeline"),
            ("create_dropdown_managed_column", true, "DropdownManagedColumn", "managed_columns"),
            ("add_users_to_team", true, "Result", "teams"),
            ("move_item_to_group", true, "Item", "items"),
            ("update_board", true, "JSON", "boards"),
            ("edit_update", true, "Update", "updates"),
            ("updates", false, "Update", "updates"),
            ("pin_to_top", true, "Update", "updates"),
            ("brand_kit", false, "CampaignsBrandKit", "campaigns"),
            ("replies", false, "Reply", "updates"),
            ("empty", false, "String", "platform"),
        ];
        for (field, is_mutation, result, expected) in cases {
            assert_eq!(folder(field, is_mutation, result), expected, "{field}");
        }
    }

    #[test]
    fn every_folder_can_be_a_module() {
        for (folder, _) in NOUNS {
            assert!(syn::parse_str::<syn::Ident>(folder).is_ok(), "{folder}");
            assert!(!SHARED_MODULES.contains(folder) && *folder != crate::plan::FRAGMENTS_FOLDER, "{folder}");
        }
    }
}
