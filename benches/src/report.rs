//! The table: each figure, what was measured, what it is held against, and whether it holds.

use std::fmt::Write;

/// A figure's bound, and whether the measured value keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The bound in words, as "at most 1.4x".
    pub words: String,
    /// Whether it is kept.
    pub met: bool,
}

impl Bound {
    /// Makes a bound that is kept where `value` is at most `limit`.
    pub fn at_most(words: impl Into<String>, value: f64, limit: f64) -> Option<Bound> {
        Some(Bound {
            words: format!("at most {}", words.into()),
            met: value <= limit,
        })
    }

    /// Makes a bound that is kept where `value` is at least `limit`.
    pub fn at_least(words: impl Into<String>, value: f64, limit: f64) -> Option<Bound> {
        Some(Bound {
            words: format!("at least {}", words.into()),
            met: value >= limit,
        })
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is measured.
    pub figure: String,
    /// What came out, with what stood beside it.
    pub measured: String,
    /// What it is held against; figures that are only told have none.
    pub bound: Option<Bound>,
}

/// Collects figures in the order they were measured.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Adds a figure.
    pub fn add(
        &mut self,
        figure: impl Into<String>,
        measured: impl Into<String>,
        bound: Option<Bound>,
    ) {
        self.rows.push(Row {
            figure: figure.into(),
            measured: measured.into(),
            bound,
        });
    }

    /// Gives the lines so far.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Counts the bounds that are not kept.
    pub fn missed(&self) -> usize {
        let missed = |row: &&Row| row.bound.as_ref().is_some_and(|bound| !bound.met);
        self.rows.iter().filter(missed).count()
    }

    /// Writes the lines from `first` on as columns for a terminal.
    pub fn to_text(&self, first: usize) -> String {
        let rows = &self.rows[first.min(self.rows.len())..];
        let cells: Vec<[&str; 4]> = rows.iter().map(cells).collect();
        let width = |column: usize| {
            let longest = cells.iter().map(|row| row[column].chars().count()).max();
            longest.unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2)];
        let mut out = String::new();
        for [figure, measured, bound, verdict] in cells {
            let line = format!(
                "{figure:<0$}  {measured:<1$}  {bound:<2$}  {verdict}",
                widths[0], widths[1], widths[2]
            );
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// Writes the table as Markdown, with a line of what it was measured on.
    pub fn to_markdown(&self, about: &str) -> String {
        let mut out = format!("# Figures\n\n{about}\n\n");
        out.push_str("| figure | measured | bound | |\n|---|---|---|---|\n");
        for row in &self.rows {
            let [figure, measured, bound, verdict] = cells(row);
            let verdict = match verdict {
                "missed" => "**missed**",
                other => other,
            };
            let _ = writeln!(out, "| {figure} | {measured} | {bound} | {verdict} |");
        }
        out
    }
}

fn cells(row: &Row) -> [&str; 4] {
    let (bound, verdict) = match &row.bound {
        None => ("", ""),
        Some(bound) if bound.met => (bound.words.as_str(), "met"),
        Some(bound) => (bound.words.as_str(), "missed"),
    };
    [&row.figure, &row.measured, bound, verdict]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_kept_up_to_its_limit_and_the_table_says_so() {
        let mut report = Report::default();
        report.add("a commit", "1.40x", Bound::at_most("1.4x", 1.4, 1.4));
        report.add("eight writers", "0.49x", Bound::at_least("0.5x", 0.49, 0.5));
        report.add("for interest", "3 us", None);
        assert_eq!(report.missed(), 1);
        assert_eq!(
            report.to_markdown("Two cores."),
            "# Figures\n\nTwo cores.\n\n| figure | measured | bound | |\n|---|---|---|---|\n\
             | a commit | 1.40x | at most 1.4x | met |\n\
             | eight writers | 0.49x | at least 0.5x | **missed** |\n\
             | for interest | 3 us |  |  |\n"
        );
        assert_eq!(
            report.to_text(1),
            "eight writers  0.49x  at least 0.5x  missed\nfor interest   3 us\n"
        );
    }
}
