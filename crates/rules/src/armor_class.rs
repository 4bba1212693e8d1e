//! Armor class: the best lawful way to reckon it, and the others beside it.

use sheet::source::{Armor, ArmorCategory, Equipment};
use sheet::vocabulary::Ability;
use sheet::{Alternative, Severity};

use crate::content::Target;
use crate::desk::{Desk, Sum, index, is_working, name_or};

/// A piece of armor or a shield that is worn.
#[derive(Clone, Copy)]
pub(crate) struct Worn<'a> {
    pub(crate) name: &'a str,
    pub(crate) armor: &'a Armor,
    /// The bonus that counts; a magic item that lacks its attunement still is armor, but its bonus sleeps.
    pub(crate) bonus: i32,
    collection: &'static str,
    id: &'a str,
}

impl Worn<'_> {
    fn value(&self) -> i32 {
        self.armor.base.saturating_add(self.bonus)
    }

    /// Gives the cell of something of the thing: `equipped`, `armor/base`.
    pub(crate) fn cell(&self, of: &str) -> String {
        format!("/equipment/{}/{}/{of}", self.collection, self.id)
    }
}

/// Lists what is worn: first of the inventory, then of the magic items.
pub(crate) fn worn(equipment: &Equipment) -> Vec<Worn<'_>> {
    let inventory = equipment.inventory.ordered_if(|item| item.equipped);
    let inventory = inventory.into_iter().filter_map(|(id, item)| {
        let armor = item.armor.as_ref()?;
        Some(Worn {
            name: &item.name,
            armor,
            bonus: armor.bonus,
            collection: "inventory",
            id,
        })
    });
    let magical = equipment.magical_items.ordered_if(|item| item.equipped);
    let magical = magical.into_iter().filter_map(|(id, item)| {
        let armor = item.armor.as_ref()?;
        Some(Worn {
            name: &item.name,
            armor,
            bonus: if is_working(item) { armor.bonus } else { 0 },
            collection: "magical_items",
            id,
        })
    });
    inventory.chain(magical).collect()
}

/// One way to reckon armor class, before shield and bonuses.
struct Way<'a> {
    name: String,
    base: i32,
    base_label: String,
    base_cell: Option<String>,
    bonus: i32,
    /// Abilities with the modifiers that count, and a remark on each.
    modifiers: Vec<(Ability, i32, &'a str)>,
    shield_allowed: bool,
    /// Whether body armor stands in its way.
    unarmored: bool,
}

impl Way<'_> {
    fn value(&self) -> i32 {
        let modifiers = self.modifiers.iter().map(|(_, value, _)| *value);
        modifiers.fold(self.base.saturating_add(self.bonus), i32::saturating_add)
    }

    /// Writes it as a sum: `10 + 4`.
    fn formula(&self, shield: i32) -> String {
        let mut out = self.base.to_string();
        let mut add = |value: i32| {
            let sign = if value < 0 { '-' } else { '+' };
            out.push_str(&format!(" {sign} {}", value.unsigned_abs()));
        };
        self.modifiers.iter().for_each(|(_, value, _)| add(*value));
        if self.bonus != 0 {
            add(self.bonus);
        }
        if shield != 0 && self.shield_allowed {
            add(shield);
        }
        out
    }
}

