//! Where fields lead, in two tables: over ids that a noun has, and over ids of it that others have.
//!
//! Must not know: root fields.

use serde_json::{Map, Value};

use super::{Arguments, Found, Noun, listed, record};
use crate::field_fault::FieldFault;
use crate::world::{Kind, World, ids_of};

/// A type, its field, the key that holds one id or a list of them, and whose they are.
const OWN: &[(&str, &str, &str, Kind)] = &[
    ("ActivateUsersResult", "activated_users", "user_ids", Kind::User),
    ("Asset", "uploaded_by", "creator_id", Kind::User),
    ("AssignTeamOwnersResult", "team", "team_id", Kind::Team),
    ("Board", "creator", "creator_id", Kind::User),
    ("Board", "folder", "board_folder_id", Kind::Folder),
    ("Board", "owner", "creator_id", Kind::User),
    ("Board", "owners", "owner_ids", Kind::User),
    ("Board", "subscribers", "user_ids", Kind::User),
    ("Board", "tags", "tag_ids", Kind::Tag),
    ("Board", "team_owners", "team_owner_ids", Kind::Team),
    ("Board", "team_subscribers", "team_ids", Kind::Team),
    ("Board", "workspace", "workspace_id", Kind::Workspace),
    ("BoardDuplication", "board", "board_id", Kind::Board),
    ("ChangeTeamMembershipsResult", "failed_users", "failed_ids", Kind::User),
    ("ChangeTeamMembershipsResult", "successful_users", "user_ids", Kind::User),
    ("DeactivateUsersResult", "deactivated_users", "user_ids", Kind::User),
    ("Document", "created_by", "creator_id", Kind::User),
    ("Document", "workspace", "workspace_id", Kind::Workspace),
    ("DocumentBlock", "created_by", "creator_id", Kind::User),
    ("DocumentBlockV2", "created_by", "creator_id", Kind::User),
    ("FileAssetValue", "creator", "creator_id", Kind::User),
    ("Folder", "parent", "parent_id", Kind::Folder),
    ("Folder", "workspace", "workspace_id", Kind::Workspace),
    ("InviteUsersResult", "invited_users", "user_ids", Kind::User),
    ("Like", "creator", "creator_id", Kind::User),
    ("NotificationV2", "board", "board_id", Kind::Board),
    ("NotificationV2", "creators", "creator_ids", Kind::User),
    ("NotificationV2", "item", "item_id", Kind::Item),
    ("NotificationV2", "update", "update_id", Kind::Update),
    ("RemoveTeamOwnersResult", "team", "team_id", Kind::Team),
    ("Reply", "creator", "creator_id", Kind::User),
    ("Team", "owners", "owner_ids", Kind::User),
    ("Team", "users", "user_ids", Kind::User),
    ("Update", "creator", "creator_id", Kind::User),
    ("Update", "item", "item_id", Kind::Item),
    ("UpdateBoardHierarchyResult", "board", "board_id", Kind::Board),
    ("UpdateEmailDomainResult", "updated_users", "user_ids", Kind::User),
    ("UpdateUserAttributesResult", "updated_users", "user_ids", Kind::User),
    ("UpdateUsersRoleResult", "updated_users", "user_ids", Kind::User),
    ("Workspace", "owners_subscribers", "owner_ids", Kind::User),
    ("Workspace", "team_owners_subscribers", "team_owner_ids", Kind::Team),
    ("Workspace", "teams_subscribers", "team_ids", Kind::Team),
    ("Workspace", "users_subscribers", "user_ids", Kind::User),
];

/// A type, its field, those that the field lists, and the key under which they have the id; their type where it
/// is not their kind's.
const OTHERS: &[(&str, &str, Kind, &str, Option<&str>)] = &[
    ("Document", "blocks", Kind::Block, "doc_id", None),
    ("Folder", "children", Kind::Board, "board_folder_id", None),
    ("Folder", "sub_folders", Kind::Folder, "parent_id", None),
    ("Update", "replies", Kind::Update, "parent_id", Some("Reply")),
    ("User", "teams", Kind::Team, "user_ids", None),
];

/// What is of this kind and has this id.
pub(super) fn noun(world: &World, kind: Kind, id: &str) -> Option<Noun> {
    match kind {
        Kind::Board => world.board(id.parse().ok()?).map(Noun::Board),
        Kind::Item => world.items.get(&id.parse().ok()?).cloned().map(Noun::Item),
        kind => world.record(kind, id).map(|fields| record(kind.type_name(), fields)),
    }
}

/// What a field leads to; `None` if it is in no table. Lists follow `ids`, `limit` and `page` where a field
/// has them.
pub(super) fn followed(
    world: &World,
    type_name: &str,
    fields: &Map<String, Value>,
    name: &str,
    arguments: &Arguments<'_>,
) -> Option<Result<Found, FieldFault>> {
    let wanted = arguments.ids("ids");
    let page = |nouns| arguments.page(nouns, usize::MAX).map(Found::Nodes);
    if let Some((_, _, key, kind)) = OWN.iter().find(|(of, field, ..)| *of == type_name && *field == name) {
        return Some(match fields.get(*key)? {
            Value::Array(_) => {
                let ids = ids_of(fields, key).into_iter().filter(|id| listed(wanted.as_deref(), id));
                page(ids.filter_map(|id| noun(world, *kind, id)).collect())
            }
            id => Ok(Found::optional(id.as_str().and_then(|id| noun(world, *kind, id)))),
        });
    }
    let of = OTHERS.iter().find(|(of, field, ..)| *of == type_name && *field == name);
    let (_, _, kind, key, other) = of?;
    let id = fields.get("id")?.as_str()?;
    if *kind == Kind::Board {
        let boards = world
            .boards
            .iter()
            .filter(|board| ids_of(&board.fields, key).contains(&id) && board.fields["state"] == "active");
        return Some(page(boards.cloned().map(Noun::Board).collect()));
    }
    let others = world.records(*kind).iter().filter(|other| {
        ids_of(other, key).contains(&id)
            && listed(wanted.as_deref(), ids_of(other, "id").first().unwrap_or(&""))
    });
    let type_name = other.unwrap_or(kind.type_name());
    Some(page(others.map(|other| record(type_name, other)).collect()))
}
