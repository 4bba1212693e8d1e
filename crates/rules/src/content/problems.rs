//! Checks content as a whole: what one thing says of another must be there.

use std::collections::BTreeSet;

use sheet::vocabulary::SKILLS;

use super::{
    Casting, Choice, Content, Effect, Feature, Formula, Pool, Problem, StartingEquipment, key,
};

/// Names that every formula may use.
pub(crate) const NAMES: [&str; 16] = [
    "pb",
    "level",
    "class_level",
    "walk",
    "strength",
    "dexterity",
    "constitution",
    "intelligence",
    "wisdom",
    "charisma",
    "score_strength",
    "score_dexterity",
    "score_constitution",
    "score_intelligence",
    "score_wisdom",
    "score_charisma",
];

pub(super) fn all(content: &Content) -> Vec<Problem> {
    let mut check = Check {
        content,
        resources: super::wiring::resources(content),
        problems: Vec::new(),
        kind: "",
        thing: String::new(),
    };
    for class in content.classes.values() {
        check.at("class", &class.name);
        check.text(&class.text);
        for (name, length) in class
            .tables
            .iter()
            .map(|(name, table)| (name, table.len()))
            .chain(class.dice.iter().map(|(name, table)| (name, table.len())))
        {
            check.twenty(name, length);
        }
        if let Some(casting) = &class.casting {
            check.casting(casting);
        }
        let tables = Tables::of_class(content, &class.name);
        check.effects(&class.first, &tables);
        check.effects(&class.later, &tables);
        check.features(&class.features, &tables);
        check.equipment(&class.equipment);
        let wishes = &class.quick;
        check.known("background", &wishes.background, &content.backgrounds);
        check.known("species", &wishes.species, &content.species);
        for spell in &wishes.spells {
            check.known("spell", spell, &content.spells);
        }
        for skill in &wishes.skills {
            check.skill(skill);
        }
    }
    for subclass in content.subclasses.values() {
        check.at("subclass", &subclass.name);
        check.text(&subclass.text);
        check.known("class", &subclass.class, &content.classes);
        for (name, length) in subclass
            .tables
            .iter()
            .map(|(name, table)| (name, table.len()))
            .chain(
                subclass
                    .dice
                    .iter()
                    .map(|(name, table)| (name, table.len())),
            )
        {
            check.twenty(name, length);
        }
        if let Some(casting) = &subclass.casting {
            check.casting(casting);
        }
        let mut tables = Tables::of_class(content, &subclass.class);
        tables.add(subclass.tables.keys(), subclass.dice.keys());
        check.features(&subclass.features, &tables);
    }
    for species in content.species.values() {
        check.at("species", &species.name);
        check.text(&species.text);
        check.features(&species.traits, &Tables::default());
    }
    for background in content.backgrounds.values() {
        check.at("background", &background.name);
        check.text(&background.text);
        check.known("feat", &background.feat, &content.feats);
        check.effects(&background.effects, &Tables::default());
        check.equipment(&background.equipment);
    }
    for feat in content.feats.values() {
        check.at("feat", &feat.name);
        check.text(&feat.text);
        check.prerequisite(feat.prerequisite.option.as_deref());
        check.effects(&feat.effects, &Tables::default());
    }
    for option in content.options.values() {
        check.at("option", &option.name);
        check.text(&option.text);
        check.prerequisite(option.prerequisite.option.as_deref());
        let tables = Tables::of_group(content, option);
        check.effects(&option.effects, &tables);
    }
    for spell in content.spells.values() {
        check.at("spell", &spell.name);
        check.text(&spell.text);
        for class in &spell.classes {
            check.known("class", class, &content.classes);
        }
        if !(0..=9).contains(&spell.level) {
            check.say("its level is 0 to 9");
        }
    }
    for weapon in content.weapons.values() {
        check.at("weapon", &weapon.name);
        check.known("mastery", &weapon.mastery, &content.masteries);
        for property in &weapon.properties {
            check.known("property", property, &content.properties);
        }
        if let Some(ammunition) = &weapon.ammunition {
            check.item(ammunition);
        }
    }
    for gear in content.gear.values() {
        check.at("gear", &gear.name);
        check.text(&gear.text);
        for item in gear.contents.iter().filter_map(|part| part.item.as_ref()) {
            check.item(item);
        }
    }
    for item in content.magic_items.values() {
        check.at("magic item", &item.name);
        check.text(&item.text);
        check.effects(&item.effects, &Tables::default());
        if item.rarity.is_none() && item.variants.is_empty() {
            check.say("it has neither a rarity nor variants");
        }
        for variant in &item.variants {
            check.effects(&variant.effects, &Tables::default());
        }
    }
    for creature in content.creatures.values() {
        check.at("creature", &creature.name);
        for action in &creature.actions {
            let numbers = action.attack.is_some() || action.save.is_some();
            if action.text.trim().is_empty() && !numbers {
                check.say(&format!("`{}` says nothing", action.name));
            }
        }
        for skill in creature.skills.keys() {
            check.skill(skill);
        }
    }
    for condition in content.conditions.values() {
        check.at("condition", &condition.name);
        check.text(&condition.text);
        for implied in &condition.implies {
            check.known("condition", implied, &content.conditions);
        }
        check.effects(&condition.effects, &Tables::default());
    }
    for (kind, entries) in [
        ("language", &content.languages),
        ("property", &content.properties),
        ("mastery", &content.masteries),
        ("skill", &content.skills),
    ] {
        for entry in entries.values() {
            check.at(kind, &entry.name);
            check.text(&entry.text);
        }
    }
    check.problems
}

