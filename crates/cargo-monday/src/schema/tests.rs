//! Fetching over a real connection, and every refusal leaving the old files as they were.

use std::fs;
use std::path::Path;

use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const SCHEMA: &str =
    "type Query { me: A boards: B } type Mutation { c: ID } type A { x: ID } type B { x: ID }";

fn project() -> Project {
    Project { root: PathBuf::new(), program: "cargo monday", config: crate::project::Config::default() }
}

fn into(dir: &Path) -> FetchArguments {
    FetchArguments {
        dir: Some(dir.to_owned()),
        version: Some("2026-10".to_owned()),
        ..FetchArguments::default()
    }
}

/// `fetch` blocks on a runtime of its own, so the server needs another thread's.
fn server(answer: ResponseTemplate) -> (tokio::runtime::Runtime, MockServer) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(async {
        let server = MockServer::start().await;
        Mock::given(method("GET"))
            .and(path("/v2/get_schema"))
            .and(query_param("format", "sdl"))
            .and(query_param("version", "2026-10"))
            .respond_with(answer)
            .mount(&server)
            .await;
        server
    });
    (runtime, server)
}

fn fetch_over_http(dir: &Path, answer: ResponseTemplate) -> Result<String, Failure> {
    let (runtime, server) = server(answer);
    let result = fetch(
        &project(),
        &FetchArguments { endpoint: format!("{}/v2/get_schema", server.uri()), ..into(dir) },
    );
    let requests = runtime.block_on(server.received_requests()).unwrap();
    assert!(requests.iter().all(|request| !request.headers.contains_key("authorization")));
    result
}

#[test]
fn a_fetched_schema_is_written_with_its_lock() {
    let dir = tempfile::tempdir().unwrap();
    fetch_over_http(dir.path(), ResponseTemplate::new(200).set_body_string(SCHEMA)).unwrap();
    let lock = SchemaLock::parse(&fs::read_to_string(dir.path().join("schema.lock.toml")).unwrap()).unwrap();
    assert_eq!((lock.version.as_str(), lock.counts.types, lock.counts.queries), ("2026-10", 4, 2));
    assert_eq!(lock.sha256_raw, sha256(SCHEMA.as_bytes()));
    assert!(lock.source.starts_with("http://127.0.0.1") && !lock.source.contains('?'));
    assert!(fs::read_to_string(dir.path().join("monday.graphql")).unwrap().contains("type A {"));
}

#[test]
fn whatever_is_refused_leaves_the_old_files_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    fetch_over_http(dir.path(), ResponseTemplate::new(200).set_body_string(SCHEMA)).unwrap();
    let files = || {
        ["monday.graphql", "schema.lock.toml"].map(|name| fs::read_to_string(dir.path().join(name)).unwrap())
    };
    let before = files();
    let refused = [
        (ResponseTemplate::new(500), "500"),
        (ResponseTemplate::new(307).insert_header("location", "/elsewhere"), "307"),
        (ResponseTemplate::new(200).set_body_string("<html><body>Sign in</body></html>"), "HTML page"),
        (ResponseTemplate::new(200).set_body_string(&SCHEMA[..SCHEMA.len() - 8]), "too early"),
        (ResponseTemplate::new(200).set_body_string("{\"data\":{\"__schema\":{\"types\":["), "too early"),
        (ResponseTemplate::new(200).set_body_string("{\"errors\":[{\"message\":\"no\"}]}"), "an error"),
        (ResponseTemplate::new(200).set_body_string("type Query { a: ID }"), "no Mutation type"),
        (
            ResponseTemplate::new(200)
                .set_body_string("type Query { viewer: ID } type Mutation { addStar: ID }"),
            "no schema of monday's",
        ),
        (ResponseTemplate::new(200).set_body_bytes(vec![b' '; 50 << 20]), "larger than"),
        (
            ResponseTemplate::new(200)
                .set_body_string("type Query { me: A boards: A } type Mutation { c: ID } type A { x: ID }"),
            "lost 1 of 4 types (among them B)",
        ),
    ];
    for (answer, reason) in refused {
        let error = fetch_over_http(dir.path(), answer).unwrap_err();
        assert!(error.contains(reason), "{reason}: {error}");
        assert_eq!(files(), before);
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "a temporary file was left behind");
}

