//! Access tokens are JWTs under HS256 with the app's signing secret.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::http::{Server, TOKEN, app, refresh};

fn is_signed(token: &str, secret: &str) -> bool {
    let (message, signature) = token.rsplit_once('.').unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).is_ok()
}

fn part(token: &str, which: usize) -> Value {
    let text = URL_SAFE_NO_PAD.decode(token.split('.').nth(which).unwrap()).unwrap();
    serde_json::from_slice(&text).unwrap()
}

pub(crate) fn claims(token: &str) -> Value {
    part(token, 1)
}

#[tokio::test]
async fn every_access_token_is_signed_with_the_secret_of_its_app() {
    let (own, default) = ("another-secret-for-tests", "not-a-real-signing-secret");
    let server = Server::with([app("own").signing_secret(own), app("default"), app("legacy").legacy()]).await;
    for (client, secret, wrong) in [("own", own, default), ("default", default, own)] {
        let (first, token) = server.pair(client).await;
        let second = server.json(TOKEN, &refresh(client, &token)).await.text("access_token");
        for access in [first, second] {
            assert!(is_signed(&access, secret) && !is_signed(&access, wrong), "{client}");
            assert_eq!(part(&access, 0), json!({"alg": "HS256", "typ": "JWT"}));
            let claims = claims(&access);
            assert!(claims["exp"].as_u64() > claims["iat"].as_u64());
        }
    }
    assert!(is_signed(&server.legacy("legacy").await, default));
}
