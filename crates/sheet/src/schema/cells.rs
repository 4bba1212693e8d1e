//! The table of cells, in the order of the sheet.

use history::Policy;

use super::{Field, Keys, MAX_LINE, MAX_NAME, Shape};

pub(crate) const ABILITIES: &[&str] = &[
    "strength",
    "dexterity",
    "constitution",
    "intelligence",
    "wisdom",
    "charisma",
];
const DICE: &[&str] = &["d4", "d6", "d8", "d10", "d12", "d20"];
const SLOT_LEVELS: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const COINS_MAX: i64 = 1_000_000_000;
const QUANTITY_MAX: i64 = 1_000_000;
const POUNDS_MAX: f64 = 100_000.0;
const CHALLENGE_RATINGS: &[&str] = &[
    "0", "1/8", "1/4", "1/2", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13",
    "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29",
    "30",
];

const fn field(name: &'static str, shape: Shape) -> Field {
    let policy = match shape {
        Shape::Prose => Policy::Prose,
        Shape::Keyed(&Shape::Record(_)) => Policy::Keyed,
        Shape::Set(_) => Policy::Set,
        _ => Policy::Atomic,
    };
    Field {
        name,
        shape,
        policy,
    }
}

/// A value that a person chose: two different ones are never settled by themselves.
const fn choice(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        policy: Policy::Choice,
    }
}

/// A tally: two changes add up.
const fn counter(name: &'static str, min: i64, max: i64) -> Field {
    let policy = Policy::Counter {
        min: Some(min),
        max: Some(max),
    };
    Field {
        name,
        shape: Shape::Integer(min, max),
        policy,
    }
}

/// A number of which the larger stands.
const fn maximum(name: &'static str, min: i64, max: i64) -> Field {
    Field {
        name,
        shape: Shape::Integer(min, max),
        policy: Policy::Maximum,
    }
}

const fn name(name: &'static str) -> Field {
    field(name, Shape::Line(MAX_NAME))
}

const fn line(name: &'static str) -> Field {
    field(name, Shape::Line(MAX_LINE))
}

const fn prose(name: &'static str) -> Field {
    field(name, Shape::Prose)
}

const fn flag(name: &'static str) -> Field {
    field(name, Shape::Flag)
}

const fn integer(name: &'static str, min: i64, max: i64) -> Field {
    field(name, Shape::Integer(min, max))
}

