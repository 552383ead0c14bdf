//! A contest: every contender does a job, in turn, again and again, so that all meet the same weather.
//!
//! Must not know: which contender is whose.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::Job;
use crate::Failure;

/// What a contender has used for a job: the median of its runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Used {
    /// Seconds.
    pub(super) wall: f64,
    /// Seconds of all its threads.
    pub(super) cpu: f64,
    pub(super) peak_mb: f64,
}

/// A server that ends with this value.
pub(super) struct Server {
    child: Child,
    url: String,
}

impl Server {
    pub(super) fn start(programs: &Path, items: usize, is_far: bool) -> Result<Self, Failure> {
        let mut server = Command::new(programs.join("server"));
        server.arg("--items").arg(items.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        if is_far {
            server.arg("--far");
        }
        let mut child = server.spawn().map_err(|error| format!("the server: {error}"))?;
        let mut url = String::new();
        if let Some(said) = child.stdout.take() {
            BufReader::new(said).read_line(&mut url).map_err(|error| format!("the server: {error}"))?;
        }
        Ok(Self { child, url: url.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lets every contender of a job do it so many times.
pub(super) fn hold(programs: &Path, server: &Server, job: &Job, runs: usize) -> Result<Vec<Used>, Failure> {
    let mut all = vec![Vec::new(); job.contenders.len()];
    for run in 1..=runs {
        for (contender, used) in job.contenders.iter().zip(&mut all) {
            let (program, door) = contender;
            eprintln!("{} {run}/{runs}: {program} {door}", job.name);
            let mut command = Command::new(programs.join(program));
            command.args(["--url", &server.url, "--job", job.name, "--count", &job.count.to_string()]);
            if !door.is_empty() {
                command.args(["--door", door]);
            }
            let output = command.output().map_err(|error| format!("{program}: {error}"))?;
            let said = String::from_utf8_lossy(&output.stdout);
            let measured = output.status.success().then(|| read(&said)).flatten();
            let because = || format!("{program}: {}", String::from_utf8_lossy(&output.stderr));
            used.push(measured.ok_or_else(because)?);
        }
    }
    Ok(all.iter().map(|used| median(used)).collect())
}

/// The one line that a contender prints.
fn read(said: &str) -> Option<Used> {
    let number = |key: &str| {
        let (_, rest) = said.split_once(&format!("\"{key}\":"))?;
        rest.split([',', '}']).next()?.trim().parse::<f64>().ok()
    };
    Some(Used { wall: number("wall")?, cpu: number("cpu")?, peak_mb: number("peak_kb")? / 1024.0 })
}

fn median(all: &[Used]) -> Used {
    let of = |value: fn(&Used) -> f64| {
        let mut values: Vec<f64> = all.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Used { wall: of(|used| used.wall), cpu: of(|used| used.cpu), peak_mb: of(|used| used.peak_mb) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_and_the_median_is_of_each_figure() {
        let one = read("{\"wall\":1.5,\"cpu\":0.50,\"peak_kb\":2048}\n").unwrap();
        assert_eq!(one, Used { wall: 1.5, cpu: 0.5, peak_mb: 2.0 });
        assert_eq!(read("{\"wall\":1.5}"), None);
        let runs =
            [one, Used { wall: 9.0, cpu: 0.1, peak_mb: 3.0 }, Used { wall: 2.0, cpu: 0.2, peak_mb: 1.0 }];
        assert_eq!(median(&runs), Used { wall: 2.0, cpu: 0.2, peak_mb: 2.0 });
    }
}
