//! Nouns that were written by mutations, in snapshots.
//!
//! Must not know: how a snapshot is made.

use monday_sandbox::seed::Reference;
use monday_sandbox::{Sandbox, Seed};
use serde_json::Value;

use crate::seeds::{ask, start};

/// The id of what a mutation made or changed.
async fn done(sandbox: &Sandbox, mutation: &str) -> String {
    let last = sandbox.snapshot();
    let data = ask(sandbox, &format!("mutation {{ it: {mutation} }}")).await;
    assert_ne!(sandbox.snapshot(), last, "{mutation}");
    let id = if data["it"].is_array() { &data["it"][0]["id"] } else { &data["it"]["id"] };
    id.as_str().unwrap_or_default().to_owned()
}

const ALL: &str = "{ teams { id name is_guest users { id } owners { id } }
    workspaces { id name users_subscribers { id } owners_subscribers { id } teams_subscribers { id }
      team_owners_subscribers { id } }
    folders { id name color created_at workspace { id } parent { id } children { id } sub_folders { id } }
    docs { id object_id name doc_kind created_at updated_at url created_by { id } workspace { id } doc_folder_id
      blocks { id type content created_at updated_at parent_block_id created_by { id } } }
    notifications { id text title read created_at creators { id } item { id } board { id } update { id } }
    updates { id body item { id } likes { id } replies { id body kind creator { id } created_at edited_at } }
    boards { id board_folder_id workspace { id } subscribers { id } owners { id } team_subscribers { id }
      team_owners { id } columns { id title width revision } } }";

/// Whatever a sandbox says and whatever is written next is the same after a start from its snapshot.
async fn same_again(sandbox: &Sandbox) -> Seed {
    let told = sandbox.snapshot();
    let again = start(Seed::from_yaml(&told.to_yaml()).unwrap()).await;
    assert_eq!(again.snapshot().to_yaml(), told.to_yaml());
    assert_eq!(again.snapshot(), told);
    assert_eq!(ask(&again, ALL).await, ask(sandbox, ALL).await);
    for sandbox in [sandbox, &again] {
        done(sandbox, "create_folder(name: \"Next\", workspace_id: 301) { id }").await;
    }
    assert_eq!(again.snapshot(), sandbox.snapshot());
    told
}

#[tokio::test]
async fn every_noun_that_was_written_is_in_the_snapshot_and_starts_the_same_account() {
    let sandbox = start(
        Seed::from_yaml(
            "{users: [Ada, Ben], boards: [{name: Bugs, columns: [doc, text], items: [Typo, Crash]}]}",
        )
        .unwrap(),
    )
    .await;
    let before = sandbox.snapshot();
    let (board, item) = (before.boards[0].id.unwrap(), before.boards[0].listed()[0].id.unwrap());
    let write = async |mutation: String| done(&sandbox, &mutation).await;
    let team = write(
        "create_team(input: {name: \"Makers\", subscriber_ids: [501, 502]}, options: {allow_empty_team: true}) { id }"
            .to_owned(),
    )
    .await;
    write(format!("assign_team_owners(team_id: {team}, user_ids: [502]) {{ errors {{ user_id }} }}")).await;
    let space = write("create_workspace(name: \"More\", kind: open) { id }".to_owned()).await;
    write(format!("add_users_to_workspace(workspace_id: {space}, user_ids: [502], kind: owner) {{ id }}"))
        .await;
    write(format!("add_teams_to_workspace(workspace_id: {space}, team_ids: [{team}]) {{ id }}")).await;
    let outer =
        write(format!("create_folder(name: \"Outer\", workspace_id: {space}, color: DONE_GREEN) {{ id }}"))
            .await;
    let inner = write(format!("create_folder(name: \"Inner\", parent_folder_id: {outer}) {{ id }}")).await;
    write(format!(
        "create_board(board_name: \"In it\", board_kind: public, folder_id: {inner}, board_owner_ids: [502],
         board_subscriber_teams_ids: [{team}]) {{ id }}"
    ))
    .await;
    write(format!("add_users_to_board(board_id: {board}, user_ids: [502]) {{ id }}")).await;
    write(format!("update_column(board_id: {board}, id: \"text\", column_type: text, revision: \"1\", width: 90) {{ id }}"))
        .await;
    let update = write(format!("create_update(item_id: {item}, body: \"Asked\") {{ id }}")).await;
    let reply = write(format!("create_update(parent_id: {update}, body: \"Said\") {{ id }}")).await;
    write(format!("like_update(update_id: {reply}) {{ id }}")).await;
    write(format!(
        "create_notification(user_id: 501, target_id: {update}, target_type: Post, text: \"A\") {{ id }}"
    ))
    .await;
    write(format!(
        "create_notification(user_id: 502, target_id: {item}, target_type: Project, text: \"B\") {{ id }}"
    ))
    .await;
    let doc = write(format!(
        "create_doc(location: {{workspace: {{workspace_id: {space}, name: \"Notes\", kind: private, folder_id: {inner}}}}}) {{ id }}"
    ))
    .await;
    let of_item =
        write(format!("create_doc(location: {{board: {{item_id: {item}, column_id: \"doc\"}}}}) {{ id }}"))
            .await;
    write(format!(
        "add_content_to_doc_from_markdown(docId: {doc}, markdown: \"# Title\\n- One\") {{ success }}"
    ))
    .await;
    let block =
        write(format!("create_doc_block(doc_id: {of_item}, type: quote, content: \"{{ }}\") {{ id }}")).await;
    write(format!(
        "create_doc_block(doc_id: {of_item}, type: normal_text, content: \"{{}}\", parent_block_id: \"{block}\") {{ id }}"
    ))
    .await;
    write(format!("update_doc_block(block_id: \"{block}\", content: \"{{\\\"a\\\": 1}}\") {{ id }}")).await;
    let told = same_again(&sandbox).await;
    let reference = |id: &str| Some(Reference::Id(id.parse().unwrap()));
    assert_eq!(told.teams[0].owners, [Reference::Id(502)]);
    assert_eq!(
        (&told.folders[1].parent, &told.folders[0].color),
        (&reference(&outer), &Some("DONE_GREEN".to_owned()))
    );
    let (first, made) = (&told.boards[0], told.board("In it").unwrap());
    assert_eq!(
        (&made.folder, &made.team_subscribers),
        (&reference(&inner), &Some(vec![reference(&team).unwrap()]))
    );
    assert_eq!(first.columns.as_ref().unwrap()[2].width, Some(90));
    assert_eq!(first.listed()[0].updates[0].replies[0].body, "Said");
    assert_eq!(told.notifications.len(), 2);
    assert_eq!((&told.documents[0].folder, told.documents[0].blocks.len()), (&reference(&inner), 2));
    assert_eq!(
        (&told.documents[1].item, &told.documents[1].column),
        (&Some(Reference::Id(item)), &Some("doc".to_owned()))
    );

    // What others lead to is gone: they stay as they are.
    write(format!("delete_update(id: {update}) {{ id }}")).await;
    write(format!("delete_team(team_id: {team}) {{ id }}")).await;
    write(format!("delete_column(board_id: {board}, column_id: \"doc\") {{ id }}")).await;
    write(format!("delete_folder(folder_id: {outer}) {{ id }}")).await;
    write(format!("archive_board(board_id: {board}) {{ id }}")).await;
    let told = same_again(&sandbox).await;
    assert_eq!(told.notifications[0].fields["update_id"], Value::from(update));
    assert_eq!(told.boards[0].listed().len(), 2);
    write(format!("delete_board(board_id: {board}) {{ id }}")).await;
    same_again(&sandbox).await;
}
