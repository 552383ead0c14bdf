//! Files on their whole way: up through the client, listed by the sandbox, down again from another origin.
//!
//! Must not know: what an upload looks like on the wire.

mod lost_answers;
mod memory;

use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use monday_sandbox::{DownloadCounts, Sandbox, SandboxBuilder};
use monday_sdk::core::{File, OperationKind};
use monday_sdk::queries::fragments::AssetFields;
use monday_sdk::queries::{AddFileToColumn, AddFileToUpdate, Assets, CreateItem, CreateUpdate};
use monday_sdk::{Client, CredentialKind, ErrorKind, ItemId, Json, Request, Upload, UploadFault};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{client_for, received, within};

const MEBIBYTE: usize = 1024 * 1024;

/// Of each story.
const LIMIT: Duration = Duration::from_mins(1);

/// A sandbox, its client, and an item without files.
async fn story(builder: SandboxBuilder) -> (Sandbox, Client, ItemId) {
    let sandbox = builder.items(0).start().await.unwrap();
    let client = client_for(&sandbox.url(), CredentialKind::PersonalToken, sandbox.personal_token());
    let client = client.build().unwrap();
    let item = client.execute(CreateItem::new(sandbox.large_board_id(), "with files")).await.unwrap();
    (sandbox, client, item.create_item.unwrap().id)
}

fn to_column(item: &ItemId) -> AddFileToColumn {
    AddFileToColumn::new(item, "files", File)
}

/// Bytes that differ from place to place.
fn noise(length: usize) -> Vec<u8> {
    (0_u32..).map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()[3]).take(length).collect()
}

#[derive(Deserialize)]
struct Found {
    items: Vec<Value>,
}

/// What an item says of its files.
async fn files_of(client: &Client, item: &ItemId) -> Value {
    const DOCUMENT: &str = "query Files($ids: [ID!]) { items(ids: $ids) {
        assets { id name uploaded_by { id } }
        in_columns: assets(assets_source: columns, column_ids: [\"files\"]) { id }
        updates { assets { id name } }
        column_values(ids: [\"files\"]) { text value ... on FileValue { files { __typename
            ... on FileAssetValue { asset_id name is_image asset { id file_size } creator { id } } } } }
    } }";
    let variables = json!({"ids": [item.as_str()]});
    let request: Request<Found> =
        Request::from_document(OperationKind::Query, "Files", DOCUMENT, &variables).unwrap();
    client.execute(request).await.unwrap().items.remove(0)
}

/// How many assets an item has.
async fn count(client: &Client, item: &ItemId) -> usize {
    files_of(client, item).await["assets"].as_array().unwrap().len()
}

async fn asset(client: &Client, id: &str) -> AssetFields {
    client.execute(Assets::new([id])).await.unwrap().assets.unwrap().remove(0).unwrap().asset_fields
}

