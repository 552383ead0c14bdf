//! One board and one item of a sandbox, and what is asked of them.
//!
//! Must not know: what is tested.

use monday_sandbox::{Sandbox, SandboxBuilder};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub(crate) struct Desk {
    pub(crate) sandbox: Sandbox,
    pub(crate) board: String,
    pub(crate) item: String,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::of(Sandbox::builder()).await
    }

    pub(crate) async fn of(builder: SandboxBuilder) -> Self {
        let sandbox = builder.items(2).start().await.unwrap();
        let board = sandbox.large_board_id().to_owned();
        let mut desk = Self { sandbox, board, item: String::new() };
        desk.item = desk.create("Mine").await;
        desk
    }

    pub(crate) async fn create(&self, name: &str) -> String {
        let query = "mutation($b: ID!, $n: String!) { create_item(board_id: $b, item_name: $n) { id } }";
        let data = self.data(query, json!({"b": self.board, "n": name})).await;
        data["create_item"]["id"].as_str().unwrap().to_owned()
    }

    /// A new column of a type; its id.
    pub(crate) async fn column(&self, kind: &str) -> String {
        let query = "mutation($b: ID!, $k: ColumnType!) {
            create_column(board_id: $b, column_type: $k, title: \"New\") { id } }";
        let data = self.data(query, json!({"b": self.board, "k": kind})).await;
        data["create_column"]["id"].as_str().unwrap().to_owned()
    }

    /// `change_multiple_column_values` of one column.
    pub(crate) async fn write(&self, column: &str, value: &Value) -> Value {
        self.write_all(&json!({ column: value }), false).await
    }

    pub(crate) async fn write_all(&self, values: &Value, create_labels: bool) -> Value {
        let query = "mutation($b: ID!, $i: ID!, $v: JSON!, $l: Boolean) {
            change_multiple_column_values(board_id: $b, item_id: $i, column_values: $v, create_labels_if_missing: $l) { id } }";
        let values = values.to_string();
        self.ask(query, json!({"b": self.board, "i": self.item, "v": values, "l": create_labels})).await
    }

    /// `change_column_value`.
    pub(crate) async fn write_one(&self, column: &str, value: &Value) -> Value {
        let query = "mutation($b: ID!, $i: ID!, $c: String!, $v: JSON!) {
            change_column_value(board_id: $b, item_id: $i, column_id: $c, value: $v) { id } }";
        let value = value.to_string();
        self.ask(query, json!({"b": self.board, "i": self.item, "c": column, "v": value})).await
    }

    /// `change_simple_column_value`.
    pub(crate) async fn write_simple(&self, column: &str, text: &str) -> Value {
        let query = "mutation($b: ID!, $i: ID!, $c: String!, $v: String) {
            change_simple_column_value(board_id: $b, item_id: $i, column_id: $c, value: $v) { id } }";
        self.ask(query, json!({"b": self.board, "i": self.item, "c": column, "v": text})).await
    }

    /// The item's value in a column, with these fields of its own type.
    pub(crate) async fn read(&self, column: &str, implementor: &str, fields: &str) -> Value {
        let on =
            if fields.is_empty() { String::new() } else { format!("... on {implementor} {{ {fields} }}") };
        let query = format!(
            "query($i: [ID!], $c: [String!]) {{ items(ids: $i) {{ column_values(ids: $c) {{
                __typename id type text value {on} }} }} }}"
        );
        let data = self.data(&query, json!({"i": [self.item], "c": [column]})).await;
        data["items"][0]["column_values"][0].clone()
    }

    pub(crate) async fn data(&self, query: &str, variables: Value) -> Value {
        let answer = self.ask(query, variables).await;
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].clone()
    }

    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        self.ask_as(self.sandbox.personal_token(), query, variables).await
    }

    pub(crate) async fn ask_as(&self, token: &str, query: &str, variables: Value) -> Value {
        let body = json!({"query": query, "variables": variables}).to_string();
        let request = format!(
            "POST /v2 HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Authorization: {token}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(self.sandbox.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }
}

/// The code of the first error.
pub(crate) fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}
