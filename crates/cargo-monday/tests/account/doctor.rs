//! `doctor`: what it says of a desk that is set up, and of one that is not.
//!
//! Must not know: how anything is checked.

use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_doctor_says() {
    let desk = Desk::new().await;
    let mut text = String::new();
    let bare = desk.run("doctor", "", |command| command);
    assert_eq!(bare.code, Some(1));
    text.extend([&*bare.text, "\n"]);

    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    for name in ["monday.graphql", "schema.lock.toml"] {
        std::fs::create_dir_all(desk.path("schema")).unwrap();
        std::fs::copy(root.join("schema").join(name), desk.path("schema").join(name)).unwrap();
    }
    desk.write("monday.toml", "api-version = \"2026-10\"\n");
    desk.write("queries/mine.graphql", "query Mine { me { id } }\n");
    desk.types("board pull 2000000001");
    let well = desk.types("doctor");
    assert_eq!(well.code, Some(0), "{}", well.text);
    text.extend([&*well.text, "\n"]);
    assert_eq!(desk.types("doctor --offline").code, Some(0));

    desk.write("monday.toml", "api-version = \"2026-07\"\n");
    desk.write("schema/monday.graphql", &(desk.read("schema/monday.graphql") + "\n"));
    desk.write("queries/mine.graphql", "query Mine { me { idd } }\n");
    desk.write("src/boards/bugs.rs", "pub struct {");
    let ill = desk.types("doctor");
    assert_eq!(ill.code, Some(1));
    text.extend([&*ill.text, "\n"]);
    text += &desk.run("doctor", "", |command| command.env("MONDAY_API_TOKEN", "nobodys-token")).text;
    insta::assert_snapshot!(text);
}