#[test]
fn a_loss_is_taken_when_told_so_and_a_tenth_without_being_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("2026-07.graphql");
    fs::write(&file, SCHEMA).unwrap();
    let from = |allow_loss| FetchArguments {
        from: Some(file.clone()),
        version: None,
        allow_loss,
        ..into(dir.path())
    };
    fetch(&project(), &from(false)).unwrap();
    fs::write(&file, "type Query { me: ID boards: ID } type Mutation { c: ID }").unwrap();
    assert!(fetch(&project(), &from(false)).is_err());
    assert!(fetch(&project(), &from(true)).unwrap().starts_with("schema 2026-07: 2 types"));

    let types: Vec<_> = (0..10).map(|n| format!("type T{n} {{ x: ID }}")).collect();
    let schema = |count: usize| {
        format!("type Query {{ me: ID boards: ID }} type Mutation {{ c: ID }} {}", types[..count].join(" "))
    };
    fs::write(&file, schema(10)).unwrap();
    fetch(&project(), &from(true)).unwrap();
    fs::write(&file, schema(9)).unwrap();
    fetch(&project(), &from(false)).unwrap();
}

#[test]
fn a_loss_is_seen_without_the_lock_too() {
    let dir = tempfile::tempdir().unwrap();
    fetch_over_http(dir.path(), ResponseTemplate::new(200).set_body_string(SCHEMA)).unwrap();
    fs::remove_file(dir.path().join("schema.lock.toml")).unwrap();
    let partial = ResponseTemplate::new(200)
        .set_body_string("type Query { me: ID boards: ID } type Mutation { c: ID }");
    assert!(fetch_over_http(dir.path(), partial).unwrap_err().contains("lost 2 of 4 types"));
}

#[test]
fn an_endpoint_with_credentials_or_a_query_is_refused_and_not_repeated() {
    let dir = tempfile::tempdir().unwrap();
    for endpoint in
        ["https://user:canary@api.monday.com/v2/get_schema", "https://api.monday.com/v2?token=canary"]
    {
        let error = fetch(&project(), &FetchArguments { endpoint: endpoint.to_owned(), ..into(dir.path()) })
            .unwrap_err();
        assert!(error.contains("--endpoint") && !error.contains("canary"), "{error}");
    }
}

#[test]
fn a_server_that_is_not_there_is_named_without_its_query() {
    let dir = tempfile::tempdir().unwrap();
    let endpoint = "http://127.0.0.1:9/v2/get_schema".to_owned();
    let error = fetch(&project(), &FetchArguments { endpoint, ..into(dir.path()) }).unwrap_err();
    assert!(error.contains("could not be fetched") && !error.contains("format=sdl"), "{error}");
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_nothing_is_left_there() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("2026-10.graphql");
    fs::write(&file, SCHEMA).unwrap();
    let place = dir.path().join("file");
    fs::write(&place, "not a folder").unwrap();
    let arguments = FetchArguments { from: Some(file.clone()), ..into(&place.join("schema")) };
    let error = fetch(&project(), &arguments).unwrap_err();
    assert!(error.contains("file/schema"), "{error}");
    // Of two files that belong together, the second cannot take its place: the first has not taken its own.
    let (one, other) = (dir.path().join("together/a"), dir.path().join("file/b"));
    assert!(files::write_together(&[(&one, "1"), (&other, "2")]).is_err());
    assert!(!one.exists());
    assert_eq!(
        fs::read_dir(dir.path().join("together")).unwrap().count(),
        0,
        "a temporary file was left behind"
    );
}

#[test]
fn a_file_of_fifty_megabytes_is_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("2026-10.json");
    fs::File::create(&file).unwrap().set_len(50 << 20).unwrap();
    let error = fetch(&project(), &FetchArguments { from: Some(file), ..into(dir.path()) }).unwrap_err();
    assert!(error.contains("larger than"), "{error}");
}

#[test]
fn a_schema_that_is_the_same_in_another_order_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    fetch_over_http(dir.path(), ResponseTemplate::new(200).set_body_string(SCHEMA)).unwrap();
    let lock = || fs::read_to_string(dir.path().join("schema.lock.toml")).unwrap();
    let before = lock();
    let turned = "type B { x: ID } type A { x: ID } type Mutation { c: ID } type Query { boards: B me: A }";
    fetch_over_http(dir.path(), ResponseTemplate::new(200).set_body_string(turned)).unwrap();
    assert_eq!(lock(), before);
    fetch_over_http(
        dir.path(),
        ResponseTemplate::new(200).set_body_string(turned.replace("x: ID", "x: Int")),
    )
    .unwrap();
    assert_ne!(lock(), before);
}
