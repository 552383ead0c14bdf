//! Every type of column that the schema names: made on a board, and read through its own fields.
//!
//! Must not know: how the sandbox stores values.

use std::fs;

use apollo_compiler::Schema;
use apollo_compiler::schema::{ExtendedType, ObjectType};
use monday_sdk::core::OperationKind;
use monday_sdk::queries::fragments::ColumnValueFieldsOn;
use monday_sdk::queries::{ChangeMultipleColumnValues, CreateItem, Items};
use monday_sdk::{Client, ErrorKind, Json, Request};
use serde_json::{Value, json};

use crate::support::{root, sandbox};

/// These cannot be made; an item's name is one of its own fields.
const NOT_MADE: [&str; 3] = ["item_assignees", "name", "unsupported"];

async fn run(client: &Client, document: &str, variables: Value) -> Result<Value, monday_sdk::Error> {
    let kind = if document.starts_with("mutation") { OperationKind::Mutation } else { OperationKind::Query };
    client.execute(Request::<Value>::from_document(kind, "", document, &variables).unwrap()).await
}

/// All fields of an implementor, with what stands in a leaf of theirs.
fn selection(schema: &Schema, implementor: &ObjectType) -> String {
    let leaf =
        |name: &str| matches!(schema.types.get(name), Some(ExtendedType::Scalar(_) | ExtendedType::Enum(_)));
    let fields = implementor.fields.iter().map(|(name, field)| {
        if leaf(field.ty.inner_named_type()) { name.to_string() } else { format!("{name} {{ __typename }}") }
    });
    fields.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_type_of_column_is_made_and_read_through_all_fields_of_its_implementor() {
    let (sandbox, client) = sandbox(2).await;
    let text = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    let schema = Schema::parse_and_validate(text, "monday.graphql").unwrap();
    let board = sandbox.large_board_id();
    let created = client.execute(CreateItem::new(board, "One of all")).await.unwrap();
    let item = created.create_item.unwrap().id.to_string();
    let create = "mutation($b: ID!, $k: ColumnType!) { create_column(board_id: $b, column_type: $k, title: \"N\") { id } }";
    let mut read = 0;
    for kind in schema.get_enum("ColumnType").unwrap().values.keys() {
        let made = run(&client, create, json!({"b": board, "k": kind.as_str()})).await;
        if NOT_MADE.contains(&kind.as_str()) {
            assert_eq!(made.unwrap_err().kind(), ErrorKind::InvalidArgument, "{kind}");
            continue;
        }
        let column = made.unwrap()["create_column"]["id"].clone();
        let name =
            kind.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect::<String>() + "Value";
        let of = schema.get_object(&name).map(|of| format!("... on {name} {{ {} }}", selection(&schema, of)));
        let document = format!(
            "query($i: [ID!], $c: [String!]) {{ items(ids: $i) {{ column_values(ids: $c) {{ __typename {} }} }} }}",
            of.as_deref().unwrap_or_default()
        );
        let data = run(&client, &document, json!({"i": [item], "c": [column]})).await;
        let data = data.unwrap_or_else(|error| panic!("{kind}: {:?}", error.api_errors()));
        let values = data["items"][0]["column_values"].as_array().unwrap();
        assert_eq!(values.len(), usize::from(of.is_some()), "{kind}");
        for value in values {
            assert_eq!(value["__typename"], name);
            let made_up = |(_, value): &(&String, &Value)| {
                value.as_str().is_some_and(|text| text.starts_with("sandbox "))
            };
            assert_eq!(
                value.as_object().unwrap().iter().find(made_up),
                None,
                "{kind}: nothing is known of it"
            );
            read += 1;
        }
    }
    // 41 implementors without those of no column (battery, unsupported).
    assert_eq!(read, 39);
}

#[tokio::test]
async fn the_sdk_reads_what_it_wrote() {
    let (sandbox, client) = sandbox(2).await;
    let board = sandbox.large_board_id();
    let created = client.execute(CreateItem::new(board, "Mine")).await.unwrap();
    let item = created.create_item.unwrap().id;
    let values = json!({
        "status": {"label": "Done"}, "date4": {"date": "2026-05-10", "time": "14:30:00"}, "numbers": "-0.5",
        "person": {"personsAndTeams": [{"id": 502, "kind": "person"}]}, "checkbox": {"checked": "true"},
    });
    let change = ChangeMultipleColumnValues::new(board, &item, Json::text(&values).unwrap());
    client.execute(change).await.unwrap();
    let found = client.execute(Items::new().ids([&item])).await.unwrap().items.unwrap().remove(0).unwrap();
    let mut seen = 0;
    for value in found.item_fields.column_values {
        let is_right = match &value.on {
            ColumnValueFieldsOn::StatusValue(status) => {
                (status.index, status.label.as_deref(), status.is_done) == (Some(1), Some("Done"), Some(true))
            }
            ColumnValueFieldsOn::DateValue(date) => {
                assert_eq!(
                    value.text.as_deref(),
                    Some("2026-05-10 16:30"),
                    "the text is in the caller's time zone"
                );
                (date.date.as_deref(), date.time.as_deref()) == (Some("2026-05-10"), Some("14:30:00"))
            }
            ColumnValueFieldsOn::NumbersValue(numbers) => numbers.number == Some(-0.5),
            ColumnValueFieldsOn::PeopleValue(people) => {
                let people = people.persons_and_teams.as_ref().unwrap();
                people.iter().map(|person| person.id.as_str()).eq(["502"])
            }
            ColumnValueFieldsOn::CheckboxValue(checkbox) => checkbox.checked == Some(true),
            _ => continue,
        };
        assert!(is_right, "{value:?}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}
