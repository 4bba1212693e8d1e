/** New things as a form begins them: every field there, as the backend would fill it in. */
import type {
  Adjustment,
  AbilityIncrease,
  Armor,
  ArmorFormula,
  Bonuses,
  Caster,
  ConditionRecord,
  Feature,
  Item,
  Level,
  MagicItem,
  Spell,
  Training,
  Trait,
  WeaponAttack,
} from './model';

const rank = '';

export const blankWeapon = (): WeaponAttack => ({
  rank,
  name: '',
  ability: null,
  proficient: true,
  ranged: false,
  bonus_to_attack: 0,
  bonus_to_damage: 0,
  damage: '',
  versatile: '',
  damage_type: '',
  extra_damage: '',
  ability_to_damage: true,
  reach_ft: null,
  range_ft: null,
  long_range_ft: null,
  properties: {},
  mastery: '',
  item: null,
  notes: '',
});

export const blankFeature = (): Feature => ({
  rank,
  name: '',
  source: '',
  level: null,
  description: '',
  activation: 'passive',
  uses: { max: 0, used: 0, recovery: 'none' },
});

export const blankTrait = (): Trait => ({ rank, name: '', source: '', description: '' });

export const blankItem = (): Item => ({
  rank,
  name: '',
  base: '',
  kind: 'gear',
  quantity: 1,
  weight_lb: 0,
  cost_cp: 0,
  equipped: false,
  attuned: false,
  container: null,
  capacity_lb: null,
  armor: null,
  notes: '',
});

export const blankArmor = (): Armor => ({
  category: 'light',
  base: 11,
  dex_cap: null,
  bonus: 0,
  strength_required: null,
  stealth_disadvantage: false,
});

export const blankBonuses = (): Bonuses => ({
  armor_class: 0,
  weapon: 0,
  saving_throws: 0,
  ability_checks: 0,
  initiative: 0,
  spell_attack: 0,
  spell_save_dc: 0,
  speed: 0,
  hp_maximum: 0,
  ability: null,
  ability_increase: 0,
  ability_minimum: null,
});

export const blankMagicItem = (): MagicItem => ({
  rank,
  name: '',
  base: '',
  kind: 'wondrous item',
  rarity: 'common',
  requires_attunement: false,
  attuned: false,
  equipped: false,
  charges: { max: 0, used: 0, recharge: '' },
  bonuses: blankBonuses(),
  armor: null,
  quantity: 1,
  weight_lb: 0,
  cost_cp: 0,
  container: null,
  capacity_lb: null,
  weightless_contents: false,
  description: '',
});

export const blankCaster = (): Caster => ({
  rank,
  class: '',
  ability: null,
  bonus_to_attack: 0,
  bonus_to_dc: 0,
  prepared_limit: null,
  notes: '',
});

export const blankSpell = (): Spell => ({
  rank,
  name: '',
  caster: null,
  level: 0,
  school: '',
  prepared: false,
  always_prepared: false,
  ritual: false,
  concentration: false,
  casting_time: '',
  range: '',
  components: '',
  duration: '',
  description: '',
  notes: '',
});

export const blankCondition = (): ConditionRecord => ({
  rank,
  name: '',
  source: '',
  duration: '',
  level: null,
  notes: '',
});

export const blankLevel = (): Level => ({ rank, class: '', subclass: '', hit_die: null, hit_points: null });

export const blankIncrease = (): AbilityIncrease => ({ rank, ability: null, amount: 1, source: '' });

export const blankTraining = (): Training => ({ rank, name: '', kind: 'other', source: '' });

export const blankFormula = (): ArmorFormula => ({
  rank,
  name: '',
  base: 10,
  abilities: { dexterity: true },
  shield_allowed: true,
});

export const blankAdjustment = (): Adjustment => ({ rank, cell: '', amount: 1, source: '', active: true });
