//! Secrets: cells that only whoever runs the game may see.

use std::sync::LazyLock;

use history::conflicts::SECTION;
use history::{CellPath, Edit, Tree};
use serde_json::Value;

/// The cells that players do not see: how a character is played by a program would give away what it knows.
static SECRET: LazyLock<Vec<CellPath>> = LazyLock::new(|| {
    let cells = ["/record/persona/system_prompt"];
    cells.iter().filter_map(|text| text.parse().ok()).collect()
});

/// Tells whether a cell is kept from players, or an open conflict about it or about what it stands in: that holds it too.
pub fn is_secret(path: &CellPath) -> bool {
    match path.segments() {
        [section, cell, ..] if section == SECTION => {
            let holds = |cell: CellPath| SECRET.iter().any(|secret| secret.is_within(&cell));
            cell.parse().is_ok_and(holds)
        }
        _ => SECRET.contains(path),
    }
}

/// Gives a document without what players do not see.
pub fn without_secrets(tree: &Tree) -> Tree {
    let section = tree.get(&CellPath::from_segments([SECTION]));
    let conflicts = section.iter().filter_map(Value::as_object);
    let conflicts = conflicts.flat_map(|section| section.keys());
    let conflicts = conflicts.map(|name| CellPath::from_segments([SECTION, name]));
    let there = SECRET.iter().filter(|cell| tree.get(cell).is_some());
    let secret = there.cloned().chain(conflicts.filter(is_secret));
    let removals: Vec<Edit> = secret.map(|path| Edit::Remove { path }).collect();
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

    #[test]
    fn a_conflict_about_what_holds_a_secret_is_taken_out_with_it() {
        let persona = |prompt: &str, pitch: f64| json!({"record": {"persona": {"system_prompt": prompt, "voice": {"pitch": pitch}}}});
        let tree = |value| Tree::from_value(value).unwrap();
        let base = tree(persona("knows the heir", 1.0));
        let ours = tree(json!({"record": {"active": true}}));
        let theirs = tree(persona("knows the heir", 2.0));
        let merged = history::merge(&base, &ours, &theirs, crate::policies());
        let line = |label, tree| history::conflicts::Line { label, tree };
        let lines = [line("Maren", &ours), line("Ysolde", &theirs)];
        let open = history::conflicts::write(&merged, &lines).unwrap();
        assert!(open.to_value().to_string().contains("the heir"));
        let shown = without_secrets(&open).to_value();
        assert!(!shown.to_string().contains("the heir"), "{shown}");
        let cell: CellPath = "/conflicts/~1record~1persona".parse().unwrap();
        assert!(open.get(&cell).is_some() && is_secret(&cell));
    }
}
