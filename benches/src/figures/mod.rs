//! The figures, a file for each group, in the order of the table.

mod commit;
mod edits;
mod index;
mod lines;
mod merging;
mod open;
mod pure;
mod roster;
mod rules;
mod writers;

use crate::Bench;

/// Measures one group of figures and adds them to the table.
pub type Measure = fn(&mut Bench) -> anyhow::Result<()>;

/// All groups, by the name that `--only` knows them by.
pub const GROUPS: &[(&str, Measure)] = &[
    ("commit", commit::measure),
    ("writers", writers::measure),
    ("open", open::measure),
    ("roster", roster::measure),
    ("edits", edits::measure),
    ("index", index::measure),
    ("pure", pure::measure),
    ("rules", rules::measure),
    ("lines", lines::measure),
    ("merging", merging::measure),
];

/// Writes bytes for a person, in megabytes of a million.
pub fn megabytes(bytes: u64) -> String {
    let megabytes = bytes as f64 / 1e6;
    if megabytes < 1_000.0 {
        format!("{megabytes:.1} MB")
    } else {
        format!("{:.0} GB", megabytes / 1e3)
    }
}

/// Writes a count with commas between thousands.
pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_readable() {
        assert_eq!(megabytes(8_449_999), "8.4 MB");
        assert_eq!(megabytes(24_000_000_000), "24 GB");
        let shown = [7, 999, 1_000, 10_000, 1_234_567].map(thousands);
        assert_eq!(shown, ["7", "999", "1,000", "10,000", "1,234,567"]);
    }
}