/// The tables that the formulas of a thing may use.
#[derive(Default)]
pub(super) struct Tables<'a> {
    numbers: Vec<&'a str>,
    pub(super) dice: Vec<&'a str>,
}

impl<'a> Tables<'a> {
    fn of_class(content: &'a Content, class: &str) -> Tables<'a> {
        let mut tables = Tables::default();
        if let Some(class) = content.classes.get(&key(class)) {
            tables.add(class.tables.keys(), class.dice.keys());
        }
        tables
    }

    /// An option belongs to the class or subclass that offers its group.
    fn of_group(content: &'a Content, option: &Choice) -> Tables<'a> {
        let offers = |features: &[Feature]| {
            features.iter().flat_map(|feature| &feature.effects).any(|effect| {
                matches!(effect, Effect::Choose { from: Pool::Options(group), .. } if *group == option.group)
            })
        };
        let mut tables = Tables::default();
        for class in content
            .classes
            .values()
            .filter(|class| offers(&class.features))
        {
            tables.add(class.tables.keys(), class.dice.keys());
        }
        for subclass in content
            .subclasses
            .values()
            .filter(|subclass| offers(&subclass.features))
        {
            tables.add(subclass.tables.keys(), subclass.dice.keys());
            if let Some(class) = content.classes.get(&key(&subclass.class)) {
                tables.add(class.tables.keys(), class.dice.keys());
            }
        }
        tables
    }

    fn add(
        &mut self,
        numbers: impl Iterator<Item = &'a String>,
        dice: impl Iterator<Item = &'a String>,
    ) {
        self.numbers.extend(numbers.map(String::as_str));
        self.dice.extend(dice.map(String::as_str));
    }
}

pub(super) struct Check<'a> {
    pub(super) content: &'a Content,
    /// The ids of everything that is counted anywhere.
    pub(super) resources: BTreeSet<&'a str>,
    problems: Vec<Problem>,
    kind: &'static str,
    thing: String,
}

impl Check<'_> {
    fn at(&mut self, kind: &'static str, thing: &str) {
        self.kind = kind;
        thing.clone_into(&mut self.thing);
    }

    pub(super) fn say(&mut self, message: &str) {
        self.problems.push(Problem {
            file: String::new(),
            line: None,
            place: format!("{} {}", self.kind, self.thing),
            message: message.to_owned(),
        });
    }

    fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.say("it has no text; say in a sentence what it does in play");
        }
    }

    fn twenty(&mut self, table: &str, length: usize) {
        if length != 20 {
            self.say(&format!(
                "the table `{table}` has {length} entries; it needs one for each of 20 levels"
            ));
        }
    }

    pub(super) fn known<T>(
        &mut self,
        kind: &str,
        name: &str,
        among: &std::collections::BTreeMap<String, T>,
    ) {
        if !name.is_empty() && !among.contains_key(&key(name)) {
            self.say(&format!("there is no {kind} called `{name}`"));
        }
    }

    pub(super) fn skill(&mut self, skill: &str) {
        if !SKILLS.iter().any(|known| known.key == skill) {
            self.say(&format!("there is no skill called `{skill}`"));
        }
    }

    fn item(&mut self, name: &str) {
        let id = key(name);
        let content = self.content;
        if !(content.gear.contains_key(&id)
            || content.weapons.contains_key(&id)
            || content.armor.contains_key(&id)
            || content.magic_items.contains_key(&id))
        {
            self.say(&format!("there is no item called `{name}`"));
        }
    }

    fn prerequisite(&mut self, option: Option<&str>) {
        if let Some(option) = option {
            let id = key(option);
            if !self.content.options.contains_key(&id) && !self.content.feats.contains_key(&id) {
                self.say(&format!("there is no option or feat called `{option}`"));
            }
        }
    }

    fn casting(&mut self, casting: &Casting) {
        if !casting.cantrips.is_empty() {
            self.twenty("cantrips", casting.cantrips.len());
        }
        self.twenty("prepared", casting.prepared.len());
        if let Some(list) = &casting.list {
            let content = self.content;
            self.known("class", list, &content.classes);
        }
    }

    fn equipment(&mut self, ways: &[StartingEquipment]) {
        for item in ways.iter().flat_map(|way| &way.items) {
            match &item.item {
                Some(name) => self.item(name),
                None => {
                    for category in &item.any {
                        self.category(category);
                    }
                    if item.any.is_empty() {
                        self.say("a starting item has neither a name nor a category");
                    }
                }
            }
        }
    }

    pub(super) fn category(&mut self, category: &str) {
        let known = |gear: &super::Gear| gear.category == category || gear.subcategory == category;
        if !self.content.gear.values().any(|gear| known(gear)) {
            self.say(&format!("no gear is of the category `{category}`"));
        }
    }

    fn features(&mut self, features: &[Feature], tables: &Tables<'_>) {
        for feature in features {
            if feature.text.trim().is_empty() {
                self.say(&format!("the feature `{}` has no text", feature.name));
            }
            if let Some(table) = &feature.shows
                && !tables.dice.contains(&table.as_str())
                && !tables.numbers.contains(&table.as_str())
            {
                self.say(&format!(
                    "`{}` shows a table `{table}` that is not there",
                    feature.name
                ));
            }
            if !(1..=20).contains(&feature.level) {
                self.say(&format!("the level of `{}` is 1 to 20", feature.name));
            }
            self.effects(&feature.effects, tables);
        }
    }

    pub(super) fn formula(&mut self, formula: &Formula, tables: &Tables<'_>) {
        self.formula_with(formula, tables, &[]);
    }

    pub(super) fn formula_with(&mut self, formula: &Formula, tables: &Tables<'_>, also: &[&str]) {
        for name in formula.names() {
            let known = NAMES.contains(&name) || also.contains(&name);
            if !known && !tables.numbers.contains(&name) {
                self.say(&format!(
                    "the formula `{}` uses `{name}`, which is neither a table of the class nor one of {}",
                    formula.text(),
                    NAMES.join(", ")
                ));
            }
        }
    }

    fn effects(&mut self, effects: &[Effect], tables: &Tables<'_>) {
        for effect in effects {
            self.effect(effect, tables);
            self.wiring(effect, effects, tables);
        }
    }

    fn effect(&mut self, effect: &Effect, tables: &Tables<'_>) {
        let content = self.content;
        match effect {
            Effect::Skills { skills } | Effect::Expertise { skills } => {
                for skill in skills {
                    self.skill(skill);
                }
            }
            Effect::Bonus { amount, .. }
            | Effect::Speed { amount, .. }
            | Effect::SpellDamage { amount, .. }
            | Effect::SpellHealing { amount, .. }
            | Effect::SpellRange { feet: amount, .. } => {
                self.formula(amount, tables);
            }
            Effect::Sense { range, .. } => self.formula(range, tables),
            Effect::Resource {
                max,
                short_rest,
                die,
                ..
            } => {
                self.formula(max, tables);
                if let Some(short_rest) = short_rest {
                    self.formula(short_rest, tables);
                }
                if let Some(die) = die
                    && !tables.dice.contains(&die.as_str())
                {
                    self.say(&format!(
                        "a resource has the die `{die}`, which is no table of the class"
                    ));
                }
            }
            Effect::MartialArts { die } if !tables.dice.contains(&die.as_str()) => {
                self.say(&format!("`{die}` is no table of dice"));
            }
            Effect::Spell { spell, uses, .. } => {
                self.known("spell", spell, &content.spells);
                if let Some(uses) = uses {
                    self.formula(uses, tables);
                }
            }
            Effect::SpellLists { lists } => {
                for list in lists {
                    self.known("class", list, &content.classes);
                }
            }
            Effect::Languages { names } => {
                for name in names {
                    self.known("language", name, &content.languages);
                }
            }
            Effect::ConditionImmunity { conditions, .. } => {
                for condition in conditions {
                    self.known("condition", condition, &content.conditions);
                }
            }
            Effect::Choose { count, from, .. } => {
                self.formula(count, tables);
                self.pool(from);
            }
            _ => {}
        }
    }
}
