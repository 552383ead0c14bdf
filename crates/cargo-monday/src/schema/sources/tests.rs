//! Calls as people write them, and the characters of their documents.

use std::fs;

use proc_macro2::Literal;

use super::*;
use crate::project::Config;

fn found(text: &str) -> (Found, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    fs::create_dir_all(root.join("app/src")).unwrap();
    for (name, text) in [
        ("app/Cargo.toml", ""),
        ("app/q.graphql", "query Q { me { id } }"),
        ("app/part.graphql", "fragment Part on User { id }"),
        ("app/src/lib.rs", text),
    ] {
        fs::write(root.join(name), text).unwrap();
    }
    let project = Project { root: root.clone(), program: "cargo monday", config: Config::default() };
    (look(&project, &[root.join("app/src")]).unwrap(), folder)
}

#[test]
fn calls_are_found_wherever_they_stand_and_nowhere_else() {
    let (found, folder) = found(
        r##"
//! operation!("query Comment { me { id } }")
monday_sdk::operation!("q.graphql");
mod inner { use monday_sdk::operation; operation! { path = "q.graphql", fragments = ["part.graphql"], schema = "no.graphql" } }
macro_rules! of_ours { () => { operation!(r#"query A { me { id } }"#,); }; }
fn other() { let s = "operation!(\"query Text { me { id } }\")"; operation!(Me: Query -> "{ }"); operation!("{ me }" => Me); operation(); }
fn shown() { println!("{}", { operation!(text = "query B { me { id } }"); 1 }); }
operation!("gone.graphql");
"##,
    );
    let texts: Vec<_> = found.texts.iter().map(|(path, text)| format!("{path} {}", text.text())).collect();
    assert_eq!(texts, ["app/src/lib.rs query A { me { id } }", "app/src/lib.rs query B { me { id } }"]);
    let app = folder.path().join("app");
    assert_eq!(found.paths, [app.join("part.graphql"), app.join("q.graphql")]);
    assert_eq!(found.notes.len(), 1, "{:?}", found.notes);
    assert!(
        found.notes[0].starts_with("app/src/lib.rs:8:12: operation! names `gone.graphql`"),
        "{:?}",
        found.notes
    );
}

#[test]
fn a_file_that_is_no_rust_is_told() {
    let (found, _folder) = found("operation!(\"query A { me { id } }\"");
    assert_eq!(found.notes, ["app/src/lib.rs: it is no Rust, and was not looked at"]);
}

#[test]
fn every_character_of_a_literal_has_its_place() {
    let source = concat!(
        "f(\"one\\n two\\\"\\u{1_F600}\\x41z\",\r\n",
        "  r##\"raw \"# \\n\r\n   \u{e4}end\"##,\n",
        "  \"first\r\n second \\\n      third\");\n",
    );
    let source = source.replace("1_F600", "e_4");
    let lines: Vec<&str> = source.split('\n').collect();
    let mut literals = Vec::new();
    all_literals(TokenStream::from_str(&source).unwrap(), &mut literals);
    assert_eq!(literals.len(), 3);
    for literal in literals {
        let places = literal::text(&literal).unwrap();
        let meant: syn::LitStr = syn::parse_str(&literal.to_string()).unwrap();
        assert_eq!(places.text(), meant.value().replace("\r\n", "\n"));
        for (row, line) in places.text().split('\n').enumerate() {
            for (at, character) in line.chars().enumerate() {
                let (line, column) = places.at(row + 1, at + 1);
                let written = lines[line - 1].chars().nth(column - 1).unwrap();
                let is_escape =
                    written == '\\' && !(character == '\\' && literal.to_string().starts_with('r'));
                assert!(written == character || is_escape, "{character:?} at {line}:{column} is {written:?}");
            }
        }
    }
    let (first, behind) = (lines[0].find("two").unwrap() + 1, lines[0].find('z').unwrap() + 2);
    let mut literals = Vec::new();
    all_literals(TokenStream::from_str(&source).unwrap(), &mut literals);
    let places = literal::text(&literals[0]).unwrap();
    assert_eq!((places.at(2, 2), places.at(9, 9)), ((1, first), (1, behind)));
    for other in ["1", "'a'", "b\"a\"", "c\"a\"", "br\"a\"", "b'a'", "1.0"] {
        assert_eq!(literal::text(&Literal::from_str(other).unwrap()), None, "{other}");
    }
}

fn all_literals(tokens: TokenStream, found: &mut Vec<Literal>) {
    for token in tokens {
        match token {
            TokenTree::Literal(literal) => found.push(literal),
            TokenTree::Group(group) => all_literals(group.stream(), found),
            _ => {}
        }
    }
}
