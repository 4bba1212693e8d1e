//! Foundry's short names and what they mean here.

use sheet::vocabulary::{Ability, Size};

/// Reads an ability's short name.
pub(super) fn ability(code: &str) -> Option<Ability> {
    Some(match code {
        "str" => Ability::Strength,
        "dex" => Ability::Dexterity,
        "con" => Ability::Constitution,
        "int" => Ability::Intelligence,
        "wis" => Ability::Wisdom,
        "cha" => Ability::Charisma,
        _ => return None,
    })
}

/// Gives an ability's short name.
pub(super) fn code(ability: Ability) -> &'static str {
    match ability {
        Ability::Strength => "str",
        Ability::Dexterity => "dex",
        Ability::Constitution => "con",
        Ability::Intelligence => "int",
        Ability::Wisdom => "wis",
        Ability::Charisma => "cha",
    }
}

/// The skills by short name.
pub(super) const SKILLS: [(&str, &str); 18] = [
    ("acr", "acrobatics"),
    ("ani", "animal_handling"),
    ("arc", "arcana"),
    ("ath", "athletics"),
    ("dec", "deception"),
    ("his", "history"),
    ("ins", "insight"),
    ("itm", "intimidation"),
    ("inv", "investigation"),
    ("med", "medicine"),
    ("nat", "nature"),
    ("prc", "perception"),
    ("prf", "performance"),
    ("per", "persuasion"),
    ("rel", "religion"),
    ("slt", "sleight_of_hand"),
    ("ste", "stealth"),
    ("sur", "survival"),
];

/// Reads a skill's short name.
pub(super) fn skill(code: &str) -> Option<&'static str> {
    SKILLS
        .iter()
        .find(|(short, _)| *short == code)
        .map(|(_, key)| *key)
}

/// Names a tool.
pub(super) fn tool(code: &str) -> Option<&'static str> {
    Some(match code {
        "alchemist" => "Alchemist's Supplies",
        "brewer" => "Brewer's Supplies",
        "calligrapher" => "Calligrapher's Supplies",
        "painter" => "Painter's Supplies",
        "cook" => "Cook's Utensils",
        "carpenter" => "Carpenter's Tools",
        "cartographer" => "Cartographer's Tools",
        "cobbler" => "Cobbler's Tools",
        "glassblower" => "Glassblower's Tools",
        "jeweler" => "Jeweler's Tools",
        "leatherworker" => "Leatherworker's Tools",
        "mason" => "Mason's Tools",
        "potter" => "Potter's Tools",
        "smith" => "Smith's Tools",
        "tinker" => "Tinker's Tools",
        "weaver" => "Weaver's Tools",
        "woodcarver" => "Woodcarver's Tools",
        "navg" => "Navigator's Tools",
        "thief" => "Thieves' Tools",
        "disg" => "Disguise Kit",
        "forg" => "Forgery Kit",
        "herb" => "Herbalism Kit",
        "pois" => "Poisoner's Kit",
        "card" => "Playing cards",
        "chess" => "Dragonchess",
        "dice" => "Dice",
        "bagpipes" => "Bagpipes",
        "drum" => "Drum",
        "dulcimer" => "Dulcimer",
        "flute" => "Flute",
        "horn" => "Horn",
        "lute" => "Lute",
        "lyre" => "Lyre",
        "panflute" => "Pan flute",
        "shawm" => "Shawm",
        "viol" => "Viol",
        "art" => "Artisan's tools",
        "game" => "Gaming sets",
        "music" => "Musical instruments",
        "vehicle" => "Vehicles",
        "air" => "Vehicles (air)",
        "land" => "Vehicles (land)",
        "space" => "Vehicles (space)",
        "water" => "Vehicles (water)",
        _ => return None,
    })
}

