//! Places in TOML, in words: the line, the table it stands in, the key.

/// Says where in a text something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The line, from 1.
    pub(super) line: u32,
    /// The header of the table around it: `[[spell.damage]]`.
    table: Option<String>,
    /// The key of the line, or of the nearest line above that has one.
    key: Option<String>,
}

impl Place {
    /// Finds the place of a byte of a text; none where the text ends before it.
    pub(super) fn of(text: &str, byte: usize) -> Option<Place> {
        let before = text.get(..byte)?;
        let index = before.matches('\n').count();
        let lines: Vec<&str> = text.lines().take(index + 1).collect();
        let above = lines.iter().rev().map(|line| line.trim());
        let table = above.clone().find(|line| line.starts_with('['));
        let table = table.and_then(header);
        let key = above
            .take_while(|line| header(line).is_none())
            .find_map(key_of);
        Some(Place {
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            table,
            key,
        })
    }

    /// Says the place: `line 4, [[spell.damage]] dice`.
    pub(super) fn words(&self) -> String {
        let mut words = format!("line {}", self.line);
        if let Some(table) = &self.table {
            words.push_str(", ");
            words.push_str(table);
        }
        if let Some(key) = &self.key {
            words.push_str(if self.table.is_some() { " " } else { ", " });
            words.push_str(key);
        }
        words
    }
}

/// Gives the header of a table, if a line is one.
pub(super) fn header(line: &str) -> Option<String> {
    let line = line.trim();
    let end = line.rfind(']')?;
    let named = line.strip_prefix('[')?.trim_start_matches('[');
    let first = named.chars().next()?;
    (first.is_alphanumeric() || first == '_').then(|| line[..=end].to_owned())
}

/// Gives the key that a line sets.
fn key_of(line: &str) -> Option<String> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim();
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '"');
    (!key.is_empty() && key.len() <= 60 && key.chars().all(plain)).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::Place;

    #[test]
    fn a_place_names_line_table_and_key() {
        let text = "[[spell]]\nname = \"A\"\n\n[[spell.damage]]\ndice = 4\n[spell.deep]\nx = [\n  1,\n  2,\n]\n";
        let at = |needle: &str| Place::of(text, text.find(needle).unwrap()).unwrap().words();
        assert_eq!(at("\"A\""), "line 2, [[spell]] name");
        assert_eq!(at("4"), "line 5, [[spell.damage]] dice");
        assert_eq!(at("2,"), "line 9, [spell.deep] x");
        assert_eq!(at("[[spell]]"), "line 1, [[spell]]");
        assert_eq!(Place::of("x = 1", 4).unwrap().words(), "line 1, x");
        assert_eq!(Place::of("x", 9), None);
    }
}
