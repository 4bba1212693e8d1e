//! What content gives a character: the walk over its things, and their effects put where the numbers are reckoned.
//!
//! Effects become ordinary cells of a *worked* source (skills, trainings, features, slots, spells, attacks), which is
//! then derived like one written by hand, and amounts that wait for the number they add to. Each carries its reason.

mod amounts;
mod apply;
mod barred;
mod conditions;
mod exchanges;
mod follow;
mod increases;
mod legal;
mod limits;
mod magic;
mod options;
mod owner;
mod power;
mod rows;
mod spells;
mod trained;
mod usable;
mod walk;
mod weapons;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sheet::vocabulary::Ability;
use sheet::{ChoiceState, ExchangeEntry, Finding, RiderEntry, Source};

pub(crate) use options::options;
pub use spells::{pact_of, slots_of};

pub(crate) use power::{Added, Growing, PowerPart, SpellPower};
pub(crate) use usable::{Terms, Usable};

use crate::content::{Circumstance, Content, Target, Weapons, key};

/// An amount that content adds to a number.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) target: Target,
    pub(crate) label: String,
    pub(crate) detail: String,
    pub(crate) amount: i32,
    pub(crate) cell: Option<String>,
    pub(crate) when: Option<Circumstance>,
    /// The class whose spells alone it is about, by id.
    pub(crate) class: Option<String>,
}

/// What is told beside a number: advantage, a bonus that only the table can grant.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) target: Target,
    pub(crate) text: String,
    /// The class whose spells alone it is about, by id.
    pub(crate) class: Option<String>,
}

/// Damage dice besides on hits with some weapons.
#[derive(Debug, Clone)]
pub(crate) struct Extra {
    pub(crate) weapons: Weapons,
    /// As it is shown; begins with the dice only where every hit deals them. Empty for what is offered with a hit.
    pub(crate) words: String,
    /// What gives it.
    pub(crate) label: String,
    /// What is offered with a hit.
    pub(crate) rider: Option<RiderEntry>,
}

/// How many attacks the Attack action makes.
#[derive(Debug, Clone)]
pub(crate) struct AttackCount {
    pub(crate) count: i32,
    pub(crate) label: String,
    /// With which weapons, in words; empty with all.
    pub(crate) only: String,
}

/// What is known of limited uses beyond their number.
#[derive(Debug, Clone, Default)]
pub(crate) struct UsesKnown {
    pub(crate) cell: String,
    pub(crate) short_rest: i32,
    pub(crate) die: String,
}

/// Holds what content gives a character.
#[derive(Debug, Default)]
pub(crate) struct Granted {
    pub(crate) given: Vec<Given>,
    pub(crate) told: Vec<Told>,
    /// Reasons by what they are for: `skill.stealth`, `save.wisdom`, `speed.climb`.
    pub(crate) reasons: BTreeMap<String, String>,
    /// The least a score can be, with the reason.
    pub(crate) minimums: Vec<(Ability, i32, String)>,
    /// Ways of moving that equal the walking speed.
    pub(crate) as_walking: BTreeSet<&'static str>,
    /// How many attacks the Attack action makes, and why.
    pub(crate) attacks: Vec<AttackCount>,
    /// Damage dice besides on hits.
    pub(crate) extra: Vec<Extra>,
    /// Attacks that come of features and not of weapons.
    pub(crate) powers: BTreeSet<String>,
    /// Attacks with a weapon of one's own.
    pub(crate) bonded: BTreeSet<String>,
    /// What spells do, by their id.
    pub(crate) spells: BTreeMap<String, SpellPower>,
    /// What may be given for what.
    pub(crate) exchanges: Vec<ExchangeEntry>,
    /// What features do when they are used.
    pub(crate) usable: Vec<Usable>,
    /// The least roll that is a critical hit.
    pub(crate) critical: i32,
    /// Uses by the id of the feature.
    pub(crate) uses: BTreeMap<String, UsesKnown>,
    /// How many cantrips a caster may know.
    pub(crate) cantrips: BTreeMap<String, i32>,
    /// How many items may be attuned; 3 without.
    pub(crate) attunement: Option<i32>,
    /// Sizes larger that the character counts for carrying.
    pub(crate) carrying_steps: i32,
    /// The states the character is in, by id: its conditions, and those they bring with them.
    pub(crate) states: BTreeSet<String>,
    /// Speed is 0, by this condition.
    pub(crate) held: Option<String>,
    pub(crate) choices: Vec<ChoiceState>,
    pub(crate) findings: Vec<Finding>,
}

impl Granted {
    /// Tells whether the character is in a state, which it always is where none is asked for.
    fn in_state(&self, state: Option<&String>) -> bool {
        state.is_none_or(|state| self.states.contains(&key(state)))
    }
}

/// Works out what content gives: the source with it put in, and what waits for its number.
pub(crate) fn grant<'s>(source: &'s Source, content: &Content) -> (Cow<'s, Source>, Granted) {
    let mut granted = Granted {
        critical: 20,
        ..Granted::default()
    };
    if source.build.is_active() {
        let mut walked = walk::walk(source, content);
        granted.findings.append(&mut walked.findings);
        let worked = apply::apply(source, content, &walked, &mut granted);
        return (Cow::Owned(worked), granted);
    }
    // Conditions act on every sheet, also one written by hand.
    granted.states = conditions::states(source, content);
    let active = conditions::effects(source, content);
    if !active.is_empty() {
        amounts::conditions(source, active, &mut granted);
    }
    conditions::bounds(source, content, &mut granted);
    magic::as_written(source, content, &mut granted);
    (Cow::Borrowed(source), granted)
}

/// Lists the slots that are offered, each with how many may be picked in it.
pub(crate) fn offers(source: &Source, content: &Content) -> BTreeMap<String, i32> {
    let walked = walk::walk(source, content);
    walked
        .made
        .iter()
        .map(|made| (made.slot.clone(), made.count))
        .collect()
}
