//! A document in the source, without and with variables, also inside a function.

monday_sdk::operation!("query WhoAmI { me { id name } }");
monday_sdk::operation!(
    r#"
    # The boards of one kind.
    query Boards($kind: BoardKind, $limit: Int! = 25) { boards(board_kind: $kind, limit: $limit) { id board_kind } }
    "#
);

fn main() {
    monday_sdk::operation!("query Local { version { kind value } }");
    let _ = (WhoAmI, Local, Boards::default());
    let kind = Some(monday_sdk::queries::enums::BoardKind::Share);
    let boards = Boards { kind, limit: None };
    assert_eq!(serde_json::to_string(&boards).unwrap(), r#"{"kind":"share"}"#);
    let request = monday_sdk::Request::new(&boards).unwrap();
    assert_eq!(request.operation(), "Boards");
}
