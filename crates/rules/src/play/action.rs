//! What can be done at the table, as it is asked for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sheet::source::Currency;
use specta::Type;

use crate::dice::Mode;

/// The most damage, healing or coins' worth of hit points that one action can be about.
pub(super) const MAX_POINTS: i32 = 100_000;
/// The most copper pieces that one payment can be about.
pub(super) const MAX_PRICE: i32 = 2_000_000_000;
/// The most coins of one kind that can be owned.
pub(super) const MAX_COINS: i32 = 1_000_000_000;
/// The most temporary hit points.
pub(super) const MAX_TEMPORARY: i32 = 10_000;
/// The most uses, charges or dice that one action can spend.
pub(super) const MAX_USES: i32 = 1_000;
/// The highest DC or armor class that a roll can be held against.
pub(super) const MAX_DC: i32 = 100;

/// One thing that is done at the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Takes damage (SRD 5.2.1, Damage and Healing).
    Damage {
        /// How much, as it was rolled, 1 to 100,000.
        amount: i32,
        /// Its type, such as `fire`; without one no resistance counts.
        kind: Option<String>,
        /// Whether it came of a critical hit, which counts twice at 0 hit points.
        critical: bool,
        /// Whether a save halved it.
        half: bool,
    },
    /// Regains hit points.
    Heal {
        /// How many, 1 to 100,000.
        amount: i32,
    },
    /// Gains temporary hit points; the larger number stands.
    TemporaryHitPoints {
        /// How many, 1 to 10,000.
        amount: i32,
    },
    /// Makes a death saving throw.
    DeathSave {
        /// The face of a die that was rolled by hand, 1 to 20; none rolls it.
        face: Option<i32>,
        /// Advantage or disadvantage.
        mode: Mode,
        /// Dice or a number that add to it: `1d4`.
        bonus: Option<String>,
    },
    /// Is stabilized at 0 hit points.
    Stabilize,
    /// Is brought back from death.
    Revive {
        /// With how many hit points, 1 to 100,000.
        hit_points: i32,
    },
    /// Comes under a condition, or into a state such as `Rage`.
    AddCondition {
        /// Its name.
        name: String,
        /// What brought it about; may be empty.
        source: String,
        /// How long it lasts, in words; may be empty.
        duration: String,
        /// Its level where it has levels, 0 to 20.
        level: Option<i32>,
    },
    /// Gets rid of a condition.
    RemoveCondition {
        /// Its id on the sheet.
        id: String,
    },
    /// Gains or loses levels of exhaustion.
    Exhaustion {
        /// How many, -6 to 6 and not 0.
        delta: i32,
    },
    /// Begins to concentrate.
    Concentrate {
        /// On what.
        on: String,
    },
    /// Stops concentrating.
    EndConcentration,
    /// Makes the save that keeps concentration up.
    ConcentrationSave {
        /// Its DC, 1 to 100.
        dc: i32,
        /// The face of a die that was rolled by hand, 1 to 20; none rolls it.
        face: Option<i32>,
        /// Advantage or disadvantage.
        mode: Mode,
        /// Dice or a number that add to it.
        bonus: Option<String>,
    },
    /// Gains Heroic Inspiration.
    GainInspiration,
    /// Spends Heroic Inspiration.
    SpendInspiration,
    /// Spends uses, points, charges, slots.
    Spend {
        /// The cell that counts them.
        counter: String,
        /// How many, 1 to 1,000.
        amount: i32,
    },
    /// Regains uses, points, charges, slots.
    Regain {
        /// The cell that counts them.
        counter: String,
        /// How many, 1 to 1,000; none is all.
        amount: Option<i32>,
    },
    /// Gives one thing for another, as a feature allows: sorcery points for a slot, a rest for slots.
    Convert {
        /// The exchange's id on the sheet.
        exchange: String,
        /// The spell slots it is about, by level, each 0 to 1,000: the one that is given, or those that come back.
        #[serde(default)]
        slots: BTreeMap<String, i32>,
    },
    /// Uses a feature: pays what it costs, rolls what it yields, and does what of that is for the character.
    Use {
        /// The use's id on the sheet.
        id: String,
        /// How many uses or points are spent, where that is chosen: 1 to 1,000; none is the least.
        #[serde(default)]
        amount: Option<i32>,
        /// The level of the spell slot that is spent, where it costs one: 1 to 9.
        #[serde(default)]
        slot: Option<i32>,
        /// Whether somebody else gets what may be for anyone.
        #[serde(default)]
        other: bool,
    },
    /// Finishes a short rest.
    ShortRest {
        /// Hit dice to spend, by die: `{"d8": 2}`; each 1 to 100.
        hit_dice: BTreeMap<String, i32>,
    },
    /// Finishes a long rest.
    LongRest {
        /// Whether a dawn came with it.
        dawn: bool,
    },
    /// Sees the dawn, at which charges and some uses come back.
    Dawn,
    /// Begins a turn in combat.
    StartTurn,
    /// Casts a spell.
    Cast {
        /// The spell's id on the sheet.
        spell: String,
        /// What it is cast with.
        with: CastWith,
        /// Rolls the spell attack as well, so.
        attack: Option<Mode>,
        /// Whether the damage or healing of the casting is rolled as well; after an attack, that of a hit.
        #[serde(default)]
        roll: bool,
    },
    /// Rolls attack, damage or healing of a spell without casting it, as on its later occasions.
    RollSpell {
        /// The spell's id on the sheet.
        spell: String,
        /// The level it was cast at, 1 to 9; none is its own.
        #[serde(default)]
        level: Option<i32>,
        /// Which of its rolls, by its place; none takes those of the casting.
        #[serde(default)]
        roll: Option<u32>,
        /// Whether the spell attack is rolled first, for each beam or ray.
        #[serde(default)]
        attack: bool,
        /// Advantage or disadvantage on it.
        mode: Mode,
        /// Dice or a number that add to the attack roll.
        #[serde(default)]
        bonus: Option<String>,
        /// The armor class to hit, 1 to 100, where it is known.
        #[serde(default)]
        against: Option<i32>,
        /// Whether it comes of a critical hit.
        #[serde(default)]
        critical: bool,
    },
    /// Prepares a spell.
    Prepare {
        /// The spell's id on the sheet.
        spell: String,
    },
    /// Takes a spell out of those that are prepared.
    Unprepare {
        /// The spell's id on the sheet.
        spell: String,
    },
    /// Attacks with a weapon: rolls to hit and damage.
    Attack {
        /// The attack's id on the sheet.
        weapon: String,
        /// Advantage or disadvantage.
        mode: Mode,
        /// Dice or a number that add to the attack roll.
        bonus: Option<String>,
        /// Whether the weapon is held in two hands, where that changes its dice.
        two_handed: bool,
        /// The armor class to hit, 1 to 100, where it is known.
        against: Option<i32>,
        /// Whether every hit is a critical one, as against the paralyzed close by.
        critical_hits: bool,
        /// The id of the ammunition it spends one of.
        ammunition: Option<String>,
        /// The ids of the damage dice that are added to a hit, as the attack offers them.
        #[serde(default)]
        riders: Vec<String>,
    },
    /// Rolls the damage of a weapon.
    WeaponDamage {
        /// The attack's id on the sheet.
        weapon: String,
        /// Whether the weapon is held in two hands, where that changes its dice.
        two_handed: bool,
        /// Whether it is a critical hit.
        critical: bool,
        /// The ids of the damage dice that are added to it, as the attack offers them.
        #[serde(default)]
        riders: Vec<String>,
    },
    /// Gathers half of the ammunition that a fight has spent.
    RecoverAmmunition {
        /// The id of the ammunition.
        item: String,
        /// How many were spent in the fight, 1 to 100,000.
        spent: i32,
    },
    /// Rolls a d20 with a number of the sheet: a save, a skill, an ability, initiative, an attack.
    Roll {
        /// The number's cell: `/statistics/skills/stealth`.
        cell: String,
        /// Advantage or disadvantage.
        mode: Mode,
        /// Dice or a number that add to it: `1d4`.
        bonus: Option<String>,
        /// The DC or armor class, 1 to 100, where it is known.
        against: Option<i32>,
    },
    /// Pays a price, with change where the coins do not fit.
    Pay {
        /// In copper pieces, 1 to 2,000,000,000.
        price_cp: i32,
    },
    /// Pays a price that is named in coins, with change where the coins do not fit.
    PayCoins {
        /// How many of each kind the price is, 0 to 1,000,000,000 each; in all at most 2,000,000,000 copper pieces' worth.
        coins: Currency,
    },
    /// Receives coins.
    Receive {
        /// How many of each kind, 0 to 1,000,000,000 each.
        coins: Currency,
    },
    /// Exchanges coins of one kind for another of the same worth.
    Exchange {
        /// What is given.
        from: Coin,
        /// What is wanted.
        to: Coin,
        /// How many are given at the most, 1 to 1,000,000,000.
        count: i32,
    },
    /// Puts on or takes in hand.
    Equip {
        /// The item's id.
        item: String,
    },
    /// Takes off or lets go.
    Unequip {
        /// The item's id.
        item: String,
    },
    /// Attunes to a magic item.
    Attune {
        /// The item's id.
        item: String,
    },
    /// Ends the attunement to an item.
    Unattune {
        /// The item's id.
        item: String,
    },
    /// Puts a thing into a container, or takes it out.
    Move {
        /// The item's id.
        item: String,
        /// The container's id; none carries it loose.
        container: Option<String>,
    },
    /// Uses up some of a thing.
    UseItem {
        /// The item's id.
        item: String,
        /// How many, 1 to 100,000.
        amount: i32,
    },
}

/// What a spell is cast with (SRD 5.2.1, Spells, Casting Spells).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum CastWith {
    /// A spell slot.
    Slot {
        /// Its level, 1 to 9.
        level: i32,
    },
    /// A pact slot.
    Pact,
    /// Ten minutes more and no slot.
    Ritual,
    /// Nothing: a cantrip, a scroll, a gift of the table.
    Free,
    /// Uses of a feature, charges of an item.
    Uses {
        /// The cell that counts them.
        counter: String,
        /// How many, 1 to 1,000.
        amount: i32,
        /// The level it is cast at, 1 to 9; none is the spell's own.
        level: Option<i32>,
    },
}

/// A kind of coin.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Coin {
    /// Copper pieces.
    Cp,
    /// Silver pieces, 10 copper.
    Sp,
    /// Electrum pieces, 50 copper.
    Ep,
    /// Gold pieces, 100 copper.
    Gp,
    /// Platinum pieces, 1,000 copper.
    Pp,
}