#[tokio::test]
async fn an_uploaded_file_is_listed_and_comes_back_byte_for_byte() {
    within(LIMIT, async {
        let (sandbox, client, item) = story(Sandbox::builder()).await;
        let bytes = noise(3 * MEBIBYTE + 17);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Grüße & 100% #1?.PNG");
        std::fs::write(&path, &bytes).unwrap();
        let told: Arc<Mutex<Vec<u64>>> = Arc::default();
        let tell = Arc::clone(&told);
        let upload = Upload::file(&path).on_progress(move |now| tell.lock().unwrap().push(now.sent));
        let first = client.upload(to_column(&item), &upload).await.unwrap().add_file_to_column.unwrap();
        assert_eq!(first.name, "Grüße & 100% #1?.PNG");
        assert_eq!((first.file_size, first.file_extension.as_str()), (i64::try_from(bytes.len()).unwrap(), ".PNG"));
        assert_eq!(told.lock().unwrap().last(), Some(&(bytes.len() as u64)));

        let source = bytes.clone();
        let reader = Upload::reader("notes", 5, move || {
            let five = std::io::Cursor::new(source[..5].to_vec());
            async { Ok(five) }
        });
        let second = client.upload(to_column(&item), &reader).await.unwrap().add_file_to_column.unwrap();
        let update = client.execute(CreateUpdate::new("See there").item_id(&item)).await.unwrap();
        let to_update = AddFileToUpdate::new(update.create_update.unwrap().id, File);
        let empty = Upload::bytes("empty.txt", &b""[..]).content_type("text/plain");
        let third = client.upload(to_update, &empty).await.unwrap().add_file_to_update.unwrap();

        let (one, two, three) = (first.id.as_str(), second.id.as_str(), third.id.as_str());
        let found = files_of(&client, &item).await;
        let by = json!({"id": "501"});
        assert_eq!(
            found["assets"],
            json!([
                {"id": one, "name": first.name, "uploaded_by": by}, {"id": two, "name": "notes", "uploaded_by": by},
                {"id": three, "name": "empty.txt", "uploaded_by": by},
            ])
        );
        assert_eq!(found["in_columns"], json!([{"id": one}, {"id": two}]));
        assert_eq!(found["updates"], json!([{"assets": [{"id": three, "name": "empty.txt"}]}]));
        let value = &found["column_values"][0];
        assert_eq!(value["text"], format!("{}, notes", first.name));
        let stored: Value = serde_json::from_str(value["value"].as_str().unwrap()).unwrap();
        assert_eq!((&stored["files"][0]["assetId"], &stored["files"][0]["isImage"]), (&json!(one.parse::<u64>().unwrap()), &json!("true")));
        assert_eq!(
            value["files"][1],
            json!({"__typename": "FileAssetValue", "asset_id": two, "name": "notes", "is_image": false,
                   "asset": {"id": two, "file_size": 5}, "creator": by})
        );

        let target = folder.path().join("back.png");
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = Arc::clone(&told);
        let listed = asset(&client, one).await;
        assert_eq!(listed, first);
        let download = client.download(&listed.public_url).await.unwrap();
        let download = download.on_progress(move |now| tell.lock().unwrap().push((now.received, now.total)));
        assert_eq!(download.save_to(&target).await.unwrap(), bytes.len() as u64);
        assert!(std::fs::read(&target).unwrap() == bytes, "the bytes differ");
        let told = told.lock().unwrap().clone();
        assert!(told.len() > 1 && told.is_sorted(), "{told:?}");
        assert_eq!(told.last(), Some(&(bytes.len() as u64, Some(bytes.len() as u64))));
        let back = client.download(&second.public_url).await.unwrap();
        assert_eq!(back.content_type(), Some("application/octet-stream"));
        assert_eq!(back.bytes(5).await.unwrap(), bytes[..5]);
        let back = client.download(&third.public_url).await.unwrap();
        assert_eq!((back.content_type(), back.length()), (Some("text/plain"), Some(0)));
        assert_eq!(back.bytes(0).await.unwrap(), b""[..]);
        let too_large = client.download(&second.public_url).await.unwrap().bytes(4).await;
        assert_eq!(too_large.unwrap_err().kind(), ErrorKind::ResponseTooLarge);
        assert_eq!(sandbox.seen().writes("add_file_to_column"), 2);
    })
    .await;
}

