//! The table of cells, in the order of the sheet.

mod fields;
mod things;

use fields::{
    ABILITIES, ABILITY, DICE, FEET, NAMES, RANK, SCORE, SPEED, choice, counter, field, flag,
    integer, line, maximum, name, one_of, optional, prose,
};
use history::Policy;
use things::{ACTIONS, EQUIPMENT, SPELLCASTING};

use crate::schema::{Field, Keys, MAX_NAME, MAX_PICKS, Shape};
use crate::vocabulary;

const CHALLENGE_RATINGS: [&str; vocabulary::CHALLENGE_RATINGS.len()] = {
    let mut names = [""; vocabulary::CHALLENGE_RATINGS.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = vocabulary::CHALLENGE_RATINGS[i].0;
        i += 1;
    }
    names
};

/// The whole document.
pub(crate) const SOURCE: &[Field] = &[
    field("format", Shape::Format),
    field("record", Shape::Record(RECORD)),
    field("identity", Shape::Record(IDENTITY)),
    field("creature", Shape::Record(CREATURE)),
    field("build", Shape::Record(BUILD)),
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
    // Something that happened: the same id is one event, and what it brought to tallies is counted once.
    Field {
        name: "events",
        shape: Shape::Keyed(&Shape::Record(EVENT)),
        policy: Policy::Event,
    },
    // What the rules object to and somebody allowed, by the key of the finding.
    Field {
        name: "allowances",
        shape: Shape::Map(Keys::Name, &Shape::Record(ALLOWANCE)),
        policy: Policy::Keyed,
    },
    // The merge knows this section by itself.
    field(
        history::conflicts::SECTION,
        Shape::Map(Keys::Conflict, &Shape::Conflict),
    ),
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
    optional("challenge_rating", &Shape::OneOf(&CHALLENGE_RATINGS)),
    field(
        "hit_dice",
        Shape::Map(Keys::OneOf(DICE), &Shape::Integer(0, 100)),
    ),
];

const BUILD: &[Field] = &[
    field("packs", Shape::Map(Keys::Name, &Shape::Line(MAX_NAME))),
    one_of(
        "scores_by",
        &["free", "standard_array", "point_buy", "rolled"],
    ),
    field("rolls", Shape::Map(Keys::Name, &Shape::Line(MAX_NAME))),
    // One value a slot: two different picks are a conflict, never a mixture.
    Field {
        name: "choices",
        shape: Shape::Map(Keys::Name, &Shape::Line(MAX_PICKS)),
        policy: Policy::Choice,
    },
    Field {
        name: "used",
        shape: Shape::Map(Keys::Name, &Shape::Integer(0, 1_000)),
        policy: Policy::Counter {
            min: Some(0),
            max: Some(1_000),
        },
    },
];

const LEVEL: &[Field] = &[
    RANK,
    choice("class", Shape::Line(MAX_NAME)),
    choice("subclass", Shape::Line(MAX_NAME)),
    choice("hit_die", Shape::Optional(&Shape::Integer(6, 12))),
    choice("hit_points", Shape::Optional(&Shape::Integer(1, 12))),
];

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
    name("concentration"),
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

const CONDITION: &[Field] = &[
    RANK,
    name("name"),
    name("source"),
    name("duration"),
    optional("level", &Shape::Integer(0, 20)),
    prose("notes"),
];

const ALLOWANCE: &[Field] = &[line("reason"), name("by"), name("time")];

const EVENT: &[Field] = &[
    RANK,
    one_of("kind", &["award", "long_rest", "short_rest", "other"]),
    line("name"),
    name("session"),
    Field {
        name: "counted",
        shape: Shape::Map(Keys::Path, &Shape::Integer(-10_000_000, 10_000_000)),
        policy: Policy::Counted,
    },
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
