/** The shapes that cross from the backend, written by hand until they are generated; nothing else defines them. */
export type Spellcasting = {
  casters: { [key in string]: Caster };
  slots: { [key in string]: SlotCount };
  pact: PactMagic;
  spells: { [key in string]: Spell };
};
export type Caster = {
  rank: string;
  class: string;
  ability: Ability | null;
  attack_bonus: number;
  dc_bonus: number;
  prepared_limit: number | null;
  notes: string;
};
export type SlotCount = {
  max: number;
  used: number;
};
export type PactMagic = {
  level: number;
  max: number;
  used: number;
};
export type Spell = {
  rank: string;
  name: string;
  caster: string | null;
  level: number;
  school: string;
  prepared: boolean;
  always_prepared: boolean;
  ritual: boolean;
  concentration: boolean;
  casting_time: string;
  range: string;
  components: string;
  duration: string;
  description: string;
  notes: string;
};
export type Equipment = {
  inventory: { [key in string]: Item };
  currency: Currency;
  magical_items: { [key in string]: MagicItem };
};
export type Currency = {
  cp: number;
  sp: number;
  ep: number;
  gp: number;
  pp: number;
};
export type ItemKind =
  'weapon' | 'armor' | 'shield' | 'ammunition' | 'tool' | 'container' | 'consumable' | 'treasure' | 'gear';
export type Item = {
  rank: string;
  name: string;
  kind: ItemKind;
  quantity: number;
  weight_lb: number;
  cost_cp: number;
  equipped: boolean;
  attuned: boolean;
  container: string | null;
  capacity_lb: number | null;
  armor: Armor | null;
  notes: string;
};
export type ArmorCategory = 'light' | 'medium' | 'heavy' | 'shield';
export type Armor = {
  category: ArmorCategory;
  base: number;
  dex_cap: number | null;
  bonus: number;
  strength_required: number | null;
  stealth_disadvantage: boolean;
};
export type Rarity = 'common' | 'uncommon' | 'rare' | 'very_rare' | 'legendary' | 'artifact';
export type MagicItem = {
  rank: string;
  name: string;
  kind: string;
  rarity: Rarity;
  requires_attunement: boolean;
  attuned: boolean;
  equipped: boolean;
  charges: Charges;
  bonuses: Bonuses;
  armor: Armor | null;
  quantity: number;
  weight_lb: number;
  cost_cp: number;
  container: string | null;
  capacity_lb: number | null;
  weightless_contents: boolean;
  description: string;
};
export type Charges = {
  max: number;
  used: number;
  recharge: string;
};
export type Bonuses = {
  armor_class: number;
  saving_throws: number;
  ability_checks: number;
  initiative: number;
  spell_attack: number;
  spell_save_dc: number;
  speed: number;
  hp_maximum: number;
  ability: Ability | null;
  ability_increase: number;
  ability_minimum: number | null;
};
export type Actions = {
  weapons: { [key in string]: WeaponAttack };
  weapon_masteries: { [key in string]: boolean };
  features: { [key in string]: Feature };
  traits: { [key in string]: Trait };
};
export type WeaponAttack = {
  rank: string;
  name: string;
  ability: Ability | null;
  proficient: boolean;
  ranged: boolean;
  attack_bonus: number;
  damage_bonus: number;
  damage: string;
  versatile: string;
  damage_type: string;
  extra_damage: string;
  ability_to_damage: boolean;
  reach_ft: number | null;
  range_ft: number | null;
  long_range_ft: number | null;
  properties: { [key in string]: boolean };
  mastery: string;
  item: string | null;
  notes: string;
};
export type Activation = 'passive' | 'action' | 'bonus_action' | 'reaction' | 'legendary' | 'other';
export type Recovery =
  'none' | 'short_rest' | 'long_rest' | 'one_on_short_rest' | 'dawn' | 'initiative' | 'turn' | 'other';
