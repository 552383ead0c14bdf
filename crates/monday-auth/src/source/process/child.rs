//! One run of a program: fed nothing, read up to a limit, killed when its time is over.
//!
//! Must not know: tokens, who asked.

use std::io::Read as _;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::Order;
use crate::source::env::variable;
use crate::{ProcessFault, Secret};

/// More is no token.
const LONGEST: u64 = 64 * 1024;

/// How often an ending child is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(5);

type Output = Result<Zeroizing<Vec<u8>>, ProcessFault>;

impl Order {
    /// Runs the program and gives the line it prints. Blocks.
    pub(super) fn run(&self) -> Result<Secret, ProcessFault> {
        let end = Instant::now() + self.time;
        let mut child = self.command().spawn().map_err(|error| ProcessFault::NotStarted(error.kind()))?;
        let output = read(child.stdout.take(), end);
        let status = match &output {
            Ok(_) => wait(&mut child, end),
            Err(fault) => Err(*fault),
        };
        if status.is_err() {
            kill(&mut child);
        }
        match status? {
            Some(0) => line_of(&output?),
            other => Err(ProcessFault::Status(other)),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env_clear();
        command.envs(self.allowed.iter().filter_map(|name| Some((name, variable(name)?))));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            // So that what it starts can be killed with it.
            command.process_group(0);
        }
        command
    }
}

fn read(from: Option<ChildStdout>, end: Instant) -> Output {
    let (give, take) = mpsc::channel();
    let reader = thread::Builder::new().name("monday-auth reader".to_owned()).spawn(move || {
        // Large enough from the start: growing would leave copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(LONGEST + 1).unwrap_or_default()));
        let read = from.map(|from| from.take(LONGEST + 1).read_to_end(&mut bytes));
        let output = match read {
            Some(Ok(_)) if bytes.len() as u64 <= LONGEST => Ok(bytes),
            Some(Ok(_)) => Err(ProcessFault::TooMuch),
            _ => Err(ProcessFault::NotOneLine),
        };
        // Nobody listens once the time is over.
        let _ = give.send(output);
    });
    reader.map_err(|error| ProcessFault::NotStarted(error.kind()))?;
    match take.recv_timeout(end.saturating_duration_since(Instant::now())) {
        Ok(output) => output,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(ProcessFault::TimedOut),
    }
}

/// The child's status, which is `None` after a signal.
fn wait(child: &mut Child, end: Instant) -> Result<Option<i32>, ProcessFault> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.code()),
            Ok(None) if Instant::now() < end => thread::sleep(LOOK_EVERY),
            Ok(None) => return Err(ProcessFault::TimedOut),
            Err(_) => return Err(ProcessFault::Status(None)),
        }
    }
}

/// Ends the child and whatever it has started.
fn kill(child: &mut Child) {
    // It has not been waited for, so its number is still its own.
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn line_of(bytes: &[u8]) -> Result<Secret, ProcessFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| ProcessFault::NotOneLine)?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() || line.contains(['\n', '\r']) {
        return Err(ProcessFault::NotOneLine);
    }
    Ok(Secret::new(line))
}
