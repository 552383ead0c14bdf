//! Forged and mangled tokens: each is refused for its reason, and no bit of a token may change.

use super::*;
use SignedFault::{
    Algorithm as OtherAlgorithm, Audience, Claim, Expired, Header, Malformed, NotYetValid, Signature,
    TooLong, Unsigned,
};

fn good() -> String {
    signed(HS256, request_claims().to_string())
}

fn claims(changes: &Value) -> String {
    signed(HS256, with(request_claims(), changes))
}

fn header(header: &str) -> String {
    signed(header, request_claims().to_string())
}

/// The claims of a good token under another signature.
fn signed_by(algorithm: Algorithm, header: &str, secret: &str) -> String {
    let message = format!("{}.{}", part(header), part(request_claims().to_string()));
    let signature = signature(algorithm, &message, secret);
    format!("{message}.{signature}")
}

/// Header, payload and signature of a good token.
fn parts() -> (String, String, String) {
    let good = good();
    let mut parts = good.split('.').map(str::to_owned);
    (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap())
}

fn all_refused(table: Vec<(&str, String, SignedFault)>) {
    for (what, token, fault) in table {
        assert_eq!(request(&token).unwrap_err(), fault, "{what}");
        // `Bearer ` changes nothing, except where there was one already.
        if !token.to_ascii_lowercase().starts_with("bearer") {
            assert_eq!(request(&format!("Bearer {token}")).unwrap_err(), fault, "Bearer, {what}");
        }
    }
}

#[test]
fn a_token_that_is_none_is_refused() {
    let (head, payload, sign) = parts();
    let good = good();
    all_refused(vec![
        ("nothing", String::new(), Unsigned),
        ("a scheme alone", "Bearer ".to_owned(), Unsigned),
        ("another scheme", format!("Basic {good}"), Malformed),
        ("the scheme twice", format!("Bearer Bearer {good}"), Malformed),
        ("a scheme without its space", format!("Bearer{good}"), Malformed),
        ("two spaces", format!("Bearer  {good}"), Malformed),
        ("a space before", format!(" {good}"), Malformed),
        ("a newline after", format!("{good}\n"), Malformed),
        ("two tokens", format!("{good},{good}"), Malformed),
        ("one part", "token-1234".to_owned(), Malformed),
        ("two parts", format!("{head}.{payload}"), Malformed),
        ("four parts", format!("{good}.{sign}"), Malformed),
        ("five parts, as of an encrypted token", format!("{head}.{payload}.{sign}.{head}.{sign}"), Malformed),
        ("dots", "..".to_owned(), Header),
        ("no header", format!(".{payload}.{sign}"), Header),
        ("padding", format!("{head}.{payload}.{sign}="), Malformed),
        ("base64 of the other alphabet", format!("{head}.+/+/.{sign}"), Malformed),
        ("a zero byte", format!("{head}.{payload}\0.{sign}"), Malformed),
        ("letters outside ASCII", format!("{head}.{payload}\u{e9}.{sign}"), Malformed),
        ("over 8 KiB", claims(&json!({"pad": "x".repeat(9_000)})), TooLong),
        ("a megabyte of dots", ".".repeat(1 << 20), TooLong),
        ("JSON instead of a token", request_claims().to_string(), Malformed),
    ]);
}