const fn one_of(name: &'static str, names: &'static [&'static str]) -> Field {
    field(name, Shape::OneOf(names))
}

const fn optional(name: &'static str, shape: &'static Shape) -> Field {
    field(name, Shape::Optional(shape))
}

const RANK: Field = Field {
    name: "rank",
    shape: Shape::Line(200),
    policy: Policy::Order,
};
const CONTAINER: Field = Field {
    name: "container",
    shape: Shape::Optional(&Shape::Reference),
    policy: Policy::Parent,
};
const ABILITY: Shape = Shape::OneOf(ABILITIES);
const NAMES: Shape = Shape::Set(Keys::Name);
const FEET: Shape = Shape::Integer(0, 10_000);
const SPEED: Shape = Shape::Integer(0, 1_000);
const POUNDS: Shape = Shape::Number(0.0, POUNDS_MAX);

/// The whole document.
pub(crate) const SOURCE: &[Field] = &[
    field("format", Shape::Format),
    field("record", Shape::Record(RECORD)),
    field("identity", Shape::Record(IDENTITY)),
    field("creature", Shape::Record(CREATURE)),
    // A level is something that happened: the same id is one level, two ids are two.
    Field {
        name: "levels",
        shape: Shape::Keyed(&Shape::Record(LEVEL)),
        policy: Policy::Event,
    },
    field("abilities", Shape::Record(ABILITIES_SECTION)),
    field("proficiencies", Shape::Record(PROFICIENCIES)),
    field("combat", Shape::Record(COMBAT)),
    field("actions", Shape::Record(ACTIONS)),
    field("equipment", Shape::Record(EQUIPMENT)),
    field("spellcasting", Shape::Record(SPELLCASTING)),
    field("conditions", Shape::Keyed(&Shape::Record(CONDITION))),
    field("adjustments", Shape::Keyed(&Shape::Record(ADJUSTMENT))),
    Field {
        name: "overrides",
        shape: Shape::Map(Keys::Path, &Shape::Record(OVERRIDE)),
        policy: Policy::Keyed,
    },
    prose("notes"),
    field("extra", Shape::Free),
];

const RECORD: &[Field] = &[
    field("handle", Shape::Handle),
    name("display_name"),
    one_of("kind", &["character", "npc", "monster"]),
    name("owner"),
    flag("active"),
    optional("avatar", &Shape::Asset),
    field("persona", Shape::Record(PERSONA)),
];

const PERSONA: &[Field] = &[
    prose("personality"),
    prose("system_prompt"),
    field("traits", NAMES),
    field("voice", Shape::Record(VOICE)),
];

const VOICE: &[Field] = &[
    name("name"),
    name("language"),
    optional("pitch", &Shape::Number(0.1, 4.0)),
    optional("rate", &Shape::Number(0.1, 4.0)),
    line("style"),
    prose("notes"),
];

const IDENTITY: &[Field] = &[
    name("name"),
    name("player_name"),
    choice("species", Shape::Line(MAX_NAME)),
    choice("background", Shape::Line(MAX_NAME)),
    name("alignment"),
    counter("xp", 0, 10_000_000),
    flag("heroic_inspiration"),
    field("personality", Shape::Record(PERSONALITY)),
    field("appearance", Shape::Record(APPEARANCE)),
];

const PERSONALITY: &[Field] = &[
    prose("traits"),
    prose("ideals"),
    prose("bonds"),
    prose("flaws"),
    prose("backstory"),
];

const APPEARANCE: &[Field] = &[
    name("age"),
    name("height"),
    name("weight"),
    name("eyes"),
    name("skin"),
    name("hair"),
    optional("portrait", &Shape::Asset),
    prose("notes"),
];

const CREATURE: &[Field] = &[
    one_of(
        "size",
        &["tiny", "small", "medium", "large", "huge", "gargantuan"],
    ),
    name("type"),
    optional("challenge_rating", &Shape::OneOf(CHALLENGE_RATINGS)),
    field(
        "hit_dice",
        Shape::Map(Keys::OneOf(DICE), &Shape::Integer(0, 100)),
    ),
];

const LEVEL: &[Field] = &[
    RANK,
    choice("class", Shape::Line(MAX_NAME)),
    choice("subclass", Shape::Line(MAX_NAME)),
    choice("hit_die", Shape::Optional(&Shape::Integer(6, 12))),
    choice("hit_points", Shape::Optional(&Shape::Integer(1, 12))),
];

const SCORE: Shape = Shape::Integer(1, 30);

const ABILITIES_SECTION: &[Field] = &[
    field(
        "scores",
        Shape::Record(&[
            choice("strength", SCORE),
            choice("dexterity", SCORE),
            choice("constitution", SCORE),
            choice("intelligence", SCORE),
            choice("wisdom", SCORE),
            choice("charisma", SCORE),
        ]),
    ),
    field(
        "increases",
        Shape::Keyed(&Shape::Record(&[
            RANK,
            choice("ability", Shape::Optional(&ABILITY)),
            choice("amount", Shape::Integer(-10, 10)),
            name("source"),
        ])),
    ),
];

const PROFICIENCIES: &[Field] = &[
    field("saving_throws", Shape::Set(Keys::OneOf(ABILITIES))),
    Field {
        name: "skills",
        shape: Shape::Map(
            Keys::Name,
            &Shape::OneOf(&["none", "half", "proficient", "expertise"]),
        ),
        policy: Policy::Choice,
    },
    field(
        "training",
        Shape::Keyed(&Shape::Record(&[
            RANK,
            name("name"),
            one_of("kind", &["armor", "weapon", "tool", "vehicle", "other"]),
            name("source"),
        ])),
    ),
    field("languages", NAMES),
];

const COMBAT: &[Field] = &[
    counter("damage_taken", 0, 100_000),
    maximum("temporary_hp", 0, 10_000),
    integer("hp_maximum_bonus", -10_000, 10_000),
    Field {
        name: "hit_dice_used",
        shape: Shape::Map(Keys::OneOf(DICE), &Shape::Integer(0, 100)),
        policy: Policy::Counter {
            min: Some(0),
            max: Some(100),
        },
    },
    field(
        "death_saves",
        Shape::Record(&[counter("successes", 0, 3), counter("failures", 0, 3)]),
    ),
    maximum("exhaustion", 0, 6),
    field(
        "speeds",
        Shape::Record(&[
            field("walk", SPEED),
            optional("fly", &SPEED),
            optional("swim", &SPEED),
            optional("climb", &SPEED),
            optional("burrow", &SPEED),
            flag("hover"),
        ]),
    ),
    field(
        "senses",
        Shape::Record(&[
            optional("darkvision", &FEET),
            optional("blindsight", &FEET),
            optional("tremorsense", &FEET),
            optional("truesight", &FEET),
        ]),
    ),
    field(
        "armor_formulas",
        Shape::Keyed(&Shape::Record(&[
            RANK,
            name("name"),
            integer("base", 0, 40),
            field("abilities", Shape::Set(Keys::OneOf(ABILITIES))),
            flag("shield_allowed"),
        ])),
    ),
    field(
        "defenses",
        Shape::Record(&[
            field("resistances", NAMES),
            field("immunities", NAMES),
            field("vulnerabilities", NAMES),
            field("condition_immunities", NAMES),
        ]),
    ),
];

const ACTIONS: &[Field] = &[
    field("weapons", Shape::Keyed(&Shape::Record(WEAPON))),
    field("weapon_masteries", NAMES),
    field("features", Shape::Keyed(&Shape::Record(FEATURE))),
    field(
        "traits",
        Shape::Keyed(&Shape::Record(&[
            RANK,
            name("name"),
            name("source"),
            prose("description"),
        ])),
    ),
];

const WEAPON: &[Field] = &[
    RANK,
    name("name"),
    optional("ability", &ABILITY),
    flag("proficient"),
    flag("ranged"),
    integer("bonus_to_attack", -20, 20),
    integer("bonus_to_damage", -100, 100),
    name("damage"),
    name("versatile"),
    name("damage_type"),
    line("extra_damage"),
    flag("ability_to_damage"),
    optional("reach_ft", &SPEED),
    optional("range_ft", &FEET),
    optional("long_range_ft", &FEET),
    field("properties", NAMES),
    name("mastery"),
    optional("item", &Shape::Reference),
    prose("notes"),
];

const FEATURE: &[Field] = &[
    RANK,
    name("name"),
    name("source"),
    optional("level", &Shape::Integer(0, 30)),
    prose("description"),
    one_of(
        "activation",
        &[
            "passive",
            "action",
            "bonus_action",
            "reaction",
            "legendary",
            "other",
        ],
    ),
    field(
        "uses",
        Shape::Record(&[
            integer("max", 0, 1_000),
            counter("used", 0, 1_000),
            one_of(
                "recovery",
                &[
                    "none",
                    "short_rest",
                    "long_rest",
                    "one_on_short_rest",
                    "dawn",
                    "initiative",
                    "turn",
                    "other",
                ],
            ),
        ]),
    ),
];

const EQUIPMENT: &[Field] = &[
    field("inventory", Shape::Keyed(&Shape::Record(ITEM))),
    field(
        "currency",
        Shape::Record(&[
            counter("cp", 0, COINS_MAX),
            counter("sp", 0, COINS_MAX),
            counter("ep", 0, COINS_MAX),
            counter("gp", 0, COINS_MAX),
            counter("pp", 0, COINS_MAX),
        ]),
    ),
    field("magical_items", Shape::Keyed(&Shape::Record(MAGIC_ITEM))),
];

const ITEM: &[Field] = &[
    RANK,
    name("name"),
    one_of(
        "kind",
        &[
            "weapon",
            "armor",
            "shield",
            "ammunition",
            "tool",
            "container",
            "consumable",
            "treasure",
            "gear",
        ],
    ),
    counter("quantity", 0, QUANTITY_MAX),
    field("weight_lb", POUNDS),
    integer("cost_cp", 0, COINS_MAX),
    flag("equipped"),
    flag("attuned"),
    CONTAINER,
    optional("capacity_lb", &POUNDS),
    optional("armor", &Shape::Record(ARMOR)),
    prose("notes"),
];

const ARMOR: &[Field] = &[
    one_of("category", &["light", "medium", "heavy", "shield"]),
    integer("base", 0, 40),
    optional("dex_cap", &Shape::Integer(0, 20)),
    integer("bonus", -10, 10),
    optional("strength_required", &Shape::Integer(0, 30)),
    flag("stealth_disadvantage"),
];

const MAGIC_ITEM: &[Field] = &[
    RANK,
    name("name"),
    name("kind"),
    one_of(
        "rarity",
        &[
            "common",
            "uncommon",
            "rare",
            "very_rare",
            "legendary",
            "artifact",
        ],
    ),
    flag("requires_attunement"),
    flag("attuned"),
    flag("equipped"),
    field(
        "charges",
        Shape::Record(&[
            integer("max", 0, 1_000),
            counter("used", 0, 1_000),
            line("recharge"),
        ]),
    ),
    field("bonuses", Shape::Record(BONUSES)),
    optional("armor", &Shape::Record(ARMOR)),
    counter("quantity", 0, QUANTITY_MAX),
    field("weight_lb", POUNDS),
    integer("cost_cp", 0, COINS_MAX),
    CONTAINER,
    optional("capacity_lb", &POUNDS),
    flag("weightless_contents"),
    prose("description"),
];

const BONUSES: &[Field] = &[
    integer("armor_class", -20, 20),
    integer("saving_throws", -20, 20),
    integer("ability_checks", -20, 20),
    integer("initiative", -20, 20),
    integer("spell_attack", -20, 20),
    integer("spell_save_dc", -20, 20),
    integer("speed", -100, 100),
    integer("hp_maximum", -1_000, 1_000),
    optional("ability", &ABILITY),
    integer("ability_increase", -20, 20),
    optional("ability_minimum", &SCORE),
];

const SPELLCASTING: &[Field] = &[
    field(
        "casters",
        Shape::Keyed(&Shape::Record(&[
            RANK,
            name("class"),
            optional("ability", &ABILITY),
            integer("bonus_to_attack", -20, 20),
            integer("bonus_to_dc", -20, 20),
            optional("prepared_limit", &Shape::Integer(0, 100)),
            prose("notes"),
        ])),
    ),
    field(
        "slots",
        Shape::Map(
            Keys::OneOf(SLOT_LEVELS),
            &Shape::Record(&[integer("max", 0, 30), counter("used", 0, 30)]),
        ),
    ),
    field(
        "pact",
        Shape::Record(&[
            integer("level", 0, 9),
            integer("max", 0, 30),
            counter("used", 0, 30),
        ]),
    ),
    field("spells", Shape::Keyed(&Shape::Record(SPELL))),
];

const SPELL: &[Field] = &[
    RANK,
    name("name"),
    optional("caster", &Shape::Reference),
    integer("level", 0, 9),
    name("school"),
    flag("prepared"),
    flag("always_prepared"),
    flag("ritual"),
    flag("concentration"),
    name("casting_time"),
    name("range"),
    line("components"),
    name("duration"),
    prose("description"),
    prose("notes"),
];

const CONDITION: &[Field] = &[
    RANK,
    name("name"),
    name("source"),
    name("duration"),
    optional("level", &Shape::Integer(0, 20)),
    prose("notes"),
];

const ADJUSTMENT: &[Field] = &[
    RANK,
    line("cell"),
    integer("amount", -1_000, 1_000),
    name("source"),
    flag("active"),
];

const OVERRIDE: &[Field] = &[
    field("value", Shape::Number(-1_000_000.0, 1_000_000.0)),
    line("note"),
];
