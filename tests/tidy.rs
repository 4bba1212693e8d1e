//! Keeps the house in order: floors, names of areas, how files begin. Each failure says how to mend it.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// The floor of each crate; a crate imports only from floors below its own.
const FLOORS: &[(&str, u8)] = &[
    ("forkbeard-history", 0),
    ("forkbeard-telemetry", 0),
    ("forkbeard-sheet", 1),
    ("forkbeard-rules", 2),
    ("forkbeard-vault", 3),
    ("forkbeard-exchange", 3),
    ("forkbeard-services", 4),
    ("forkbeard-cli", 5),
    ("forkbeard", 5),
];

/// Crates that are no part of a product and may look at anything.
const OUTSIDE: &[&str] = &[
    "forkbeard-testkit",
    "forkbeard-tests",
    "forkbeard-benches",
    "forkbeard-crash",
];

/// The areas: one word each, the same in every layer.
const AREAS: &[&str] = &[
    "roster",
    "sheet",
    "history",
    "review",
    "journal",
    "forge",
    "exchange",
    "table",
    "health",
    "assets",
    "compendium",
    "packs",
    "seats",
];

/// Who alone may know a dependency, and why.
const OWNERS: &[(&str, &[&str])] = &[
    ("sled", &["forkbeard-vault"]),
    ("tauri", &["forkbeard"]),
    ("clap", &["forkbeard", "forkbeard-cli", "forkbeard-crash"]),
    ("moka", &["forkbeard-services", "forkbeard-vault"]),
    ("tokio", &["forkbeard"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// All files below a folder with one of the endings, generated and fetched ones left out.
fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if ![
                "target",
                "node_modules",
                "dist",
                "gen",
                "wire",
                ".git",
                "artifacts",
            ]
            .contains(&name.as_str())
            {
                files(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

fn sources(endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["crates", "src-tauri", "tests", "benches", "ui/src"] {
        files(&root().join(folder), endings, &mut found);
    }
    assert!(
        found.len() > 20,
        "the walk found only {} files, so it looks in the wrong place",
        found.len()
    );
    found
}

#[test]
fn crates_import_only_from_floors_below() {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    let floors: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        if OUTSIDE.contains(&name) {
            continue;
        }
        let Some(floor) = floors.get(name) else {
            wrong.push(format!(
                "{name} has no floor: give it one in FLOORS, after ARCHITECTURE.md"
            ));
            continue;
        };
        for dependency in package
            .dependencies
            .iter()
            .filter(|d| d.kind != DependencyKind::Development)
        {
            if dependency.name.starts_with("forkbeard") {
                match floors.get(dependency.name.as_str()) {
                    Some(below) if below < floor => {}
                    _ => wrong.push(format!(
                        "{name} (floor {floor}) imports {}, which is not below it: move what is shared down, or the use up",
                        dependency.name
                    )),
                }
            }
            for (what, owners) in OWNERS {
                if dependency.name == *what && !owners.contains(&name) {
                    wrong.push(format!(
                        "{name} imports {what}, which only {owners:?} may know"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The names in the first column of ARCHITECTURE's table of dependencies; a star at the end stands for the rest.
fn reasoned() -> Vec<String> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, table) = text.split_once("\n## Dependencies\n").unwrap();
    table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .flat_map(|names| names.split(','))
        .map(|name| name.trim().to_owned())
        .filter(|name| name != "package")
        .collect()
}

/// Every crate and npm package that one of ours names, with the file that does.
fn dependencies() -> BTreeMap<String, String> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    let mut found = BTreeMap::new();
    for package in &metadata.packages {
        for dependency in &package.dependencies {
            if !dependency.name.starts_with("forkbeard") {
                found.insert(dependency.name.clone(), package.name.to_string());
            }
        }
    }
    for file in ["ui/package.json", "tests/e2e/package.json"] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let package: serde_json::Value = serde_json::from_str(&text).unwrap();
        for kind in ["dependencies", "devDependencies"] {
            let names = package[kind].as_object().into_iter().flatten();
            found.extend(names.map(|(name, _)| (name.clone(), file.to_owned())));
        }
    }
    found
}

#[test]
fn every_dependency_has_its_reason_and_every_reason_its_dependency() {
    let (reasoned, dependencies) = (reasoned(), dependencies());
    let says = |said: &str, name: &str| match said.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => said == name,
    };
    let unreasoned: Vec<_> = dependencies
        .iter()
        .filter(|(name, _)| !reasoned.iter().any(|said| says(said, name)))
        .collect();
    assert!(
        unreasoned.is_empty(),
        "say in ARCHITECTURE's table what these are for, or do without them: {unreasoned:#?}"
    );
    let gone: Vec<_> = reasoned
        .iter()
        .filter(|said| !dependencies.keys().any(|name| says(said, name)))
        .collect();
    assert!(
        gone.is_empty(),
        "nobody uses these any more: take them out of ARCHITECTURE's table: {gone:#?}"
    );
}

#[test]
fn an_area_has_the_same_name_in_every_layer() {
    let mut wrong = Vec::new();
    let plain = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    // What stands beside the areas in a layer because it belongs to the layer itself.
    let own: &[(&str, &str, &[&str])] = &[
        (
            "src-tauri/commands",
            ".rs",
            &["mod", "list", "library", "shell"],
        ),
        ("ui/src/api", ".ts", &["library", "shell", "events", "wire"]),
        (
            "ui/src/features",
            "",
            &[
                "about",
                "settings",
                "library",
                "frame",
                "closed",
                "palette",
                "shell",
                "shortcuts",
            ],
        ),
    ];
    for (layer, ending, beside) in own {
        let folder = root().join(layer);
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = plain(&path);
            if ending.is_empty() != path.is_dir() || name.contains('.') {
                continue;
            }
            if !AREAS.contains(&name.as_str()) && !beside.contains(&name.as_str()) {
                wrong.push(format!("{layer}/{name} is no area: use one of {AREAS:?}"));
            }
        }
    }
    for area in [
        "roster",
        "sheet",
        "compendium",
        "packs",
        "history",
        "review",
        "seats",
        "exchange",
        "health",
        "assets",
    ] {
        for path in [
            format!("crates/services/src/{area}.rs"),
            format!("src-tauri/commands/{area}.rs"),
            format!("ui/src/api/{area}.ts"),
        ] {
            if !root().join(&path).exists() {
                wrong.push(format!(
                    "{path} is missing: an area has a file of its name in each layer"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let silent: Vec<_> = sources(&[".rs"])
        .into_iter()
        // A file that others `include!` cannot begin so; it says the same in an ordinary comment.
        .filter(|path| !path.ends_with("commands/list.rs"))
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! "))
        .collect();
    assert!(
        silent.is_empty(),
        "begin these with `//! ` and what they are for: {silent:#?}"
    );
}

#[test]
fn no_file_is_more_than_one_subject() {
    let long: Vec<_> = sources(&[".rs", ".ts", ".svelte"])
        .into_iter()
        .filter(|path| fs::read_to_string(path).unwrap().lines().count() > 700)
        .collect();
    assert!(
        long.is_empty(),
        "split these by subject, none needs 700 lines: {long:#?}"
    );
}

#[test]
fn nothing_is_left_unfinished() {
    // In pieces, so that this file does not find itself.
    let marks = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["unimpl", "emented!"].concat(),
        ["X", "XX"].concat(),
    ];
    let mut found = Vec::new();
    for path in sources(&[".rs", ".ts", ".svelte", ".css"]) {
        for (n, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                found.push(format!("{}:{}: {}", path.display(), n + 1, line.trim()));
            }
        }
    }
    assert!(
        found.is_empty(),
        "finish these, or say so in the README:\n{}",
        found.join("\n")
    );
}

#[test]
fn the_srd_is_credited() {
    let notice = fs::read_to_string(root().join("NOTICE")).unwrap();
    for words in [
        "System Reference Document 5.2.1",
        "Wizards of the Coast LLC",
        "Creative Commons Attribution 4.0",
    ] {
        assert!(
            notice.contains(words),
            "NOTICE must say `{words}`; CC BY 4.0 asks for it"
        );
    }
}
