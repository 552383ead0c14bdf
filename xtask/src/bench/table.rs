//! The table: ratios first.
//!
//! Must not know: how figures were measured.

use std::fmt::Write as _;

use super::contest::{Mishaps, Used};
use super::jobs::Job;

/// What was measured, as Markdown.
#[derive(Default)]
pub(super) struct Table {
    rows: String,
}

impl Table {
    /// Adds a job, and gives its rows. Its first contender is what the others are compared with.
    pub(super) fn add(&mut self, job: &Job, measured: &[Used]) -> &str {
        let before = self.rows.len();
        for ((program, door), used) in job.contenders.iter().zip(measured) {
            let door = if door.is_empty() { String::new() } else { format!(", {door}") };
            let _ = writeln!(
                self.rows,
                "| {} | {program}{door} | {} | {} | {:.2} | {:.2} | {:.0} | {} |",
                job.about,
                ratio(used.cpu, measured[0].cpu),
                ratio(used.wall, measured[0].wall),
                used.cpu,
                used.wall,
                used.peak_mb,
                told(used.mishaps),
            );
        }
        &self.rows[before..]
    }

    pub(super) fn text(&self) -> String {
        format!(
            "\n| job | contender | CPU ratio | wall ratio | CPU s | wall s | peak MB | refused, lost, doubled |\n\
             |---|---|---|---|---|---|---|---|\n{}",
            self.rows
        )
    }
}

/// What cannot be told from nothing is not told.
pub(super) fn ratio(used: f64, baseline: f64) -> String {
    if baseline > 0.0 { format!("{:.2}", used / baseline) } else { "-".to_owned() }
}

/// Where there is no quota, nobody counts.
fn told(mishaps: Option<Mishaps>) -> String {
    mishaps.map_or_else(
        || "-".to_owned(),
        |Mishaps { refused, lost, doubled }| format!("{refused}, {lost}, {doubled}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::jobs::{JOBS, Place};

    #[test]
    fn ratios_are_of_the_first_contender_and_mishaps_are_each_ones_own() {
        let job = JOBS.iter().find(|job| job.place == Place::Far).unwrap();
        let mishaps = Some(Mishaps { refused: 3, lost: 2, doubled: 1 });
        let used = |cpu, mishaps| Used { wall: 2.0 * cpu, cpu, peak_mb: 9.6, mishaps };
        let mut table = Table::default();
        let added = table.add(job, &[used(4.0, mishaps), used(1.0, None)]).to_owned();
        let about = job.about;
        let expected = format!(
            "| {about} | baseline | 1.00 | 1.00 | 4.00 | 8.00 | 10 | 3, 2, 1 |\n\
             | {about} | sdk, equal groups | 0.25 | 0.25 | 1.00 | 2.00 | 10 | - |\n"
        );
        assert_eq!(added, expected);
        assert!(table.text().ends_with(&expected), "{}", table.text());
        assert_eq!(ratio(1.0, 0.0), "-");
    }
}