pub(crate) fn derive(desk: &mut Desk<'_>) -> i32 {
    let worn = desk.worn.clone();
    let (shields, suits): (Vec<_>, Vec<_>) = worn
        .iter()
        .partition(|worn| worn.armor.category == ArmorCategory::Shield);
    warn_of_several(desk, &suits, &shields);
    let shield = shields.iter().max_by_key(|shield| shield.value()).copied();
    let shield_value = shield.map_or(0, Worn::value);
    let total = |way: &Way<'_>| {
        let shield = if way.shield_allowed { shield_value } else { 0 };
        way.value().saturating_add(shield)
    };

    let mut ways = ways(desk, &suits);
    // Lawful ways first, then the better; stable, so that of equals the one a person put first stands.
    let unlawful = |way: &Way<'_>| {
        way.unarmored && !suits.is_empty() || !way.shield_allowed && shield.is_some()
    };
    ways.sort_by_key(|way| (unlawful(way), -i64::from(total(way))));
    let mut ways = ways.into_iter();

    let mut sum = Sum::default();
    if let Some(best) = ways.next() {
        sum.add(best.base_label, best.base, "", best.base_cell);
        for (ability, value, remark) in best.modifiers {
            let cell = format!("/statistics/ability_modifiers/{}", ability.key());
            sum.add(ability.name(), value, remark, Some(cell));
        }
        sum.add_some(format!("{} bonus", best.name), best.bonus, "", None);
        if let (true, Some(shield)) = (best.shield_allowed, shield) {
            let name = name_or(shield.name, "Shield");
            sum.add(name, shield_value, "", Some(shield.cell("armor/base")));
        }
    }
    for way in ways {
        let unlawful = unlawful(&way);
        let formula = way.formula(shield_value);
        let detail = if unlawful && way.unarmored && !suits.is_empty() {
            format!("{formula}, without armor")
        } else if unlawful {
            format!("{formula}, without a shield")
        } else {
            formula
        };
        let value = f64::from(total(&way));
        sum.alternatives.push(Alternative {
            label: way.name,
            value,
            detail,
        });
    }
    desk.item_terms(&mut sum, "armor_class", |bonuses| bonuses.armor_class);
    desk.given_terms(&mut sum, |target| target == Target::ArmorClass);
    desk.close("/combat/armor_class".to_owned(), sum)
}

fn ways<'a>(desk: &Desk<'_>, suits: &[&Worn<'_>]) -> Vec<Way<'a>> {
    let dexterity = desk.modifier(Ability::Dexterity);
    let mut ways = Vec::new();
    for suit in suits {
        let (counted, remark) = dexterity_in(suit.armor, dexterity);
        let name = name_or(suit.name, "Armor").to_owned();
        ways.push(Way {
            base_label: name.clone(),
            name,
            base: suit.armor.base,
            base_cell: Some(suit.cell("armor/base")),
            bonus: suit.bonus,
            modifiers: counted
                .map(|value| (Ability::Dexterity, value, remark))
                .into_iter()
                .collect(),
            shield_allowed: true,
            unarmored: false,
        });
    }
    for (id, formula) in desk.source.combat.armor_formulas.ordered() {
        let modifiers = formula.abilities.iter();
        let name = name_or(&formula.name, "Own formula").to_owned();
        ways.push(Way {
            base_label: name.clone(),
            name,
            base: formula.base,
            base_cell: Some(format!("/combat/armor_formulas/{id}/base")),
            bonus: 0,
            modifiers: modifiers
                .map(|a| (*a, desk.modifiers[index(*a)], ""))
                .collect(),
            shield_allowed: formula.shield_allowed,
            unarmored: true,
        });
    }
    ways.push(Way {
        name: "Unarmored".to_owned(),
        base: 10,
        base_label: "Unarmored".to_owned(),
        base_cell: None,
        bonus: 0,
        modifiers: vec![(Ability::Dexterity, dexterity, "")],
        shield_allowed: true,
        unarmored: true,
    });
    ways
}

/// Tells how much of the Dexterity modifier a suit lets through; `None` in heavy armor.
fn dexterity_in(armor: &Armor, dexterity: i32) -> (Option<i32>, &'static str) {
    match (armor.category, armor.dex_cap) {
        (ArmorCategory::Heavy, None) => (None, ""),
        (ArmorCategory::Light | ArmorCategory::Shield, None) => {
            (Some(dexterity), "no cap in light armor")
        }
        (ArmorCategory::Medium, None) if dexterity > 2 => (Some(2), "at most 2 in medium armor"),
        (ArmorCategory::Medium, None) => (Some(dexterity), ""),
        (_, Some(cap)) if dexterity > cap => (Some(cap), "capped by the armor"),
        (_, Some(_)) => (Some(dexterity), ""),
    }
}

fn warn_of_several(desk: &mut Desk<'_>, suits: &[&Worn<'_>], shields: &[&Worn<'_>]) {
    for (worn, what) in [(suits, "suits of armor"), (shields, "shields")] {
        if let [first, _, ..] = worn {
            let count = worn.len();
            desk.find(
                Severity::Warning,
                first.cell("equipped"),
                format!("{count} {what} are worn at once; only the best counts."),
                "Take all but one off.",
            );
        }
    }
}
