//! What a character can do, carries and casts.

use super::fields::{
    ABILITY, COINS_MAX, CONTAINER, FEET, NAMES, POUNDS, QUANTITY_MAX, RANK, SCORE, SLOT_LEVELS,
    SPEED, counter, field, flag, integer, line, name, one_of, optional, prose,
};
use crate::schema::{Field, Keys, Shape};

pub(super) const ACTIONS: &[Field] = &[
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

pub(super) const EQUIPMENT: &[Field] = &[
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
    name("base"),
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
    name("base"),
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
    integer("weapon", -20, 20),
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

pub(super) const SPELLCASTING: &[Field] = &[
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
            &Shape::Record(&[
                integer("max", 0, 30),
                counter("used", 0, 30),
                counter("created", 0, 30),
            ]),
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