/// Names a language.
pub(super) fn language(code: &str) -> Option<&'static str> {
    Some(match code {
        "common" => "Common",
        "draconic" => "Draconic",
        "dwarvish" => "Dwarvish",
        "elvish" => "Elvish",
        "giant" => "Giant",
        "gnomish" => "Gnomish",
        "goblin" => "Goblin",
        "halfling" => "Halfling",
        "orc" => "Orc",
        "abyssal" => "Abyssal",
        "celestial" => "Celestial",
        "infernal" => "Infernal",
        "primordial" => "Primordial",
        "sylvan" => "Sylvan",
        "undercommon" => "Undercommon",
        "druidic" => "Druidic",
        "aarakocra" => "Aarakocra",
        "gith" => "Gith",
        "gnoll" => "Gnoll",
        "aquan" => "Aquan",
        "auran" => "Auran",
        "ignan" => "Ignan",
        "terran" => "Terran",
        "deep" => "Deep Speech",
        "cant" => "Thieves' Cant",
        "sign" => "Common Sign Language",
        "ALL" => "All languages",
        _ => return None,
    })
}

/// Names a training with armor.
pub(super) fn armor(code: &str) -> Option<&'static str> {
    Some(match code {
        "lgt" => "Light",
        "med" => "Medium",
        "hvy" => "Heavy",
        "shl" => "Shields",
        _ => return armor_piece(code),
    })
}

/// Names a piece of armor.
pub(super) fn armor_piece(code: &str) -> Option<&'static str> {
    Some(match code {
        "padded" => "Padded Armor",
        "leather" => "Leather Armor",
        "studded" => "Studded Leather Armor",
        "hide" => "Hide Armor",
        "chainshirt" => "Chain Shirt",
        "scalemail" => "Scale Mail",
        "breastplate" => "Breastplate",
        "halfplate" => "Half Plate Armor",
        "ringmail" => "Ring Mail",
        "chainmail" => "Chain Mail",
        "splint" => "Splint Armor",
        "plate" => "Plate Armor",
        "shield" => "Shield",
        _ => return None,
    })
}

/// Names a weapon property; those that the sheet has no rule for come with their word.
pub(super) fn property(code: &str) -> Option<(&'static str, bool)> {
    Some(match code {
        "amm" => ("ammunition", true),
        "fin" => ("finesse", true),
        "hvy" => ("heavy", true),
        "lgt" => ("light", true),
        "lod" => ("loading", true),
        "rch" => ("reach", true),
        "thr" => ("thrown", true),
        "two" => ("two_handed", true),
        "ver" => ("versatile", true),
        "ada" => ("adamantine", false),
        "fir" => ("firearm", false),
        "foc" => ("focus", false),
        "rel" => ("reload", false),
        "ret" => ("returning", false),
        "sil" => ("silvered", false),
        "spc" => ("special", false),
        _ => return None,
    })
}

/// Names a school of magic.
pub(super) fn school(code: &str) -> &'static str {
    match code {
        "abj" => "abjuration",
        "con" => "conjuration",
        "div" => "divination",
        "enc" => "enchantment",
        "evo" => "evocation",
        "ill" => "illusion",
        "nec" => "necromancy",
        "trs" => "transmutation",
        _ => "",
    }
}

/// Reads a size.
pub(super) fn size(code: &str) -> Option<Size> {
    Some(match code {
        "tiny" => Size::Tiny,
        "sm" => Size::Small,
        "med" => Size::Medium,
        "lg" => Size::Large,
        "huge" => Size::Huge,
        "grg" => Size::Gargantuan,
        _ => return None,
    })
}

/// Makes a readable name of a code that is not known: `my-house_rule` to `My House Rule`.
pub(super) fn title(code: &str) -> String {
    let words = code
        .split(['-', '_', ':', ' '])
        .filter(|word| !word.is_empty());
    let titled: Vec<String> = words
        .map(|word| {
            let mut letters = word.chars();
            let first: String = letters
                .next()
                .map(|c| c.to_uppercase().collect())
                .unwrap_or_default();
            first + letters.as_str()
        })
        .collect();
    crate::cells::name(&titled.join(" "))
}
