//! Six processes, one file, tokens of two seconds, and callers who give up.
//!
//! Must not know: how a refresh is done.

use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::future::{Either, select};
use monday_sdk::queries::Me;

use crate::auth_server::TokenServer;
use crate::auth_support::{client_of, file_store, key, log_in, process, sessions, told};

const PROCESSES: usize = 6;
const CALLS: usize = 60;
const LIFE: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "fails on a loaded machine, for a reason not yet found: run it with --ignored"]
async fn six_processes_of_sixty_calls_refresh_once_for_each_generation() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("tokens");
    let (server, tokens) = TokenServer::start(LIFE, Duration::from_millis(40)).await;
    log_in(&sessions(&server.uri(), file_store(&folder)), &key()).await;
    let begun = Instant::now();
    let children: Vec<_> = (0..PROCESSES)
        .map(|_| {
            let mut command = process("auth_race::one_process_of_the_race", &server.uri(), &folder);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let (mut done, mut dropped) = (0, 0);
    for child in children {
        let output = child.wait_with_output().await.unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        let line = text.lines().find_map(|line| line.strip_prefix("calls ")).unwrap();
        let (one, other) = line.split_once(' ').unwrap();
        done += one.parse::<usize>().unwrap();
        dropped += other.parse::<usize>().unwrap();
    }
    assert_eq!(done + dropped, PROCESSES * CALLS);
    assert!(dropped >= PROCESSES * CALLS / 8, "only {dropped} callers gave up");
    let record = monday_sdk::auth::TokenStore::load(&file_store(&folder), &key()).await.unwrap().unwrap();
    let generations = usize::try_from(record.version().generation).unwrap();
    let known = tokens.known.lock().unwrap();
    println!(
        "{done} calls, {dropped} given up, {} refreshes, {generations} generations, {} refused, {:?}",
        known.refreshes,
        known.refused_calls,
        begun.elapsed()
    );
    assert_eq!(known.invalid_grants, 0);
    assert!(known.refreshes >= 2, "the tokens did not end during the race");
    assert_eq!(known.refreshes, generations - 1, "every refresh became a generation");
    // No token is given up before its time: at most one refresh for each life, and one for each end.
    let lives = begun.elapsed().as_millis() / (LIFE.as_millis() * 2 / 3);
    assert!(known.refreshes <= usize::try_from(lives).unwrap() + 2, "{} refreshes", known.refreshes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process of the race"]
async fn one_process_of_the_race() {
    let (Some(origin), Some(folder)) = (told("AUTH_ORIGIN"), told("AUTH_FOLDER")) else {
        return;
    };
    let provider = sessions(&origin, file_store(folder.as_ref())).provider(&key()).unwrap();
    let client = client_of(&origin, provider);
    let (mut done, mut dropped) = (0, 0);
    for call in 0..CALLS {
        if call % 4 == 3 {
            // Gives up at some point of the call, the refresh among them.
            let patience = (call * 7_919 + std::process::id() as usize * 131) % 40;
            let gives_up = async {
                for _ in 0..patience {
                    tokio::task::yield_now().await;
                }
            };
            match select(pin!(client.execute(Me)), pin!(gives_up)).await {
                Either::Left((answer, _)) => {
                    answer.unwrap();
                    done += 1;
                }
                Either::Right(_) => dropped += 1,
            }
        } else {
            client.execute(Me).await.unwrap();
            done += 1;
        }
        tokio::time::sleep(Duration::from_millis(70)).await;
    }
    println!("calls {done} {dropped}");
}
