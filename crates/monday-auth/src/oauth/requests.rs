//! URLs and bodies as the `oauth2` crate forms them.
//!
//! `oauth2` hands a finished request to a transport; the transport here keeps it and sends nothing. So the protocol is
//! that crate's, while answers, which hold tokens, never reach its errors. Must not know: how requests are sent.

use std::fmt;

use oauth2::basic::BasicClient;
use oauth2::{
    AccessToken, AuthType, AuthUrl, ClientId, ClientSecret, CsrfToken, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RefreshToken, RequestTokenError, RevocationUrl, StandardRevocableToken, TokenUrl,
};
use url::Url;

use super::{AuthorizationCode, AuthorizeOptions, RedirectUri};
use crate::{AppFault, AuthError, ScopeSet, Secret};

/// Who talks with whom.
pub(super) struct Parties<'a> {
    pub(super) client_id: &'a str,
    pub(super) client_secret: &'a Secret,
    pub(super) authorize: &'a Url,
    pub(super) token: &'a Url,
}

type Client = BasicClient<
    oauth2::EndpointSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointSet,
>;

impl Parties<'_> {
    fn client(&self) -> Client {
        BasicClient::new(ClientId::new(self.client_id.to_owned()))
            .set_client_secret(ClientSecret::new(self.client_secret.expose().to_owned()))
            .set_auth_type(AuthType::RequestBody)
            .set_auth_uri(AuthUrl::from_url(self.authorize.clone()))
            .set_token_uri(TokenUrl::from_url(self.token.clone()))
    }
}

/// The authorize URL, with monday's own parameters after the standard ones.
pub(super) fn authorize_url(
    parties: &Parties<'_>,
    redirect_uri: &RedirectUri,
    scopes: &ScopeSet,
    options: &AuthorizeOptions,
    challenge: PkceCodeChallenge,
    state: CsrfToken,
) -> Result<Url, AuthError> {
    let client = parties.client().set_redirect_uri(redirect(redirect_uri)?);
    let scopes = scopes.iter().map(|scope| oauth2::Scope::new(scope.as_str().to_owned()));
    let mut request = client.authorize_url(|| state).set_pkce_challenge(challenge).add_scopes(scopes);
    for (name, value) in [("subdomain", &options.subdomain), ("app_version_id", &options.app_version_id)] {
        if let Some(value) = value {
            request = request.add_extra_param(name, value);
        }
    }
    if options.force_install_if_needed {
        request = request.add_extra_param("force_install_if_needed", "true");
    }
    Ok(request.url().0)
}

/// RFC 6749, section 4.1.3, with RFC 7636, section 4.5.
pub(super) fn exchange(parties: &Parties<'_>, code: &AuthorizationCode) -> Result<Secret, AuthError> {
    let client = parties.client().set_redirect_uri(redirect(&code.redirect_uri)?);
    let request = client
        .exchange_code(oauth2::AuthorizationCode::new(code.code.expose().to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(code.verifier.expose().to_owned()));
    kept(request.request(&keep))
}

/// RFC 6749, section 6.
pub(super) fn refresh(parties: &Parties<'_>, refresh: &Secret) -> Result<Secret, AuthError> {
    let token = RefreshToken::new(refresh.expose().to_owned());
    let client = parties.client();
    kept(client.exchange_refresh_token(&token).request(&keep))
}

/// RFC 7009, section 2.1.
pub(super) fn revoke(parties: &Parties<'_>, token: &Secret, is_refresh: bool) -> Result<Secret, AuthError> {
    let unformed = |_| AuthError::App(AppFault::Request);
    let text = token.expose().to_owned();
    let token = if is_refresh {
        StandardRevocableToken::RefreshToken(RefreshToken::new(text))
    } else {
        StandardRevocableToken::AccessToken(AccessToken::new(text))
    };
    // The body does not hold the URL, and `oauth2` knows no loopback: where it is sent is decided by the caller.
    let nowhere = RevocationUrl::new("https://auth.monday.com/".to_owned());
    let client = parties.client().set_revocation_url(nowhere.map_err(|_| AuthError::App(AppFault::Request))?);
    kept(client.revoke_token(token).map_err(unformed)?.request(&keep))
}

fn redirect(uri: &RedirectUri) -> Result<RedirectUrl, AuthError> {
    RedirectUrl::new(uri.as_str().to_owned()).map_err(|_| AuthError::App(AppFault::RedirectUri))
}

/// A request that was formed and not sent.
struct Kept(Secret);

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was kept")
    }
}

impl std::error::Error for Kept {}

fn keep(request: oauth2::HttpRequest) -> Result<oauth2::HttpResponse, Kept> {
    // A form is ASCII.
    Err(Kept(Secret::new(String::from_utf8(request.into_body()).unwrap_or_default())))
}

fn kept<T, E: oauth2::ErrorResponse>(
    result: Result<T, RequestTokenError<Kept, E>>,
) -> Result<Secret, AuthError> {
    match result {
        Err(RequestTokenError::Request(Kept(body))) if !body.expose().is_empty() => Ok(body),
        _ => Err(AuthError::App(AppFault::Request)),
    }
}

#[cfg(test)]
mod tests;
