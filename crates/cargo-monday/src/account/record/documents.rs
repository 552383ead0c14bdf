//! The documents that are sent: exactly what a recording needs, and nothing that it would have to throw away.
//!
//! Must not know: what becomes of the answers.

pub(super) const USERS: &str = "query RecordUsers($page: Int!) { users(limit: 200, page: $page) { \
    id name email title kind status } }";

pub(super) const ME: &str = "query RecordMe { me { id } }";

pub(super) const WORKSPACES: &str = "query RecordWorkspaces($page: Int!) { workspaces(limit: 100, page: $page) { \
    id name kind is_default_workspace } }";

pub(super) const TEAMS: &str = "query RecordTeams { teams { id name is_guest users { id } owners { id } } }";

pub(super) const FOLDERS: &str = "query RecordFolders($page: Int!) { folders(limit: 100, page: $page) { \
    id name color workspace { id } parent { id } } }";

pub(super) const TAGS: &str = "query RecordTags { tags { id name color } }";

pub(super) const BOARDS: &str = "query RecordBoards($ids: [ID!], $page: Int!) { \
    boards(ids: $ids, limit: 25, page: $page) { \
    id name state board_kind type workspace_id board_folder_id created_at updated_at groups { id title color } \
    columns { id title type archived settings } } }";

/// The name of an operation, and its text.
pub(super) struct Items {
    pub(super) first: String,
    pub(super) next: String,
}

impl Items {
    pub(super) fn new() -> Self {
        let page = "cursor items { ...RecordedItem subitems { ...RecordedItem board { id } } }";
        Self {
            first: format!(
                "query RecordItems($board: ID!) {{ boards(ids: [$board], limit: 1) {{ items_page(limit: 50) {{ {page} }} }} }} {ITEM}"
            ),
            next: format!(
                "query RecordNextItems($cursor: String!) {{ next_items_page(cursor: $cursor, limit: 50) {{ {page} }} }} {ITEM}"
            ),
        }
    }
}

const ITEM: &str = "fragment RecordedItem on Item { id name state created_at updated_at creator_id group { id } \
    assets(assets_source: columns) { id name file_size created_at } \
    column_values { id type value ... on BoardRelationValue { linked_item_ids } \
    ... on DependencyValue { linked_item_ids } } }";

pub(super) const UPDATES: &str = "query RecordUpdates($board: ID!, $page: Int!) { \
    boards(ids: [$board], limit: 1) { updates(limit: 100, page: $page) { \
    id item_id body creator_id created_at assets { id name file_size created_at } } } }";
