//! What is compiled: programs that call, and queries of one's own by either door.
//!
//! Must not know: what is measured, where files lie.

/// The queries of each package of own queries.
pub(super) const OWN_QUERIES: usize = 50;

/// The file of theirs that is edited: one whose text has an e-mail address.
pub(super) const EDITED: usize = 7;

/// A program that does without the SDK.
pub(super) const BY_HAND: &str = r#"#[derive(Debug, serde::Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Debug, serde::Deserialize)]
struct Data {
    me: Me,
}

#[derive(Debug, serde::Deserialize)]
struct Me {
    name: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), reqwest::Error> {
    let body = std::collections::HashMap::from([("query", "{ me { name } }")]);
    let request = reqwest::Client::new().post("https://api.monday.com/v2").json(&body);
    println!("{:?}", request.send().await?.json::<Answer>().await?.data.me.name);
    Ok(())
}
"#;

pub(super) fn ten_operations() -> String {
    let calls = [
        "Me",
        "Boards::new().limit(10)",
        "Items::new().ids([1])",
        "CreateItem::new(1, \"x\")",
        "Users::new()",
        "Updates::new()",
        "Workspaces::new()",
        "DeleteItem::new(1)",
        "Webhooks::new(1)",
        "Teams::new()",
    ];
    let calls = calls.map(|call| format!("    println!(\"{{:?}}\", client.execute({call}).await?);\n"));
    program("use monday_sdk::queries::*;\n", &calls.concat())
}

/// One of the SDK's own calls.
pub(super) fn one_operation() -> String {
    program("use monday_sdk::queries::*;\n", "    println!(\"{:?}\", client.execute(Me).await?);\n")
}

fn program(head: &str, calls: &str) -> String {
    format!(
        "{head}use monday_sdk::{{Client, Credential}};\n\n#[tokio::main(flavor = \"current_thread\")]\n\
         async fn main() -> Result<(), monday_sdk::Error> {{\n    \
         let client = Client::builder().credential(Credential::from_env()?).build()?;\n{calls}    Ok(())\n}}\n"
    )
}

/// A file's text after somebody has written a function more.
pub(super) fn with_one_more_function(text: &str) -> String {
    format!("{text}\n#[allow(dead_code)]\nfn twice(number: u64) -> u64 {{\n    2 * number\n}}\n")
}

/// A file's text after somebody has changed their mind about what to ask for.
pub(super) fn edited(text: &str) -> String {
    text.replacen(", email: String", "", 1).replacen(" email", "", 1)
}

/// Selections of a few kinds, again and again.
const SELECTIONS: [(&str, &str, &str); 5] = [
    (
        "$limit: Int, $kind: BoardKind",
        "boards(limit: $limit, board_kind: $kind)",
        "id name board_kind items_count owners { id name }",
    ),
    (
        "$ids: [ID!]",
        "items(ids: $ids)",
        "id name created_at group { id title } column_values { __typename id text ... on StatusValue { label } }",
    ),
    ("$limit: Int", "users(limit: $limit)", "id name email is_admin: title account { id name }"),
    ("$limit: Int", "updates(limit: $limit)", "id body created_at creator { id name } replies { id body }"),
    ("$limit: Int", "workspaces(limit: $limit)", "id name kind state created_at"),
];

pub(super) fn own_documents() -> String {
    let macros = (0..OWN_QUERIES).map(|n| format!("monday_sdk::operation!(\"queries/own{n}.graphql\");\n"));
    program(&macros.collect::<String>(), "    let _ = client;\n")
}

pub(super) fn document_files() -> Vec<(String, String)> {
    let file = |n: usize| {
        let (variables, field, selection) = SELECTIONS[n % SELECTIONS.len()];
        (
            format!("queries/own{n}.graphql"),
            format!("query Own{n}({variables}) {{ {field} {{ {selection} }} }}\n"),
        )
    };
    (0..OWN_QUERIES).map(file).collect()
}

pub(super) fn own_structs() -> String {
    let modules = (0..OWN_QUERIES).map(|n| format!("#[allow(dead_code)]\nmod own{n};\n"));
    program(&modules.collect::<String>(), "    let _ = client;\n")
}

pub(super) fn struct_files() -> Vec<(String, String)> {
    let file = |n: usize| {
        let (variables, arguments, field, ty, fields) = [
            (
                "limit: Option<i64>, kind: Option<BoardKind>",
                "limit: $limit, board_kind: $kind",
                "boards: Option<Vec<Option<Row>>>",
                "Board",
                "id: Id, name: String, board_kind: BoardKind, items_count: Option<i64>",
            ),
            (
                "ids: Option<Vec<Id>>",
                "ids: $ids",
                "items: Option<Vec<Option<Row>>>",
                "Item",
                "id: Id, name: String, created_at: Option<monday_sdk::core::Date>",
            ),
            (
                "limit: Option<i64>",
                "limit: $limit",
                "users: Option<Vec<Option<Row>>>",
                "User",
                "id: Id, name: String, email: String",
            ),
            (
                "limit: Option<i64>",
                "limit: $limit",
                "updates: Option<Vec<Row>>",
                "Update",
                "id: Id, body: String",
            ),
            (
                "limit: Option<i64>",
                "limit: $limit",
                "workspaces: Option<Vec<Option<Row>>>",
                "Workspace",
                "id: Option<Id>, name: String",
            ),
        ][n % 5];
        let enums = if n.is_multiple_of(5) { "use monday_sdk::queries::enums::BoardKind;\n" } else { "" };
        let text = format!(
            "use monday_sdk::Id;\nuse monday_sdk::cynic::{{QueryFragment, QueryVariables}};\n{enums}\n\
             #[derive(QueryVariables)]\npub struct Own{n}Variables {{ {variables} }}\n\n\
             #[derive(QueryFragment)]\n#[cynic(graphql_type = \"Query\", variables = \"Own{n}Variables\")]\n\
             pub struct Own{n} {{\n    #[arguments({arguments})]\n    {field},\n}}\n\n\
             #[derive(QueryFragment)]\n#[cynic(graphql_type = {ty:?})]\nstruct Row {{ {fields} }}\n"
        );
        (format!("src/own{n}.rs"), text)
    };
    (0..OWN_QUERIES).map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_asks_for_less() {
        for files in [document_files(), struct_files()] {
            let (path, text) = &files[EDITED];
            let edited = edited(text);
            assert!(text.contains("email") && !edited.contains("email"), "{path}: {edited}");
        }
    }
}