export type Uses = {
  max: number;
  used: number;
  recovery: Recovery;
};
export type Feature = {
  rank: string;
  name: string;
  source: string;
  level: number | null;
  description: string;
  activation: Activation;
  uses: Uses;
};
export type Trait = {
  rank: string;
  name: string;
  source: string;
  description: string;
};
export type Kind = 'character' | 'npc' | 'monster';
export type Record = {
  handle: string;
  display_name: string;
  kind: Kind;
  owner: string;
  active: boolean;
  avatar: string | null;
  persona: Persona;
};
export type Persona = {
  personality: string;
  system_prompt: string;
  traits: { [key in string]: boolean };
  voice: Voice;
};
export type Voice = {
  name: string;
  language: string;
  pitch: number | null;
  rate: number | null;
  style: string;
  notes: string;
};
export type Combat = {
  damage_taken: number;
  temporary_hp: number;
  hp_maximum_bonus: number;
  hit_dice_used: { [key in string]: number };
  death_saves: DeathSaves;
  exhaustion: number;
  speeds: Speeds;
  senses: Senses;
  armor_formulas: { [key in string]: ArmorFormula };
  defenses: Defenses;
};
export type DeathSaves = {
  successes: number;
  failures: number;
};
export type Speeds = {
  walk: number;
  fly: number | null;
  swim: number | null;
  climb: number | null;
  burrow: number | null;
  hover: boolean;
};
export type Senses = {
  darkvision: number | null;
  blindsight: number | null;
  tremorsense: number | null;
  truesight: number | null;
};
export type ArmorFormula = {
  rank: string;
  name: string;
  base: number;
  abilities: Partial<{ [key in Ability]: boolean }>;
  shield_allowed: boolean;
};
export type Defenses = {
  resistances: { [key in string]: boolean };
  immunities: { [key in string]: boolean };
  vulnerabilities: { [key in string]: boolean };
  condition_immunities: { [key in string]: boolean };
};
export type Source = {
  format: string;
  record: Record;
  identity: Identity;
  creature: Creature;
  levels: { [key in string]: Level };
  abilities: Abilities;
  proficiencies: Proficiencies;
  combat: Combat;
  actions: Actions;
  equipment: Equipment;
  spellcasting: Spellcasting;
  conditions: { [key in string]: ConditionRecord };
  adjustments: { [key in string]: Adjustment };
  overrides: { [key in string]: Override };
  notes: string;
};
export type ConditionRecord = {
  rank: string;
  name: string;
  source: string;
  duration: string;
  level: number | null;
  notes: string;
};
export type Adjustment = {
  rank: string;
  cell: string;
  amount: number;
  source: string;
  active: boolean;
};
export type Override = {
  value: number;
  note: string;
};
export type Identity = {
  name: string;
  player_name: string;
  species: string;
  background: string;
  alignment: string;
  xp: number;
  heroic_inspiration: boolean;
  personality: Personality;
  appearance: Appearance;
};
export type Personality = {
  traits: string;
  ideals: string;
  bonds: string;
  flaws: string;
  backstory: string;
};
export type Appearance = {
  age: string;
  height: string;
  weight: string;
  eyes: string;
  skin: string;
  hair: string;
  portrait: string | null;
  notes: string;
};
export type Creature = {
  size: Size;
  type: string;
  challenge_rating: string | null;
  hit_dice: { [key in string]: number };
};
export type Level = {
  rank: string;
  class: string;
  subclass: string;
  hit_die: number | null;
  hit_points: number | null;
};
export type Abilities = {
  scores: AbilityScores;
  increases: { [key in string]: AbilityIncrease };
};
export type AbilityScores = {
  strength: number;
  dexterity: number;
  constitution: number;
  intelligence: number;
  wisdom: number;
  charisma: number;
};
export type AbilityIncrease = {
  rank: string;
  ability: Ability | null;
  amount: number;
  source: string;
};
export type Proficiencies = {
  saving_throws: Partial<{ [key in Ability]: boolean }>;
  skills: { [key in string]: Proficiency };
  training: { [key in string]: Training };
  languages: { [key in string]: boolean };
};
export type TrainingKind = 'armor' | 'weapon' | 'tool' | 'vehicle' | 'other';
export type Training = {
  rank: string;
  name: string;
  kind: TrainingKind;
  source: string;
};
export type SpellcastingSheet = {
  spellcasting_ability: Ability | null;
  spell_save_dc: number | null;
  spell_attack_bonus: number | null;
  spell_slots: { [key in string]: SlotsLeft };
  spells_known: string[];
  spells_prepared: string[];
  pact_slots: PactLeft | null;
  casters: CasterEntry[];
};
export type SlotsLeft = {
  max: number;
  current: number;
};
export type PactLeft = {
  level: number;
  max: number;
  current: number;
};
export type CasterEntry = {
  id: string;
  class: string;
  spellcasting_ability: Ability | null;
  spell_save_dc: number | null;
  spell_attack_bonus: number | null;
  prepared_limit: number | null;
  prepared_count: number;
  spells: SpellEntry[];
  notes: string;
};
export type SpellEntry = {
  id: string;
  name: string;
  level: number;
  school: string;
  prepared: boolean;
  always_prepared: boolean;
  ritual: boolean;
  concentration: boolean;
  casting_time: string;
  range: string;
  components: string;
  duration: string;
  description: string;
  notes: string;
};
export type EquipmentSheet = {
  inventory: ItemEntry[];
  currency: Currency;
  magical_items: MagicItemEntry[];
  carrying_capacity: number;
  current_load: number;
  attuned_count: number;
  wealth_cp: number;
};
export type ItemEntry = {
  id: string;
  name: string;
  kind: ItemKind;
  quantity: number;
  weight_lb: number;
  total_weight_lb: number;
  cost_cp: number;
  equipped: boolean;
  attuned: boolean;
  container: string | null;
  capacity_lb: number | null;
  contents_lb: number;
  armor: Armor | null;
  notes: string;
};
export type ChargesLeft = {
  max: number;
  current: number;
  recharge: string;
};
export type MagicItemEntry = {
  id: string;
  name: string;
  kind: string;
  rarity: Rarity;
  requires_attunement: boolean;
  attuned: boolean;
  equipped: boolean;
  working: boolean;
  charges: ChargesLeft | null;
  bonuses: Bonuses;
  armor: Armor | null;
  quantity: number;
  weight_lb: number;
  total_weight_lb: number;
  cost_cp: number;
  container: string | null;
  capacity_lb: number | null;
  contents_lb: number;
  weightless_contents: boolean;
  description: string;
};
export type ActionsSheet = {
  weapons: WeaponEntry[];
  weapon_masteries: string[];
  features: FeatureEntry[];
  traits: TraitEntry[];
};
export type WeaponEntry = {
  id: string;
  name: string;
  ability: Ability;
  attack_bonus: number;
  damage_bonus: number;
  damage: string;
  versatile_damage: string;
  damage_type: string;
  extra_damage: string;
  range: string;
  properties: string[];
  mastery: string;
  proficient: boolean;
  ranged: boolean;
  item: string | null;
  notes: string;
};
export type UsesLeft = {
  max: number;
  current: number;
  recovery: Recovery;
};
export type FeatureEntry = {
  id: string;
  name: string;
  source: string;
  level: number | null;
  description: string;
  activation: Activation;
  uses: UsesLeft | null;
};
export type TraitEntry = {
  id: string;
  name: string;
  source: string;
  description: string;
};
export type CompleteSheet = {
  identity: IdentitySheet;
  statistics: StatisticsSheet;
  combat: CombatSheet;
  actions: ActionsSheet;
  equipment: EquipmentSheet;
  spellcasting: SpellcastingSheet;
  conditions: ConditionEntry[];
  notes: string;
  version: number;
  last_updated: string;
  audit_trail: AuditEntry[];
  record: Record;
};
export type SheetMeta = {
  version: number;
  last_updated: string;
  audit_trail: AuditEntry[];
};
export type AuditEntry = {
  timestamp: string;
  action: string;
  author: string;
  detail: string;
  commit: string | null;
};
export type IdentitySheet = {
  name: string;
  player_name: string;
  species: string;
  class_levels: { [key in string]: number };
  background: string;
  alignment: string;
  xp: number;
  heroic_inspiration: boolean;
  personality: Personality;
  appearance: Appearance;
  level: number;
  class_line: string;
  subclasses: { [key in string]: string };
  size: Size;
  creature_type: string;
  challenge_rating: string | null;
  xp_for_next_level: number | null;
};
export type StatisticsSheet = {
  ability_scores: AbilityScores;
  ability_modifiers: AbilityScores;
  proficiency_bonus: number;
  saving_throws: AbilityScores;
  skills: { [key in string]: number };
  passive_perception: number;
  other_proficiencies: string[];
  languages: string[];
  passive_insight: number;
  passive_investigation: number;
  saving_throw_proficiencies: Ability[];
  skill_proficiencies: { [key in string]: Proficiency };
  training: TrainingEntry[];
};
export type TrainingEntry = {
  id: string;
  name: string;
  kind: TrainingKind;
  source: string;
};
export type CombatSheet = {
  armor_class: number;
  initiative: number;
  speed: number;
  hp_maximum: number;
  current_hp: number;
  temporary_hp: number;
  hit_dice_total: { [key in string]: number };
  hit_dice_remaining: { [key in string]: number };
  death_saves: DeathSaves;
  exhaustion_level: number;
  speeds: Speeds;
  senses: Senses;
  resistances: string[];
  immunities: string[];
  vulnerabilities: string[];
  condition_immunities: string[];
  bloodied: boolean;
  d20_penalty: number;
};
export type ConditionEntry = {
  id: string;
  name: string;
  source: string;
  duration: string;
  level: number | null;
  notes: string;
};
export type Stat = {
  value: number;
  terms: Term[];
  computed: number | null;
  override_note: string | null;
  alternatives: Alternative[];
  notes: string[];
};
export type Term = {
  label: string;
  value: number;
  detail: string;
  source_cell: string | null;
};
export type Alternative = {
  label: string;
  value: number;
  detail: string;
};
export type Severity = 'note' | 'warning' | 'error';
export type Finding = {
  cell: string;
  severity: Severity;
  message: string;
  hint: string;
};
export type Ability = 'strength' | 'dexterity' | 'constitution' | 'intelligence' | 'wisdom' | 'charisma';
export type Proficiency = 'none' | 'half' | 'proficient' | 'expertise';
export type Size = 'tiny' | 'small' | 'medium' | 'large' | 'huge' | 'gargantuan';
export type Skill = {
  key: string;
  name: string;
  ability: Ability;
};
export type ClassName = {
  name: string;
  hit_die: number;
};
export type Vocabulary = {
  skills: Skill[];
  classes: ClassName[];
  species: string[];
  backgrounds: string[];
  alignments: string[];
  challenge_ratings: string[];
  damage_types: string[];
  conditions: string[];
  languages: string[];
  weapon_properties: string[];
  masteries: string[];
  schools: string[];
  xp_thresholds: number[];
};
export type CharacterRow = {
  id: string;
  handle: string;
  display_name: string;
  kind: Kind;
  owner: string;
  species: string;
  class_line: string;
  classes: string[];
  level: number;
  active: boolean;
  avatar: string | null;
  created: string;
  updated: string;
  version_number: number;
};
export type Archived = 'without' | 'only' | 'with';
export type SortBy = 'name' | 'level' | 'class' | 'owner' | 'updated' | 'created';
export type ListQuery = {
  text: string;
  kinds: Kind[];
  classes: string[];
  owners: string[];
  archived: Archived;
  sort: SortBy;
  descending: boolean;
  offset: number;
  limit: number;
};
export type Facet = {
  name: string;
  count: number;
};
export type RosterPage = {
  rows: CharacterRow[];
  total: number;
  library_total: number;
  kinds: Facet[];
  classes: Facet[];
  owners: Facet[];
};
export type NewCharacter = {
  display_name: string;
  handle: string | null;
  kind: Kind;
  owner: string;
};
export type RecordPatch = {
  display_name: string | null;
  handle: string | null;
  kind: Kind | null;
  owner: string | null;
};
export type CellEdit = { op: 'set'; path: string; value: unknown } | { op: 'remove'; path: string };
export type EditRequest = {
  id: string;
  branch: string | null;
  base: string;
  changes: CellEdit[];
  message: string | null;
};
export type SheetView = {
  id: string;
  branch: string;
  commit: string;
  row: CharacterRow;
  source: Source;
  sheet: CompleteSheet;
  stats: { [key in string]: Stat };
  findings: Finding[];
  undo: string | null;
  redo: string | null;
  editable: boolean;
};
export type ConflictCell = {
  path: string;
  label: string;
  base: unknown | null;
  ours: unknown | null;
  theirs: unknown | null;
};
export type MergedCell = {
  path: string;
  label: string;
  how: string;
};
export type EditOutcome =
  | { status: 'saved'; view: SheetView; changes: ChangeLine[]; merged: MergedCell[] }
  | { status: 'unchanged'; view: SheetView }
  | { status: 'conflict'; view: SheetView; cells: ConflictCell[] };
