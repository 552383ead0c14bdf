//! What a job has used: time, CPU of the whole process, peak memory. Linux tells the shares of CPU and the memory in
//! `/proc`.
//!
//! Must not know: jobs.

use std::fs;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// How many ticks of CPU there are in a second: `USER_HZ`, which is 100 on every Linux.
const TICKS: f64 = 100.0;

/// Does a job and prints what the process has used, start-up included, as one line of JSON. `cpu` is exact; `user` and
/// `system` are its shares, in hundredths.
pub async fn measured<T>(job: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let done = job.await;
    let wall = start.elapsed().as_secs_f64();
    let (cpu, [user, system]) = (cpu_seconds(), shares());
    let peak_kb = peak_kilobytes();
    println!(
        r#"{{"wall":{wall:.4},"cpu":{cpu:.4},"user":{user:.2},"system":{system:.2},"peak_kb":{peak_kb}}}"#
    );
    done
}

/// User and system time of all threads so far.
fn cpu_seconds() -> f64 {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(used).unwrap_or_default().as_secs_f64()
}

/// User time and system time.
fn shares() -> [f64; 2] {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold spaces; what follows it are numbers.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let mut ticks = after.split_whitespace().skip(11).map_while(|ticks| ticks.parse::<f64>().ok());
    [(); 2].map(|()| ticks.next().unwrap_or_default() / TICKS)
}

fn peak_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
