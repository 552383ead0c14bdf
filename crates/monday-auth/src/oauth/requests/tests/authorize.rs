//! Authorize URLs.

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier};

use super::*;
use crate::{AuthorizeOptions, Scope, ScopeSet};

/// What must come out, said without the types of this crate.
struct Expected<'a> {
    callback: &'a str,
    scopes: &'a [&'a str],
    extras: &'a [(&'a str, &'a str)],
}

/// The URL of a login, compared with `oauth2`'s and with placeholders for what is random.
fn url(app: &OAuthApp, options: &AuthorizeOptions, expected: &Expected<'_>) -> String {
    let (url, pending) = app.begin_with(options).unwrap();
    let (state, verifier) = (pending.state.expose().to_owned(), pending.verifier.expose().to_owned());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
    let challenge_text = challenge.as_str().to_owned();
    let client = client(CLIENT_SECRET, TOKEN, expected.callback);
    let mut request = client.authorize_url(|| CsrfToken::new(state.clone())).set_pkce_challenge(challenge);
    for scope in expected.scopes {
        request = request.add_scope(oauth2::Scope::new((*scope).to_owned()));
    }
    for (name, value) in expected.extras {
        request = request.add_extra_param(*name, *value);
    }
    assert_eq!(url.as_str(), request.url().0.as_str());
    assert!(!url.as_str().contains(&verifier) && !url.as_str().contains(CLIENT_SECRET));
    url.as_str().replace(&state, "STATE").replace(&challenge_text, "CHALLENGE")
}

fn plain<'a>(callback: &'a str, scopes: &'a [&'a str]) -> Expected<'a> {
    Expected { callback, scopes, extras: &[] }
}

#[test]
fn by_default() {
    let app = app(CLIENT_SECRET, &[CALLBACK]).scopes(ScopeSet::from([Scope::MeRead, Scope::BoardsRead]));
    let expected = plain(CALLBACK, &["boards:read", "me:read"]);
    let url = url(&app.build().unwrap(), &AuthorizeOptions::default(), &expected);
    insta::assert_snapshot!(url, @"https://auth.monday.com/oauth2/authorize?response_type=code&client_id=client-1&state=STATE&code_challenge=CHALLENGE&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=boards%3Aread+me%3Aread");
}

#[test]
fn with_all_options_at_once() {
    let app = app(CLIENT_SECRET, &[CALLBACK, ODD_CALLBACK]).scopes(ScopeSet::from([Scope::BoardsWrite]));
    let options = AuthorizeOptions {
        redirect_uri: Some(ODD_CALLBACK.to_owned()),
        scopes: Some(ScopeSet::from([Scope::MeRead])),
        subdomain: Some("acme-2".to_owned()),
        app_version_id: Some("104".to_owned()),
        force_install_if_needed: true,
    };
    let expected = Expected {
        callback: ODD_CALLBACK,
        scopes: &["me:read"],
        extras: &[("subdomain", "acme-2"), ("app_version_id", "104"), ("force_install_if_needed", "true")],
    };
    let url = url(&app.build().unwrap(), &options, &expected);
    insta::assert_snapshot!(url, @"https://auth.monday.com/oauth2/authorize?response_type=code&client_id=client-1&state=STATE&code_challenge=CHALLENGE&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fapp.example.com%3A8443%2Fcall%2520back%3Bv%3D1%3Ftenant%3Da%2Bb%26next%3D%252Fhome&scope=me%3Aread&subdomain=acme-2&app_version_id=104&force_install_if_needed=true");
}

#[test]
fn with_each_option_alone() {
    let app = app(CLIENT_SECRET, &[CALLBACK]).build().unwrap();
    let subdomain = AuthorizeOptions { subdomain: Some("acme".to_owned()), ..Default::default() };
    let version = AuthorizeOptions { app_version_id: Some("104".to_owned()), ..Default::default() };
    let install = AuthorizeOptions { force_install_if_needed: true, ..Default::default() };
    for (options, extra) in [
        (subdomain, ("subdomain", "acme")),
        (version, ("app_version_id", "104")),
        (install, ("force_install_if_needed", "true")),
    ] {
        url(&app, &options, &Expected { callback: CALLBACK, scopes: &[], extras: &[extra] });
    }
}

#[test]
fn with_several_redirect_uris() {
    let second = "http://127.0.0.1:8123/callback";
    let app = app(CLIENT_SECRET, &[CALLBACK, second]).build().unwrap();
    let first = url(&app, &AuthorizeOptions::default(), &plain(CALLBACK, &[]));
    insta::assert_snapshot!(first, @"https://auth.monday.com/oauth2/authorize?response_type=code&client_id=client-1&state=STATE&code_challenge=CHALLENGE&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback");
    let options = AuthorizeOptions { redirect_uri: Some(second.to_owned()), ..Default::default() };
    let second = url(&app, &options, &plain(second, &[]));
    insta::assert_snapshot!(second, @"https://auth.monday.com/oauth2/authorize?response_type=code&client_id=client-1&state=STATE&code_challenge=CHALLENGE&code_challenge_method=S256&redirect_uri=http%3A%2F%2F127.0.0.1%3A8123%2Fcallback");
}

#[test]
fn without_scopes_or_with_none_asked_for() {
    let all = app(CLIENT_SECRET, &[CALLBACK]).scopes(ScopeSet::from([Scope::MeRead])).build().unwrap();
    let options = AuthorizeOptions { scopes: Some(ScopeSet::default()), ..Default::default() };
    let none = app(CLIENT_SECRET, &[CALLBACK]).build().unwrap();
    for url in [
        url(&all, &options, &plain(CALLBACK, &[])),
        url(&none, &AuthorizeOptions::default(), &plain(CALLBACK, &[])),
    ] {
        assert!(!url.contains("scope"));
    }
}

#[test]
fn with_a_scope_that_this_sdk_does_not_know() {
    let scopes = ScopeSet::from([Scope::Other("ai:consume".to_owned()), Scope::MeRead]);
    let app = app(CLIENT_SECRET, &[CALLBACK]).scopes(scopes).build().unwrap();
    let url = url(&app, &AuthorizeOptions::default(), &plain(CALLBACK, &["me:read", "ai:consume"]));
    insta::assert_snapshot!(url, @"https://auth.monday.com/oauth2/authorize?response_type=code&client_id=client-1&state=STATE&code_challenge=CHALLENGE&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&scope=me%3Aread+ai%3Aconsume");
}

#[test]
fn of_the_legacy_flow_which_has_the_same_url_and_pkce_as_well() {
    let app = app(CLIENT_SECRET, &[CALLBACK]).legacy().build().unwrap();
    let url = url(&app, &AuthorizeOptions::default(), &plain(CALLBACK, &[]));
    insta::assert_snapshot!(url, @"https://auth.monday.com/oauth2/authorize?response_type=code&client_id=client-1&state=STATE&code_challenge=CHALLENGE&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback");
}
