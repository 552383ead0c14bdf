//! Items as views: the documents are the schema's, and what is read is what every other door reads.
//!
//! Must not know: how views find what they show.

use std::collections::BTreeMap;
use std::fs;

use apollo_compiler::{ExecutableDocument, Schema};
use futures_util::TryStreamExt as _;
use monday_sdk::columns::{ItemView, ItemViews, NextItemViews};
use monday_sdk::queries::ItemsPage;
use monday_sdk::queries::fragments::ItemFields;
use monday_sdk::{Client, ErrorKind, Operation};

use crate::support::{root, sandbox};

#[test]
fn the_documents_are_valid() {
    let text = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    let schema = Schema::parse_and_validate(text, "monday.graphql").unwrap();
    for (name, document) in
        [(ItemViews::NAME, ItemViews::DOCUMENT), (NextItemViews::NAME, NextItemViews::DOCUMENT)]
    {
        let valid = ExecutableDocument::parse_and_validate(&schema, document, name);
        assert!(valid.unwrap().operations.named.contains_key(name));
    }
}

async fn all(client: &Client, board: &str) -> Vec<ItemFields> {
    client.pages(ItemsPage::new(board)).page_size(100).try_collect().await.unwrap()
}

/// Of each column: `type`, `text`, `value`.
type Shown = BTreeMap<String, (String, Option<String>, Option<String>)>;

fn shown(view: &ItemView) -> (String, String, String, Shown) {
    let text = |text: Option<std::borrow::Cow<'_, str>>| text.map(std::borrow::Cow::into_owned);
    let columns = view.columns().map(|column| {
        (column.id().into_owned(), (column.type_name().to_owned(), text(column.text()), text(column.value())))
    });
    let group = view.group_id().unwrap().into_owned();
    (view.id().to_owned(), view.name().into_owned(), group, columns.collect())
}

fn told(item: &ItemFields) -> (String, String, String, Shown) {
    let columns = item.column_values.iter().map(|column| {
        // monday writes JSON into text.
        let value = column.value.as_ref().map(|value| value.0.as_str().unwrap().to_owned());
        (column.id.to_string(), (column.type_.to_string(), column.text.clone(), value))
    });
    let group = item.group.as_ref().unwrap().id.to_string();
    (item.id.to_string(), item.name.clone(), group, columns.collect())
}

#[tokio::test]
async fn a_board_reads_as_it_does_by_other_doors() {
    let (sandbox, client) = sandbox(350).await;
    let board = sandbox.large_board_id();
    let views: Vec<ItemView> =
        client.pages(ItemViews::of(board)).page_size(100).read_ahead(true).try_collect().await.unwrap();
    let items = all(&client, board).await;
    assert_eq!((views.len(), items.len()), (350, 350));
    for (view, item) in views.iter().zip(&items) {
        assert_eq!(shown(view), told(item));
    }
    assert!(items.iter().any(|item| item.column_values.iter().any(|column| column.value.is_some())));
}

#[tokio::test]
async fn only_the_columns_that_are_named_are_asked_for() {
    let (sandbox, client) = sandbox(3).await;
    let first = ItemViews::of(sandbox.large_board_id()).columns(["status"]);
    let views: Vec<ItemView> = client.pages(first).try_collect().await.unwrap();
    let ids: Vec<Vec<String>> =
        views.iter().map(|view| view.columns().map(|column| column.id().into_owned()).collect()).collect();
    assert_eq!(ids, vec![vec!["status".to_owned()]; 3]);
}

#[tokio::test]
async fn the_parts_of_a_board_are_the_board() {
    let sandbox = monday_sandbox::Sandbox::builder().items(90).groups(3).start().await.unwrap();
    let client = crate::support::client_for(
        &sandbox.url(),
        monday_sdk::CredentialKind::PersonalToken,
        sandbox.personal_token(),
    );
    let client = client.build().unwrap();
    let items = all(&client, sandbox.large_board_id()).await;
    let mut groups: Vec<String> =
        items.iter().map(|item| item.group.as_ref().unwrap().id.to_string()).collect();
    groups.sort();
    groups.dedup();
    let parts = ItemViews::of(sandbox.large_board_id())
        .split_by_groups(groups[..2].iter().map(String::as_str))
        .unwrap();
    assert_eq!(parts.len(), 3);
    let views: Vec<ItemView> = client.parts(parts).page_size(20).try_collect().await.unwrap();
    let mut read: Vec<&str> = views.iter().map(ItemView::id).collect();
    let mut ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    read.sort_unstable();
    ids.sort_unstable();
    assert_eq!(read, ids);
}

#[tokio::test]
async fn a_board_that_is_not_there_is_not_found() {
    let (_sandbox, client) = sandbox(1).await;
    let found = client.pages(ItemViews::of(1)).try_collect::<Vec<_>>().await;
    assert_eq!(found.unwrap_err().kind(), ErrorKind::NotFound);
}
