//! The prompt of `login` on a real terminal.
//!
//! Must not know: what is done with the token.
#![cfg(target_os = "linux")]

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::desk::Desk;

/// util-linux' `script` is a terminal: it shows what is typed, unless that is turned off.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_typed_is_not_shown() {
    if Command::new("script").arg("--version").output().is_err() {
        println!("skipped: script is not installed");
        return;
    }
    let desk = Desk::new().await;
    let said = types(&desk, "login", desk.sandbox.personal_token());
    assert!(said.contains("kept     the personal token of Ada Example"), "{said}");
    assert!(!said.contains(desk.sandbox.personal_token()), "the terminal shows the token: {said}");
    insta::assert_snapshot!(desk.plain(&said));
    // The terminal shows what is typed where nothing turns that off.
    let mut reads = Command::new("script");
    reads.args(["-qec", "echo there you are; head -n 1 >/dev/null", "/dev/null"]);
    let shown = terminal(&mut reads, "there you are", |_| true, "typed-and-shown");
    assert!(shown.contains("typed-and-shown"), "{shown}");
}

fn types(desk: &Desk, words: &str, typed: &str) -> String {
    let command = desk.command(words);
    let program = command.get_program().to_str().unwrap();
    let words = format!("tty; '{program}' monday {words} --endpoint {}", desk.sandbox.url());
    let mut script = Command::new("script");
    script.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let said = terminal(script.args(["-qec", &words, "/dev/null"]), "(not shown): ", is_quiet, typed);
    said.split_once('\n').unwrap().1.to_owned()
}

/// Whether the terminal that was named first has stopped showing what is typed.
fn is_quiet(said: &str) -> bool {
    let terminal = said.lines().next().unwrap();
    let settings = Command::new("stty").args(["-a", "-F", terminal]).output().unwrap();
    String::from_utf8_lossy(&settings.stdout).contains(" -echo ")
}

/// What a terminal shows of a command that is given a line when it asks and is ready.
fn terminal(script: &mut Command, asks: &str, is_ready: fn(&str) -> bool, typed: &str) -> String {
    let script = script.env("SHELL", "/bin/sh").env("PATH", "/usr/bin:/bin");
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut said = Vec::new();
    let text = |said: &[u8]| String::from_utf8_lossy(said).replace('\r', "");
    tokio::task::block_in_place(|| {
        let mut byte = [0];
        while !text(&said).contains(asks) {
            assert_eq!(output.read(&mut byte).unwrap(), 1, "{}", text(&said));
            said.extend(byte);
        }
        let begun = Instant::now();
        while !is_ready(&text(&said)) && begun.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(20));
        }
        input.write_all(format!("{typed}\n").as_bytes()).unwrap();
        output.read_to_end(&mut said).unwrap();
        child.wait().unwrap();
    });
    text(&said)
}
