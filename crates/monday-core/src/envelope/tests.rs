//! What every live shape of a body decodes to.

use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize, PartialEq)]
struct Data {
    me: Me,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Me {
    name: String,
}

fn decode(body: &str) -> Result<Envelope<Data>, DecodeError> {
    Envelope::deserialize(body.as_bytes())
}

fn kind(body: &str) -> DecodeErrorKind {
    decode(body).expect_err("should not decode").kind()
}

#[test]
fn data_decodes_with_request_id_and_account() {
    let body =
        r#"{"data":{"me":{"name":"Ada"}},"extensions":{"request_id":"r-1"},"account_id":42,"new":[1]}"#;
    let envelope = decode(body).unwrap();
    assert_eq!(envelope.data, Some(Data { me: Me { name: "Ada".into() } }));
    assert_eq!(envelope.request_id.as_deref(), Some("r-1"));
    assert_eq!(envelope.account_id, Some(42));
    assert!(envelope.errors.is_empty());
}

#[test]
fn a_byte_order_mark_is_skipped_once() {
    assert!(decode("\u{feff}{\"data\":{\"me\":{\"name\":\"Ada\"}}}").is_ok());
    assert_eq!(kind("\u{feff}\u{feff}{\"data\":null}"), DecodeErrorKind::Syntax);
}

#[test]
fn partial_data_is_kept_as_text_when_it_does_not_fit() {
    let envelope = decode(r#"{"data":{"me":null},"errors":[{"message":"no","path":["me",0]}]}"#).unwrap();
    assert_eq!(envelope.data, None);
    assert_eq!(envelope.undecoded_data.unwrap().get(), r#"{"me":null}"#);
    assert_eq!(envelope.errors[0].path().len(), 2);
}

#[test]
fn partial_data_that_fits_is_data() {
    let envelope = decode(r#"{"data":{"me":{"name":"Ada"}},"errors":[{"message":"other"}]}"#).unwrap();
    assert!(envelope.data.is_some());
    assert_eq!(envelope.errors.len(), 1);
}

#[test]
fn data_whose_root_fields_are_all_null_is_hollow_beside_errors() {
    let hollow = |data: &str| {
        let body = format!(r#"{{"data":{data},"errors":[{{"message":"x"}}]}}"#);
        Envelope::<de::IgnoredAny>::deserialize(body.as_bytes()).unwrap().is_hollow
    };
    assert!(hollow(r#"{"me":null,"boards":null}"#) && hollow("null") && hollow("[]") && hollow("{}"));
    assert!(!hollow(r#"{"me":null,"boards":[]}"#));
    let quiet = Envelope::<de::IgnoredAny>::deserialize(br#"{"data":{"me":null}}"#).unwrap();
    assert!(!quiet.is_hollow, "without errors null is an answer");
}

#[test]
fn a_list_is_no_answer_whatever_it_holds() {
    assert_eq!(kind(r#"[{"errors":[{"message":"x"}]}]"#), DecodeErrorKind::Envelope);
}

#[test]
fn an_error_object_of_the_older_shape_keeps_its_code() {
    let body = r#"{"error_message":"m","status_code":429,"errors":[{"message":"m","extensions":
                   {"code":"COMPLEXITY_BUDGET_EXHAUSTED","retry_in_seconds":9}}]}"#;
    let envelope = decode(body).unwrap();
    assert_eq!(envelope.errors[1].code(), Some("COMPLEXITY_BUDGET_EXHAUSTED"));
}

#[test]
fn odd_extensions_do_not_cost_the_data() {
    assert!(decode(r#"{"data":{"me":{"name":"A"}},"extensions":"x"}"#).is_ok());
    let numbered = decode(r#"{"data":{"me":{"name":"A"}},"extensions":{"request_id":7}}"#).unwrap();
    assert_eq!(numbered.request_id.as_deref(), Some("7"));
    assert_eq!(request_id_of(br#"{"data":7,"extensions":{"request_id":"r"}}"#).as_deref(), Some("r"));
}

#[test]
fn an_empty_list_as_data_with_errors_keeps_the_errors() {
    let envelope = decode(r#"{"data":[],"errors":[{"message":"x","extensions":{"code":"C"}}]}"#).unwrap();
    assert_eq!(envelope.errors[0].code(), Some("C"));
    assert_eq!(envelope.undecoded_data.unwrap().get(), "[]");
}

#[test]
fn the_older_shape_becomes_one_error_with_its_code() {
    let body = r#"{"error_code":"CursorException","status_code":200,"error_message":"expired","error_data":{"a":1},
                   "errors":["expired","and more"]}"#;
    let envelope = decode(body).unwrap();
    assert_eq!(envelope.errors.len(), 2);
    assert_eq!(envelope.errors[0].code(), Some("CursorException"));
    assert_eq!(envelope.errors[0].status_code(), Some(200));
    assert_eq!(envelope.errors[0].error_data().unwrap()["a"], 1);
    assert_eq!(envelope.errors[1].message(), "and more");
}

#[test]
fn the_older_shape_with_strings_only_takes_its_message_from_them() {
    let envelope =
        decode(r#"{"error_code":"ComplexityException","errors":["reset in 12 seconds"]}"#).unwrap();
    assert_eq!(envelope.errors.len(), 1);
    assert_eq!(envelope.errors[0].retry_in_seconds(), Some(12.0));
}

#[test]
fn the_token_hosts_shape_becomes_one_error_with_its_code() {
    let envelope = decode(r#"{"error":"invalid_token","error_description":"expired"}"#).unwrap();
    assert_eq!((envelope.errors[0].code(), envelope.errors[0].message()), (Some("invalid_token"), "expired"));
    assert_eq!(kind(r#"{"error":{"nested":true}}"#), DecodeErrorKind::Envelope);
}

#[test]
fn null_data_without_errors_is_an_answer_without_data() {
    let envelope = decode(r#"{"data":null}"#).unwrap();
    assert!(envelope.data.is_none() && envelope.errors.is_empty());
}

#[test]
fn each_broken_body_has_its_kind() {
    assert_eq!(kind(""), DecodeErrorKind::Empty);
    assert_eq!(kind(" \r\n"), DecodeErrorKind::Empty);
    assert_eq!(kind(r#"{"data":{"me":{"na"#), DecodeErrorKind::Truncated);
    assert_eq!(kind("<html>"), DecodeErrorKind::Syntax);
    assert_eq!(kind(r#"{"data":{"me":{"name":"a"}}} x"#), DecodeErrorKind::Syntax);
    assert_eq!(kind(r#"{"hello":1}"#), DecodeErrorKind::Envelope);
    assert_eq!(kind("[]"), DecodeErrorKind::Envelope);
    assert_eq!(kind(r#"{"data":{"me":{"name":"a"}},"data":null}"#), DecodeErrorKind::Envelope);
    assert_eq!(kind(r#"{"data":{"me":{}}}"#), DecodeErrorKind::Data);
    assert_eq!(kind(r#"{"data":{"me":{"name":"\ud800"}}}"#), DecodeErrorKind::Syntax);
}

#[test]
fn deep_json_is_refused_and_does_not_overflow_the_stack() {
    let deep = format!(
        r#"{{"data":{{"me":{{"name":"a"}}}},"account_id":{}1{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(kind(&deep), DecodeErrorKind::TooDeep);
}

#[test]
fn a_decode_error_never_quotes_the_body() {
    let error = decode(r#"{"data":{"me":{"name":{"canary-91c":1}}}}"#).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert!(error.line() == 1 && error.column() > 1);
}

proptest::proptest! {
    #[test]
    fn any_bytes_decode_or_fail_and_never_panic(body in proptest::collection::vec(proptest::num::u8::ANY, 0..512)) {
        let _ = Envelope::<Data>::deserialize(&body);
    }

    #[test]
    fn an_answer_cut_at_any_byte_is_never_taken_for_a_whole_one(cut in 0usize..62) {
        let body = br#"{"data":{"me":{"name":"Ada"}},"extensions":{"request_id":"r"}}"#;
        assert!(Envelope::<Data>::deserialize(&body[..cut.min(body.len() - 1)]).is_err());
    }
}
