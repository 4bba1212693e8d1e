//! Tables whose columns are as wide as what stands in them.

use super::DIM;
use super::paper::Paper;
use super::words::{line, width};

/// Says at which edge of its column a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Left,
    Right,
}

/// A column: its name, its edge, and the most columns of the terminal that it takes.
pub(crate) type Column = (&'static str, Edge, usize);

/// A table; a column in which nothing stands is left out.
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Begins a table with its columns.
    pub(crate) fn of(columns: &[Column]) -> Table {
        Table {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row, one text a column.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        let most = self.columns.iter().map(|(.., most)| *most);
        self.rows.push(
            cells
                .iter()
                .zip(most)
                .map(|(cell, most)| line(cell, most))
                .collect(),
        );
    }

    /// Writes the table, its names first where it has any; nothing where it has no rows.
    pub(crate) fn write(&self, paper: &mut Paper, indent: usize) {
        if self.rows.is_empty() {
            return;
        }
        let widest = |n: usize| {
            self.rows
                .iter()
                .map(|row| width(&row[n]))
                .max()
                .unwrap_or(0)
        };
        let shown: Vec<(usize, usize, Edge)> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(n, _)| widest(*n) > 0)
            .map(|(n, (name, edge, _))| (n, widest(n).max(width(name)), *edge))
            .collect();
        let spread = |texts: &[&str]| {
            let mut out = " ".repeat(indent);
            for (at, (n, wide, edge)) in shown.iter().enumerate() {
                let text = texts[*n];
                let free = " ".repeat(wide - width(text));
                let gap = if at == 0 { "" } else { "  " };
                out.push_str(gap);
                match edge {
                    Edge::Left => out.extend([text, free.as_str()]),
                    Edge::Right => out.extend([free.as_str(), text]),
                }
            }
            out.truncate(out.trim_end().len());
            out
        };
        if self.columns.iter().any(|(name, ..)| !name.is_empty()) {
            let names: Vec<&str> = self.columns.iter().map(|(name, ..)| *name).collect();
            paper.line(format_args!("{DIM}{}{DIM:#}", spread(&names)));
        }
        for row in &self.rows {
            let texts: Vec<&str> = row.iter().map(String::as_str).collect();
            paper.line(spread(&texts));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_however_wide_their_signs() {
        let mut table = Table::of(&[
            ("", Edge::Left, 10),
            ("Gone", Edge::Left, 5),
            ("N", Edge::Right, 5),
        ]);
        table.row(["龍".to_owned(), String::new(), "7".to_owned()]);
        table.row(["Sorrel".to_owned(), String::new(), "12".to_owned()]);
        let mut paper = Paper::default();
        table.write(&mut paper, 1);
        let text = anstream::adapter::strip_str(paper.text()).to_string();
        assert_eq!(text, "          N\n 龍       7\n Sorrel  12\n");
    }
}