export type ChangeTone = 'added' | 'removed' | 'changed' | 'moved' | 'consequence';
export type ChangeLine = {
  path: string;
  label: string;
  tone: ChangeTone;
  before: string;
  after: string;
};
export type CommitLine = {
  id: string;
  parent: string | null;
  version: number;
  time: string;
  author: string;
  kind: string;
  title: string;
  changes: ChangeLine[];
  change_count: number;
};
export type HistoryGroup = {
  title: string;
  author: string;
  from: string;
  to: string;
  commits: CommitLine[];
  change_count: number;
};
export type HistoryPage = {
  groups: HistoryGroup[];
  next: string | null;
  total: number;
};
export type AssetInfo = {
  hash: string;
  mime: string;
  width: number;
  height: number;
  bytes: number;
};
export type OnDuplicate = 'copy' | 'update' | 'skip';
export type ImportedAs =
  | { what: 'new' }
  | { what: 'copy' }
  | { what: 'updated' }
  | { what: 'skipped' }
  | { what: 'refused'; failure: Failure };
export type Imported = {
  name: string;
  id: string | null;
  handle: string | null;
  result: ImportedAs;
};
export type ImportReport = {
  characters: Imported[];
};
export type LibraryStatus =
  | { state: 'open'; folder: string; read_only: Failure | null; notices: string[]; characters: number }
  | { state: 'closed'; folder: string; failure: Failure; backups: BackupInfo[] };
export type BackupInfo = {
  name: string;
  time: string;
  bytes: number;
  verified: boolean;
};
export type DoctorReport = {
  healthy: boolean;
  records: number;
  commits: number;
  documents: number;
  millis: number;
  problems: string[];
  rebuilt: boolean;
};
export type Event =
  { event: 'document_changed'; id: string; branch: string; commit: string } | { event: 'library_changed' };
export type Code =
  | 'not_found'
  | 'invalid'
  | 'handle_taken'
  | 'too_large'
  | 'nothing_to_undo'
  | 'conflict'
  | 'read_only'
  | 'disk_full'
  | 'locked'
  | 'newer_schema'
  | 'not_a_library'
  | 'damaged'
  | 'busy'
  | 'internal';
export type Failure = {
  code: Code;
  message: string;
  hint: string;
  cell: string | null;
};