#[test]
fn every_header_but_plain_hs256_is_refused_even_under_the_right_signature() {
    all_refused(vec![
        ("none", header(r#"{"alg":"none","typ":"JWT"}"#), OtherAlgorithm),
        ("None", header(r#"{"alg":"None"}"#), OtherAlgorithm),
        ("NONE", header(r#"{"alg":"NONE"}"#), OtherAlgorithm),
        ("empty", header(r#"{"alg":""}"#), OtherAlgorithm),
        ("no algorithm", header(r#"{"typ":"JWT"}"#), OtherAlgorithm),
        ("null", header(r#"{"alg":null}"#), OtherAlgorithm),
        ("lower case", header(r#"{"alg":"hs256"}"#), OtherAlgorithm),
        ("a space", header(r#"{"alg":"HS256 "}"#), OtherAlgorithm),
        ("a zero", header("{\"alg\":\"HS256\\u0000\"}"), OtherAlgorithm),
        ("a list", header(r#"{"alg":["HS256"]}"#), OtherAlgorithm),
        ("a number", header(r#"{"alg":256}"#), OtherAlgorithm),
        ("HS384 in name", header(r#"{"alg":"HS384"}"#), OtherAlgorithm),
        ("RS256 in name, the secret as its key", header(r#"{"alg":"RS256"}"#), OtherAlgorithm),
        ("ES256 in name", header(r#"{"alg":"ES256"}"#), OtherAlgorithm),
        ("HS384", signed_by(Algorithm::HS384, r#"{"alg":"HS384"}"#, SECRET), OtherAlgorithm),
        ("HS512", signed_by(Algorithm::HS512, r#"{"alg":"HS512"}"#, SECRET), OtherAlgorithm),
        ("two algorithms", header(r#"{"alg":"HS256","alg":"none"}"#), Header),
        ("two algorithms, one escaped", header(r#"{"alg":"none","\u0061lg":"HS256"}"#), Header),
        ("the same twice", header(r#"{"alg":"HS256","alg":"HS256"}"#), Header),
        ("critical", header(r#"{"alg":"HS256","crit":["exp"]}"#), Header),
        ("critical and empty", header(r#"{"alg":"HS256","crit":[]}"#), Header),
        ("critical and null", header(r#"{"alg":"HS256","crit":null}"#), Header),
        ("a payload as it is", header(r#"{"alg":"HS256","b64":false}"#), Header),
        ("compressed", header(r#"{"alg":"HS256","zip":"DEF"}"#), Header),
        ("encrypted", header(r#"{"alg":"HS256","enc":"A128GCM"}"#), Header),
        ("its own key", header(r#"{"alg":"HS256","jwk":{"kty":"oct","k":"AA"}}"#), Header),
        ("its key's address", header(r#"{"alg":"HS256","jku":"https://evil.example"}"#), Header),
        ("its certificate", header(r#"{"alg":"HS256","x5c":["AA"]}"#), Header),
        ("its certificate's address", header(r#"{"alg":"HS256","x5u":"https://evil.example"}"#), Header),
        ("another type", header(r#"{"alg":"HS256","typ":"at+jwt"}"#), Header),
        ("a type that is no text", header(r#"{"alg":"HS256","typ":1}"#), Header),
        ("a list of values", header(r#"["HS256","JWT"]"#), Header),
        ("a text", header(r#""HS256""#), Header),
        ("no JSON", header("alg=HS256"), Header),
        ("JSON and more", header(r#"{"alg":"HS256"}{"alg":"none"}"#), Header),
        ("a byte order mark", header("\u{feff}{\"alg\":\"HS256\"}"), Header),
        ("nothing in it", header(""), Header),
        ("deep", header(&format!("{{\"alg\":\"HS256\",\"x\":{}}}", "[".repeat(2_000))), Header),
    ]);
}

#[test]
fn every_signature_but_the_right_one_is_refused() {
    let (head, payload, sign) = parts();
    let other = signed(HS256, with(request_claims(), &json!({"accountId": 1})));
    let (_, other) = other.rsplit_once('.').unwrap();
    let by = |secret: &str| signed_by(Algorithm::HS256, HS256, secret);
    let (start, end) = sign.split_at(21);
    all_refused(vec![
        ("an empty one", format!("{head}.{payload}."), Signature),
        ("that of other claims", format!("{head}.{payload}.{other}"), Signature),
        ("another secret", by("another-signing-secret-0123456789"), Signature),
        ("no secret", by(""), Signature),
        ("the secret and a zero", by(&format!("{SECRET}\0x")), Signature),
        ("the secret without its last letter", by(&SECRET[..SECRET.len() - 1]), Signature),
        ("the secret in upper case", by(&SECRET.to_uppercase()), Signature),
        ("HS384 under the name of HS256", signed_by(Algorithm::HS384, HS256, SECRET), Signature),
        ("the half of it", format!("{head}.{payload}.{}", part([7; 16])), Signature),
        ("its halves swapped", format!("{head}.{payload}.{end}{start}"), Malformed),
        ("zeros", format!("{head}.{payload}.{}", part([0; 32])), Signature),
        ("one letter more", format!("{head}.{payload}.{sign}AA"), Malformed),
        ("other claims under it", format!("{head}.{}.{sign}", part("{}")), Signature),
        ("another header under it", format!("{}.{payload}.{sign}", part(r#"{"alg":"HS256"}"#)), Signature),
    ]);
}

#[test]
fn claims_that_do_not_hold_are_refused() {
    all_refused(vec![
        ("ended", claims(&json!({"exp": NOW - 60})), Expired),
        ("ended in 1970", claims(&json!({"exp": 0})), Expired),
        ("no end", claims(&json!({"exp": null})), Claim("exp")),
        ("the end as text", claims(&json!({"exp": "1900000000"})), Claim("exp")),
        ("the end as a list", claims(&json!({"exp": [NOW + 300]})), Claim("exp")),
        ("an end before time", claims(&json!({"exp": -1})), Claim("exp")),
        ("an end beyond time", claims(&json!({"exp": u64::MAX})), Claim("exp")),
        ("an end in the year 10000", claims(&json!({"exp": 253_402_300_800_u64})), Claim("exp")),
        ("an end far beyond time", claims(&json!({"exp": 1e300})), Claim("exp")),
        ("the end as true", claims(&json!({"exp": true})), Claim("exp")),
        ("not yet", claims(&json!({"nbf": NOW + 61})), NotYetValid),
        ("a beginning as text", claims(&json!({"nbf": "0"})), Claim("nbf")),
        ("an issue as text", claims(&json!({"iat": "0"})), Claim("iat")),
        ("another endpoint", claims(&json!({"aud": "https://evil.example/run"})), Audience),
        ("a longer endpoint", claims(&json!({"aud": format!("{ENDPOINT}/")})), Audience),
        ("a shorter endpoint", claims(&json!({"aud": "https://app.example.com"})), Audience),
        ("another case", claims(&json!({"aud": ENDPOINT.to_uppercase()})), Audience),
        ("an empty endpoint", claims(&json!({"aud": ""})), Audience),
        ("no endpoint", claims(&json!({"aud": null})), Claim("aud")),
        ("several endpoints", claims(&json!({"aud": [ENDPOINT, "https://evil.example"]})), Claim("aud")),
        ("no account", claims(&json!({"accountId": null})), Claim("accountId")),
        ("an account below 0", claims(&json!({"accountId": -1})), Claim("accountId")),
        ("half an account", claims(&json!({"accountId": 1.5})), Claim("accountId")),
        ("a signed account", claims(&json!({"accountId": "+1"})), Claim("accountId")),
        ("an empty account", claims(&json!({"accountId": ""})), Claim("accountId")),
        ("a worded account", claims(&json!({"accountId": "one"})), Claim("accountId")),
        ("a huge account", claims(&json!({"accountId": "99999999999999999999"})), Claim("accountId")),
        ("no user", claims(&json!({"userId": null})), Claim("userId")),
        ("a user that is true", claims(&json!({"userId": true})), Claim("userId")),
        ("a token that is a number", claims(&json!({"shortLivedToken": 7})), Claim("shortLivedToken")),
        ("a claim twice", signed(HS256, "{\"exp\":1900000000,\"exp\":1}"), Malformed),
        ("a list of claims", signed(HS256, "[1,2]"), Malformed),
        ("a text", signed(HS256, "\"text\""), Malformed),
        ("no claims", signed(HS256, ""), Malformed),
        ("no JSON", signed(HS256, "accountId=1"), Malformed),
        ("not UTF-8", signed(HS256, b"{\"accountId\":\"\xff\"}"), Malformed),
        ("deep", signed(HS256, format!("{{\"x\":{}}}", "[".repeat(4_000))), Malformed),
    ]);
}

#[test]
fn no_bit_of_a_token_may_change() {
    let token = good();
    for bit in 0..token.len() * 8 {
        let mut changed = token.clone().into_bytes();
        changed[bit / 8] ^= 1 << (bit % 8);
        // A header value is text; what is none does not get so far.
        if let Ok(changed) = String::from_utf8(changed) {
            assert!(request(&changed).is_err(), "bit {bit} of the text");
        }
    }
    let (head, payload, sign) = parts();
    let parts = [&head, &payload, &sign].map(|text| URL_SAFE_NO_PAD.decode(text).unwrap());
    for (which, bytes) in parts.iter().enumerate() {
        for bit in 0..bytes.len() * 8 {
            let mut changed = parts.clone();
            changed[which][bit / 8] ^= 1 << (bit % 8);
            let changed = changed.map(part).join(".");
            assert!(request(&changed).is_err(), "bit {bit} of part {which}");
        }
    }
    assert!(request(&token).is_ok());
}

#[test]
fn no_error_holds_anything_of_the_token() {
    let marked = json!({"shortLivedToken": 5, "canary": "canary-77"});
    for token in [claims(&marked), "canary-77.canary-77.canary-77".to_owned(), "canary-77".to_owned()] {
        let error =
            IntegrationRequest::verify(&*token, "https://canary-77.example", &signing_secret()).unwrap_err();
        let told = format!("{error} {error:?} {error:#?} {}", error.advice());
        assert!(!told.contains("canary") && !told.contains(&token));
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_an_error_and_never_a_panic(text in ".{0,300}") {
        proptest::prop_assert!(request(&text).is_err() && session(&text).is_err() && lifecycle(&text).is_err());
    }

    #[test]
    fn any_three_parts_are_an_error(head in "[A-Za-z0-9_-]{0,60}", payload in "[A-Za-z0-9_-]{0,60}", sign in "[A-Za-z0-9_-]{0,60}") {
        let head = if head.len() % 2 == 0 { part(HS256) } else { head };
        let text = format!("{head}.{payload}.{sign}");
        proptest::prop_assert!(request(&text).is_err() && session(&text).is_err() && lifecycle(&text).is_err());
    }

    #[test]
    fn any_signed_payload_is_read_or_refused_and_never_a_panic(payload in "\\{\"(exp|nbf|dat|aud)\":[-0-9a-z\\[\\]{}\".,:]{0,40}\\}") {
        let token = signed(HS256, payload);
        let _ = (request(&token), session(&token), lifecycle(&token));
    }
}