#[tokio::test]
async fn a_download_takes_no_credential_to_another_origin_and_follows_no_redirect() {
    within(LIMIT, async {
        let (sandbox, client, item) = story(Sandbox::builder()).await;
        let upload = Upload::bytes("a.txt", &b"12345"[..]);
        let asset = client.upload(to_column(&item), &upload).await.unwrap().add_file_to_column.unwrap();
        assert!(asset.public_url.starts_with(&sandbox.assets_url()));
        assert!(!sandbox.url().starts_with(&sandbox.assets_url()));
        client.download(&asset.public_url).await.unwrap();
        let counts = sandbox.downloads();
        assert_eq!((counts.served, counts.refused, counts.with_credential), (1, 0, 0));

        let elsewhere = MockServer::start().await;
        for status in [301, 302, 303, 307, 308] {
            elsewhere.reset().await;
            let moved = ResponseTemplate::new(status).insert_header("location", asset.public_url.as_str());
            Mock::given(any()).respond_with(moved).mount(&elsewhere).await;
            let error = client.download(&elsewhere.uri()).await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Redirected, Some(status)));
            let requests = received(&elsewhere).await;
            assert_eq!(requests.len(), 1);
            assert!(!requests[0].headers.contains_key("authorization"));
        }
        assert_eq!(sandbox.downloads(), counts);

        sandbox.expire_public_urls();
        let error = client.download(&asset.public_url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Forbidden);
        let fresh = self::asset(&client, asset.id.as_str()).await;
        assert_eq!(client.download(&fresh.public_url).await.unwrap().bytes(5).await.unwrap(), b"12345"[..]);
        let gone = fresh.public_url.replace(asset.id.as_str(), "1");
        assert_eq!(client.download(&gone).await.unwrap_err().kind(), ErrorKind::NotFound);
        let DownloadCounts { served, refused, with_credential, .. } = sandbox.downloads();
        assert_eq!((served, refused, with_credential), (2, 2, 0));
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_the_head_alone_is_used_and_the_file_is_not_sent_on() {
    within(LIMIT, async {
        let (sandbox, client, item) = story(Sandbox::builder().largest_upload(MEBIBYTE)).await;
        let intruder =
            client_for(&sandbox.url(), CredentialKind::PersonalToken, "wrong-token").build().unwrap();
        let length = 200 * MEBIBYTE as u64;
        for (client, kind, status) in
            [(&intruder, ErrorKind::Unauthorized, 401), (&client, ErrorKind::RequestTooLarge, 413)]
        {
            let sent = Arc::new(Mutex::new(0));
            let tell = Arc::clone(&sent);
            let upload =
                Upload::reader("x", length, move || async move { Ok(tokio::io::repeat(7).take(length)) })
                    .on_progress(move |now| *tell.lock().unwrap() = now.sent);
            let error = client.upload(to_column(&item), &upload).await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (kind, Some(status)));
            assert!(!error.is_ambiguous(), "{error:?}");
            assert!(*sent.lock().unwrap() < length, "all of it went out");
        }
        assert_eq!(count(&client, &item).await, 0);
        assert_eq!(sandbox.seen().operation("").requests, 2);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_shrinks_or_grows_under_way_is_an_error_with_both_lengths_and_not_kept() {
    within(LIMIT, async {
        let (sandbox, client, item) = story(Sandbox::builder()).await;
        let length = 32 * MEBIBYTE;
        for (becomes, shrinks) in [(MEBIBYTE, true), (length + 5, false)] {
            let file = tempfile::NamedTempFile::new().unwrap();
            file.as_file().write_all(&noise(length)).unwrap();
            let changed = file.reopen().unwrap();
            let upload = Upload::file(file.path()).on_progress(move |now| {
                if now.sent == 64 * 1024 {
                    changed.set_len(becomes as u64).unwrap();
                }
            });
            let error = client.upload(to_column(&item), &upload).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Upload);
            let Some(UploadFault::Changed { expected, found }) = error.upload_fault() else {
                panic!("{error:?}");
            };
            assert_eq!((expected, found < expected), (length as u64, shrinks), "{found}");
            let says = std::error::Error::source(&error).unwrap().to_string();
            assert!(says.contains(&length.to_string()) && says.contains(&found.to_string()), "{says}");
        }
        assert_eq!(count(&client, &item).await, 0);
        // Half a form is no request.
        assert_eq!(sandbox.seen().operation("AddFileToColumn").requests, 0);
    })
    .await;
}

#[tokio::test]
async fn a_column_of_files_takes_nothing_else_and_other_columns_take_no_files() {
    use monday_sdk::queries::ChangeMultipleColumnValues;
    within(LIMIT, async {
        let (sandbox, client, item) = story(Sandbox::builder()).await;
        let upload = Upload::bytes("a.txt", &b"12345"[..]);
        for (operation, code) in [
            (AddFileToColumn::new(&item, "status", File), "ColumnValueException"),
            (AddFileToColumn::new(&item, "nope", File), "InvalidColumnIdException"),
            (AddFileToColumn::new("1", "files", File), "InvalidItemIdException"),
        ] {
            let error = client.upload(operation, &upload).await.unwrap_err();
            assert_eq!(error.api_errors()[0].code(), Some(code));
        }
        let error = client.upload(AddFileToUpdate::new(1, File), &upload).await.unwrap_err();
        assert_eq!(error.api_errors()[0].code(), Some("ResourceNotFoundException"));
        client.upload(to_column(&item), &upload).await.unwrap();
        let change = |value: Value| {
            let values = Json::text(&json!({"files": value})).unwrap();
            client.execute(ChangeMultipleColumnValues::new(sandbox.large_board_id(), &item, values))
        };
        let error = change(json!({"files": []})).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ColumnValue);
        assert_eq!(count(&client, &item).await, 1);
        change(json!({"clear_all": true})).await.unwrap();
        assert_eq!(count(&client, &item).await, 0);
    })
    .await;
}
