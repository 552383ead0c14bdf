//! Entries that come and go in a file of profiles, and what is read of them.

use monday_sdk::CredentialKind;
use zeroize::Zeroizing;

use super::*;

fn token(text: &str, kind: CredentialKind) -> Entry {
    Entry::Token(Zeroizing::new(text.to_owned()), kind)
}

fn session(store: SessionStore) -> Elsewhere {
    let [client_id, account, user] = ["app-1", "2", "3"].map(str::to_owned);
    Elsewhere::Session(SessionEntry { store, client_id, account, user, server: None })
}

fn files() -> SessionStore {
    SessionStore::Files { client_secret: Zeroizing::new("canary-secret".to_owned()) }
}

#[test]
fn a_token_goes_into_its_profile_and_everything_else_stays() {
    let text = "# mine\n[work] # the office\ntoken = \"old\" # until spring\n# a note\nother = 1\n\n[home]\ntoken = \"theirs\"\n";
    let found = with_entry(text, "work", &token("new", CredentialKind::PersonalToken)).unwrap();
    let expected = "# mine\n[work] # the office\ntoken = \"new\" # until spring\n# a note\nother = 1\nkind = \"personal\"\n\n\
                    [home]\ntoken = \"theirs\"\n";
    assert_eq!(found, expected);
    let found = with_entry(&found, "third one", &token("bearer", CredentialKind::OAuth)).unwrap();
    assert!(found.starts_with(expected), "{found}");
    assert!(found.ends_with("\n[\"third one\"]\ntoken = \"bearer\"\nkind = \"oauth\"\n"), "{found}");
}

#[test]
fn whatever_a_profile_had_before_is_gone_when_its_token_is_kept_elsewhere() {
    let mut text = "[work]\nother = 1\n".to_owned();
    let away = |elsewhere| Entry::Elsewhere(elsewhere);
    let rounds = [
        (token("old", CredentialKind::PersonalToken), "token = \"old\"\nkind = \"personal\"\n"),
        (away(Elsewhere::Keyring), "store = \"keyring\"\n"),
        (
            away(session(files())),
            "store = \"files\"\nkind = \"oauth\"\nclient-id = \"app-1\"\nclient-secret = \"canary-secret\"\naccount = \"2\"\n\
             user = \"3\"\n",
        ),
        (
            away(session(SessionStore::Keyring)),
            "store = \"keyring\"\nkind = \"oauth\"\nclient-id = \"app-1\"\naccount = \"2\"\nuser = \"3\"\n",
        ),
        (token("bearer", CredentialKind::OAuth), "kind = \"oauth\"\ntoken = \"bearer\"\n"),
    ];
    for (entry, expected) in rounds {
        text = with_entry(&text, "work", &entry).unwrap();
        assert_eq!(text, format!("[work]\nother = 1\n{expected}"));
        let read = text.parse::<DocumentMut>().unwrap();
        let found = Elsewhere::of(read["work"].as_table_like().unwrap()).unwrap();
        let expected = match entry {
            Entry::Token(..) => None,
            Entry::Elsewhere(elsewhere) => Some(elsewhere),
        };
        assert!(found == expected, "{text}");
    }
}

#[test]
fn a_profile_that_says_half_of_it_is_told_without_its_texts() {
    for (text, expected) in [
        ("store = \"canary\"", "its `store` is neither"),
        ("store = \"files\"\nclient-id = \"canary\"", "it has no `client-secret`"),
        ("store = \"keyring\"\nclient-id = \"canary\"", "it has no `account`"),
    ] {
        let file = text.parse::<DocumentMut>().unwrap();
        let error = Elsewhere::of(file.as_table()).err().unwrap();
        assert!(error.starts_with(expected) && !error.contains("canary"), "{error}");
    }
}

#[test]
fn a_file_that_is_broken_is_not_told_with_its_tokens() {
    let entry = token("canary-2", CredentialKind::OAuth);
    let found = with_entry("[work]\ntoken = canary-1\n", "work", &entry).unwrap_err();
    assert!(found.starts_with("it is no TOML at line 2"), "{found}");
    assert!(!found.contains("canary"), "{found}");
    let found = with_entry("work = \"canary-1\"\n", "work", &entry).unwrap_err();
    assert!(found.starts_with("the profile is no table"), "{found}");
}
