//! What a job has used: time, CPU of the whole process, peak memory. Linux tells them in `/proc`.
//!
//! Must not know: jobs.

use std::fs;
use std::time::Instant;

/// How many ticks of CPU there are in a second: `USER_HZ`, which is 100 on every Linux.
const TICKS: f64 = 100.0;

/// Does a job and prints what the process has used, start-up included, as one line of JSON.
pub async fn measured<T>(job: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let done = job.await;
    let wall = start.elapsed().as_secs_f64();
    println!("{{\"wall\":{wall:.4},\"cpu\":{:.2},\"peak_kb\":{}}}", cpu_seconds(), peak_kilobytes());
    done
}

/// User and system time of all threads so far.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold spaces; what follows it are numbers.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS
}

fn peak_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
