//! F12 to F16, F21 to F31: answers that are too large, encoded, malformed or of another shape.
//!
//! Must not know: how an answer is read.

use std::io::Write as _;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use monday_sdk::ErrorKind;

use super::call::Kind;
use super::row::{DATA, Row, error, good};
use crate::scripted_server::{Answer, Framing, Step};

/// More than the cap of these clients.
const LARGE: usize = 200_000;

const CHUNK: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n\
    f0000000000000003\r\n{}\r\n0\r\n\r\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A quarter of a gigabyte of nothing.
pub(super) fn bomb() -> Vec<u8> {
    static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let piece = vec![b' '; 1 << 20];
        (0..256).for_each(|_| encoder.write_all(&piece).unwrap());
        encoder.finish().unwrap()
    });
    BOMB.clone()
}

fn raw(body: impl Into<Vec<u8>>) -> Answer {
    Answer::new(200, body)
}

pub(super) fn encoded(body: Vec<u8>, encoding: &str) -> Answer {
    raw(body).with("content-encoding", encoding)
}

pub(super) fn rows() -> Vec<Row> {
    use ErrorKind::{Decode, Protocol, ResponseTooLarge, UnexpectedContent};
    let fits = format!(r#"{{"data":{DATA}}}"#);
    let padded = format!(r#"{{"data":{DATA},"pad":"{}"}}"#, "x".repeat(LARGE));
    let deep = format!(r#"{{"data":{DATA},"pad":{}"#, "[".repeat(90_000));
    let answered = |name, answer| Row::always(name, Step::Answer(answer));
    let html =
        |status| Answer::new(status, "<html>canary</html>").with("content-type", "text/html; charset=utf-8");
    let many_headers = (0..10_000).fold(good(), |answer, number| answer.and(&format!("x-{number}"), "y"));
    vec![
        answered("F12 larger than allowed, and says so", raw(padded.clone())).fails(ResponseTooLarge, 1).ambiguous(),
        answered("F12 larger than allowed without a length", raw(padded).framed(Framing::Chunked))
            .fails(ResponseTooLarge, 1)
            .ambiguous(),
        answered("F13 a bomb of gzip", encoded(bomb(), "gzip")).fails(ResponseTooLarge, 1).ambiguous(),
        Row::fine("F14 gzip as it should be", encoded(gzip(fits.as_bytes()), "gzip")),
        Row::fine("F14 an encoding that is none", encoded(fits.clone().into_bytes(), "identity")),
        answered("F14 gzip within gzip", encoded(gzip(&gzip(fits.as_bytes())), "gzip, gzip")).fails(Decode, 1).ambiguous(),
        answered("F14 an unknown encoding", encoded(fits.clone().into_bytes(), "zstd")).fails(Decode, 1).ambiguous(),
        answered("F14 an encoding that lies", encoded(fits.clone().into_bytes(), "gzip")).fails(Decode, 1).ambiguous(),
        answered("F15 ten thousand headers", many_headers).fails(Protocol, 1).ambiguous(),
        answered("F15 a header of a megabyte", good().and("x-long", &"y".repeat(1 << 20))).fails(Protocol, 1).ambiguous(),
        Row::always("F15 no HTTP at all", Step::Raw(b"220 mail.example.com ESMTP\r\n\r\n".to_vec()))
            .fails(Protocol, 1)
            .ambiguous(),
        Row::always("F15 a chunk longer than any number", Step::Raw(CHUNK.to_vec())).fails(Protocol, 1).ambiguous(),
        answered("F16 nested too deeply", raw(deep)).fails(Decode, 1).ambiguous(),
        answered("F21 no UTF-8", raw(b"{\"errors\":[{\"message\":\"\xff\"}]}".to_vec())).fails(Decode, 1).ambiguous(),
        answered("F21 half a surrogate", raw(r#"{"errors":[{"message":"\ud800"}]}"#)).fails(Decode, 1).ambiguous(),
        Row::fine("F22 a byte order mark", raw([b"\xef\xbb\xbf", fits.as_bytes()].concat())),
        answered("F23 data twice", raw(format!(r#"{{"data":{DATA},"data":{DATA}}}"#))).fails(Decode, 1).ambiguous(),
        answered("F23 errors twice", raw(format!(r#"{{"errors":[],"data":{DATA},"errors":[]}}"#)))
            .fails(Decode, 1)
            .ambiguous(),
        answered("F24 more behind the JSON", raw(format!("{fits}{{}}"))).fails(Decode, 1).ambiguous(),
        Row::once("F25 a gateway fails", Step::Answer(html(502))).only(&Kind::WITH_FILE),
        Row::once("F25 a gateway is busy", Step::Answer(html(503))),
        answered("F25 a gateway waits in vain", html(504)).fails(ErrorKind::Server, 4).ambiguous(),
        answered("F26 a page in place of an answer", html(200)).fails(UnexpectedContent, 1).ambiguous(),
        Row::fine("F27 JSON called text", good().with("content-type", "text/plain")),
        answered("F28 an error by its code", error(200, "InvalidItemIdException", "")).fails(ErrorKind::NotFound, 1),
        answered(
            "F29 data with an error beside it",
            raw(format!(
                r#"{{"data":{DATA},"errors":[{{"message":"m","path":["other"],"extensions":{{"code":"FIELD_LIMIT_EXCEEDED"}}}}]}}"#
            )),
        )
        .fails(ErrorKind::RateLimited, 1),
        answered(
            "F30 a list where data should be",
            raw(r#"{"data":[],"errors":[{"message":"m","extensions":{"code":"UserUnauthorizedException"}}]}"#),
        )
        .fails(ErrorKind::Forbidden, 1),
        answered("F31 neither data nor errors", raw(r#"{"account_id":1}"#)).fails(Decode, 1).ambiguous(),
        answered(
            "F31 the older shape",
            raw(r#"{"error_code":"ColumnValueException","status_code":200,"error_message":"m","error_data":{"column_id":"c"}}"#),
        )
        .fails(ErrorKind::ColumnValue, 1),
        answered(
            "F31 the older shape with texts",
            raw(r#"{"errors":["m"],"error_code":"InvalidBoardIdException","status_code":200,"error_message":"m"}"#),
        )
        .fails(ErrorKind::NotFound, 1),
    ]
}
