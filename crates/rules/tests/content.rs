//! The content of SRD 5.2.1 is whole: every reference resolves, every thing has a text, every count is the SRD's.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rules::Content;

#[test]
fn nothing_in_the_srd_content_points_nowhere_or_says_nothing() {
    let problems = Content::srd().problems();
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}: {}", problem.place, problem.message))
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn the_files_are_a_pack_like_any_other() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/srd-5.2");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.push((name, std::fs::read_to_string(path).unwrap()));
    }
    files.sort();
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let mut content = Content::none();
    content.add(rules::content::read_pack(files).unwrap());
    assert_eq!(&content, Content::srd());
}

#[test]
fn the_counts_are_those_of_the_srd() {
    let content = Content::srd();
    let feats = |category: &str| {
        content
            .feats
            .values()
            .filter(|feat| feat.category == category)
            .count()
    };
    let found = [
        ("classes", content.classes.len(), 12),
        ("subclasses", content.subclasses.len(), 12),
        ("species", content.species.len(), 9),
        ("backgrounds", content.backgrounds.len(), 4),
        ("origin feats", feats("origin"), 4),
        ("general feats", feats("general"), 2),
        ("epic boons", feats("epic_boon"), 7),
        ("spells", content.spells.len(), 339),
        (
            "cantrips",
            content
                .spells
                .values()
                .filter(|spell| spell.level == 0)
                .count(),
            27,
        ),
        ("weapons", content.weapons.len(), 38),
        ("armor", content.armor.len(), 13),
        ("gear", content.gear.len(), 150),
        ("magic items", content.magic_items.len(), 258),
        ("creatures", content.creatures.len(), 330),
        ("conditions", content.conditions.len(), 15),
        ("languages", content.languages.len(), 19),
        ("properties", content.properties.len(), 10),
        ("masteries", content.masteries.len(), 8),
        ("skills", content.skills.len(), 18),
    ];
    for (what, found, expected) in found {
        assert_eq!(found, expected, "{what}");
    }
    let features: usize = content
        .classes
        .values()
        .map(|class| class.features.len())
        .sum::<usize>()
        + content
            .subclasses
            .values()
            .map(|subclass| subclass.features.len())
            .sum::<usize>();
    assert_eq!(features, 281, "class and subclass features");
    let metamagic = content
        .options
        .values()
        .filter(|option| option.group == "metamagic")
        .count();
    assert_eq!(metamagic, 10);
    let invocations = content
        .options
        .values()
        .filter(|option| option.group == "eldritch_invocation")
        .count();
    assert_eq!(invocations, 28);
}
