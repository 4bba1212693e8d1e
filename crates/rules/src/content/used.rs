//! Checks of uses: their costs, their dice and numbers, and what each sort of yield needs.

use sheet::YieldKind;

use super::effect::Effect;
use super::exchange::Price;
use super::problems::{Check, Tables};
use super::yields::{self, Dice, Yield};

/// Names that the formulas of yields may use besides.
const OF_YIELDS: [&str; 2] = ["used", "spell_dc"];

impl Check<'_> {
    /// Holds a use against the tables, the resources and the other uses of the same thing.
    pub(super) fn used(&mut self, effect: &Effect, beside: &[Effect], tables: &Tables<'_>) {
        let Effect::Use {
            id,
            spends,
            amount,
            most,
            pays,
            tally,
            yields,
            ..
        } = effect
        else {
            return;
        };
        let same = beside
            .iter()
            .filter(|other| matches!(other, Effect::Use { id: own, .. } if own == id));
        if same.count() > 1 {
            self.say(&format!("several uses have the id `{id}`"));
        }
        if id.contains('/') {
            self.say(&format!("`{id}` is no id of a use"));
        }
        match spends {
            Some(spends) => self.resource(spends),
            None if amount.is_some() || most.is_some() => {
                self.say("a use says how much it spends, and not of what");
            }
            None => {}
        }
        if spends.is_some() && *pays != Price::Nothing {
            self.say("a use has two prices");
        }
        self.price(pays);
        for formula in amount.iter().chain(most) {
            self.formula(formula, tables);
        }
        let bought = most.is_some() || matches!(pays, Price::Slot { .. } | Price::PactSlot);
        for own in yields {
            self.one_yield(own, tables, tally.is_some(), bought);
        }
    }

    fn one_yield(&mut self, own: &Yield, tables: &Tables<'_>, tally: bool, bought: bool) {
        self.dice(&own.dice, tables, &OF_YIELDS);
        if let Some(amount) = &own.amount {
            self.formula_with(amount, tables, &OF_YIELDS);
            if !tally && amount.names().contains(&"used") {
                self.say("a yield goes by `used`, and the use has no tally");
            }
        }
        if own.each && !bought {
            self.say("a yield counts for each that is spent, and how much is spent is not chosen");
        }
        let number = own.amount.is_some() || !own.dice.trim().is_empty();
        match own.of {
            YieldKind::Healing | YieldKind::TemporaryHitPoints | YieldKind::Damage if !number => {
                self.say("a yield has neither dice nor an amount");
            }
            YieldKind::Number if !number || own.name.is_empty() => {
                self.say("a number needs a name, and dice or an amount");
            }
            YieldKind::Save | YieldKind::OwnSave
                if own.amount.is_none() || own.ability.is_none() =>
            {
                self.say("a save needs an ability, and its DC as the amount");
            }
            YieldKind::HitPoints if own.amount.is_none() => {
                self.say("hit points that are left need an amount");
            }
            YieldKind::State if own.name.is_empty() => self.say("a state needs a name"),
            YieldKind::Uses => self.resource(&own.name),
            _ => {}
        }
    }

    /// Holds dice against the tables of the class.
    pub(super) fn dice(&mut self, text: &str, tables: &Tables<'_>, also: &[&str]) {
        if tables.dice.contains(&text.trim()) {
            return;
        }
        match yields::dice(text) {
            Ok(Dice::Counted(count, _)) => self.formula_with(&count, tables, also),
            Ok(_) => {}
            Err(problem) => self.say(&problem),
        }
    }
}
