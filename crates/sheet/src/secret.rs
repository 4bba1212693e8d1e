//! Secrets: cells that only whoever runs the game may see.

use std::sync::LazyLock;

use history::{CellPath, Edit, Pattern, Tree};

/// The patterns of the cells that players do not see: how a character is played by a program would give away what it knows.
const SECRET: &[&str] = &["/record/persona/system_prompt"];

/// Tells whether a cell, or a conflict about it that stands open, is kept from players.
pub fn is_secret(path: &CellPath) -> bool {
    static PATTERNS: LazyLock<Vec<Pattern>> =
        LazyLock::new(|| SECRET.iter().map(|text| Pattern::new(text)).collect());
    let hidden = |path: &CellPath| PATTERNS.iter().any(|pattern| pattern.matches(path));
    match path.segments() {
        [conflicts, cell, ..] if conflicts == "conflicts" => {
            cell.parse().is_ok_and(|cell| hidden(&cell))
        }
        _ => hidden(path),
    }
}

/// Gives a document without what players do not see.
pub fn without_secrets(tree: &Tree) -> Tree {
    let cells = SECRET.iter().filter_map(|text| text.parse().ok());
    let both = cells.flat_map(|cell: CellPath| {
        let conflict = CellPath::from_segments(["conflicts".to_owned(), cell.to_string()]);
        [cell, conflict]
    });
    let there = both.filter(|cell| tree.get(cell).is_some());
    let removals: Vec<Edit> = there.map(|path| Edit::Remove { path }).collect();
    if removals.is_empty() {
        return tree.clone();
    }
    // Taking cells out can break no limit.
    history::edit(tree, removals).unwrap_or_else(|_| Tree::empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_secret_and_the_conflict_about_it_are_taken_out() {
        let tree = Tree::from_value(json!({
            "record": {"persona": {"system_prompt": "knows the heir", "personality": "gruff"}},
            "conflicts": {"/record/persona/system_prompt": {"sides": []}, "/notes": {"sides": []}},
        }))
        .unwrap();
        let open = json!({
            "record": {"persona": {"personality": "gruff"}},
            "conflicts": {"/notes": {"sides": []}},
        });
        assert_eq!(without_secrets(&tree).to_value(), open);
        let secret = |path: &str| is_secret(&path.parse().unwrap());
        assert!(secret("/record/persona/system_prompt"));
        assert!(secret("/conflicts/~1record~1persona~1system_prompt"));
        assert!(!secret("/record/persona/personality") && !secret("/conflicts/~1notes"));
        let nothing_hidden = without_secrets(&Tree::from_value(open).unwrap());
        assert!(
            nothing_hidden
                .get(&"/conflicts/~1notes".parse().unwrap())
                .is_some()
        );
    }
}
