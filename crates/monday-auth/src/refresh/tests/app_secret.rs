//! An app's secret that is rotated in its secret manager while sessions are refreshed.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::scripted::{Act, World, after, is, key};
use super::told::Told;
use crate::{
    AuthError, BoxFuture, CredentialProvider as _, OAuthApp, OAuthCode, OAuthProvider, Rejection, Secret,
    SecretFault, SecretReader, TokenKey,
};

pub(super) const REFUSED: Act = Act::Say(401, r#"{"error":"invalid_client"}"#);
const MANAGER: &str = "the scripted manager";

/// What a manager says, after so long.
#[derive(Debug, Clone, Copy)]
pub(super) enum Says {
    Secret(&'static str, Duration),
    Fault(SecretFault),
    Nothing,
}

#[derive(Debug, Clone)]
pub(super) struct Manager(Arc<Mutex<(VecDeque<Says>, usize)>>);

impl Manager {
    pub(super) fn saying(says: impl IntoIterator<Item = Says>) -> Self {
        let first = [Says::Secret("secret-old", Duration::ZERO)];
        Self(Arc::new(Mutex::new((first.into_iter().chain(says).collect(), 0))))
    }

    fn reads(&self) -> usize {
        self.0.lock().unwrap().1
    }
}

impl SecretReader for Manager {
    fn name(&self) -> &'static str {
        MANAGER
    }

    fn read(&self) -> BoxFuture<'static, Result<Option<Secret>, SecretFault>> {
        let next = {
            let mut this = self.0.lock().unwrap();
            this.1 += 1;
            this.0.pop_front().expect("it is asked once more")
        };
        Box::pin(async move {
            match next {
                Says::Secret(secret, time) => {
                    tokio::time::sleep(time).await;
                    Ok(Some(Secret::new(secret)))
                }
                Says::Fault(fault) => Err(fault),
                Says::Nothing => std::future::pending().await,
            }
        })
    }
}

/// Providers of one process, whose app reads its secret there.
async fn providers<const N: usize>(world: &World, manager: &Manager, users: [&str; N]) -> [OAuthProvider; N] {
    let app = OAuthApp::builder_from("app", manager.clone()).await.unwrap();
    let process = world.process_of(app, world.store.clone());
    for user in users {
        process.adopt(&TokenKey::new("app", "account", user), world.grant(0)).await.unwrap();
    }
    users.map(|user| process.provider(&TokenKey::new("app", "account", user)).unwrap())
}

pub(super) async fn provider(world: &World, manager: &Manager) -> OAuthProvider {
    let [provider] = providers(world, manager, [key().user()]).await;
    provider
}

fn secrets(world: &World) -> Vec<String> {
    let bodies = world.server.bodies.lock().unwrap();
    let secret =
        |body: &String| body.split("client_secret=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    bodies.iter().map(secret).collect()
}

fn is_refused(error: &AuthError) -> bool {
    matches!(error, AuthError::OAuth(fault) if fault.code == OAuthCode::InvalidClient)
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_is_sent_once_more_with_the_rotated_secret_and_that_is_used_from_then_on() {
    let (told, _guard) = Told::listening();
    for refused in [REFUSED, Act::Say(400, r#"{"error":"invalid_client"}"#)] {
        let world = World::new().await;
        let manager = Manager::saying([Says::Secret("secret-new", Duration::from_secs(4))]);
        let provider = provider(&world, &manager).await;
        let old = provider.current().await.unwrap();
        world.server.will([refused]);
        let new = provider.rejected(&old, Rejection::Unauthorized).await.unwrap();
        assert!(is(&new, 1));
        assert_eq!(world.server.spent(), ["refresh-0", "refresh-0"]);
        after(3_550).await;
        assert!(is(&provider.current().await.unwrap(), 2));
        assert_eq!(secrets(&world), ["secret-old", "secret-new", "secret-new"]);
        assert_eq!(manager.reads(), 2);
    }
    let all = told.events().concat();
    assert!(
        all.contains("client secret changed") && !all.contains("secret-old") && !all.contains("secret-new")
    );
}

#[tokio::test(start_paused = true)]
async fn a_secret_that_is_the_same_leaves_the_servers_answer_and_the_refresh_token() {
    let world = World::new().await;
    let manager = Manager::saying([Says::Secret("secret-old", Duration::ZERO)]);
    let provider = provider(&world, &manager).await;
    let old = provider.current().await.unwrap();
    world.server.will([REFUSED]);
    assert!(is_refused(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err()));
    assert_eq!(world.server.requests(), 1);
    assert!(world.stored().await.unwrap().can_refresh());
}

#[tokio::test(start_paused = true)]
async fn a_newer_secret_that_is_refused_too_is_not_sent_a_third_time() {
    let world = World::new().await;
    let manager = Manager::saying([Says::Secret("secret-new", Duration::ZERO)]);
    let provider = provider(&world, &manager).await;
    let old = provider.current().await.unwrap();
    world.server.will([REFUSED, REFUSED, REFUSED]);
    assert!(is_refused(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err()));
    assert_eq!(secrets(&world), ["secret-old", "secret-new"]);
    assert_eq!(manager.reads(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_manager_that_fails_or_hangs_leaves_the_servers_answer_and_is_told() {
    for (says, words) in [
        (Says::Fault(SecretFault::Denied), "does not let this identity"),
        (Says::Nothing, "is not available"),
    ] {
        let (told, guard) = Told::listening();
        let world = World::new().await;
        let provider = provider(&world, &Manager::saying([says])).await;
        let old = provider.current().await.unwrap();
        world.server.will([REFUSED]);
        let begun = tokio::time::Instant::now();
        assert!(is_refused(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err()));
        assert!(begun.elapsed() <= Duration::from_secs(6), "{:?}", begun.elapsed());
        assert_eq!(world.server.requests(), 1);
        drop(guard);
        let events = told.events();
        let event = events.iter().find(|event| event.contains("not read anew")).expect("told");
        assert!(event.starts_with("WARN") && event.contains(MANAGER) && event.contains(words), "{event}");
        assert!(!events.concat().contains("secret-old"));
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_of_many_keys_at_once_share_one_reading() {
    let world = World::new().await;
    let manager = Manager::saying([Says::Secret("secret-new", Duration::from_secs(2))]);
    let providers = providers(&world, &manager, ["a", "b", "c", "d"]).await;
    world.server.will([REFUSED, REFUSED, REFUSED, REFUSED]);
    let refreshed = providers.each_ref().map(|provider| async {
        let old = provider.current().await.unwrap();
        provider.rejected(&old, Rejection::Unauthorized).await.unwrap()
    });
    futures_util::future::join_all(refreshed).await;
    assert_eq!((manager.reads(), world.server.requests()), (2, 8));
}

#[tokio::test(start_paused = true)]
async fn without_a_reader_a_refused_secret_is_an_error_at_once() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([REFUSED]);
    assert!(is_refused(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err()));
    assert_eq!(world.server.requests(), 1);
}
