//! A contest: every contender does a job, in turn, again and again, so that all meet the same weather.
//!
//! Must not know: which contender is whose.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::str::FromStr;

use super::jobs::{Contender, Job, Place};
use crate::Failure;

/// What a contender has used for a job: the median of its runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Used {
    /// Seconds.
    pub(super) wall: f64,
    /// Seconds of all its threads.
    pub(super) cpu: f64,
    pub(super) peak_mb: f64,
    /// Of jobs under a quota: the worst of its runs.
    pub(super) mishaps: Option<Mishaps>,
}

/// What went wrong under a quota.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mishaps {
    /// Requests that the server refused.
    pub(super) refused: u64,
    /// What the contender gave up.
    pub(super) lost: u64,
    /// What was done again although it was done.
    pub(super) doubled: u64,
}

/// A server that ends with this value.
pub(super) struct Server {
    child: Child,
    said: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    fn start(programs: &Path, place: Place) -> Result<Self, Failure> {
        let mut server = Command::new(programs.join("server"));
        server.args(place.arguments()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = server.spawn().map_err(|error| format!("the server: {error}"))?;
        let said = child.stdout.take().ok_or("the server says nothing")?;
        let mut server = Self { child, said: BufReader::new(said), url: String::new() };
        server.url = server.line()?;
        Ok(server)
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.said.read_line(&mut line).map_err(|error| format!("the server: {error}"))?;
        Ok(line.trim().to_owned())
    }

    /// Ends it, and gives its last words.
    fn end(mut self) -> Result<String, Failure> {
        drop(self.child.stdin.take());
        self.line()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lets every contender of a job do it so many times. The server next door is started once.
pub(super) fn hold(
    programs: &Path,
    near: &mut Option<Server>,
    job: &Job,
    runs: usize,
) -> Result<Vec<Used>, Failure> {
    let (mut all, runs) = (vec![Vec::new(); job.contenders.len()], job.place.runs(runs));
    for run in 1..=runs {
        for (contender, used) in job.contenders.iter().zip(&mut all) {
            eprintln!("{} {run}/{runs}: {} {}", job.name, contender.0, contender.1);
            let shared = if job.place.has_quota() { None } else { near.take() };
            let server = shared.map_or_else(|| Server::start(programs, job.place), Ok)?;
            let said = compete(programs, &server.url, job, *contender)?;
            let told = if job.place.has_quota() {
                Some(server.end()?)
            } else {
                *near = Some(server);
                None
            };
            let measured = read(&said, told.as_deref());
            used.push(measured.ok_or_else(|| format!("{}: {said} {told:?}", contender.0))?);
        }
    }
    Ok(all.iter().map(|used| median(used)).collect())
}

/// What a contender says of a job that it has done.
fn compete(programs: &Path, url: &str, job: &Job, contender: Contender) -> Result<String, Failure> {
    let (program, door) = contender;
    let mut command = Command::new(programs.join(program));
    command.args(["--url", url, "--job", job.name, "--count", &job.count.to_string()]);
    if !door.is_empty() {
        command.args(["--door", door]);
    }
    let output = command.output().map_err(|error| format!("{program}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a contender has said, and its server if it had one of its own.
fn read(said: &str, told: Option<&str>) -> Option<Used> {
    let mishaps = match told {
        // Who makes nothing loses nothing.
        Some(told) => Some(Mishaps {
            refused: number(told, "refused")?,
            lost: number(said, "lost").unwrap_or_default(),
            doubled: number(told, "doubled")?,
        }),
        None => None,
    };
    let peak_mb = number::<f64>(said, "peak_kb")? / 1024.0;
    Some(Used { wall: number(said, "wall")?, cpu: number(said, "cpu")?, peak_mb, mishaps })
}

fn number<T: FromStr>(said: &str, key: &str) -> Option<T> {
    let (_, rest) = said.split_once(&format!("\"{key}\":"))?;
    rest.split([',', '}']).next()?.trim().parse().ok()
}

fn median(all: &[Used]) -> Used {
    let of = |value: fn(&Used) -> f64| {
        let mut values: Vec<f64> = all.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let mishaps = all.iter().filter_map(|used| used.mishaps).reduce(Mishaps::worst);
    Used { wall: of(|used| used.wall), cpu: of(|used| used.cpu), peak_mb: of(|used| used.peak_mb), mishaps }
}

impl Mishaps {
    fn worst(self, other: Self) -> Self {
        Self {
            refused: self.refused.max(other.refused),
            lost: self.lost.max(other.lost),
            doubled: self.doubled.max(other.doubled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_and_the_median_is_of_each_figure() {
        let one = read("{\"wall\":1.5,\"cpu\":0.50,\"peak_kb\":2048}\n", None).unwrap();
        let used = |wall, cpu, peak_mb| Used { wall, cpu, peak_mb, mishaps: None };
        assert_eq!(one, used(1.5, 0.5, 2.0));
        assert_eq!(read("{\"wall\":1.5}", None), None);
        let runs = [one, used(9.0, 0.1, 3.0), used(2.0, 0.2, 1.0)];
        assert_eq!(median(&runs), used(2.0, 0.2, 2.0));
    }

    #[test]
    fn what_went_wrong_is_told_by_both_and_the_worst_of_each_counts() {
        let run = |lost, refused, doubled| {
            let said = format!("{{\"lost\":{lost}}}\n{{\"wall\":1.5,\"cpu\":0.50,\"peak_kb\":2048}}\n");
            read(&said, Some(&format!("{{\"refused\":{refused},\"doubled\":{doubled}}}"))).unwrap()
        };
        let worst = median(&[run(0, 7, 1), run(2, 5, 0), run(1, 6, 0)]).mishaps;
        assert_eq!(worst, Some(Mishaps { refused: 7, lost: 2, doubled: 1 }));
        let silent = read("{\"wall\":1.5,\"cpu\":0.50,\"peak_kb\":2048}\n", Some(""));
        assert_eq!(silent, None, "a server that tells nothing has not seen nothing");
    }
}
