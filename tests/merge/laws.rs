//! Whatever two people edit on the same sheet: the merged one loads, derives, and holds only what its cells may hold.

use history::conflicts::{Line, Resolution, open, resolve_within, write};
use history::{CellPath, Edit, Tree, edit, merge};
use serde_json::Value;
use sheet::{CellKind, CellSpec, Source};
use testkit::Dice;

/// The cells that both sides have to do with every evening: a quarter of all edits, so that sides meet.
const BUSY: &[&str] = &[
    "/notes",
    "/combat/damage_taken",
    "/combat/temporary_hp",
    "/identity/alignment",
    "/levels/*/rank",
];

/// Makes a lawful random edit of the example character.
pub(super) fn random_edit(tree: &Tree, specs: &[CellSpec], dice: &mut Dice) -> Edit {
    loop {
        let spec = match dice.below(4) {
            0 => {
                let busy = *dice.of(BUSY);
                specs.iter().find(|spec| spec.pattern == busy).unwrap()
            }
            _ => dice.of(specs),
        };
        let mut path = Vec::new();
        let mut lost = false;
        for part in spec.pattern.split('/').skip(1) {
            if part != "*" {
                path.push(part.to_owned());
                continue;
            }
            let around = CellPath::from_segments(path.clone());
            let mut names: Vec<String> = match tree.get(&around) {
                Some(Value::Object(map)) => map.keys().cloned().collect(),
                _ => Vec::new(),
            };
            let options = sheet::cell_spec(&around)
                .map(|spec| spec.options)
                .unwrap_or_default();
            names.extend(options.into_iter().map(str::to_owned));
            names.push(format!("new-{}", dice.below(3)));
            let name = dice.of(&names).clone();
            lost |= sheet::cell_spec(&around.child(&name)).is_none();
            path.push(name);
        }
        let path = CellPath::from_segments(path);
        let entry = spec.pattern.ends_with("/*");
        if lost || ["format", "record", "conflicts", "extra"].contains(&path.segments()[0].as_str())
        {
            continue;
        }
        if dice.below(8) == 0 && (entry || path.segments().len() > 2) {
            return Edit::Remove { path };
        }
        let number = |dice: &mut Dice| {
            let (min, max) = (spec.min.unwrap_or(0.0), spec.max.unwrap_or(20.0).min(40.0));
            min.max(-5.0)
                + f64::from(u32::try_from(dice.below(40)).unwrap()) % (max - min.max(-5.0) + 1.0)
        };
        let value = match spec.kind {
            CellKind::Line => Value::from(*dice.of(&["", "one", "two", "three"])),
            // A word of what stands there becomes another; where nothing does, a text begins.
            CellKind::Prose => {
                let text = match tree.get(&path) {
                    Some(Value::String(text)) if !text.is_empty() => text,
                    _ => "one two\nthree four".to_owned(),
                };
                let mut words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
                let at = dice.below(words.len());
                words[at] = *dice.of(&["red ", "blue\n", "three "]);
                Value::from(words.concat())
            }
            CellKind::Integer | CellKind::Number => Value::from(number(dice).floor()),
            CellKind::Flag => Value::from(dice.below(2) == 0),
            CellKind::Choice => Value::from(*dice.of(&spec.options)),
            CellKind::Reference => {
                Value::from(*dice.of(&["backpack", "rope", "wand", "ranger", "gone"]))
            }
            _ => continue,
        };
        if sheet::check_cell(&path, &value).is_ok() {
            return Edit::Set { path, value };
        }
    }
}

#[test]
fn whatever_two_people_edit_the_merged_sheet_loads_derives_and_is_lawful() {
    let specs = sheet::cell_specs();
    let base = super::example();
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let mut side = |steps: usize| {
            (0..steps).fold(base.clone(), |tree, _| {
                let step = random_edit(&tree, &specs, &mut dice);
                // An open optional record has no cells to be set.
                edit(&tree, [step]).unwrap_or(tree)
            })
        };
        let (ours, theirs) = (side(12), side(12));
        let merged = merge(&base, &ours, &theirs, sheet::policies());
        for cell in &merged.cells {
            seen.insert(serde_json::to_value(&cell.outcome).unwrap()["outcome"].to_string());
        }
        let lines = [("Maren", &ours), ("Tobi", &theirs)].map(|(label, tree)| Line { label, tree });
        let carried = write(&merged, &lines).unwrap();
        let root = CellPath::root();
        let (edits, left) =
            resolve_within(&carried, &root, &Resolution::Side(1), sheet::policies());
        assert_eq!(left, [], "seed {seed}");
        let resolved = edit(&carried, edits).unwrap();
        assert_eq!(open(&resolved, sheet::policies()), [], "seed {seed}");
        for tree in [&merged.tree, &carried, &resolved] {
            let source =
                Source::from_tree(tree).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
            let derived = rules::derive(&source, rules::Content::srd());
            assert_eq!(derived.sheet.identity.name, source.identity.name);
            sheet::check_document(&tree.to_value())
                .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        }
    }
    for outcome in [
        "ours",
        "theirs",
        "same",
        "added",
        "larger",
        "ordered",
        "woven",
        "conflict",
        "both_happened",
    ] {
        assert!(
            seen.contains(&format!("\"{outcome}\"")),
            "no `{outcome}` among {seen:?}"
        );
    }
}
