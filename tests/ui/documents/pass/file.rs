//! A document in a file, with types of the SDK.

use monday_sdk::queries::enums::{BoardKind, State};

monday_sdk::operation!("ui/documents/queries/my_boards.graphql");

fn main() {
    let _ = MyBoards { limit: Some(10), state: Some(State::Active) };
    let board: my_boards::MyBoardsBoards =
        monday_sdk::core::json::from_str(r#"{"id": "1", "name": "Plan", "board_kind": "hologram"}"#).unwrap();
    assert_eq!(board.board_kind, BoardKind::Unrecognized("hologram".to_owned()));
}
