//! The table: ratios first.
//!
//! Must not know: how figures were measured.

use std::fmt::Write as _;

use super::Job;
use super::contest::Used;

/// What was measured, as Markdown.
#[derive(Default)]
pub(super) struct Table {
    rows: String,
}

impl Table {
    /// Adds a job. Its first contender is what the others are compared with.
    pub(super) fn add(&mut self, job: &Job, measured: &[Used]) {
        let Some(baseline) = measured.first() else { return };
        for ((program, door), used) in job.contenders.iter().zip(measured) {
            let door = if door.is_empty() { String::new() } else { format!(", {door}") };
            let _ = writeln!(
                self.rows,
                "| {} | {program}{door} | {} | {} | {:.2} | {:.2} | {:.0} |",
                job.about,
                ratio(used.cpu, baseline.cpu),
                ratio(used.wall, baseline.wall),
                used.cpu,
                used.wall,
                used.peak_mb,
            );
        }
    }

    pub(super) fn text(&self) -> String {
        format!(
            "\n| job | contender | CPU ratio | wall ratio | CPU s | wall s | peak MB |\n|---|---|---|---|---|---|---|\n{}",
            self.rows
        )
    }
}

/// What cannot be told from nothing is not told.
fn ratio(used: f64, baseline: f64) -> String {
    if baseline > 0.0 { format!("{:.2}", used / baseline) } else { "-".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::JOBS;

    #[test]
    fn ratios_are_of_the_first_contender() {
        let mut table = Table::default();
        let used = |cpu| Used { wall: 2.0 * cpu, cpu, peak_mb: 9.6 };
        table.add(&JOBS[4], &[used(4.0), used(1.0)]);
        let about = JOBS[4].about;
        let expected = format!(
            "| {about} | baseline | 1.00 | 1.00 | 4.00 | 8.00 | 10 |\n| {about} | sdk | 0.25 | 0.25 | 1.00 | 2.00 | 10 |\n"
        );
        assert!(table.text().ends_with(&expected), "{}", table.text());
        assert_eq!(ratio(1.0, 0.0), "-");
    }
}
